"""Pages for what went wrong: a sentence and the next step, never a value that was typed or a stack."""

import sys
from http import HTTPStatus

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.views.decorators.csrf import requires_csrf_token

from kader.akun import totp
from kader.baris.middleware import buka_sesi
from kader.http import TidakAda, izin_view, minta_json

KALIMAT = {
    400: ("Permintaan tidak dapat dibaca", "Kembali ke halaman sebelumnya lalu coba sekali lagi."),
    403: ("Halaman ini bukan untuk peran Anda", "Kembali ke beranda. Bila Anda perlu halaman ini, hubungi DPPKB."),
    404: (
        "Halaman tidak ditemukan",
        "Alamatnya keliru, atau datanya berada di luar wilayah tugas Anda. Kembali ke beranda.",
    ),
    500: (
        "Ada yang salah di pihak kami",
        "Kesalahan ini sudah tercatat. Kembali, tunggu sebentar, lalu coba lagi. Yang sudah tersimpan tidak hilang.",
    ),
    503: (
        "Server sedang sibuk atau terputus sebentar",
        "Belum disimpan. Kembali: isian Anda masih ada di sana. Tunggu sebentar, lalu coba lagi.",
    ),
}
JEDA_COBA_LAGI = "10"  # seconds
KALIMAT_CSRF = "Halaman ini terlalu lama terbuka, jadi belum disimpan. Isian Anda masih ada: tekan simpan sekali lagi."


def _halaman(request: HttpRequest, status: int, tahu: TidakAda | None = None) -> HttpResponse:
    judul, langkah = (tahu.judul, tahu.langkah) if tahu else KALIMAT[status]
    if minta_json(request):
        return JsonResponse({"pesan": f"{judul}. {langkah}"}, status=status)
    konteks = {"judul": judul, "langkah": langkah, "kode": status, "ke": tahu.ke if tahu else None}
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        # Without the request: what a page of hers shows is asked from the database.
        return render(None, "500.html", konteks, status=status)
    return render(request, "galat.html", konteks, status=status)


@requires_csrf_token
def galat_400(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a request that cannot be read."""
    return _halaman(request, 400)


@requires_csrf_token
def galat_403(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer somebody who may not."""
    return _halaman(request, 403)


@requires_csrf_token
def galat_404(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer for what is not there, or not hers."""
    return _halaman(request, 404, exception if isinstance(exception, TidakAda) else None)


def galat_500(request: HttpRequest) -> HttpResponse:
    """Answer after a fault of ours, without touching the database: it may be what failed.

    503 with when to come back where the database was away, busy or took the other of two: the same once more will do.
    """
    sementara = isinstance(sys.exception(), OperationalError | InterfaceError)
    response = _halaman(request, 503 if sementara else 500)
    if sementara:
        response["Retry-After"] = JEDA_COBA_LAGI
    return response


def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a POST without a valid token: nothing is written, and a form comes back with everything typed.

    A view that holds a form offers `isi_ulang(request, **kwargs)`, which draws it again.
    """
    try:
        cocok = resolve(request.path_info)
    except Resolver404:
        return _halaman(request, 404)
    if minta_json(request):
        return JsonResponse(
            {"pesan": "Token halaman sudah lama. Buka halaman sekali lagi; catatan tetap di HP."}, status=403
        )
    isi_ulang = getattr(cocok.func, "isi_ulang", None)
    boleh = izin_view(cocok.func) or frozenset()
    masuk = request.user.is_authenticated and request.user.peran in boleh and not totp.perlu(request)
    if isi_ulang and masuk:
        buka_sesi(request)
        response = isi_ulang(request, KALIMAT_CSRF, **cocok.kwargs)
        response.status_code = 403
        return response
    konteks = {"judul": "Halaman terlalu lama terbuka", "langkah": "Muat ulang halaman, lalu coba sekali lagi."}
    return render(request, "galat.html", konteks | {"kode": 403}, status=403)
