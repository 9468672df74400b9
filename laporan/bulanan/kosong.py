"""Months without any record: neither a new acceptor nor an activity."""

import datetime as dt

from django.db.models import QuerySet
from django.db.models.functions import TruncMonth

from laporan.bulanan.hitung import yang_dihitung
from laporan.models import Kegiatan
from poskb.dasar.waktu import geser_bulan

DesaBulan = tuple[str, dt.date]


def tanpa_catatan(calon: set[DesaBulan]) -> set[DesaBulan]:
    """Return which of these (desa, month) have none. Two queries; none for nothing."""
    if not calon:
        return set()
    desa, bulan = {d for d, _ in calon}, {b for _, b in calon}
    akhir = geser_bulan(max(bulan), 1)
    kegiatan = Kegiatan.objects.berlaku().filter(tanggal__gte=min(bulan), tanggal__lt=akhir)
    return calon - _berisi(yang_dihitung(min(bulan), max(bulan)), desa) - _berisi(kegiatan, desa)


def _berisi(baris: QuerySet, desa: set[str]) -> set[DesaBulan]:
    per_bulan = baris.filter(desa_id__in=desa).order_by().annotate(pada_bulan=TruncMonth("tanggal"))
    return set(per_bulan.values_list("desa_id", "pada_bulan").distinct())
