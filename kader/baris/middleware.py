"""Tells the database whose request it is, once the rule of the route has let it in."""

from django.http import HttpRequest, HttpResponse

from kader.akses import boleh_bernama
from kader.baris.sesi import Sesi
from kader.cakupan import Cakupan
from kader.http import BERTOKEN, KARCIS, TERBUKA, View, izin_view

TANPA_ORANG = (TERBUKA, BERTOKEN)


class BarisMiddleware:
    """Stands after `IzinMiddleware`: what that refuses never gets an area. Keys of other offices read what is kept as
    numbers, so they get none either; a ticket gets its own, without names, because a desa's table by RW is counted."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with Sesi().dipasang() as sesi:
            request.sesi_baris = sesi  # type: ignore[attr-defined]
            return self.get_response(request)

    def process_view(self, request: HttpRequest, view: View, args: tuple, kwargs: dict) -> None:
        """Open the area of who signed in; it is computed when the first statement wants it."""
        namespace = request.resolver_match.namespace if request.resolver_match else ""
        aturan = izin_view(view, namespace=namespace)
        if aturan == KARCIS:
            karcis = request.karcis  # type: ignore[attr-defined]
            request.sesi_baris.buka(lambda: (karcis.cakupan, False, ""))  # type: ignore[attr-defined]
        elif aturan not in TANPA_ORANG and request.user.is_authenticated:
            buka_sesi(request)


def buka_sesi(request: HttpRequest) -> None:
    """Let a request see the rows of its user's area from here on. Its right to the page must have been checked."""

    def isi() -> tuple[Cakupan, bool, int]:
        return request.cakupan, boleh_bernama(request), request.user.pk  # type: ignore[attr-defined]

    request.sesi_baris.buka(isi)  # type: ignore[attr-defined]
