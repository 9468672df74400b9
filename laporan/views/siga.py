"""/laporan/siga/: which reports of a month are in the national system, and what changed since."""

import datetime as dt

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from kader.enums import Peran
from kader.http import Permintaan, izin
from kader.models import Wilayah
from laporan.bulanan.formulir import formulir_untuk
from laporan.bulanan.lembar import Lembar, pilih_bulan
from laporan.siga import actions
from laporan.siga.daftar import daftar_siga
from laporan.views.bulanan import cari, versi_halaman
from laporan.views.pilihan import isi_ulang_bulan
from poskb.dasar.tolak import Ditolak

BOLEH = (Peran.PLKB, Peran.KOORDINATOR, Peran.DPPKB)


@izin(*BOLEH)
@require_http_methods(["GET", "HEAD", "POST"])
def daftar(request: Permintaan) -> HttpResponse:
    """Show a month; a POST ticks the chosen desa."""
    teks = (request.POST or request.GET).get("bulan", "").strip()
    try:
        bulan = pilih_bulan(teks)
        formulir_untuk(bulan)
    except Ditolak as galat:
        return _gambar(request, None, teks, galat.pesan)
    if request.method != "POST":
        return _gambar(request, bulan)
    try:
        n = actions.tandai(request.user, request.cakupan, bulan, _dilihat(request))
    except Ditolak as galat:
        messages.error(request, galat.pesan)
        return _gambar(request, bulan, status=409)
    messages.success(request, f"{n} laporan ditandai sudah diinput ke SIGA.")
    return redirect(f"{request.path}?bulan={bulan:%Y-%m}")


def _dilihat(request: Permintaan) -> dict[str, int]:
    """The chosen desa, each with the version of its report that the page showed."""
    return {k: versi_halaman(request, f"versi-{k}") for k in request.POST.getlist("desa")}


def _gambar(
    request: Permintaan, bulan: dt.date | None, teks: str = "", galat: str = "", status: int = 200
) -> HttpResponse:
    baris = daftar_siga(request.cakupan, bulan) if bulan else []
    hitung = {k: sum(b.tanda.keadaan == k for b in baris) for k in ("sudah", "berubah", "dibuka", "belum", "menunggu")}
    konteks = {
        "bulan": bulan,
        "kode_bulan": f"{bulan:%Y-%m}" if bulan else "",
        "teks_bulan": teks,
        "galat": galat,
        "baris": baris,
        "hitung": hitung,
        "bisa": hitung["belum"] + hitung["berubah"] > 0,
        "dipilih": request.POST.getlist("desa"),
    }
    return render(request, "laporan/siga/daftar.html", konteks, status=404 if galat else status)


@izin(*BOLEH)
@require_POST
@cari
def tandai(request: Permintaan, desa: Wilayah, lembar: Lembar) -> HttpResponse:
    """Tick one report, or say that what changed was typed in too."""
    return _lakukan(request, desa, lembar, "Laporan ditandai sudah diinput ke SIGA.", batal=False)


@izin(*BOLEH)
@require_POST
@cari
def batalkan(request: Permintaan, desa: Wilayah, lembar: Lembar) -> HttpResponse:
    """Take the tick away."""
    return _lakukan(request, desa, lembar, "Tanda SIGA dibatalkan.", batal=True)


def _lakukan(request: Permintaan, desa: Wilayah, lembar: Lembar, pesan: str, *, batal: bool) -> HttpResponse:
    bulan = lembar.laporan.bulan
    try:
        if batal:
            actions.batalkan(request.user, request.cakupan, bulan, desa.kode)
        else:
            actions.tandai(request.user, request.cakupan, bulan, {desa.kode: versi_halaman(request)})
    except Ditolak as galat:
        messages.error(request, galat.pesan)
    else:
        messages.success(request, pesan)
    if request.POST.get("lanjut") == "siga":
        return redirect(f"{reverse('laporan:siga')}?bulan={bulan:%Y-%m}")
    return redirect("laporan:bulanan", desa.kode, f"{bulan:%Y-%m}")


# Drawn again by kader.views.galat.csrf when the token is missing: what was chosen comes back, nothing is written.
daftar.isi_ulang = isi_ulang_bulan(_gambar)
