"""Holding a month while it is approved: one who edits at the same moment waits, or was first and is seen."""

import datetime as dt

from akseptor.actions.pasangan import kunci_pasangan
from akseptor.models import Pelayanan
from laporan.bulanan.hitung import baris_laporan
from laporan.models import LaporanBulanan


def pegang_laporan(kode_desa: str, bulan: dt.date) -> None:
    """Hold the report, if there is one, until the transaction ends: nobody writes an activity into its month."""
    laporan = LaporanBulanan.objects.filter(desa_id=kode_desa, bulan=bulan).order_by()
    list(laporan.select_for_update(of=("self",), no_key=True).values_list("pk"))


def pegang_baris(kode_desa: str, bulan: dt.date) -> list[Pelayanan]:
    """Return the services that count in a report, held. Couples first, in the order in which every act takes them."""
    baris = baris_laporan(kode_desa, bulan)
    kunci_pasangan(*baris.order_by().values_list("pasangan", flat=True))
    return list(baris.select_for_update(of=("self",), no_key=True).order_by("pk"))
