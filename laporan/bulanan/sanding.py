"""A month side by side with the one before, part by part. No request."""

from collections.abc import Sequence
from dataclasses import dataclass

from laporan.bulanan import bukti
from laporan.bulanan.formulir import kunci_lapor
from laporan.bulanan.hitung import akseptor_baru
from laporan.bulanan.lembar import Lembar
from laporan.bulanan.tampilan import BagianTampil, KelompokTampil
from laporan.enums import StatusLaporan
from laporan.models import LaporanBulanan


@dataclass(frozen=True)
class BarisSanding:
    """One number: what it is, the month before (None: not said), this month."""

    kelompok: str
    label: str
    lalu: int | None
    ini: int | None

    @property
    def beda(self) -> int | None:
        """This month minus the one before; None where one of them is missing."""
        return None if self.lalu is None or self.ini is None else self.ini - self.lalu

    @property
    def sama(self) -> bool:
        """Whether nothing moved."""
        return self.lalu == self.ini


@dataclass(frozen=True)
class BagianSanding:
    """One part."""

    kunci: str
    judul: str
    baris: list[BarisSanding]

    @property
    def semua_sama(self) -> bool:
        """Whether nothing moved in it."""
        return all(b.sama for b in self.baris)


@dataclass(frozen=True)
class Sanding:
    """The whole comparison; `lalu` is the report before, whichever month that is."""

    lalu: LaporanBulanan
    bagian: list[BagianSanding]

    @property
    def sama(self) -> int:
        """How many numbers did not move."""
        return sum(b.sama for bagian in self.bagian for b in bagian.baris)


def sandingkan(lembar: Lembar, bagian: Sequence[BagianTampil]) -> Sanding | None:
    """Lay the parts as they are shown beside those of the report before; None without one. At most three queries."""
    lalu = lembar.asal.sebelumnya
    if lalu is None:
        return None
    baru, peran = _baru_lalu(lalu), _peran_lalu(lalu, lembar)
    return Sanding(
        lalu,
        [
            BagianSanding(b.kunci, b.judul, [baris for k in b.kelompok for baris in _kelompok(k, lalu, baru, peran)])
            for b in bagian
        ],
    )


def _baru_lalu(lalu: LaporanBulanan) -> dict[str, int]:
    """What the records counted for the month before: as frozen, or as they count now."""
    if lalu.status == StatusLaporan.DISETUJUI:
        return lalu.dihitung["baru"]
    hitungan = akseptor_baru([lalu.desa_id], lalu.bulan).get(lalu.desa_id, {})
    return {m: h.tercatat for m, h in hitungan.items()}


def _peran_lalu(lalu: LaporanBulanan, lembar: Lembar) -> bukti.Bukti | None:
    """What the records counted per role; None where the report before was approved without such a part."""
    if not lembar.susunan.peran:
        return None
    if lalu.status == StatusLaporan.DISETUJUI:
        return bukti.baca_beku(lalu.dihitung)
    return bukti.per_peran(lalu.desa_id, lalu.bulan)


def _kelompok(
    kelompok: KelompokTampil, lalu: LaporanBulanan, baru: dict[str, int], peran: bukti.Bukti | None
) -> list[BarisSanding]:
    angka = [BarisSanding(kelompok.judul, k.label, k.sebelumnya, k.nilai) for k in kelompok.kolom]
    angka += [
        BarisSanding(kelompok.judul, b.label, lalu.isi.get(kunci_lapor(b.metode), baru.get(b.metode, 0)), b.bulan_ini)
        for b in kelompok.baru
    ]
    for b in kelompok.peran:
        dulu = bukti.dilaporkan(lalu.isi, b.peran, peran[b.peran]) if peran else None
        for apa in ("kegiatan", "orang"):
            sebelum = getattr(dulu, apa) if dulu else None
            angka.append(BarisSanding(kelompok.judul, f"{b.label}, {apa}", sebelum, getattr(b.dilaporkan, apa)))
    return angka
