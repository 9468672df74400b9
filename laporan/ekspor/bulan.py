"""All desa of one month: what the workbook and the recap are made from."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from kader.cakupan import Cakupan
from kader.models import Wilayah
from laporan.bulanan.lembar import Lembar
from laporan.bulanan.papan import BELUM, LABEL
from laporan.ekspor.isi import TEKS, BagianLajur, Lajur, Nilai, gabung, isi_bagian
from laporan.ekspor.sebulan import lembar_sebulan
from laporan.enums import StatusLaporan

# Numbers that were handed over. A draft or a returned report is still being written: it adds to no sum.
DILAPORKAN = frozenset({StatusLaporan.DIKIRIM, StatusLaporan.DISETUJUI})
Maju = Callable[[int, int], None]


def diam(selesai: int, jumlah: int) -> None:
    """Tell nobody how far it is."""


@dataclass(frozen=True)
class BarisDesa:
    """One desa: its sheet, and its values by column key."""

    desa: Wilayah
    lembar: Lembar
    nilai: dict[str, Nilai]

    @property
    def status(self) -> str:
        """A StatusLaporan, or "belum"."""
        return BELUM if self.lembar.baru else self.lembar.laporan.status

    @property
    def label_status(self) -> str:
        return LABEL[self.status]


@dataclass(frozen=True)
class Bulan:
    """A month of an area: parts with their columns, and a row per desa in order of code."""

    bulan: dt.date
    bagian: list[BagianLajur]
    baris: list[BarisDesa]

    @property
    def lajur(self) -> list[Lajur]:
        """Every column, through all parts."""
        return [lajur for b in self.bagian for lajur in b.lajur]


@dataclass(frozen=True)
class BarisRekap:
    """Sums of an area: how many desa, how many reported, how many of those are approved, the sums by column key."""

    kode: str
    nama: str
    desa: int
    melapor: int
    disetujui: int
    nilai: dict[str, int | None]


def kumpulkan(cakupan: Cakupan, bulan: dt.date, kode: str = "", maju: Maju = diam) -> Bulan:
    """Return the month of a scope, or of the part of it below `kode`. Raises Ditolak as `lembar_sebulan`."""
    semua = lembar_sebulan(cakupan, bulan, kode)
    isi, baris = [], []
    for nomor, satu in enumerate(semua, 1):
        isi.append(isi_bagian(satu.lembar))
        nilai = {lajur.kunci: n for _, sel in isi[-1] for lajur, n in sel.items()}
        baris.append(BarisDesa(satu.desa, satu.lembar, nilai))
        maju(nomor, len(semua))
    return Bulan(bulan, gabung(isi), baris)


def rekap(nama: str, kode: str, baris: list[BarisDesa], lajur: list[Lajur]) -> BarisRekap:
    """Add up the reports that were handed over. A column nobody filled stays blank instead of 0."""
    lapor = [b for b in baris if b.status in DILAPORKAN]
    return BarisRekap(
        kode,
        nama,
        desa=len(baris),
        melapor=len(lapor),
        disetujui=sum(b.status == StatusLaporan.DISETUJUI for b in lapor),
        nilai={x.kunci: _jumlah([b.nilai.get(x.kunci) for b in lapor]) for x in lajur if x.sifat != TEKS},
    )


def _jumlah(nilai: list[Nilai]) -> int | None:
    angka = [n for n in nilai if isinstance(n, int)]
    return sum(angka) if angka else None


def per_kecamatan(isi: Bulan) -> list[tuple[Wilayah, list[BarisDesa]]]:
    """Return the rows of every kecamatan, in order of code."""
    kelompok: dict[str, tuple[Wilayah, list[BarisDesa]]] = {}
    for b in isi.baris:
        kelompok.setdefault(b.desa.induk_id, (b.desa.induk, []))[1].append(b)
    return [kelompok[kode] for kode in sorted(kelompok)]


def rekap_kecamatan(isi: Bulan) -> list[BarisRekap]:
    """Return the sums of every kecamatan."""
    return [rekap(w.nama, w.kode, baris, isi.lajur) for w, baris in per_kecamatan(isi)]


def rekap_desa(baris: list[BarisDesa], lajur: list[Lajur]) -> list[BarisRekap]:
    """Return every desa as a row of a recap: blank until its report was handed over."""
    return [rekap(b.desa.nama, b.desa.kode, [b], lajur) for b in baris]


def jumlah_semua(isi: Bulan, nama: str = "Jumlah") -> BarisRekap:
    """Return the sums of everything."""
    return rekap(nama, "", isi.baris, isi.lajur)
