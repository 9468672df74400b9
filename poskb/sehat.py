"""/sehat/: does every part answer? For monitors; shows no address, no secret, no reason.

/sehat/web/ is for the front server that chooses among web hosts: can this one serve? Without Redis, worker and beat it
can, so a front server must not ask /sehat/: it would take every host away when only the counting stands still.
"""

import logging
import threading
import time
from collections.abc import Callable

import redis
from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse

from poskb import VERSION
from poskb.celery import app, kunci_detak
from poskb.jalankan import pamit

logger = logging.getLogger(__name__)
BATAS = 1.0
# A thread gets longer than an answer: the first check of a process also loads what it asks with.
BATAS_UTAS = 2.0
SEBENTAR = 1.0
DIAM = "tidak menjawab"


def _database() -> bool:
    try:
        with connection.cursor() as kursor:
            kursor.execute("SELECT 1")
            return kursor.fetchone() == (1,)
    finally:
        connection.close()  # the thread's own


def _klien() -> redis.Redis:
    return redis.Redis.from_url(settings.REDIS_URL, socket_connect_timeout=BATAS, socket_timeout=BATAS)


def _redis() -> bool:
    with _klien() as klien:
        return bool(klien.ping())


def _worker() -> bool:
    return bool(app.control.broadcast("ping", reply=True, timeout=BATAS, limit=1))


def _beat() -> bool:
    with _klien() as klien:
        return bool(klien.exists(kunci_detak()))


BAGIAN: dict[str, Callable[[], bool]] = {"database": _database, "redis": _redis, "worker": _worker, "beat": _beat}


class Pemeriksa:
    """Asks all parts at once, each in a thread: a part that hangs costs two seconds, not the answer.

    Shares one answer for a second, so that many askers cost the parts no more than one. A part whose last check still
    hangs is not asked again, so that a long silence does not pile up threads.
    """

    def __init__(self, *nama: str) -> None:
        self._bagian = {n: BAGIAN[n] for n in nama or BAGIAN}
        self._kunci = threading.Lock()
        self._tergantung: dict[str, threading.Thread] = {}
        self._hasil: dict[str, str] = {}
        self._saat = -SEBENTAR

    def periksa(self) -> dict[str, str]:
        """Return "ok" or a short word for each part."""
        with self._kunci:
            if time.monotonic() - self._saat >= SEBENTAR:
                self._hasil = self._tanya()
                self._saat = time.monotonic()
            return dict(self._hasil)

    def _tanya(self) -> dict[str, str]:
        hasil: dict[str, str] = {}
        for nama, tanya in self._bagian.items():
            lama = self._tergantung.get(nama)
            if lama is None or not lama.is_alive():
                utas = threading.Thread(target=_catat, args=(hasil, nama, tanya), daemon=True)
                self._tergantung[nama] = utas
                utas.start()
        batas = time.monotonic() + BATAS_UTAS
        for utas in self._tergantung.values():
            utas.join(max(0.0, batas - time.monotonic()))
        # `hasil` may still be written by a late thread: take a copy of what there is now.
        tepat = dict(hasil)
        return {nama: tepat.get(nama, DIAM) for nama in self._bagian}


def _catat(hasil: dict[str, str], nama: str, tanya: Callable[[], bool]) -> None:
    try:
        hasil[nama] = "ok" if tanya() else DIAM
    except Exception as galat:  # noqa: BLE001 - whatever it is, the part does not answer
        logger.info("%s: %s", nama, type(galat).__name__)
        hasil[nama] = DIAM


_pemeriksa, _pemeriksa_web = Pemeriksa(), Pemeriksa("database")


def sehat(request: HttpRequest) -> HttpResponse:
    """Answer 200 when every part answers, else 503 naming what does not."""
    bagian = _pemeriksa.periksa()
    baik = all(kata == "ok" for kata in bagian.values())
    return JsonResponse(
        {"status": "sehat" if baik else "sakit", **bagian, "version": VERSION},
        status=200 if baik else 503,
        headers={"Cache-Control": "no-store"},
    )


def sehat_web(request: HttpRequest) -> HttpResponse:
    """Answer 200 when this process can serve a request, else 503: it has threads (it answers) and its database.

    Also 503 when it can but will stop in a moment: the front server is to send what comes to another one.
    """
    bagian = {"web": "pamit"} if pamit.sedang() else _pemeriksa_web.periksa()
    baik = bagian.get("database") == "ok"
    return JsonResponse(bagian, status=200 if baik else 503, headers={"Cache-Control": "no-store"})
