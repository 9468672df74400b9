"""The officer's queue: the desa of a month by what must be done, and which report comes next."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from kader.cakupan import Cakupan
from kader.enums import Peran
from laporan.bulanan.papan import TIDAK_PERLU, Baris
from laporan.bulanan.sebaran import Sebaran, sebaran
from laporan.bulanan.tanda import tanda_bulan
from laporan.enums import StatusLaporan
from laporan.models import LaporanBulanan


def beri_tanda(baris: Sequence[Baris], bulan: dt.date) -> list[Baris]:
    """Return the rows of the board with the flags of those that wait for the officer. Ten queries at most."""
    menunggu = [b.desa.kode for b in baris if b.status == StatusLaporan.DIKIRIM]
    tanda = tanda_bulan(menunggu, bulan)
    return [replace(b, tanda=tanda.get(b.desa.kode)) for b in baris]


@dataclass
class Kelompok:
    """Rows that ask the same of somebody. `kunci` names the group, `judul` says it."""

    kunci: str
    judul: str
    keterangan: str
    baris: list[Baris] = field(default_factory=list)


@dataclass(frozen=True)
class Antrean:
    """The board: the groups that are not empty, and how many desa stand where."""

    kelompok: list[Kelompok]
    sebaran: Sebaran


def susun(baris: Sequence[Baris], peran: Peran = Peran.PLKB) -> Antrean:
    """Group the rows of the board: the officer's to decide first, the longest waiting on top; then what is still with
    the kader, the late ones on top; what is done last. `peran`: who looks.
    """
    menunggu = Kelompok("menunggu", "Menunggu petugas", "Kadernya sudah mengirim; petugas yang memutuskan.")
    di_kader = Kelompok("di-kader", "Masih di kader", "Petugasnya mengingatkan yang lewat tenggat.")
    if peran == Peran.PLKB:
        menunggu = Kelompok("menunggu", "Menunggu Anda", "")
        di_kader = Kelompok("di-kader", "Masih di kader", "")
    selesai = Kelompok("selesai", "Selesai", "Disetujui dan terkunci.")
    tempat = {StatusLaporan.DIKIRIM: menunggu, StatusLaporan.DISETUJUI: selesai}
    for b in baris:
        tempat.get(b.status, di_kader).baris.append(b)
    menunggu.baris.sort(key=lambda b: _giliran(b.laporan))
    return Antrean([k for k in (menunggu, di_kader, selesai) if k.baris], sebaran(baris))


@dataclass(frozen=True)
class Berikutnya:
    """The report that comes after this one, and how many wait in all."""

    laporan: LaporanBulanan | None
    menunggu: int


def berikutnya(cakupan: Cakupan, laporan: LaporanBulanan) -> Berikutnya:
    """Return the waiting report after one: of the same month in the order of the board, going round; then of the
    oldest other month. One query.
    """
    baris = LaporanBulanan.objects.dalam(cakupan).filter(status=StatusLaporan.DIKIRIM)
    menunggu = sorted(baris.select_related("desa__induk").defer(*TIDAK_PERLU), key=_giliran)
    lain = [x for x in menunggu if x.pk != laporan.pk]
    sebulan = [x for x in lain if x.bulan == laporan.bulan]
    sesudah = [x for x in sebulan if laporan.dikirim_pada and _giliran(x) > _giliran(laporan)]
    urut = [*sesudah, *sebulan, *sorted(lain, key=lambda x: x.bulan)]
    return Berikutnya(urut[0] if urut else None, len(menunggu))


def _giliran(laporan: LaporanBulanan) -> tuple[dt.datetime, str]:
    """Whose turn it is among those that wait: who has waited longest."""
    return laporan.dikirim_pada, laporan.desa_id
