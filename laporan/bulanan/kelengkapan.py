"""What a report must satisfy before it is sent. A draft need not."""

from dataclasses import dataclass, replace

from laporan.bulanan import bukti, imbang
from laporan.bulanan.bukti import Bukti
from laporan.bulanan.formulir import (
    Susunan,
    kunci_alasan,
    kunci_lalu,
    kunci_lapor,
    kunci_target,
)
from laporan.bulanan.riwayat import Riwayat

ISI_NOL = "Isi 0 bila tidak ada."


@dataclass(frozen=True)
class Isian:
    """What the kader filled in, by field key; blank fields are missing. Plain values: no form, no request."""

    isi: dict[str, int]
    alasan: dict[str, str]
    nihil: bool = False
    imbang_diperiksa: bool = False


def rapikan(isian: Isian, susunan: Susunan, dihitung: dict[str, int], kegiatan: Bukti) -> Isian:
    """Drop what says nothing: a reported number that equals the counted one, and a reason without a difference.

    So an unneeded number never freezes the count, which goes on with the records until approval.
    """
    isi, alasan = dict(isian.isi), dict(isian.alasan)
    for m in susunan.metode:
        if isi.get(kunci_lapor(m)) == dihitung.get(m, 0):
            del isi[kunci_lapor(m)]
        if kunci_lapor(m) not in isi:
            alasan.pop(m, None)
    bukti.rapikan(isi, alasan, susunan.peran, kegiatan)
    return replace(isian, isi=isi, alasan=alasan)


def lengkapi_nihil(isian: Isian, susunan: Susunan, asal: Riwayat) -> Isian:
    """Nihil: activities are 0 by definition, blanks take last month's value; what she typed stays."""
    if not isian.nihil:
        return isian
    isi = {k: v for k, v in asal.isi.items() if k in susunan.isian or k in susunan.dibawa} | isian.isi
    isi |= {k: 0 for k, i in susunan.isian.items() if i.kegiatan}
    return replace(isian, isi=isi)


def kekurangan(
    isian: Isian, susunan: Susunan, dihitung: dict[str, int], asal: Riwayat, kegiatan: Bukti
) -> dict[str, str]:
    """Return {field name: sentence} of everything that keeps this from being sent; empty when it may go."""
    return {
        **_kosong(isian, susunan, asal),
        **_lebih_besar(isian, susunan),
        **_selisih(isian, susunan, dihitung),
        **_selisih_peran(isian, susunan, kegiatan),
        **_nihil(isian, susunan, dihitung, kegiatan),
        **_imbang(isian, susunan),
    }


def _kosong(isian: Isian, susunan: Susunan, asal: Riwayat) -> dict[str, str]:
    wajib = [*susunan.isian, *(kunci_target(m) for m in susunan.metode)]
    wajib += [kunci_lalu(m) for m in susunan.metode if asal.sd_lalu.get(m) is None]
    return {k: ISI_NOL for k in wajib if k not in isian.isi}


def _lebih_besar(isian: Isian, susunan: Susunan) -> dict[str, str]:
    galat = {}
    for kunci, f in susunan.isian.items():
        batas = isian.isi.get(f.paling_banyak)
        if batas is not None and isian.isi.get(kunci, 0) > batas:
            nama = susunan.isian[f.paling_banyak].label
            galat[kunci] = f"Paling banyak {batas}, sebanyak isian “{nama}”. Periksa kedua angka."
    return galat


def _selisih(isian: Isian, susunan: Susunan, dihitung: dict[str, int]) -> dict[str, str]:
    return {
        kunci_alasan(
            m
        ): f"Tulis mengapa berbeda: tercatat {dihitung.get(m, 0)}, dilaporkan {isian.isi[kunci_lapor(m)]}."
        for m in susunan.metode
        if isian.isi.get(kunci_lapor(m), dihitung.get(m, 0)) != dihitung.get(m, 0) and not isian.alasan.get(m)
    }


def _selisih_peran(isian: Isian, susunan: Susunan, kegiatan: Bukti) -> dict[str, str]:
    kurang = bukti.tanpa_alasan(isian.isi, isian.alasan, susunan.peran, kegiatan)
    return {kunci_alasan(kunci): kalimat for kunci, kalimat in kurang.items()}


def _nihil(isian: Isian, susunan: Susunan, dihitung: dict[str, int], kegiatan: Bukti) -> dict[str, str]:
    if not isian.nihil:
        return {}
    akseptor = sum(dihitung.values()) or sum(isian.isi.get(kunci_lapor(m), 0) for m in susunan.metode)
    lapor = (bukti.dilaporkan(isian.isi, p, kegiatan[p]).kegiatan for p in susunan.peran)
    banyak = bukti.jumlah(kegiatan).kegiatan or sum(lapor)
    ada = [f"{n} {apa}" for n, apa in ((akseptor, "akseptor baru"), (banyak, "kegiatan")) if n]
    return {"nihil": f"Bulan ini ada {' dan '.join(ada)}, jadi bukan nihil. Hapus centang nihil."} if ada else {}


def _imbang(isian: Isian, susunan: Susunan) -> dict[str, str]:
    kalimat = imbang.kalimat(susunan, isian.isi)
    if not kalimat or isian.imbang_diperiksa:
        return {}
    return {
        "imbang_diperiksa": f"{kalimat} Bila memang begitu keadaannya, centang “sudah saya periksa” lalu kirim lagi."
    }
