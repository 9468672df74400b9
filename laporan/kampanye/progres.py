"""What counts in a campaign: the single definition of the 1831. docs/aturan-hitung.md says it in words and SQL.

A couple (`pasangan`) counts once, in the desa where it lives, on the day it was first served inside the campaign's
window, if that service is dilayani or terverifikasi, complete (the database promises it), of a method and of a
status that the campaign counts, at a place that it counts. The day is the service date; arrival does not matter.
"""

import datetime as dt
from collections.abc import Iterable

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from akseptor.enums import TAHAP_TERLAYANI, Tahap
from akseptor.models import Pelayanan
from kader.baris import lintas_wilayah
from laporan.kampanye.rinci import susun_sql
from laporan.models import Kampanye
from poskb.dasar.waktu import WIB

Sel = tuple[str, dt.date]
SEHARI = dt.timedelta(days=1)
RINGKAS = """
SELECT desa_id, tanggal, metode, sum(tercatat)::int,
       coalesce(sum(tercatat) FILTER (WHERE tahap = %s), 0)::int, sum(jumlah)::int
FROM ({rinci}) AS rinci WHERE tahap = ANY(%s) GROUP BY 1, 2, 3
"""


def di_tempat(kampanye: Kampanye) -> Q:
    """Return the condition that a service was given at a place that counts: of its kinds or by name; all if none."""
    if not (kampanye.jenis_tempat or kampanye.tempat):
        return Q()
    return Q(faskes__in=kampanye.tempat) | Q(faskes__jenis__in=kampanye.jenis_tempat)


def di_jendela(kampanye: Kampanye, sampai: dt.date | None = None) -> QuerySet[Pelayanan]:
    """Return the services of the campaign's methods and places inside its window and area, whatever their status.

    `sampai`: only what had arrived by the end of that day.
    """
    return Pelayanan.objects.di(kampanye.wilayah_id).filter(
        di_tempat(kampanye),
        Q() if sampai is None else Q(diterima_pada__lt=dt.datetime.combine(sampai + SEHARI, dt.time(), WIB)),
        tahap__in=TAHAP_TERLAYANI,
        tanggal__range=(kampanye.mulai, kampanye.selesai),
        metode__in=kampanye.metode,
    )


def belum_terlayani(kampanye: Kampanye) -> QuerySet[Pelayanan]:
    """Return what the campaign shows beside the services: calon, dirujuk, ditunda, batal, dikembalikan.

    A calon may not have chosen a method or a place yet; what has no service date stands on the day it reached the
    server.
    """
    tempat = di_tempat(kampanye)
    awal, akhir = (dt.datetime.combine(h, dt.time(), WIB) for h in (kampanye.mulai, kampanye.selesai + SEHARI))
    di_dalam = Q(tanggal__range=(kampanye.mulai, kampanye.selesai)) | Q(
        tanggal__isnull=True, diterima_pada__gte=awal, diterima_pada__lt=akhir
    )
    return (
        Pelayanan.objects.di(kampanye.wilayah_id)
        .filter(di_dalam, tempat and (tempat | Q(faskes=None)), metode__in=["", *kampanye.metode])
        .exclude(tahap__in=TAHAP_TERLAYANI)
    )


def _lebih_dulu(kampanye: Kampanye, sampai: dt.date | None) -> QuerySet[Pelayanan]:
    """Return the counting services of the same couple that come before the outer one."""
    dulu = Q(tanggal__lt=OuterRef("tanggal")) | Q(tanggal=OuterRef("tanggal")) & (
        Q(diterima_pada__lt=OuterRef("diterima_pada"))
        | Q(diterima_pada=OuterRef("diterima_pada"), id__lt=OuterRef("id"))
    )
    terjaring = di_jendela(kampanye, sampai)
    return terjaring.filter(dulu, pasangan=OuterRef("pasangan"), status_peserta__in=kampanye.status_peserta)


def menghitung(kampanye: Kampanye, sampai: dt.date | None = None) -> Q:
    """Return the condition that a service in the window is the one that counts for its couple: the first."""
    return Q(status_peserta__in=kampanye.status_peserta) & ~Exists(_lebih_dulu(kampanye, sampai))


def yang_dihitung(kampanye: Kampanye) -> QuerySet[Pelayanan]:
    """Return one service per counted couple."""
    return di_jendela(kampanye).filter(menghitung(kampanye))


def batas_sel(sel: Iterable[Sel]) -> Q:
    """Return the condition that a service is counted on one of these days in these desa."""
    per_hari: dict[dt.date, set[str]] = {}
    for kode, tanggal in sel:
        per_hari.setdefault(tanggal, set()).add(kode)
    batas = Q(pk__in=[])
    for hari, kode_desa in per_hari.items():
        awal = dt.datetime.combine(hari, dt.time(), WIB)
        tanpa_tanggal = Q(tanggal__isnull=True, diterima_pada__gte=awal, diterima_pada__lt=awal + SEHARI)
        batas |= Q(desa_id__in=kode_desa) & (Q(tanggal=hari) | tanpa_tanggal)
    return batas


def sql_rinci(kampanye: Kampanye, sel: Iterable[Sel] | None = None) -> tuple[str, list[object]]:
    """Return the statement that counts in full detail (`laporan.kampanye.rinci`), of some desa and days or of all."""
    batas = Q() if sel is None else batas_sel(sel)
    return susun_sql(
        di_jendela(kampanye).filter(batas),
        belum_terlayani(kampanye).filter(batas),
        yang_dihitung(kampanye).filter(batas),
    )


def hitung(kampanye: Kampanye, sel: Iterable[Sel] | None = None) -> dict[tuple[str, dt.date, str], tuple[int, ...]]:
    """Count from the records: {(kode desa, tanggal, metode): (tercatat, terverifikasi, semua)}.

    With `sel`, only those desa and days; without, the whole campaign. `kampanye` need not be saved.
    """
    # Days outside the window hold nothing of this campaign.
    if sel is not None:
        sel = {(kode, t) for kode, t in sel if kampanye.mulai <= t <= kampanye.selesai}
        if not sel:
            return {}
    rinci, nilai = sql_rinci(kampanye, sel)
    with lintas_wilayah("satu pasangan dihitung sekali, di desa mana pun ia tercatat"), connection.cursor() as cursor:
        cursor.execute(
            RINGKAS.format(rinci=rinci), [Tahap.TERVERIFIKASI.value, *nilai, [t.value for t in TAHAP_TERLAYANI]]
        )
        return {(d, t, m): tuple(n) for d, t, m, *n in cursor.fetchall()}
