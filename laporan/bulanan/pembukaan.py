"""Opening a month: one empty row per desa that says "a report is due here". Nobody has written in it yet."""

import datetime as dt
import itertools
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max

from kader.models import Wilayah
from laporan.bulanan.formulir import formulir_untuk
from laporan.models import Formulir, LaporanBulanan
from poskb.dasar.tolak import Ditolak
from poskb.dasar.waktu import awal_bulan, geser_bulan, hari_ini, sekarang


@transaction.atomic
def buka_bulan() -> int:
    """Open this month for every desa, and every month since the last one opened; return how many rows were missing.

    May run at any time, twice, late, or beside itself: what is there stays as it is. A month without a form is left.
    """
    dibuat = 0
    desa = set(Wilayah.objects.desa().values_list("kode", flat=True))
    for bulan in _yang_perlu():
        ada = LaporanBulanan.semua.bulan(bulan).values_list("desa_id", flat=True)
        belum = sorted(desa - set(ada))
        if not belum:
            continue
        try:
            formulir = formulir_untuk(bulan)
        except Ditolak:
            continue
        dibuat += buka_baris(belum, bulan, formulir)
    return dibuat


def _yang_perlu() -> Iterable[dt.date]:
    """Return last month, this one, and those in between when nobody opened any for longer than that."""
    ini = awal_bulan(hari_ini())
    lalu = geser_bulan(ini, -1)
    terakhir = LaporanBulanan.semua.filter(bulan__lte=ini).aggregate(Max("bulan"))["bulan__max"]
    mulai = min(terakhir or lalu, lalu)
    return itertools.takewhile(lambda b: b <= ini, (geser_bulan(mulai, n) for n in itertools.count()))


def buka_baris(kode_desa: Iterable[str], bulan: dt.date, formulir: Formulir) -> int:
    """Insert the empty rows of a month; rows that exist, or that another transaction just made, are left alone."""
    kini = sekarang()
    baris = [LaporanBulanan(desa_id=k, bulan=bulan, formulir=formulir, versi=0, diubah_pada=kini) for k in kode_desa]
    return len(LaporanBulanan.semua.bulk_create(baris, ignore_conflicts=True))
