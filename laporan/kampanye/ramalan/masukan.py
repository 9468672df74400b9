"""The triangle out of the database, from the one rule (`progres.yang_dihitung`).

A record is taken as known since its arrival (`diterima_pada`), at the earliest on its service day: what was returned
in between and what moved is not seen here, so that a triangle made today has no negative changes.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Count
from django.db.models.functions import Left, TruncDate

from kader.enums import Tingkat
from kader.models import Wilayah
from laporan.kampanye.progres import yang_dihitung
from laporan.kampanye.ramalan.segitiga import Segitiga
from laporan.models import Kampanye, Target
from poskb.dasar.waktu import WIB, hari_ini


def segitiga(kampanye: Kampanye, kode_wilayah: str) -> Segitiga:
    """Return the triangle of one area today."""
    return semua_segitiga(kampanye, [kode_wilayah])[kode_wilayah]


def semua_segitiga(kampanye: Kampanye, kode: Iterable[str]) -> dict[str, Segitiga]:
    """Return the triangles of several areas today: one query per level, whatever their number."""
    kode = list(kode)
    perubahan: dict[str, dict[tuple[dt.date, dt.date], int]] = defaultdict(dict)
    for panjang in sorted({len(k) for k in kode}):
        baris = (
            yang_dihitung(kampanye)
            .order_by()
            .annotate(di=Left("desa_id", panjang), tiba=TruncDate("diterima_pada", tzinfo=WIB))
            .filter(di__in=[k for k in kode if len(k) == panjang])
            .values_list("di", "tanggal", "tiba")
            .annotate(n=Count("id"))
        )
        for di, tanggal, tiba, n in baris:
            sel = (tanggal, max(tanggal, tiba))
            perubahan[di][sel] = perubahan[di].get(sel, 0) + n
    target = dict(Target.objects.per_desa(kampanye).values_list("desa_id", "jumlah"))
    return {
        k: Segitiga(
            perubahan=perubahan[k],
            mulai=kampanye.mulai,
            selesai=kampanye.selesai,
            target=sum(n for desa, n in target.items() if desa == k or desa.startswith(k + ".")),
            hari_ini=hari_ini(),
        )
        for k in kode
    }


def kode_diramal(kampanye: Kampanye) -> list[str]:
    """Return the areas that get a forecast: the campaign's own and those one level below. A desa is too small."""
    bawah = Wilayah.objects.filter(induk_id=kampanye.wilayah_id).exclude(tingkat=Tingkat.DESA).order_by("kode")
    return [kampanye.wilayah_id, *bawah.values_list("kode", flat=True)]
