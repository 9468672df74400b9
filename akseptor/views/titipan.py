"""What the phone of a deactivated kader hands over: a door that only takes, and who takes it over."""

from django.contrib import messages
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from akseptor import titipan
from akseptor.models import Titipan
from akseptor.sinkron.impor import Baris
from kader.akun import percobaan
from kader.akun.alamat import alamat_klien
from kader.akun.percobaan import Terkunci
from kader.enums import Peran
from kader.http import TERBUKA, Permintaan, izin
from poskb.dasar.tolak import Ditolak

# Where the officer's place is empty the koordinator takes over.
PENGAMBIL = (Peran.PLKB, Peran.KOORDINATOR)


# No cookie gives any right here, so there is nothing that another site could misuse.
@csrf_exempt
@izin(*TERBUKA)
@require_POST
def titip(request: HttpRequest) -> JsonResponse:
    """Take an envelope and answer with the ids in it. Shows nothing, whoever asks; slow for who sends rubbish."""
    alamat = alamat_klien(request)
    try:
        percobaan.TITIPAN.coba(alamat)
        kunci = titipan.terima(request.body)
    except Terkunci as tolak:
        return JsonResponse({"pesan": f"Coba lagi dalam {tolak.lama}. Catatan tetap di HP."}, status=429)
    except RequestDataTooBig:
        return JsonResponse({"pesan": titipan.TERLALU_BANYAK}, status=413)
    except UnreadablePostError:
        return JsonResponse({"pesan": "Kiriman terputus. Catatan tetap di HP."}, status=400)
    except Ditolak as tolak:
        return JsonResponse({"pesan": tolak.pesan}, status=409 if tolak.pesan == titipan.MASIH_AKTIF else 422)
    percobaan.TITIPAN.benar(alamat)
    return JsonResponse({"diterima": kunci})


@izin(*PENGAMBIL)
@require_safe
def daftar(request: Permintaan) -> HttpResponse:
    """Show what waits, kader by kader."""
    return _gambar(request)


def _gambar(request: Permintaan, hasil: list[Baris] | None = None, pesan: str = "", status: int = 200) -> HttpResponse:
    konteks = {"titipan": titipan.daftar(request.cakupan), "hasil": hasil, "pesan_galat": pesan}
    return render(request, "akseptor/titipan.html", konteks, status=status)


def _ada(request: Permintaan, kader: int) -> None:
    if not Titipan.objects.dalam(request.cakupan).filter(kader=kader).exists():
        raise Http404


@izin(*PENGAMBIL)
@require_POST
def ambil(request: Permintaan, kader: int) -> HttpResponse:
    """Take over what waits of one kader and show what became of each record. Not a redirect: names are on the page."""
    _ada(request, kader)
    try:
        return _gambar(request, titipan.ambil(request.user, request.cakupan, kader))
    except Ditolak as tolak:
        return _gambar(request, pesan=tolak.pesan, status=409)


@izin(*PENGAMBIL)
@require_POST
def selesai(request: Permintaan, kader: int) -> HttpResponse:
    """Give up what was refused."""
    _ada(request, kader)
    try:
        titipan.tutup(request.user, request.cakupan, kader, request.POST.get("alasan", ""))
    except Ditolak as tolak:
        return _gambar(request, pesan=tolak.pesan, status=409)
    messages.success(request, "Titipan ditutup.")
    return redirect("akseptor:titipan")
