"""What a phone keeps of the product itself: the service worker, the shell for no signal, the manifest."""

import hashlib
import json
from functools import lru_cache

from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe

from kader.enums import Peran
from kader.http import TERBUKA, izin
from kader.konteks import menu
from poskb.dasar.waktu import dipatok, tulis_tanggal

BERKAS = (
    "css/poskb.css",
    "font/jakarta.woff2",
    "img/ikon.svg",
    "img/logo.svg",
    "img/tumpal.svg",
    "js/kader.js",
)
# Of use on one page: fetched later than the first form, which must open fast on a bad line (static/js/sw.js).
NANTI = ("js/foto.js", "css/foto.css")


def _kulit() -> str:
    patok = dipatok()
    konteks = {"luring": True, "menu": menu(Peran.KADER), "jam_dipatok": tulis_tanggal(patok) if patok else ""}
    return render_to_string("luring.html", konteks)


@lru_cache(maxsize=8)
def _pekerja(kulit: str) -> str:
    """The worker with its list of files in front. Files carry a hash in their names; the shell gets one here."""
    with staticfiles_storage.open("js/sw.js") as berkas:
        skrip = berkas.read().decode()
    simpan = [{"url": static(nama), "revision": None} for nama in BERKAS]
    simpan.append({"url": "/luring/", "revision": hashlib.sha256(kulit.encode()).hexdigest()[:16]})
    return f"self.POSKB={json.dumps({'simpan': simpan, 'nanti': [static(nama) for nama in NANTI]})};\n{skrip}"


def _sidik_pekerja(request: HttpRequest) -> str:
    return f'"{hashlib.sha256(_pekerja(_kulit()).encode()).hexdigest()[:32]}"'


@izin(*TERBUKA)
@require_safe
@cache_control(no_cache=True)
@condition(etag_func=_sidik_pekerja)
def pekerja(request: HttpRequest) -> HttpResponse:
    """The service worker, at the root because its reach is the whole site; 304 while nothing changed."""
    return HttpResponse(_pekerja(_kulit()), content_type="text/javascript; charset=utf-8")


@izin(*TERBUKA)
@require_safe
@cache_control(no_cache=True)
def kulit(request: HttpRequest) -> HttpResponse:
    """The shell that draws pages without signal. The same for everybody: nothing of a session is in it."""
    return HttpResponse(_kulit())


@izin(*TERBUKA)
@require_safe
@cache_control(max_age=3600)
def manifes(request: HttpRequest) -> HttpResponse:
    """What the phone needs to put Pos KB on its first screen."""
    gambar = [
        {
            "src": static(f"img/ikon-{ukuran}.png"),
            "sizes": f"{ukuran}x{ukuran}",
            "type": "image/png",
            "purpose": tujuan,
        }
        for ukuran in (192, 512)
        for tujuan in ("any", "maskable")
    ]
    isi = {
        "name": "Pos KB Purwakarta",
        "short_name": "Pos KB",
        "description": "Pencatatan akseptor KB desa, dengan atau tanpa sinyal.",
        "lang": "id",
        "id": "/",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#faf7f1",
        "theme_color": "#0e4f45",
        "icons": gambar,
        "shortcuts": [{"name": "Catat akseptor", "url": "/akseptor/baru/"}],
    }
    return JsonResponse(isi, content_type="application/manifest+json")
