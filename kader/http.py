"""The request as our views see it, for types and the declaration of who may call."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from kader.cakupan import KODE, Cakupan
from kader.enums import Peran
from kader.models import Pengguna, TokenApi

View = Callable[..., HttpResponse]

# The rule of a route that anyone may call, signed in or not.
TERBUKA = frozenset({"terbuka"})
# The rule of a route for other offices: a key in the request (kader/token.py), never a session.
BERTOKEN = frozenset({"bertoken"})
# The rule of a route that a page asks with its ticket instead of a session (kader/karcis.py).
KARCIS = frozenset({"karcis"})
SEMUA_PERAN = frozenset(Peran)


class Permintaan(HttpRequest):
    """A request of a signed-in person: `user` is ours and `cakupan` is what she may see."""

    user: Pengguna  # type: ignore[assignment]
    cakupan: Cakupan


class TidakAda(Http404):
    """Not found, and we know why: what to say and what to do next. `ke`: (address, words) of a button that does it."""

    def __init__(self, judul: str, langkah: str, ke: tuple[str, str] | None = None) -> None:
        super().__init__(judul)
        self.judul, self.langkah, self.ke = judul, langkah, ke


class PermintaanBertoken(HttpRequest):
    """A request of another office: `token` is its key and `cakupan` what that opens."""

    token: TokenApi
    cakupan: Cakupan


def minta_json(request: HttpRequest) -> bool:
    """Whether the one who asks is a script that reads JSON, not a page."""
    return (
        request.path.endswith(".json")
        or request.path.startswith("/api/")
        or "application/json" in (request.headers.get("Accept", "") + request.headers.get("Content-Type", ""))
    )


def baca_versi(teks: str) -> int | None:
    """Return the version that a page showed, as its form sends it back; None for what is no such number."""
    return int(teks) if teks.isascii() and teks.isdigit() and len(teks) < 9 else None


def izin(*peran: Peran | str) -> Callable[[View], View]:
    """Declare which roles may call a view. A route without this declaration is refused to everybody."""

    def hias(view: View) -> View:
        view.izin = frozenset(peran)  # type: ignore[attr-defined]
        return view

    return hias


def sebelum_totp(view: View) -> View:
    """Let a view be called before the second factor was shown (kader/akun/totp.py)."""
    view.sebelum_totp = True  # type: ignore[attr-defined]
    return view


def izin_view(view: Any, *, namespace: str = "") -> frozenset[str] | None:
    """Return the declared rule of a view, or None when there is none. Django's admin belongs to the admin role."""
    if namespace == "admin":
        return frozenset({Peran.ADMIN})
    return getattr(view, "izin", None)


class KodeWilayah:
    """URL converter of an area's code: "32.14", "32.14.01", "32.14.01.2001"."""

    regex = KODE.pattern

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
