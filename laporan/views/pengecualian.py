"""/laporan/pengecualian/: DPPKB gives and takes back exceptions to deadlines."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from kader.enums import Peran
from kader.http import Permintaan, izin
from laporan.bulanan import pengecualian
from laporan.bulanan.form_pengecualian import PengecualianForm
from laporan.models import Pengecualian
from poskb.dasar.tolak import Ditolak
from poskb.dasar.waktu import tulis_bulan, tulis_tanggal

RIWAYAT_TERBANYAK = 100


def _halaman(request: Permintaan, form: PengecualianForm, pesan: str = "", status: int = 200) -> HttpResponse:
    if pesan:
        form.add_error(None, pesan)
    semua = Pengecualian.objects.dalam(request.cakupan).select_related(
        "wilayah__induk", "dibuat_oleh", "diakhiri_oleh"
    )
    berlaku = list(semua.berlaku())
    konteks = {
        "form": form,
        "berlaku": berlaku,
        "riwayat": semua.exclude(pk__in=[p.pk for p in berlaku])[:RIWAYAT_TERBANYAK],
    }
    return render(request, "laporan/pengecualian.html", konteks, status=status)


@izin(Peran.DPPKB)
@require_http_methods(["GET", "HEAD", "POST"])
def daftar(request: Permintaan) -> HttpResponse:
    """Show what is in force and what was; a POST gives one. `?wilayah=` and `?bulan=` choose beforehand."""
    if request.method != "POST":
        return _halaman(request, PengecualianForm(cakupan=request.cakupan, pilihan=request.GET))
    form = PengecualianForm(request.POST, cakupan=request.cakupan, pilihan=request.POST)
    if not form.is_valid():
        return _halaman(request, form, status=422)
    try:
        satu = pengecualian.beri(request.user, request.cakupan, *form.isian())
    except Ditolak as tolak:
        return _halaman(request, form, tolak.pesan, 409)
    messages.success(
        request,
        f"{satu.wilayah.nama_lengkap}, {tulis_bulan(satu.bulan)}: “{satu.get_tingkat_display()}” kini "
        f"sampai {tulis_tanggal(satu.sampai)}.",
    )
    return redirect("laporan:pengecualian")


@izin(Peran.DPPKB)
@require_POST
def akhiri(request: Permintaan, pk: int) -> HttpResponse:
    """Take one back."""
    get_object_or_404(Pengecualian.objects.dalam(request.cakupan), pk=pk)
    try:
        pengecualian.akhiri(request.user, request.cakupan, pk)
    except Ditolak as tolak:
        messages.error(request, tolak.pesan)
    else:
        messages.success(request, "Pengecualian diakhiri. Tenggat semula berlaku lagi.")
    return redirect("laporan:pengecualian")


def _isi_ulang(request: Permintaan, pesan: str) -> HttpResponse:
    return _halaman(request, PengecualianForm(request.POST, cakupan=request.cakupan, pilihan=request.POST), pesan)


# Drawn again by kader.views.galat.csrf when the token is missing: typed data comes back, nothing is written.
daftar.isi_ulang = _isi_ulang
