"""The triangle out of the database: from what was kept at the end of every day, else from the records' arrivals.

What was kept (`CuplikanHarian`) knows corrections too, and reading it costs the same at any number of services. It
serves while every day since the campaign began was kept under the present rule. After a changed rule, or when days are
missing, the records tell: one is taken as known since its arrival, at the earliest on its service day, so that such a
triangle has no negative changes.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Count
from django.db.models.functions import Left, TruncDate

from kader.cakupan import panjang_kode
from kader.enums import Tingkat
from kader.models import Wilayah
from laporan.kampanye.isi import aturan
from laporan.kampanye.progres import yang_dihitung
from laporan.kampanye.ramalan.segitiga import Segitiga
from laporan.models import CuplikanHarian, Kampanye, Target
from poskb.dasar.waktu import WIB, hari_ini

Perubahan = dict[tuple[dt.date, dt.date], int]


def semua_segitiga(kampanye: Kampanye, kode: Iterable[str]) -> dict[str, Segitiga]:
    """Return the triangles of several areas today: a few queries, whatever their number."""
    kode = list(kode)
    perubahan = dari_harian(kampanye, kode) or dari_catatan(kampanye, kode)
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


def dari_harian(kampanye: Kampanye, kode: list[str]) -> dict[str, Perubahan] | None:
    """Return the changes from evening to evening; None when the days kept under the present rule begin too late."""
    hasil: dict[str, Perubahan] = {k: {} for k in kode}
    dulu: dict[str, dict[dt.date, int]] = {}
    kini_berlaku = aturan(kampanye)
    baris = CuplikanHarian.objects.filter(kampanye=kampanye, wilayah__in=kode, hari__lte=hari_ini()).order_by("hari")
    for di, hari, berlaku, per_hari in baris.values_list("wilayah_id", "hari", "isi__aturan", "isi__per_hari"):
        kini = {dt.date.fromisoformat(h["tanggal"]): h["tercatat"] for h in per_hari}
        if not _sama(berlaku, kini_berlaku) or (di not in dulu and hari > kampanye.mulai and any(kini.values())):
            return None
        lama = dulu.get(di, {})
        for tanggal, n in kini.items():
            if beda := n - lama.get(tanggal, 0):
                # A service written down for tomorrow is known on its day.
                sel = (tanggal, max(tanggal, hari))
                hasil[di][sel] = hasil[di].get(sel, 0) + beda
        dulu[di] = kini
    return hasil if len(dulu) == len(kode) else None


def _sama(satu: dict[str, object], lain: dict[str, object]) -> bool:
    """Another name is no other rule."""
    return satu | {"nama": ""} == lain | {"nama": ""}


def dari_catatan(kampanye: Kampanye, kode: list[str]) -> dict[str, Perubahan]:
    """Return what arrived on which day, by the present rule and the records of now."""
    perubahan: dict[str, Perubahan] = defaultdict(dict)
    for panjang in map(panjang_kode, Tingkat):
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
    return {k: perubahan[k] for k in kode}


def kode_diramal(kampanye: Kampanye) -> list[str]:
    """Return the areas that get a forecast: the campaign's own and those one level below. A desa is too small."""
    bawah = Wilayah.objects.filter(induk_id=kampanye.wilayah_id).exclude(tingkat=Tingkat.DESA).order_by("kode")
    return [kampanye.wilayah_id, *bawah.values_list("kode", flat=True)]
