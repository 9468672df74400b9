"""/laporan/ekspor/: ask for a file of a month, see how far it is, fetch it while it lives."""

import datetime as dt
import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import ExpressionWrapper, F, fields
from django.db.models.functions import Now
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kader.akses import boleh_bernama
from kader.enums import Peran
from kader.http import Permintaan, izin
from kader.jatah import berjatah
from kader.models import Wilayah
from kader.views.etag import bila_berubah
from laporan.bulanan.lembar import pilih_bulan
from laporan.ekspor import actions
from laporan.ekspor.jenis import JENIS
from laporan.ekspor.pekerja import baca_berkas
from laporan.models import Ekspor
from laporan.models.ekspor import EksporQuerySet, KeadaanEkspor
from laporan.views.pilihan import isi_ulang_bulan
from poskb.dasar.tolak import Ditolak
from poskb.dasar.waktu import tulis_bulan

BOLEH = (Peran.PLKB, Peran.KOORDINATOR, Peran.DPPKB, Peran.ADMIN)
PALING_BANYAK = 30
BUKAN_WILAYAH = {
    "judul": "Berkas ini memuat wilayah yang bukan tugas Anda lagi",
    "langkah": "Kembali ke Laporan, lalu Unduh dan cetak, dan minta berkas baru untuk wilayah Anda sekarang.",
}


@izin(*BOLEH)
@require_http_methods(["GET", "HEAD", "POST"])
@berjatah("ekspor")
def halaman(request: Permintaan) -> HttpResponse:
    """Show what can be asked for and what was; a POST asks."""
    teks = (request.POST or request.GET).get("bulan", "").strip()
    try:
        bulan = pilih_bulan(teks)
    except Ditolak as galat:
        return _gambar(request, None, teks, galat.pesan, 404)
    return _minta(request, bulan) if request.method == "POST" else _gambar(request, bulan)


def _minta(request: Permintaan, bulan: dt.date) -> HttpResponse:
    jenis, kode = request.POST.get("jenis", ""), request.POST.get("wilayah", "")
    if jenis in JENIS and JENIS[jenis].bernama and not boleh_bernama(request):
        return _buka_nama(request, f"{request.path}?bulan={bulan:%Y-%m}")
    try:
        ekspor = actions.minta(request.user, request.cakupan, jenis, bulan, kode, request.POST.get("alasan", ""))
    except Ditolak as galat:
        messages.error(request, galat.pesan)
        return _gambar(request, bulan, status=422)
    return redirect(f"{request.path}?{urlencode({'bulan': f'{bulan:%Y-%m}', 'baru': ekspor.pk})}")


def _buka_nama(request: Permintaan, kembali: str) -> HttpResponse:
    """DPPKB sees names only after saying why."""
    return redirect(f"{reverse('akseptor:buka_data')}?{urlencode({'lanjut': kembali})}")


def _milik(request: Permintaan) -> EksporQuerySet:
    """Hers, with the real time that is left to fetch each."""
    sisa = ExpressionWrapper(F("kedaluwarsa_pada") - Now(), output_field=fields.DurationField())
    return Ekspor.objects.milik(request.user).annotate(sisa=sisa)


def _gambar(
    request: Permintaan, bulan: dt.date | None, teks: str = "", galat: str = "", status: int = 200
) -> HttpResponse:
    daftar = list(_milik(request)[:PALING_BANYAK])
    for ekspor in daftar:
        ekspor.berlaku = ekspor.sisa is not None and ekspor.sisa > dt.timedelta(0)
        ekspor.sisa_jam = max(1, round(ekspor.sisa.total_seconds() / 3600)) if ekspor.berlaku else 0
    konteks = {
        "bulan": bulan,
        "teks_bulan": teks,
        "galat": galat,
        "jenis": [j for j in JENIS.values() if request.user.peran in j.peran],
        "wilayah": _pilihan(request),
        "daftar": daftar,
        "belum": any(e.belum for e in daftar),
        "baru": request.GET.get("baru", ""),
        "ketikan": request.POST,
    }
    return render(request, "laporan/ekspor/halaman.html", konteks, status=status)


