"""Hangs the scope on the request, refuses what is not declared, keeps pages out of caches."""

from functools import partial

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.functional import SimpleLazyObject

from kader import karcis
from kader.baris.sesi import tanpa_wilayah
from kader.cakupan import Cakupan
from kader.http import BERTOKEN, KARCIS, TERBUKA, View, izin_view, minta_json
from kader.models.penugasan import cakupan_pengguna
from kader.token import periksa
from poskb.dasar.waktu import hari_ini

KATA_TANPA_KUNCI = "Token tidak ada, keliru, dicabut, atau sudah berakhir. Minta token baru kepada DPPKB."


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
            if minta_json(request):
                return JsonResponse({"pesan": "Sesi berakhir. Silakan masuk lagi."}, status=401)
            return redirect_to_login(request.get_full_path())
        if request.user.peran not in boleh:
            raise PermissionDenied("peran")
        return None

    def _periksa_token(self, request: HttpRequest) -> HttpResponse | None:
        """Let a valid key pass; a session, whoever's, opens nothing here."""
        token = periksa(request.headers.get("Authorization", ""))
        if token is None:
            response = JsonResponse({"pesan": KATA_TANPA_KUNCI}, status=401)
            response["WWW-Authenticate"] = 'Bearer realm="Pos KB"'
            return response
        request.token, request.cakupan = token, token.cakupan  # type: ignore[attr-defined]
        return None


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
