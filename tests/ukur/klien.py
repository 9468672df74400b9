"""A light HTTP client with keep-alive and eight of it at once: the load must not be the bottleneck."""

import http.client
import re
import socket
import threading
import time
import urllib.parse
from dataclasses import dataclass, field
from http import cookies

from tests.ukur.panggung import HOST

SANDI = "pos-kb-1831"
PANJANG = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


class Sambungan:
    """One keep-alive connection that sends prepared bytes; opened again when the server closed it while idle."""

    def __init__(self, port: int, sabar: float = 60) -> None:
        self.port, self.sabar = port, sabar
        self.sock: socket.socket | None = None

    def kirim(self, mentah: bytes) -> tuple[int, bytes]:
        """Send a request; return status and body."""
        if self.sock is None:
            self.sock = socket.create_connection((HOST, self.port), timeout=self.sabar)
            self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.sock.sendall(mentah)
        isi = b""
        while (batas := isi.find(b"\r\n\r\n")) < 0:
            isi += self._terima()
        kepala = isi[:batas]
        # 204 and 304 name no length: they have no body.
        panjang = PANJANG.search(kepala + b"\r\n")
        ukuran = batas + 4 + (int(panjang[1]) if panjang else 0)
        while len(isi) < ukuran:
            isi += self._terima()
        if b"\r\nconnection: close" in kepala.lower():
            self.tutup()
        return int(kepala[9:12]), isi[batas + 4 :]

    def tutup(self) -> None:
        """Close; the next request opens it again."""
        if self.sock:
            self.sock.close()
            self.sock = None

    def _terima(self) -> bytes:
        potong = self.sock.recv(65536)
        if not potong:
            raise ConnectionError("the server closed the connection in the middle of an answer")
        return potong


@dataclass
class Hasil:
    """What one run of all clients gave."""

    detik: float = 0.0
    prosesor: float = 0.0
    lama: list[float] = field(default_factory=list)
    jawaban: list[tuple[int, bytes]] = field(default_factory=list)

    @property
    def laju(self) -> float:
        """Requests per second."""
        return len(self.lama) / self.detik

    def persentil(self, p: int) -> float:
        """Latency in milliseconds."""
        urut = sorted(self.lama)
        return 1000 * urut[min(len(urut) - 1, len(urut) * p // 100)]


def pukul(port: int, per_klien: list[list[bytes]]) -> Hasil:
    """Send each client's requests one after the other, all clients at once."""
    hasil = Hasil()
    mulai = threading.Barrier(len(per_klien) + 1)
    galat: list[BaseException] = []

    def satu(kiriman: list[bytes]) -> None:
        sambungan = Sambungan(port)
        lama, jawaban = [], []
        mulai.wait()
        try:
            for mentah in kiriman:
                awal = time.perf_counter()
                jawaban.append(sambungan.kirim(mentah))
                lama.append(time.perf_counter() - awal)
        except Exception as e:  # noqa: BLE001 - said by the one who waits
            galat.append(e)
        finally:
            sambungan.tutup()
            hasil.lama += lama
            hasil.jawaban += jawaban

    utas = [threading.Thread(target=satu, args=(k,)) for k in per_klien]
    for u in utas:
        u.start()
    mulai.wait()
    awal, prosesor = time.perf_counter(), time.process_time()
    for u in utas:
        u.join()
    hasil.detik, hasil.prosesor = time.perf_counter() - awal, time.process_time() - prosesor
    if galat:
        raise galat[0]
    return hasil


@dataclass(frozen=True)
class Pengirim:
    """A signed-in kader: her desa, and how her requests start."""

    port: int
    desa: str
    kue: str
    token: str

    def permintaan(self, jalur: str, isi: bytes) -> bytes:
        """Return a whole POST as bytes."""
        return (
            f"POST {jalur} HTTP/1.1\r\nHost: {HOST}:{self.port}\r\nCookie: {self.kue}\r\nX-CSRFToken: {self.token}\r\n"
            f"Content-Type: application/json\r\nAccept: application/json\r\nContent-Length: {len(isi)}\r\n\r\n"
        ).encode() + isi


def masuk(port: int, nama_masuk: str, desa: str) -> Pengirim:
    """Sign in over HTTP, as a browser does."""
    sambungan = http.client.HTTPConnection(HOST, port, timeout=30)
    try:
        sambungan.request("GET", "/masuk/")
        balasan = sambungan.getresponse()
        halaman = balasan.read().decode()
        kue = _kue(balasan)
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', halaman)[1]
        isi = urllib.parse.urlencode({"username": nama_masuk, "password": SANDI, "csrfmiddlewaretoken": token})
        kepala = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": _tulis(kue)}
        sambungan.request("POST", "/masuk/", isi, kepala)
        balasan = sambungan.getresponse()
        balasan.read()
        if balasan.status != http.HTTPStatus.FOUND:
            raise SystemExit(f"{nama_masuk} cannot sign in: {balasan.status}")
        kue |= _kue(balasan)
    finally:
        sambungan.close()
    return Pengirim(port, desa, _tulis(kue), kue["csrftoken"])


def _kue(balasan: http.client.HTTPResponse) -> dict[str, str]:
    toples = cookies.SimpleCookie()
    for baris in balasan.headers.get_all("Set-Cookie", []):
        toples.load(baris)
    return {nama: isi.value for nama, isi in toples.items()}


def _tulis(kue: dict[str, str]) -> str:
    return "; ".join(f"{nama}={nilai}" for nama, nilai in kue.items())