def _pilihan(request: Permintaan) -> list[Wilayah]:
    """The kecamatan that a wide scope can be narrowed to."""
    return list(Wilayah.objects.kecamatan().dalam(request.cakupan))


@izin(*BOLEH)
@require_safe
def data(request: Permintaan) -> HttpResponse:
    """How far her exports are, as JSON with an ETag: asked every second or two while one is being made."""
    isi = [
        {"id": str(e.pk), "keadaan": e.keadaan, "selesai": e.selesai, "jumlah": e.jumlah}
        for e in Ekspor.objects.milik(request.user)[:PALING_BANYAK]
    ]
    etag = '"' + "-".join(f"{e['id'][:8]}.{e['keadaan']}.{e['selesai']}" for e in isi) + '"'
    response = bila_berubah(request, etag, lambda: JsonResponse({"ekspor": isi}))
    response["Cache-Control"] = "private, no-cache"
    return response


@izin(*BOLEH)
@require_safe
def unduh(request: Permintaan, pk: uuid.UUID) -> HttpResponse:
    """Hand the file to its maker. Somebody else's is not found; an expired one is said to be gone.

    What holds a desa that is hers no longer stays here: a substitute's last day is the last day for her files too.
    """
    ekspor = get_object_or_404(Ekspor.objects.milik(request.user), pk=pk)
    macam = JENIS[ekspor.jenis]
    if request.user.peran not in macam.peran:
        raise PermissionDenied("peran")
    if macam.bernama and not boleh_bernama(request):
        return _buka_nama(request, reverse("laporan:ekspor"))
    if not Ekspor.objects.dapat_diunduh().filter(pk=pk).exists():
        return _tidak_ada(request, ekspor)
    if not ekspor.boleh_diunduh(request.cakupan):
        return render(request, "galat.html", BUKAN_WILAYAH | {"kode": 403}, status=403)
    isi = baca_berkas(ekspor)
    actions.unduh(request.user, ekspor)
    return lampiran(isi, macam.mime, ekspor.nama_berkas)


def _tidak_ada(request: Permintaan, ekspor: Ekspor) -> HttpResponse:
    kapan = {KeadaanEkspor.GAGAL: "gagal dibuat"}.get(KeadaanEkspor(ekspor.keadaan), "sudah kedaluwarsa")
    kode, kapan = (409, "masih dibuat") if ekspor.belum else (410, kapan)
    langkah = "Kembali ke Laporan, lalu Unduh dan cetak, untuk melihat atau memintanya lagi."
    konteks = {"judul": f"Berkas ini {kapan}", "langkah": langkah, "kode": kode}
    return render(request, "galat.html", konteks, status=kode)


def lampiran(isi: bytes, mime: str, nama: str, *, tampil: bool = False) -> HttpResponse:
    """Return bytes as a file that no cache keeps. `nama` is ours: plain letters, nobody's name."""
    response = HttpResponse(isi, content_type=mime)
    response["Content-Disposition"] = f'{"inline" if tampil else "attachment"}; filename="{nama}"'
    response["Cache-Control"] = "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@izin(*BOLEH)
@require_POST
def hapus(request: Permintaan, pk: uuid.UUID) -> HttpResponse:
    """Throw one away."""
    ekspor = get_object_or_404(Ekspor.objects.milik(request.user), pk=pk)
    bulan = tulis_bulan(ekspor.bulan)
    actions.hapus(request.user, ekspor)
    messages.success(request, f"{ekspor.get_jenis_display()} {bulan} dihapus.")
    return redirect(f"{reverse('laporan:ekspor')}?bulan={ekspor.bulan:%Y-%m}")


# Drawn again by kader.views.galat.csrf when the token is missing: typed data comes back, nothing is written.
halaman.isi_ulang = isi_ulang_bulan(_gambar)
