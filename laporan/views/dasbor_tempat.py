"""/dasbor/<kode>/tempat/: the places of service of a kabupaten or kecamatan by name, now or as of a past day."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from kader.enums import Tingkat
from kader.http import SEMUA_PERAN, izin
from laporan.kampanye.lihat import baca_lihat
from laporan.kampanye.per_faskes import per_faskes
from laporan.views.catatan import PERAN as PERAN_CATATAN
from laporan.views.dasbor import cari_papan
from laporan.views.dasbor_pindah import mengikuti_kampanye
from poskb.dasar.sekejap import Sekejap

# The list is counted from the records: whoever comes within the minute reads the same one.
INGAT = Sekejap(umur=60, paling_banyak=64)


@izin(*SEMUA_PERAN)
@require_safe
@mengikuti_kampanye
def tempat(request: HttpRequest, kode: str) -> HttpResponse:
    """Show the list. Of a desa there is none: so few at one place would point at persons."""
    lihat, salah = baca_lihat(request.GET, request.cakupan)
    if salah:
        return render(request, "galat.html", {"judul": salah[0], "langkah": "", "kode": 400}, status=400)
    papan = cari_papan(request, lihat, kode)
    kampanye, wilayah, cakupan = papan.cuplikan.kampanye, papan.cuplikan.wilayah, request.cakupan
    if wilayah.tingkat == Tingkat.DESA:
        return redirect(reverse("dasbor:wilayah", args=[kode]) + lihat.kueri)
    # The scope holds the whole area: `cari_papan` found it there.
    hari = lihat.tanggal
    baris = INGAT.ambil(
        (kampanye.pk, kode, hari), lambda: per_faskes(kampanye, kode, cakupan, hari), cap=papan.cuplikan.versi
    )
    konteks = {"wilayah": wilayah, "kampanye": kampanye, "lihat": lihat, "baris": baris, "papan": papan}
    konteks["boleh_catatan"] = request.user.peran in PERAN_CATATAN and not hari
    return render(request, "laporan/dasbor/tempat.html", konteks)
