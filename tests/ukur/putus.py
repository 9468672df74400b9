"""Uploads that break off in the middle, as on a bad line: what they leave behind."""

import socket
import time
from dataclasses import dataclass

from tests.ukur.klien import Pengirim, Sambungan
from tests.ukur.panggung import HOST, Produk

BANYAK = 200
SESI = """
SELECT count(*), count(*) FILTER (WHERE state <> 'idle')
FROM pg_stat_activity WHERE datname = %s AND backend_type = 'client backend' AND pid <> pg_backend_pid()
"""


@dataclass(frozen=True)
class Sisa:
    """Database sessions before and after, how many of them are not idle, and the next request."""

    sebelum: int
    sesudah: int
    tidak_diam: int
    status: int
    milidetik: float


def putus(produk: Produk, pengirim: Pengirim, isi: bytes, *, gantung: bool) -> Sisa:
    """Send half of `BANYAK` requests, close them (or leave them hanging), then send a whole one."""
    utuh = pengirim.permintaan("/akseptor/sinkron/", isi)
    setengah = utuh[: len(utuh) - len(isi) // 2]
    sebelum, _ = _sesi(produk)
    terbuka = []
    try:
        for _ in range(BANYAK):
            sock = socket.create_connection((HOST, pengirim.port), timeout=10)
            sock.sendall(setengah)
            if gantung:
                terbuka.append(sock)
            else:
                sock.close()
        awal = time.perf_counter()
        status = _kirim(pengirim.port, utuh)
        lama = time.perf_counter() - awal
        sesudah, tidak_diam = _sesi(produk)
    finally:
        for sock in terbuka:
            sock.close()
    return Sisa(sebelum, sesudah, tidak_diam, status, 1000 * lama)


def _kirim(port: int, utuh: bytes) -> int:
    """Return the status of a whole request; 0 when no answer comes."""
    sambungan = Sambungan(port, sabar=10)
    try:
        return sambungan.kirim(utuh)[0]
    except OSError:
        return 0
    finally:
        sambungan.tutup()


def _sesi(produk: Produk) -> tuple[int, int]:
    """All sessions of the database, and those that do or hold something."""
    time.sleep(0.5)
    with produk.panggung.sql("postgres") as kursor:
        kursor.execute(SESI, [produk.basisdata])
        return kursor.fetchone()
