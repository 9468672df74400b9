"""/laporan/kelengkapan/: which reports came, which in time, and which desa is silent."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kader.enums import Peran
from kader.http import Permintaan, izin
from laporan.bulanan.matriks import Kelompok, bulan_pertama, bulan_tahun, matriks
from laporan.views.pilihan import kecamatan_pilihan
from poskb.dasar.waktu import awal_bulan, hari_ini


@izin(Peran.PLKB, Peran.KOORDINATOR, Peran.DPPKB)
@require_safe
def halaman(request: Permintaan) -> HttpResponse:
    """Show a year; `?tahun=` and `?kecamatan=` choose. No such year: this one, with a sentence."""
    pertama = min(bulan_pertama(), awal_bulan(hari_ini()))
    tahun_tahun = range(pertama.year, hari_ini().year + 1)
    teks = request.GET.get("tahun", "").strip()
    angka = int(teks) if teks.isascii() and teks.isdigit() and len(teks) == 4 else 0
    galat = bool(teks) and angka not in tahun_tahun
    tahun = angka if angka in tahun_tahun else hari_ini().year
    kecamatan = kecamatan_pilihan(request)
    bulan = bulan_tahun(tahun, pertama)
    kelompok = matriks(request.cakupan, bulan, kecamatan.kode if kecamatan else "")
    semua = Kelompok(None, [b for k in kelompok for b in k.baris])
    konteks = {
        "tahun": tahun,
        "tahun_tahun": tahun_tahun,
        "galat": galat,
        "teks": teks,
        "kecamatan": kecamatan,
        "bulan": bulan,
        "kelompok": kelompok,
        "semua": semua,
        "hari_diam": settings.HARI_DIAM,
    }
    return render(request, "laporan/kelengkapan.html", konteks, status=404 if galat else 200)
