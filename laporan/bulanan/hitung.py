"""New acceptors of a month's report, counted from the records: the one definition of report, board and approval.

Every new acceptor stands in exactly one report of her desa. An approved report holds the rows that its approval locked
(`bulan_laporan`). Every other row counts in the report of its own month, or, when that is approved already, in the
first later one that is not: there it is *susulan*.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Count, Q
from django.db.models.functions import TruncMonth

from akseptor.enums import StatusPeserta, Tahap
from akseptor.models import Pelayanan
from akseptor.models.pelayanan import PelayananQuerySet
from laporan.enums import StatusLaporan
from laporan.models import LaporanBulanan
from poskb.dasar.waktu import geser_bulan

# Months that a late row may have waited; an older one is told beside its month and counts in no report.
SUSULAN_TERLAMA = 12


@dataclass(frozen=True)
class Hitungan:
    """How many records count, how many of them an officer has verified, how many are of an earlier month (late)."""

    tercatat: int = 0
    terverifikasi: int = 0
    susulan: int = 0

    def __add__(self, lain: "Hitungan") -> "Hitungan":
        return Hitungan(
            self.tercatat + lain.tercatat, self.terverifikasi + lain.terverifikasi, self.susulan + lain.susulan
        )


NOL = Hitungan()
HITUNG = {"tercatat": Count("pk"), "terverifikasi": Count("pk", filter=Q(tahap=Tahap.TERVERIFIKASI))}


def yang_dihitung(bulan: dt.date, sampai: dt.date | None = None) -> PelayananQuerySet:
    """Return the services that are new acceptors from one month through another, by service day, whatever the report.

    A range of days, not year and month: the index on (desa, tanggal) serves it.
    """
    akhir = geser_bulan(sampai or bulan, 1)
    return Pelayanan.objects.terlayani().filter(
        status_peserta=StatusPeserta.BARU, tanggal__gte=bulan, tanggal__lt=akhir
    )


def tujuan(bulan: dt.date, disetujui: Collection[dt.date]) -> dt.date | None:
    """Return the month in whose report a row of a month counts that stands in none yet; None when it waited too long.

    `disetujui`: months of the desa whose report is approved.
    """
    return next((b for b in _calon(bulan) if b not in disetujui), None)


@lru_cache(maxsize=256)
def _calon(bulan: dt.date) -> tuple[dt.date, ...]:
    """A month and those in which its late rows may count. Kept: a board of all desa asks thousands of times."""
    return tuple(geser_bulan(bulan, n) for n in range(SUSULAN_TERLAMA + 1))


def bulan_disetujui(kode_desa: Collection[str], dari: dt.date, sampai: dt.date) -> dict[str, set[dt.date]]:
    """Return {kode desa: months whose report is approved} from a month through another, in one query."""
    laporan = LaporanBulanan.objects.filter(
        desa_id__in=kode_desa, status=StatusLaporan.DISETUJUI, bulan__range=(dari, sampai)
    )
    hasil: dict[str, set[dt.date]] = {kode: set() for kode in kode_desa}
    for kode, bulan in laporan.order_by().values_list("desa_id", "bulan"):
        hasil[kode].add(bulan)
    return hasil


def baris_laporan(kode_desa: str, bulan: dt.date) -> PelayananQuerySet:
    """Return the services that count in one report, late ones of earlier months with them. Asks which are approved."""
    mulai = _mulai_terbuka([kode_desa], bulan)[kode_desa]
    if mulai is None:
        return Pelayanan.objects.filter(desa_id=kode_desa, bulan_laporan=bulan)
    return _terbuka({mulai: [kode_desa]}, bulan)


def baris_terbuka(kode_desa: Collection[str], bulan: dt.date) -> PelayananQuerySet:
    """Return the services that count in the open reports of a month, of many desa together, in two queries."""
    per_mulai: dict[dt.date, list[str]] = defaultdict(list)
    for kode, mulai in _mulai_terbuka(kode_desa, bulan).items():
        if mulai is not None:
            per_mulai[mulai].append(kode)
    return _terbuka(per_mulai, bulan)


def _mulai_terbuka(kode_desa: Collection[str], bulan: dt.date) -> dict[str, dt.date | None]:
    """Return {kode desa: first month whose late rows count in this month's report}; None where that is approved."""
    mungkin = [geser_bulan(bulan, -n) for n in range(SUSULAN_TERLAMA + 1)]
    disetujui = bulan_disetujui(kode_desa, mungkin[-1], bulan)
    return {
        kode: None if bulan in sudah else min(b for b in mungkin if tujuan(b, sudah) == bulan)
        for kode, sudah in disetujui.items()
    }


def _terbuka(per_mulai: Mapping[dt.date, Collection[str]], bulan: dt.date) -> PelayananQuerySet:
    """Return the rows that no approved report holds, of each group of desa from its first month through this one."""
    if not per_mulai:
        return Pelayanan.objects.none()
    milik = Q()
    for mulai, kode in per_mulai.items():
        milik |= Q(desa_id__in=kode, tanggal__gte=mulai)
    # All desa named once more: the index on (desa, tanggal) of what is not reported yet serves that, not the choice.
    semua = [satu for kode in per_mulai.values() for satu in kode]
    return yang_dihitung(min(per_mulai), bulan).filter(milik, desa_id__in=semua, bulan_laporan__isnull=True)


def akseptor_baru(kode_desa: Iterable[str], bulan: dt.date) -> dict[str, dict[str, Hitungan]]:
    """Return {kode desa: {metode: Hitungan}} of a month's reports, in two queries. What has none is missing."""
    hasil: dict[str, dict[str, Hitungan]] = defaultdict(dict)
    for kode, _, metode, n in _hitung(list(kode_desa), bulan, bulan):
        hasil[kode][metode] = hasil[kode].get(metode, NOL) + n
    return dict(hasil)


def per_bulan(kode_desa: str, bulan: dt.date, sampai: dt.date) -> dict[dt.date, dict[str, int]]:
    """Return {month of the report: {metode: count}} of one desa from a month through another, in two queries."""
    return per_desa_bulan([kode_desa], bulan, sampai).get(kode_desa, {})


def per_desa_bulan(
    kode_desa: Iterable[str], bulan: dt.date, sampai: dt.date
) -> dict[str, dict[dt.date, dict[str, int]]]:
    """Return {kode desa: {month of the report: {metode: count}}} from a month through another, in two queries."""
    hasil: dict[str, dict[dt.date, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    for kode, laporan, metode, n in _hitung(list(kode_desa), bulan, sampai):
        hasil[kode][laporan][metode] = hasil[kode][laporan].get(metode, 0) + n.tercatat
    return {kode: dict(bulanan) for kode, bulanan in hasil.items()}


def bulan_berisi(kode_desa: Iterable[str], bulan: dt.date, sampai: dt.date) -> set[tuple[str, dt.date]]:
    """Return the (kode desa, month) whose reports count anybody, from a month through another, in two queries."""
    return {(kode, laporan) for kode, laporan, _, _ in _hitung(list(kode_desa), bulan, sampai)}


def di_laporan_lain(kode_desa: str, bulan: dt.date) -> dict[dt.date | None, int]:
    """Return {month of another report: how many new acceptors of this month count there}; None: in no report.

    In two queries at most. What came after this month was approved, or stands in a report that was approved later.
    """
    baris = yang_dihitung(bulan).filter(desa_id=kode_desa).order_by("bulan_laporan")
    per_laporan = dict(baris.values_list("bulan_laporan").annotate(Count("pk")))
    per_laporan.pop(bulan, None)
    belum = per_laporan.pop(None, 0)
    if belum:
        disetujui = bulan_disetujui([kode_desa], bulan, geser_bulan(bulan, SUSULAN_TERLAMA))[kode_desa]
        ke = tujuan(bulan, disetujui)
        if ke != bulan:
            per_laporan[ke] = per_laporan.get(ke, 0) + belum
    return per_laporan


def _hitung(kode_desa: list[str], bulan: dt.date, sampai: dt.date) -> Iterator[tuple[str, dt.date, str, Hitungan]]:
    """Yield (kode desa, month of the report, metode, Hitungan) for the reports from a month through another."""
    terlama = geser_bulan(bulan, -SUSULAN_TERLAMA)
    disetujui = bulan_disetujui(kode_desa, terlama, sampai)
    terkunci = Pelayanan.objects.filter(bulan_laporan__range=(bulan, sampai))
    belum = yang_dihitung(terlama, sampai).filter(bulan_laporan__isnull=True)
    # Two halves that each use an index of their own.
    terkunci, belum = (
        b.filter(desa_id__in=kode_desa)
        .order_by()
        .annotate(dilayani=TruncMonth("tanggal"))
        .values_list("desa_id", "bulan_laporan", "dilayani", "metode")
        .annotate(**HITUNG)
        for b in (terkunci, belum)
    )
    for kode, laporan, dilayani, metode, n, v in terkunci.union(belum, all=True):
        ke = laporan or tujuan(dilayani, disetujui[kode])
        if ke is not None and bulan <= ke <= sampai:
            yield kode, ke, metode, Hitungan(n, v, n if dilayani != ke else 0)


def jumlah(hitungan: dict[str, Hitungan]) -> Hitungan:
    """Add the methods up."""
    return sum(hitungan.values(), NOL)
