"""A month that the officer has approved is closed: her signature stands under what was there."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q

from laporan.enums import StatusLaporan
from laporan.models import Kegiatan, LaporanBulanan
from poskb.dasar.tolak import Ditolak
from poskb.dasar.waktu import awal_bulan, tulis_bulan

DesaBulan = tuple[str, dt.date]


def desa_bulan(kegiatan: Kegiatan) -> DesaBulan:
    """Return whose month an activity belongs to."""
    return kegiatan.desa_id, kegiatan.bulan


def yang_disetujui(kunci: Iterable[DesaBulan]) -> set[DesaBulan]:
    """Return which of these (desa, month) are approved, in one query; none for nothing."""
    kunci = set(kunci)
    if not kunci:
        return set()
    laporan = LaporanBulanan.objects.filter(
        status=StatusLaporan.DISETUJUI, desa_id__in={d for d, _ in kunci}, bulan__in={b for _, b in kunci}
    )
    return kunci & set(laporan.values_list("desa_id", "bulan"))


def kalimat_terkunci(bulan: dt.date) -> str:
    """Return why nothing of a month can be written, with the next step."""
    return (
        f"Laporan {tulis_bulan(bulan)} desa ini sudah disetujui, jadi kegiatan bulan itu terkunci. "
        "Bila perlu diubah, minta koordinator atau DPPKB membuka kembali laporannya."
    )


def periksa_terbuka(*hari: tuple[str, dt.date]) -> None:
    """Raise Ditolak when one of these (desa, day) lies in an approved month.

    The reports are held until the transaction ends: an approval of the same moment waits, or was first and is seen.
    """
    syarat = Q()
    for desa, tanggal in set(hari):
        syarat |= Q(desa_id=desa, bulan=awal_bulan(tanggal))
    laporan = LaporanBulanan.semua.filter(syarat).select_for_update(of=("self",), no_key=True)
    for satu in laporan.only("status", "bulan").order_by("pk"):
        if satu.status == StatusLaporan.DISETUJUI:
            raise Ditolak(kalimat_terkunci(satu.bulan))
