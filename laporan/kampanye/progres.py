"""What counts in a campaign: the single definition of the 1831. docs/aturan-hitung.md says it in words and SQL.

A couple (`pasangan`) counts once, in the desa where it lives, on the day it was first served inside the campaign's
window, if that service is dilayani or terverifikasi, complete (the database promises it), of a method and of a
status that the campaign counts, at a place that it counts. The day is the service date; arrival does not matter.
"""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from akseptor.enums import TAHAP_TERLAYANI, Tahap
from akseptor.models import Pelayanan
from laporan.models import Kampanye

Sel = tuple[str, dt.date]


def di_tempat(kampanye: Kampanye) -> Q:
    """Return the condition that a service was given at a place that counts: of its kinds or by name; all if none."""
    if not (kampanye.jenis_tempat or kampanye.tempat):
        return Q()
    return Q(faskes__in=kampanye.tempat) | Q(faskes__jenis__in=kampanye.jenis_tempat)


def di_jendela(kampanye: Kampanye) -> QuerySet[Pelayanan]:
    """Return the services of the campaign's methods and places inside its window and area, whatever their status."""
    return Pelayanan.objects.di(kampanye.wilayah_id).filter(
        di_tempat(kampanye),
        tahap__in=TAHAP_TERLAYANI,
        tanggal__range=(kampanye.mulai, kampanye.selesai),
        metode__in=kampanye.metode,
    )


def _lebih_dulu(kampanye: Kampanye) -> QuerySet[Pelayanan]:
    """Return the counting services of the same couple that come before the outer one."""
    dulu = Q(tanggal__lt=OuterRef("tanggal")) | Q(tanggal=OuterRef("tanggal")) & (
        Q(diterima_pada__lt=OuterRef("diterima_pada"))
        | Q(diterima_pada=OuterRef("diterima_pada"), id__lt=OuterRef("id"))
    )
    return di_jendela(kampanye).filter(dulu, pasangan=OuterRef("pasangan"), status_peserta__in=kampanye.status_peserta)


def menghitung(kampanye: Kampanye) -> Q:
    """Return the condition that a service in the window is the one that counts for its couple: the first."""
    return Q(status_peserta__in=kampanye.status_peserta) & ~Exists(_lebih_dulu(kampanye))


def yang_dihitung(kampanye: Kampanye) -> QuerySet[Pelayanan]:
    """Return one service per counted couple."""
    return di_jendela(kampanye).filter(menghitung(kampanye))


def hitung(kampanye: Kampanye, sel: Iterable[Sel] | None = None) -> dict[tuple[str, dt.date, str], tuple[int, ...]]:
    """Count from the records: {(kode desa, tanggal, metode): (tercatat, terverifikasi, semua)}.

    With `sel`, only those desa and days; without, the whole campaign.
    """
    batas = Q()
    if sel is not None:
        # Days outside the window hold nothing of this campaign.
        per_hari: dict[dt.date, set[str]] = {}
        for kode, tanggal in sel:
            if kampanye.mulai <= tanggal <= kampanye.selesai:
                per_hari.setdefault(tanggal, set()).add(kode)
        if not per_hari:
            return {}
        for tanggal, kode_desa in per_hari.items():
            batas |= Q(tanggal=tanggal, desa_id__in=kode_desa)
    # One statement, one snapshot: two would not agree while records arrive.
    ini = menghitung(kampanye)
    baris = (
        di_jendela(kampanye)
        .filter(batas)
        .order_by()
        .values_list("desa_id", "tanggal", "metode")
        .annotate(n=Count("id", filter=ini), v=Count("id", filter=ini & Q(tahap=Tahap.TERVERIFIKASI)), s=Count("id"))
    )
    return {(d, t, m): tuple(n) for d, t, m, *n in baris}
