"""Months without any record: neither a new acceptor nor an activity."""

import datetime as dt

from django.db.models.functions import TruncMonth

from laporan.bulanan.hitung import bulan_berisi
from laporan.models import Kegiatan
from poskb.dasar.waktu import geser_bulan

DesaBulan = tuple[str, dt.date]


def tanpa_catatan(calon: set[DesaBulan]) -> set[DesaBulan]:
    """Return which of these (desa, month) have none. Three queries; none for nothing."""
    if not calon:
        return set()
    desa, bulan = {d for d, _ in calon}, {b for _, b in calon}
    kegiatan = Kegiatan.objects.berlaku().filter(tanggal__gte=min(bulan), tanggal__lt=geser_bulan(max(bulan), 1))
    kegiatan = kegiatan.filter(desa_id__in=desa).order_by().annotate(pada_bulan=TruncMonth("tanggal"))
    berkegiatan = set(kegiatan.values_list("desa_id", "pada_bulan").distinct())
    return calon - bulan_berisi(desa, min(bulan), max(bulan)) - berkegiatan
