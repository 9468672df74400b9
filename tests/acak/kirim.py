"""One input: sent as a request of its own, undone afterwards, and judged."""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from unittest import mock

from django.conf import settings
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse

from tests.acak.panggung import Panggung
from tests.acak.rute import TAMU, TOKEN
from tests.alat import lupakan
from tests.baris.alat import ALASAN_NIK, CATATAN, HP, NAMA, NIK, SUAMI, TEMPAT

AMAN = {"GET", "HEAD", "OPTIONS"}
# Whose area ends before the far desa, and what stands in the rows there (tests/baris/alat.py).
DEKAT = {TAMU, TOKEN, "kader", "plkb", "koordinator"}
TANDA_JAUH = [t.encode() for t in (NAMA, SUAMI, NIK, HP, TEMPAT, CATATAN, ALASAN_NIK)]


@dataclass(frozen=True)
class Masukan:
    """A request, complete: printed, it can be sent again by hand."""

    siapa: str
    cara: str
    alamat: str
    jenis: str = ""
    isi: bytes = b""
    kepala: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        baris = [f"{self.siapa}: {self.cara} {_pendek(self.alamat)}", *(f"{n}: {_pendek(v)}" for n, v in self.kepala)]
        if self.isi or self.jenis:
            baris.append(f"{self.jenis!r} {_pendek(repr(self.isi))}")
        return "\n      ".join(baris)


def _pendek(teks: str, panjang: int = 900) -> str:
    return teks if len(teks) <= panjang else f"{teks[:panjang]}... ({len(teks)} characters)"


@dataclass(frozen=True)
class Jawaban:
    """What came back."""

    status: int
    isi: bytes
    detik: float


class Rusak(AssertionError):
    """An answer of 500 and more without an exception, or a fault that was only written into the log."""


class Bocor(AssertionError):
    """An answer in which somebody sees a row of an area that is not hers."""


class SepertiTersimpan:
    """Middleware: what the database checks at the end of a transaction it checks now, because none of ours ends well."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method not in AMAN and response.status_code < 500:
            with connection.cursor() as kursor:
                kursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        return response


@contextmanager
def kesalahan_tercatat() -> Iterator[list[logging.LogRecord]]:
    """Collect what is logged as a fault, print nothing: the product catches some faults of its own (sinkron)."""
    catatan: list[logging.LogRecord] = []

    def tangkap(self: logging.Logger, satu: logging.LogRecord) -> None:
        # Django says there who sent a host name or a cookie that it refused: an answer of 400.
        if satu.levelno >= logging.ERROR and not satu.name.startswith("django"):
            catatan.append(satu)

    with mock.patch.object(logging.Logger, "handle", tangkap):
        yield catatan


def kirim(panggung: Panggung, masukan: Masukan) -> Jawaban:
    """Send it and take back whatever it changed. Raises what the view raised, Rusak or Bocor."""
    lupakan()
    client = panggung.client
    client.cookies.clear()
    kepala = dict(masukan.kepala)
    if masukan.siapa == TOKEN:
        kepala.setdefault("Authorization", f"Bearer {panggung.token}")
    elif masukan.siapa != TAMU:
        sesi = f"{settings.SESSION_COOKIE_NAME}={panggung.kue[masukan.siapa]}"
        kepala["Cookie"] = f"{kepala['Cookie']}; {sesi}" if "Cookie" in kepala else sesi
        kepala.setdefault("X-Karcis", panggung.karcis[masukan.siapa])
    awal = time.perf_counter()
    with kesalahan_tercatat() as salah, transaction.atomic():
        try:
            jawaban = client.generic(masukan.cara, masukan.alamat, masukan.isi, masukan.jenis, headers=kepala)
            isi = b"".join(jawaban.streaming_content) if jawaban.streaming else jawaban.content
        finally:
            transaction.set_rollback(True)
    detik = time.perf_counter() - awal
    for satu in salah:
        raise (satu.exc_info[1] if satu.exc_info else None) or Rusak(satu.getMessage())
    if jawaban.status_code >= 500:
        raise Rusak(f"answered {jawaban.status_code}")
    if masukan.siapa in DEKAT and any(t in isi for t in TANDA_JAUH):
        raise Bocor("a row of the far desa is in the answer")
    return Jawaban(jawaban.status_code, isi, detik)


def asal(galat: BaseException) -> tuple[str, str]:
    """Return what went wrong and where, to tell one fault from another."""
    jejak: Any = galat.__traceback__
    tempat = ""
    while jejak:
        nama = jejak.tb_frame.f_code.co_filename
        if any(f"/{app}/" in nama for app in ("kader", "akseptor", "laporan", "poskb", "django")):
            tempat = f"{nama.split('site-packages/')[-1]}:{jejak.tb_lineno}"
        jejak = jejak.tb_next
    return f"{type(galat).__name__}: {str(galat)[:300]}", tempat
