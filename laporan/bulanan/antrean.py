"""The officer's queue: the desa of a month by what must be done, and which report comes next."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from kader.cakupan import Cakupan
from laporan.bulanan.papan import LABEL, TIDAK_PERLU, Baris
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
    """The board: the groups that are not empty, and how many desa stand in each state ((state, label, how many))."""

    kelompok: list[Kelompok]
    keadaan: list[tuple[str, str, int]]
    lewat: int


def susun(baris: Sequence[Baris]) -> Antrean:
    """Group the rows of the board: hers to decide first, the longest waiting on top; then what is still with the
    kader, the late ones on top; what is done last.
    """
    menunggu = Kelompok("menunggu", "Menunggu Anda", "Periksa, lalu setujui atau kembalikan.")
    di_kader = Kelompok("di-kader", "Masih di kader", "Ingatkan yang lewat tenggat.")
    selesai = Kelompok("selesai", "Selesai", "Disetujui dan terkunci.")
    tempat = {StatusLaporan.DIKIRIM: menunggu, StatusLaporan.DISETUJUI: selesai}
    for b in baris:
        tempat.get(b.status, di_kader).baris.append(b)
    menunggu.baris.sort(key=lambda b: _giliran(b.laporan))
    ada = Counter(b.status for b in baris)
    return Antrean(
        [k for k in (menunggu, di_kader, selesai) if k.baris],
        [(status, label, ada[status]) for status, label in LABEL.items() if ada[status]],
        sum(b.lewat for b in baris),
    )


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
