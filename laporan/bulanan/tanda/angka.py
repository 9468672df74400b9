"""Flags of the numbers of a report: the balance, jumps, what differs from the records. Values in, flags out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from statistics import median

from django.conf import settings

from laporan.bulanan import bukti, imbang
from laporan.bulanan.bukti import Bukti
from laporan.bulanan.formulir import Susunan, kunci_lapor, kunci_target
from laporan.bulanan.tanda.jenis import Jenis, Tanda
from laporan.enums import PeranBhakti

# Not a key of the form: all new acceptors of the month together.
SEMUA_BARU = "akseptor_baru"


@dataclass(frozen=True)
class Angka:
    """The numbers of one month as reported. `dihitung`: new acceptors by method, None where nothing froze them.

    `per_peran`: activities by role, where they are compared.
    """

    isi: dict[str, int]
    dihitung: dict[str, int] | None = None
    alasan: dict[str, str] = field(default_factory=dict)
    per_peran: Bukti = field(default_factory=dict)

    def bulan_ini(self, metode: str) -> int:
        """Return the new acceptors reported for a method."""
        return self.isi.get(kunci_lapor(metode), (self.dihitung or {}).get(metode, 0))


@dataclass(frozen=True)
class Banding:
    """A form, made ready to compare the months of many desa."""

    susunan: Susunan

    @cached_property
    def kunci(self) -> tuple[str, ...]:
        """The keys of all stored numbers that are compared from month to month."""
        return (*self.susunan.isian, *(kunci_target(m) for m in self.susunan.metode))

    def nilai(self, angka: Angka, kunci: str) -> int | None:
        """Return a compared number of a month; None where the month does not say it."""
        if kunci != SEMUA_BARU:
            return angka.isi.get(kunci)
        return None if angka.dihitung is None else sum(angka.bulan_ini(m) for m in self.susunan.metode)

    def bergerak(self, ini: Angka, terakhir: Angka) -> list[str]:
        """Return the keys whose numbers are far from those of the month before: only these can be jumps."""
        lama, baru = terakhir.isi, ini.isi
        hasil = [k for k in self.kunci if k in baru and k in lama and baru[k] != lama[k] and jauh(baru[k], lama[k])]
        semua = (self.nilai(ini, SEMUA_BARU), self.nilai(terakhir, SEMUA_BARU))
        return [*hasil, SEMUA_BARU] if None not in semua and jauh(*semua) else hasil


def jauh(nilai: int, dari: float) -> bool:
    """Whether a number is far from another: by more than a fixed difference, for small numbers move without meaning
    anything, and by more than a share of it.
    """
    batas = settings.TANDA_LAPORAN
    return abs(nilai - dari) > max(batas["lonjakan_selisih"], dari * batas["lonjakan_persen"] / 100)


def melonjak(nilai: int, deret: Sequence[int]) -> bool:
    """Whether a number lies outside all that the desa reported before, far from the middle of it and from the last."""
    return not min(deret) <= nilai <= max(deret) and jauh(nilai, median(deret)) and jauh(nilai, deret[-1])


def tanda_angka(banding: Banding, ini: Angka, lalu: Sequence[Angka]) -> list[Tanda]:
    """Return the flags of a month's numbers. `lalu`: the desa's own months before, oldest first."""
    susunan = banding.susunan
    return [*_imbang(susunan, ini), *_lonjakan(banding, ini, lalu), *_beda(susunan, ini)]


def _imbang(susunan: Susunan, ini: Angka) -> Iterator[Tanda]:
    kalimat = imbang.kalimat(susunan, ini.isi)
    if kalimat:
        yield Tanda(Jenis.IMBANG, kalimat, _bagian(susunan, susunan.imbang_jumlah))


def _lonjakan(banding: Banding, ini: Angka, lalu: Sequence[Angka]) -> Iterator[Tanda]:
    paling_sedikit = settings.TANDA_LAPORAN["lonjakan_paling_sedikit"]
    if len(lalu) < paling_sedikit:
        return
    for kunci in banding.bergerak(ini, lalu[-1]):
        nilai = banding.nilai(ini, kunci)
        deret = [n for n in (banding.nilai(x, kunci) for x in lalu) if n is not None]
        if nilai is not None and len(deret) >= paling_sedikit and melonjak(nilai, deret):
            kalimat = _kalimat_lonjakan(banding.susunan, kunci, nilai, deret)
            yield Tanda(Jenis.LONJAKAN, kalimat, _bagian(banding.susunan, kunci))


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
        yield Tanda(
            Jenis.BEDA,
            f"{m.label}: dilaporkan {ini.bulan_ini(m)}, tercatat {tercatat}. {_tutur(alasan)} "
            "Setujui bila alasannya cukup; bila tidak, kembalikan.",
            _bagian(susunan, SEMUA_BARU),
        )
    yield from _beda_peran(susunan, ini)


def _beda_peran(susunan: Susunan, ini: Angka) -> Iterator[Tanda]:
    for peran in susunan.peran if ini.per_peran else ():
        tercatat = ini.per_peran[peran]
        lapor = bukti.dilaporkan(ini.isi, peran, tercatat)
        if lapor != tercatat:
            alasan = ini.alasan.get(bukti.kunci_peran(peran))
            yield Tanda(
                Jenis.BEDA,
                f"{PeranBhakti(peran).label}: dilaporkan {bukti.kata(lapor)}, tercatat {bukti.kata(tercatat)}. "
                f"{_tutur(alasan)} Setujui bila alasannya cukup; bila tidak, kembalikan.",
                _bagian(susunan, bukti.kunci_peran(peran)),
            )


def _tutur(alasan: str | None) -> str:
    return f"Alasan kader: “{alasan}”." if alasan else "Kader belum menulis alasannya."


def _bagian(susunan: Susunan, kunci: str) -> str:
    """Return the anchor of the part that a number stands in."""
    for bagian in susunan.bagian:
        for kelompok in bagian.kelompok:
            if any(kunci == bukti.kunci_peran(p) for p in kelompok.peran):
                return f"#bagian-{bagian.kunci}"
            baru = kelompok.metode and (kunci == SEMUA_BARU or kunci in map(kunci_target, kelompok.metode))
            if baru or any(i.kunci == kunci for i in kelompok.isian):
                return f"#bagian-{bagian.kunci}"
    return "#tinjauan"
