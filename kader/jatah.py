"""How often a person may do what could be misused in bulk: uncover numbers, ask who is known, export, import, search.

Counted in Postgres and not in Redis: a limit must hold exactly when something is wrong, Redis may be away, and without
Postgres there is nothing to limit. So it neither fails open nor shuts anybody out. One short statement per limited
request, which no other person's request waits for. Limits are far above a day's work: `settings.JATAH`.
"""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from kader.http import View, minta_json

log = logging.getLogger(__name__)
JENDELA = 3600
KALIMAT = "Terlalu sering dalam waktu singkat. Tidak ada yang hilang: tunggu {menit} menit, lalu coba lagi."
# The window starts at a round moment of the database's clock, the same for every host.
PAKAI = """
WITH jendela AS (
  SELECT to_timestamp(floor(extract(epoch FROM clock_timestamp()) / %(detik)s) * %(detik)s) AS mulai
)
INSERT INTO kader_pemakaianjatah AS j (nama, siapa, mulai, jumlah)
SELECT %(nama)s, %(siapa)s, mulai, %(banyak)s FROM jendela
ON CONFLICT (nama, siapa) DO UPDATE SET mulai = EXCLUDED.mulai,
  jumlah = CASE WHEN j.mulai = EXCLUDED.mulai THEN least(j.jumlah + EXCLUDED.jumlah, 1000000)
                ELSE EXCLUDED.jumlah END
RETURNING jumlah, ceil(extract(epoch FROM mulai + make_interval(secs => %(detik)s) - clock_timestamp()))
"""


def pakai(nama: str, siapa: str, banyak: int = 1) -> int:
    """Count `banyak` uses of an act; return 0, or the seconds to wait when that is more than may be.

    `siapa`: whose ("p12" for a person, "t3" for a key of another office). A use that is refused counts too: who goes
    on asking waits for the next window like everybody.
    """
    paling_banyak = settings.JATAH[nama]
    with connection.cursor() as cursor:
        cursor.execute(PAKAI, {"nama": nama, "siapa": siapa, "detik": JENDELA, "banyak": banyak})
        jumlah, sisa = cursor.fetchone()
    if jumlah <= paling_banyak:
        return 0
    if jumlah - banyak <= paling_banyak:
        log.warning("jatah %s habis: %s", nama, siapa)
    return max(1, int(sisa))


def kalimat(detik: int) -> str:
    """Return what is said to whoever has to wait."""
    return KALIMAT.format(menit=-(-detik // 60))


def tolak(request: HttpRequest, detik: int) -> HttpResponse:
    """Answer 429 with the sentence and when to come back: as JSON to a script, else as a page."""
    if minta_json(request):
        response: HttpResponse = JsonResponse({"pesan": kalimat(detik)}, status=429)
    else:
        konteks = {"judul": "Tunggu sebentar", "langkah": kalimat(detik), "kode": 429}
        response = render(request, "galat.html", konteks, status=429)
    response["Retry-After"] = str(detik)
    return response


def siapa(request: HttpRequest) -> str:
    """Return under whose name a request counts."""
    token = getattr(request, "token", None)
    return f"t{token.pk}" if token else f"p{request.user.pk}"


def berjatah(nama: str, *, cara: tuple[str, ...] = ("POST",)) -> Callable[[View], View]:
    """Limit a view: requests with one of these methods count. A view that holds a form draws it again (`isi_ulang`),
    with everything that was typed; by `request.jatah_habis` it knows that it must not answer what is limited.
    """

    def hias(view: View) -> View:
        @wraps(view)
        def bungkus(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            detik = pakai(nama, siapa(request)) if request.method in cara else 0
            if not detik:
                return view(request, *args, **kwargs)
            isi_ulang = getattr(bungkus, "isi_ulang", None)
            if isi_ulang is None or minta_json(request):
                return tolak(request, detik)
            request.jatah_habis = True  # type: ignore[attr-defined]
            response = isi_ulang(request, kalimat(detik), *args, **kwargs)
            response.status_code, response["Retry-After"] = 429, str(detik)
            return response

        return bungkus

    return hias
