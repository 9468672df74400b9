"""/kunjungan/: the sample of a month, to walk by."""

import datetime as dt

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from akseptor.kunjungan.daftar import Kemajuan, SampelDesa, susun
from akseptor.kunjungan.form import KunjunganForm
from akseptor.kunjungan.isian import bisa_dikunjungi
from kader.baca import catat_baca_daftar
from kader.enums import Peran
from kader.http import Permintaan, izin
from kader.models import Wilayah
from poskb.dasar.waktu import awal_bulan, baca_bulan, geser_bulan, hari_ini


@izin(Peran.PLKB, Peran.KOORDINATOR)
@require_safe
def daftar(request: Permintaan) -> HttpResponse:
    """Show the sample; `?bulan=YYYY-MM` and `?desa=` choose. Without a month: the last one, which is over."""
    ini = awal_bulan(hari_ini())
    lalu = geser_bulan(ini, -1)
    teks = request.GET.get("bulan", "").strip()
    bulan = _baca(teks, ini) if teks else lalu
    galat = "" if bulan else "Bulan ini tidak ada. Pilih bulan ini atau sebelumnya, misalnya 2021-06."
    bulan = bulan or lalu
    milik = Wilayah.objects.desa().dalam(request.cakupan).select_related("induk").order_by("kode")
    kode = request.GET.get("desa", "")
    desa = get_object_or_404(milik, kode=kode) if kode and "\x00" not in kode else None
    semua = susun(milik, bulan)
    tampak = [s for s in semua if desa is None or s.desa == desa]
    catat_baca_daftar(request.user, "kunjungan:daftar", [r.pelayanan.akseptor_id for s in tampak for r in s.rumah])
    konteks = {
        "bulan": bulan,
        "berjalan": bulan == ini,
        "galat": galat,
        "teks_bulan": teks,
        "desa": desa,
        "semua": semua,
        "tampil": _isian(tampak, request.user.peran),
        "kemajuan": sum((s.kemajuan for s in semua), Kemajuan()),
        "aturan": settings.SAMPEL_KUNJUNGAN,
        "sebelum": geser_bulan(bulan, -1),
        "sesudah": geser_bulan(bulan, 1) if bulan < ini else None,
    }
    return render(request, "akseptor/kunjungan/daftar.html", konteks, status=404 if galat else 200)


def _baca(teks: str, ini: dt.date) -> dt.date | None:
    try:
        bulan = baca_bulan(teks)
    except ValueError:
        return None
    return bulan if bulan <= ini else None


def _isian(tampil: list[SampelDesa], peran: str) -> list[SampelDesa]:
    """Give every door its own form, for who may fill it in. Each field has an id of its own on the page."""
    for rumah in (r for s in tampil for r in s.rumah):
        p = rumah.pelayanan
        if peran == Peran.PLKB and bisa_dikunjungi(p) and not p.akseptor.tertutup:
            p.form_kunjungan = KunjunganForm(pelayanan=p, hari_ini=hari_ini(), auto_id=f"id_{p.pk}_%s")
    return tampil
