"""Uploads that stop in the middle, as on a bad line: the server serves the next one at once and keeps nothing of them."""

import contextlib
import http.client
import socket
import time
from collections.abc import Iterator

import pytest

from poskb.jalankan.pekerja import PALING_BESAR, lengkap
from poskb.jalankan.proses import tunggu
from tests.peladen import Peladen, sambung

SETENGAH = b"POST /akseptor/sinkron/ HTTP/1.1\r\nHost: x\r\nContent-Length: 4000\r\n\r\n" + b"{" * 2000
# Far more than the web server has threads.
BANYAK = 60


@contextlib.contextmanager
def terputus(peladen: Peladen, *, gantung: bool) -> Iterator[None]:
    """Begin many uploads; leave them hanging, or close them."""
    terbuka = []
    for _ in range(BANYAK):
        sock = socket.create_connection(("127.0.0.1", peladen.kesehatan.port), timeout=5)
        sock.sendall(SETENGAH)
        terbuka.append(sock)
    if not gantung:
        for sock in terbuka:
            sock.close()
    try:
        yield
    finally:
        for sock in terbuka:
            sock.close()


def sesi_sibuk(peladen: Peladen) -> int:
    """Count database sessions of the product that hold a transaction."""
    with contextlib.closing(sambung()) as sambungan, sambungan.cursor() as kursor:
        kursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND state LIKE 'idle in%%'", [peladen.basisdata]
        )
        return kursor.fetchone()[0]


@pytest.mark.parametrize("gantung", [True, False])
def test_yang_berikutnya_dilayani_segera(peladen: Peladen, gantung: bool) -> None:
    with terputus(peladen, gantung=gantung):
        sambungan = http.client.HTTPConnection("127.0.0.1", peladen.kesehatan.port, timeout=5)
        sambungan.request("POST", "/akseptor/sinkron/", b"{}", {"Content-Type": "application/json"})
        jawaban = sambungan.getresponse()
        assert jawaban.status in {401, 403}
        sambungan.close()
        # The worker holds one for a moment while it counts; a broken upload would hold one for good.
        assert tunggu(lambda: sesi_sibuk(peladen) == 0, detik=15, jeda=0.2)


def test_kiriman_yang_datang_sepotong_sepotong_dan_dua_sekaligus(peladen: Peladen) -> None:
    """Bytes in small pieces are one request; two requests in one piece are two answers."""
    satu = b"GET /masuk/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    with socket.create_connection(("127.0.0.1", peladen.kesehatan.port), timeout=5) as sock:
        for potong in (satu[:9], satu[9:30], satu[30:] + satu):
            sock.sendall(potong)
            time.sleep(0.1)
        isi = b""
        while isi.count(b"HTTP/1.1 200") < 2:
            baru = sock.recv(65536)
            assert baru, isi[:200]
            isi += baru


@pytest.mark.parametrize(
    ("isi", "siap"),
    [
        (b"", False),
        (b"GET / HTTP/1.1\r\nHost: x\r\n", False),
        (b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", True),
        (b"POST / HTTP/1.1\r\ncontent-LENGTH: 3\r\n\r\nab", False),
        (b"POST / HTTP/1.1\r\ncontent-LENGTH: 3\r\n\r\nabc", True),
        (b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n", True),
        (b"POST / HTTP/1.1\r\nContent-Length: 9\r\nExpect: 100-continue\r\n\r\n", True),
        (b"POST / HTTP/1.1\r\nContent-Length: 99999999\r\n\r\n" + b"x" * PALING_BESAR, True),
        (b"x" * 70_000, True),
    ],
)
def test_lengkap(isi: bytes, siap: bool) -> None:
    assert lengkap(isi) is siap
