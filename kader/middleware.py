"""Hangs the scope on the request, refuses what is not declared, keeps pages out of caches."""

import logging
from functools import partial

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.functional import SimpleLazyObject

from kader import karcis
from kader.akun import totp
from kader.baris.sesi import tanpa_wilayah
from kader.cakupan import Cakupan
from kader.http import BERTOKEN, KARCIS, TERBUKA, View, izin_view, minta_json
from kader.models import Pengguna
from kader.models.penugasan import cakupan_pengguna
from kader.token import periksa
from poskb.dasar.waktu import hari_ini

log = logging.getLogger(__name__)
KATA_TANPA_TLS = (
    "Pakai https://. Token yang sudah terkirim lewat http:// dapat dibaca orang di jalan: minta DPPKB mencabutnya."
)
KATA_TANPA_KUNCI = "Token tidak ada, keliru, dicabut, atau sudah berakhir. Minta token baru kepada DPPKB."

KATA_NONAKTIF = "Akun Anda sudah dinonaktifkan. Catatan di HP ini akan diserahkan kepada petugas Anda."
KATA_TOTP = "Masukkan dulu kode verifikasi dua langkah: buka halaman Pos KB sekali lagi."


class CakupanMiddleware:
    """`request.cakupan`: computed once, when first asked for."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.cakupan = SimpleLazyObject(partial(_hitung, request))  # type: ignore[attr-defined]
        return self.get_response(request)


def _hitung(request: HttpRequest) -> Cakupan:
    with tanpa_wilayah():
        return cakupan_pengguna(request.user, hari_ini(), settings.KODE_KABUPATEN)


class IzinMiddleware:
    """Default deny: a view without a declared rule is nobody's."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if baru := getattr(request, "karcis_baru", ""):
            response[karcis.KEPALA] = baru
        return response

    def process_view(self, request: HttpRequest, view: View, args: tuple, kwargs: dict) -> HttpResponse | None:
        """Let pass, send to sign-in, or refuse."""
        namespace = request.resolver_match.namespace if request.resolver_match else ""
        boleh = izin_view(view, namespace=namespace)
        if boleh is None:
            raise PermissionDenied("rute tanpa aturan")
        if boleh == TERBUKA:
            return None
        if boleh == BERTOKEN:
            return self._periksa_token(request)
        if boleh == KARCIS:
            return _periksa_karcis(request)
        if not request.user.is_authenticated:
            return _tanpa_masuk(request)
        if totp.perlu(request) and not getattr(view, "sebelum_totp", False):
            return _minta_totp(request)
        if request.user.peran not in boleh:
            log.warning("bukan untuk perannya: %s (%s) di %s", request.user.pk, request.user.peran, _rute(request))
            raise PermissionDenied("peran")
        return None

    def _periksa_token(self, request: HttpRequest) -> HttpResponse | None:
        """Let a valid key pass; a session, whoever's, opens nothing here, and nothing opens without HTTPS."""
        if settings.TLS and not request.is_secure():
            return JsonResponse({"pesan": KATA_TANPA_TLS}, status=403)
        token = periksa(request.headers.get("Authorization", ""))
        if token is None:
            log.warning("token tidak berlaku di %s", _rute(request))
            response = JsonResponse({"pesan": KATA_TANPA_KUNCI}, status=401)
            response["WWW-Authenticate"] = 'Bearer realm="Pos KB"'
            return response
        request.token, request.cakupan = token, token.cakupan  # type: ignore[attr-defined]
        return None


def _rute(request: HttpRequest) -> str:
    return request.resolver_match.view_name if request.resolver_match else ""


def _tanpa_masuk(request: HttpRequest) -> HttpResponse:
    """Send to sign-in; whose account was deactivated is told so, and her phone hands over what it holds.

    Her session opens nothing any more: it only says whose it was (docs/luring.md).
    """
    nomor = request.session.get(SESSION_KEY)
    nonaktif = nomor is not None and Pengguna.objects.filter(pk=nomor, is_active=False).exists()
    if minta_json(request):
        isi = (
            {"pesan": KATA_NONAKTIF, "nonaktif": True} if nonaktif else {"pesan": "Sesi berakhir. Silakan masuk lagi."}
        )
        return JsonResponse(isi, status=401)
    if nonaktif:
        return render(request, "kader/nonaktif.html", status=403)
    return redirect_to_login(request.get_full_path())


def _minta_totp(request: HttpRequest) -> HttpResponse:
    """Lead to the one page that is open before the second factor was shown."""
    if minta_json(request):
        return JsonResponse({"pesan": KATA_TOTP}, status=403)
    return redirect("akun:verifikasi")


def _periksa_karcis(request: HttpRequest) -> HttpResponse | None:
    """Hang the ticket on the request; without one that holds, say so: the page knows how to get another."""
    request.karcis, request.karcis_baru = karcis.periksa(request)  # type: ignore[attr-defined]
    if request.karcis is None:  # type: ignore[attr-defined]
        return JsonResponse({"pesan": "Halaman ini perlu dimuat ulang."}, status=401)
    return None


class TanpaSimpanMiddleware:
    """Pages of people belong in no cache: not in the browser's on a shared phone, not in a proxy's."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if "Cache-Control" not in response:
            response["Cache-Control"] = "no-store"
        return response
