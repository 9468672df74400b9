"""A browser on which somebody has signed in before, known again by a cookie that opens nothing.

OWASP's "device cookie": it only decides under what wrong passwords are counted (kader/akun/tebakan.py). It holds,
signed, a random number of the browser and keyed digests of the names that signed in there: a shared phone has several.
It outlives signing out, because just then it is needed. Using a one-time code does not see it and begins anew: the
others of a shared phone are known again at their next sign-in.
"""

import secrets

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.crypto import salted_hmac

KUE = "__Secure-kenal" if settings.TLS else "kenal"
GARAM = "kader.akun.kenal"
UMUR = 365 * 24 * 3600
# Kaders of one phone; who signed in longest ago gives way.
ORANG_TERBANYAK = 4


def nomor(request: HttpRequest, nama: str) -> str:
    """Return the number of this browser if she signed in on it before; empty for any other."""
    satu, orang = _isi(request)
    return satu if _sidik(nama) in orang else ""


def tandai(request: HttpRequest, response: HttpResponse, nama: str) -> None:
    """Let the browser be known as one of hers; `nama` is her tidied name."""
    satu, orang = _isi(request)
    orang = [_sidik(nama), *(o for o in orang if o != _sidik(nama))][:ORANG_TERBANYAK]
    isi = signing.dumps([satu or secrets.token_urlsafe(12), *orang], salt=GARAM)
    # To the sign-in page and nowhere else: on a thin line a cookie costs every request its length.
    response.set_cookie(
        KUE, isi, max_age=UMUR, path=reverse("masuk"), secure=settings.TLS, httponly=True, samesite="Strict"
    )


def _isi(request: HttpRequest) -> tuple[str, list[str]]:
    try:
        satu, *orang = signing.loads(request.COOKIES.get(KUE, ""), salt=GARAM, max_age=UMUR)
    except signing.BadSignature:
        return "", []
    return satu, orang


def _sidik(nama: str) -> str:
    return salted_hmac(GARAM, nama, algorithm="sha256").hexdigest()[:16]
