"""Flags of the numbers of a report: the balance, jumps, what differs from the records. Values in, flags out."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median

from django.conf import settings

from laporan.bulanan import imbang
from laporan.bulanan.formulir import Susunan, kunci_lapor, kunci_target
from laporan.bulanan.tanda.jenis import Jenis, Tanda

# Not a key of the form: all new acceptors of the month together.
SEMUA_BARU = "akseptor_baru"


@dataclass(frozen=True)
class Angka:
    """The numbers of one month as reported. `dihitung`: new acceptors by method, None where nothing froze them."""

    bulan: dt.date
    isi: dict[str, int]
    dihitung: dict[str, int] | None = None
    alasan: dict[str, str] = field(default_factory=dict)

    def bulan_ini(self, metode: str) -> int:
        """Return the new acceptors reported for a method."""
        return self.isi.get(kunci_lapor(metode), (self.dihitung or {}).get(metode, 0))

    def semua(self, susunan: Susunan) -> dict[str, int]:
        """Return every number that is compared from month to month, by key."""
        kunci = [*susunan.isian, *(kunci_target(m) for m in susunan.metode)]
        semua = {k: self.isi[k] for k in kunci if k in self.isi}
        if self.dihitung is not None:
            semua[SEMUA_BARU] = sum(self.bulan_ini(m) for m in susunan.metode)
        return semua


def tanda_angka(susunan: Susunan, ini: Angka, lalu: Sequence[Angka]) -> list[Tanda]:
    """Return the flags of a month's numbers. `lalu`: the desa's own months before, oldest first."""
    return [*_imbang(susunan, ini), *_lonjakan(susunan, ini, lalu), *_beda(susunan, ini)]


def _imbang(susunan: Susunan, ini: Angka) -> Iterator[Tanda]:
    kalimat = imbang.kalimat(susunan, ini.isi)
    if kalimat:
        yield Tanda(Jenis.IMBANG, kalimat, _bagian(susunan, susunan.imbang_jumlah))


def _lonjakan(susunan: Susunan, ini: Angka, lalu: Sequence[Angka]) -> Iterator[Tanda]:
    batas = settings.TANDA_LAPORAN
    lalu = lalu[-batas["lonjakan_bulan"] :]
    if len(lalu) < batas["lonjakan_paling_sedikit"]:
        return
    dulu = [x.semua(susunan) for x in lalu]
    for kunci, nilai in ini.semua(susunan).items():
        # As last month: no jump, whatever came before. Most numbers end here.
        if dulu[-1].get(kunci) == nilai:
            continue
        deret = [x[kunci] for x in dulu if kunci in x]
        if len(deret) >= batas["lonjakan_paling_sedikit"] and melonjak(nilai, deret):
            yield Tanda(Jenis.LONJAKAN, _kalimat_lonjakan(susunan, kunci, nilai, deret), _bagian(susunan, kunci))


def melonjak(nilai: int, deret: Sequence[int]) -> bool:
    """Whether a number lies outside all that the desa reported before, and far from the middle of it.

    Far: more than a fixed difference (small numbers move without meaning anything) and more than a share of it.
    """
    if min(deret) <= nilai <= max(deret):
        return False
    batas, tengah = settings.TANDA_LAPORAN, median(deret)
    return abs(nilai - tengah) > max(batas["lonjakan_selisih"], tengah * batas["lonjakan_persen"] / 100)


def _kalimat_lonjakan(susunan: Susunan, kunci: str, nilai: int, deret: Sequence[int]) -> str:
    nama = "Akseptor baru, semua cara" if kunci == SEMUA_BARU else susunan.nama[kunci]
    arah = "naik" if nilai > max(deret) else "turun"
    antara = f"{min(deret)} sampai {max(deret)}" if min(deret) != max(deret) else f"selalu {deret[0]}"
    return (
        f"{nama} {arah} menjadi {nilai}. Dalam {len(deret)} laporan sebelumnya {antara}. "
        "Cocokkan dengan buku bantu; bila benar, tidak perlu apa-apa."
    )


def _beda(susunan: Susunan, ini: Angka) -> Iterator[Tanda]:
    for m in susunan.metode:
        tercatat = (ini.dihitung or {}).get(m, 0)
        if ini.bulan_ini(m) == tercatat:
            continue
        alasan = ini.alasan.get(m)
        tutur = f"Alasan kader: “{alasan}”." if alasan else "Kader belum menulis alasannya."
        yield Tanda(
            Jenis.BEDA,
            f"{m.label}: dilaporkan {ini.bulan_ini(m)}, tercatat {tercatat}. {tutur} "
            "Setujui bila alasannya cukup; bila tidak, kembalikan.",
            _bagian(susunan, SEMUA_BARU),
        )


def _bagian(susunan: Susunan, kunci: str) -> str:
    """Return the anchor of the part that a number stands in."""
    for bagian in susunan.bagian:
        for kelompok in bagian.kelompok:
            baru = kelompok.metode and (kunci == SEMUA_BARU or kunci in map(kunci_target, kelompok.metode))
            if baru or any(i.kunci == kunci for i in kelompok.isian):
                return f"#bagian-{bagian.kunci}"
    return "#tinjauan"
