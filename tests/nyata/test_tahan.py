"""`make bench-tahan` in short: people work while parts are killed; every acknowledged record is there exactly once."""

import contextlib
import os
import signal
import subprocess
import threading
from collections.abc import Iterator

import psutil
import psycopg2
import pytest
import redis

from poskb.jalankan import bagian
from tests.layanan import Layanan
from tests.peladen import Peladen, sambung
from tests.ukur.tahan.gangguan import Gangguan, semua
from tests.ukur.tahan.jalan import Jalan
from tests.ukur.tahan.periksa import periksa
from tests.ukur.tahan.rumah import Rumah

# `make test-lama`: minutes that every run of `make test` cannot spare.
pytestmark = pytest.mark.lama


class RumahUji(Rumah):
    """The test's own parts, and a keeper as simple as can be: what has ended is started again."""

    postgres_sendiri = False

    def __init__(self, peladen: Peladen) -> None:
        self.peladen = peladen
        self.kesehatan, self.port, self.env = peladen.kesehatan, peladen.kesehatan.port, peladen.env
        self._cukup = threading.Event()

    @contextlib.contextmanager
    def dijaga(self) -> Iterator[None]:
        utas = threading.Thread(target=self._jaga)
        utas.start()
        try:
            yield
        finally:
            self._cukup.set()
            utas.join()

    def _jaga(self) -> None:
        while not self._cukup.wait(0.2):
            for nama in ("web", "worker", "beat", "valkey"):
                layanan = self._layanan(nama)
                if layanan.proses.poll() is not None:
                    layanan.proses = None
                    layanan.mulai()

    def _layanan(self, nama: str) -> Layanan:
        return getattr(self.peladen, "redis" if nama == "valkey" else nama)

    def pid(self, nama: str) -> int:
        return self._layanan(nama).proses.pid

    def bunuh(self, nama: str, isyarat: signal.Signals = signal.SIGKILL) -> None:
        os.kill(self.pid(nama), isyarat)

    @contextlib.contextmanager
    def sql(self) -> Iterator["psycopg2.extensions.cursor"]:
        with contextlib.closing(sambung(self.peladen.basisdata)) as s, s.cursor() as k:
            yield k

    def redis(self) -> redis.Redis:
        return redis.Redis.from_url(self.env["REDIS_URL"])

    def kelola(self, *argumen: str) -> tuple[int, str]:
        hasil = subprocess.run([*bagian.KELOLA, *argumen], env=self.env, capture_output=True, text=True, check=False)
        return hasil.returncode, hasil.stdout + hasil.stderr

    def putuskan_sesi(self) -> None:
        """What a restart of Postgres is for the product; the server itself belongs to other tests too."""
        with self.sql() as kursor:
            kursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
                " AND pid <> pg_backend_pid()"
            )


def test_bagian_mati_sementara_orang_bekerja(peladen_sendiri: Peladen) -> None:
    rumah = RumahUji(peladen_sendiri)
    pilihan = {g.nama: g for g in semua(rumah, pesan=400)}
    del pilihan["beat"], pilihan["worker process"]
    daftar = [*pilihan.values(), Gangguan("sessions of Postgres", lambda _: rumah.putuskan_sesi(), "", "")]
    jalan = Jalan(rumah, benih=8, kader=2)
    # What the last fault took away comes back while what is left is counted.
    with rumah.dijaga():
        with jalan.bekerja():
            for satu in daftar:
                waktu = jalan.ganggu(satu)
                assert waktu.pulih, (satu.nama, waktu, rumah.kesehatan.jawaban, jalan.buku.contoh)
        jalan.tenang()
    hasil = periksa(rumah, jalan.buku, jalan.sebelum)
    assert hasil.baik, hasil
    assert jalan.buku.tak_sembuh == []
    assert hasil.diakui > 20
    assert hasil.putusan > 5
    # What the check cannot see it cannot promise: one letter of one woman, and a record that is gone.
    with rumah.sql() as kursor:
        kursor.execute(
            "SELECT id::text FROM akseptor_pelayanan WHERE id = ANY(%s::uuid[]) AND bulan_laporan IS NULL LIMIT 2",
            [sorted(jalan.buku.diterima)],
        )
        (satu,), (lain,) = kursor.fetchall()
        kursor.execute(
            "UPDATE akseptor_akseptor SET nama_suami = nama_suami || 'x' WHERE id ="
            " (SELECT akseptor_id FROM akseptor_pelayanan WHERE id = %s)",
            [satu],
        )
        kursor.execute("DELETE FROM akseptor_pelayanan WHERE id = %s", [lain])
    rusak = periksa(rumah, jalan.buku, jalan.sebelum)
    assert (rusak.berubah, rusak.hilang, rusak.baik) == ([f"{satu}: nama_suami"], [lain], False)
    assert [p for p in psutil.process_iter() if p.ppid() == 1 and _milik(p, peladen_sendiri)] == []


def _milik(proses: psutil.Process, peladen: Peladen) -> bool:
    with contextlib.suppress(psutil.Error):
        return proses.environ().get("DATABASE_URL") == peladen.env["DATABASE_URL"]
    return False
