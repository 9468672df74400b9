"""The web server is exchanged and reloaded under load: no request fails (docs/operator.md, Update)."""

import contextlib
import http.client
import json
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from poskb.jalankan import bagian
from poskb.jalankan.kesehatan import Kesehatan
from poskb.jalankan.proses import tunggu
from tests.layanan import Layanan
from tests.nyata.keadaan import sql
from tests.peladen import Peladen
from tests.ukur.ibu import Ibu
from tests.ukur.klien import Pengirim, Sambungan, masuk

# `make test-lama`: minutes that every run of `make test` cannot spare.
pytestmark = pytest.mark.lama

DESA = "32.14.04.2006"
# What systemd does before it starts the service of a socket: the socket is file 3, and the variables name the process.
PEWARIS = """
import os, sys
os.dup2(int(sys.argv[1]), 3)
os.environ |= {"LISTEN_FDS": "1", "LISTEN_PID": str(os.getpid())}
os.execv(sys.argv[2], sys.argv[2:])
"""


class Pintu:
    """A listening socket that outlives the web servers behind it."""

    def __init__(self, peladen: Peladen, folder: Path) -> None:
        self.peladen, self.folder = peladen, folder
        self.soket = socket.create_server(("127.0.0.1", 0), backlog=512)
        self.port = self.soket.getsockname()[1]
        self.kesehatan = Kesehatan("127.0.0.1", self.port)
        self.web: Layanan | None = None
        self.nomor = 0

    def mulai(self) -> None:
        """Start a web server on it, as systemd would."""
        self.nomor += 1
        perintah = [p for p in bagian.perintah_web("-", sabar=20) if p not in ("--bind", "-")]
        self.web = Layanan(
            [sys.executable, "-c", PEWARIS, str(self.soket.fileno()), *perintah],
            self.folder / f"web-{self.nomor}.log",
            env=self.peladen.env,
            pass_fds=(self.soket.fileno(),),
        )
        self.web.mulai()

    def siap(self) -> bool:
        with contextlib.suppress(OSError, http.client.HTTPException):
            sambungan = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
            sambungan.request("GET", "/sehat/web/")
            return sambungan.getresponse().status == 200
        return False


@pytest.fixture
def pintu(peladen_sendiri: Peladen, tmp_path: Path) -> Iterator[Pintu]:
    satu = Pintu(peladen_sendiri, tmp_path)
    try:
        satu.mulai()
        assert tunggu(satu.siap, detik=30)
        yield satu
    finally:
        if satu.web:
            satu.web.hentikan()
        satu.soket.close()


class Beban:
    """Clients that never stop: with a connection per request, with one that stays, reading and writing."""

    def __init__(self, siapa: Pengirim, ibu: Ibu) -> None:
        self.siapa, self.ibu = siapa, ibu
        self.berhenti = threading.Event()
        self.gagal: list[str] = []
        self.lama: list[float] = []
        self.nomor: list[str] = []
        self._kunci = threading.Lock()

    @contextlib.contextmanager
    def berjalan(self) -> Iterator[None]:
        utas = [
            threading.Thread(target=self._ulang, args=(kirim, tetap))
            for kirim in (self._baca, self._tulis)
            for tetap in (False, True)
        ]
        for u in utas:
            u.start()
        try:
            yield
        finally:
            self.berhenti.set()
            for u in utas:
                u.join(60)

    def _ulang(self, kirim: Callable[[Sambungan], int], tetap: bool) -> None:
        sambungan = Sambungan(self.siapa.port)
        while not self.berhenti.is_set():
            awal = time.perf_counter()
            try:
                status = kirim(sambungan)
                if status != 200:
                    self.gagal.append(f"{kirim.__name__} {status}")
            except OSError as galat:
                self.gagal.append(f"{kirim.__name__} tetap={tetap} {galat!r}")
                sambungan.tutup()
            self.lama.append(time.perf_counter() - awal)
            if not tetap:
                sambungan.tutup()
            time.sleep(0.02)
        sambungan.tutup()

    def _baca(self, sambungan: Sambungan) -> int:
        kepala = f"GET /akseptor/ HTTP/1.1\r\nHost: 127.0.0.1:{self.siapa.port}\r\nCookie: {self.siapa.kue}\r\n\r\n"
        return sambungan.kirim(kepala.encode())[0]

    def _tulis(self, sambungan: Sambungan) -> int:
        with self._kunci:
            satu = self.ibu.catatan(DESA)
        mentah = self.siapa.permintaan("/akseptor/sinkron/", json.dumps({"catatan": [satu]}).encode())
        status, isi = sambungan.kirim(mentah)
        if status == 200 and json.loads(isi)["tanda_terima"][0]["hasil"] in {"diterima", "duplikat"}:
            self.nomor.append(satu["id"])
        return status


def test_ganti_dan_muat_ulang_tanpa_satu_permintaan_gagal(peladen_sendiri: Peladen, pintu: Pintu) -> None:
    ((faskes,),) = sql(peladen_sendiri, "SELECT array_agg(id) FROM kader_faskes WHERE aktif")
    beban = Beban(masuk(pintu.port, "kader", DESA), Ibu(faskes, benih=os.getpid() + 1))
    with beban.berjalan():
        time.sleep(1)
        for _ in range(2):
            # `systemctl restart`: the old one answers what it has and leaves; nobody accepts until the new one is there.
            pintu.web.hentikan(30)
            pintu.mulai()
            sebelum = len(beban.lama)
            assert tunggu(lambda s=sebelum: len(beban.lama) > s + 20, detik=60)
        # HUP: new processes first, then the old ones go.
        pintu.web.proses.send_signal(signal.SIGHUP)
        assert tunggu(lambda: pintu.web.log.read_text().count("Worker exiting") >= 2, detik=60)
        sebelum = len(beban.lama)
        assert tunggu(lambda: len(beban.lama) > sebelum + 10, detik=60)
    assert beban.gagal == []
    assert len(beban.lama) > 50
    # The longest one waited in the socket until the new version had loaded.
    assert max(beban.lama) < 60
    ((ada,),) = sql(peladen_sendiri, "SELECT count(*) FROM akseptor_pelayanan WHERE id = ANY(%s::uuid[])", beban.nomor)
    assert ada == len(beban.nomor) > 20
