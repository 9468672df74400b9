"""What every answer tells the browser to allow: our own files and nothing else (docs/asvs.md, V3).

Own code and not django-csp: the policy is one constant per kind of answer, without nonces or exceptions per view, and
the headers beside it (Permissions-Policy, Cross-Origin-Resource-Policy) would need a second package.
"""

from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse

# No inline script, no inline style, no evaluated text, nobody else's host, no frame around us.
HALAMAN = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    # data: the ticks and arrows of the stylesheet; blob: the photo that was just chosen.
    "img-src": "'self' data: blob:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "worker-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
    "object-src": "'none'",
}
# A browser draws a PDF with parts of its own, which `default-src` would forbid; a PDF of ours holds no script.
PDF = {"frame-ancestors": "'none'", "base-uri": "'none'", "form-action": "'none'"}
# What is no page loads nothing and is nobody's frame, should somebody open it by itself.
LAINNYA = {"default-src": "'none'", "base-uri": "'none'", "frame-ancestors": "'none'"}
# What a browser fetches as a part of a page obeys the page's; headers of its own would be bytes for nothing.
BAGIAN_HALAMAN = {"font", "image", "manifest", "script", "style"}
UNTUK_HALAMAN = ("Cross-Origin-Opener-Policy", "Referrer-Policy")
# Nothing of these is used: the photo of an activity comes from the phone's own camera, by a file field.
IZIN_PERANGKAT = "camera=(), display-capture=(), geolocation=(), microphone=(), midi=(), payment=(), usb=()"


def tulis(kebijakan: dict[str, str]) -> str:
    """Return a policy as the header says it."""
    return "; ".join(f"{nama} {isi}".strip() for nama, isi in kebijakan.items())


def kebijakan(jenis: str, *, berkas: bool = False) -> dict[str, str]:
    """Return the policy for an answer of this content type. `berkas`: a file of ours, which no page runs by itself."""
    if berkas:
        return LAINNYA
    if jenis.startswith(("text/html", "text/javascript", "application/javascript")):
        return HALAMAN | ({"upgrade-insecure-requests": ""} if settings.TLS else {})
    return PDF if jenis.startswith("application/pdf") else LAINNYA


class KepalaMiddleware:
    """Puts the headers on everything that leaves. Files get few of them: a first visit fetches many on a thin line."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == HTTPStatus.NOT_MODIFIED:
            # Its headers replace those of the copy that the browser has, and it does not say what that copy is: a page
            # would be kept under the policy of something else, without style and script.
            return response
        jenis, berkas = response.get("Content-Type", ""), request.path_info.startswith(settings.STATIC_URL)
        if berkas and request.headers.get("Sec-Fetch-Dest", "") in BAGIAN_HALAMAN:
            for nama in UNTUK_HALAMAN:
                response.headers.pop(nama, None)
            return response
        response["Content-Security-Policy"] = tulis(kebijakan(jenis, berkas=berkas))
        if not berkas:
            response["Cross-Origin-Resource-Policy"] = "same-origin"
        if jenis.startswith("text/html"):
            response["Permissions-Policy"] = IZIN_PERANGKAT
        return response
