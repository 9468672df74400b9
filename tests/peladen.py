"""The product on real parts for one test process: web, worker, beat, a database and a Redis of its own."""

import contextlib
import os
import signal
import subprocess
import sys
from pathlib import Path

import psycopg2
import redis
from django.conf import settings

from poskb.jalankan import bagian
from poskb.jalankan.kesehatan import Kesehatan
from poskb.jalankan.proses import cari_port, tunggu
from poskb.jalankan.sisa import TANDA
from poskb.jalankan.valkey import Valkey
from tests.layanan import Layanan


class Peladen:
    """Drive it over HTTP (`url`), by a command (`manage`), or by taking a part away."""

    def __init__(self, folder: Path, nama: str, asal: "Peladen | None" = None) -> None:
        self.folder = folder
        self.asal = asal
        self.basisdata = f"test_poskb_nyata_{nama}"
        self.valkey = Valkey(folder / "valkey")
        self.valkey.siapkan()
        self.kesehatan = Kesehatan("127.0.0.1", cari_port())
        self.url = f"http://127.0.0.1:{self.kesehatan.port}"
        self.env = self._lingkungan()
        self.redis = Layanan(self.valkey.perintah(), folder / "valkey.log")
        self.web = self._milik("web", bagian.perintah_web(self.url.removeprefix("http://")))
        self.worker = self._milik("worker", bagian.perintah_worker(serentak=1), signal.SIGQUIT)
        self.beat = self._milik("beat", bagian.perintah_beat())

    def mulai(self) -> None:
        """Start everything and load the demo; return when /sehat/ says yes."""
        self._hapus_basisdata()
        self.mulai_redis()
        if self.asal:
            _perintah(f'CREATE DATABASE "{self.basisdata}" TEMPLATE "{self.asal.asli}"')
        else:
            _perintah(f'CREATE DATABASE "{self.basisdata}"')
            self.manage("siapkan")
            # Nobody is connected yet: the only moment at which it can be copied for `asal`.
            _perintah(f'CREATE DATABASE "{self.asli}" TEMPLATE "{self.basisdata}"')
        for layanan in (self.web, self.worker, self.beat):
            layanan.mulai()
        self.tunggu_sehat()

    def hentikan(self) -> None:
        """Stop everything and drop the database."""
        for layanan in (self.beat, self.worker, self.web, self.redis):
            layanan.hentikan()
        self._hapus_basisdata()

    def manage(self, *argumen: str, peran: str = "") -> str:
        """Run a command of manage.py on this database, as its own role or as `peran`; return what it printed."""
        env = self.env | ({"POSKB_PERAN_DB": peran} if peran else {})
        proses = subprocess.run(
            [sys.executable, "manage.py", *argumen], env=env, capture_output=True, text=True, check=False
        )
        assert proses.returncode == 0, f"manage.py {' '.join(argumen)}:\n{proses.stdout}\n{proses.stderr}"
        return proses.stdout

    def hentikan_worker(self) -> None:
        """Take the Celery worker away."""
        self.worker.hentikan()

    def mulai_worker(self) -> None:
        """Bring it back and wait until it answers."""
        self.worker.mulai()
        self.tunggu_sehat()

    def hentikan_redis(self) -> None:
        """Take Redis away, as a crash would."""
        self.redis.isyarat = signal.SIGKILL
        self.redis.hentikan()

    def mulai_redis(self) -> None:
        """Bring it back with what it had written down; web, worker and beat find it by themselves."""
        self.redis.mulai()
        self.valkey.tunggu()

    def tunggu_sehat(self, detik: float = 60) -> None:
        """Wait until every part answers; fail with what does not."""
        if not tunggu(self.kesehatan.sehat, detik=detik, jeda=0.2):
            ekor = {nama: getattr(self, nama).ekor() for nama in ("web", "worker", "beat")}
            raise AssertionError(f"not healthy: {self.kesehatan.kurang()}\n" + "\n".join(ekor.values()))

    def _milik(self, nama: str, perintah: list[str], isyarat: signal.Signals = signal.SIGTERM) -> Layanan:
        return Layanan(perintah, self.folder / f"{nama}.log", isyarat, env=self.env)

    def _lingkungan(self) -> dict[str, str]:
        env = os.environ | {
            "DATABASE_URL": url_basisdata(self.basisdata),
            "REDIS_URL": self.valkey.url(),
            "POSKB_DEMO": "1",
            "POSKB_DATA_DIR": str(self.folder),
            "PYTHONUNBUFFERED": "1",
        }
        # The demo pins its own day; a stale mark would make a launcher take these for its leftovers.
        # Which database role each part takes on it says itself.
        for nama in ("POSKB_HARI_INI", "POSKB_PERAN_DB", "DJANGO_ALLOW_ASYNC_UNSAFE", TANDA):
            env.pop(nama, None)
        return env

    @property
    def asli(self) -> str:
        """The name of the database as it was before anybody came."""
        return f"{self.basisdata}_asli"

    def _hapus_basisdata(self) -> None:
        for nama in (self.basisdata, self.asli):
            _perintah(f'DROP DATABASE IF EXISTS "{nama}" WITH (FORCE)')

    def bersihkan_redis(self) -> None:
        """Forget every queued message."""
        with redis.Redis.from_url(self.valkey.url()) as klien:
            klien.flushdb()


def _perintah(kalimat: str) -> None:
    with contextlib.closing(sambung()) as sambungan, sambungan.cursor() as kursor:
        kursor.execute(kalimat)


def url_basisdata(nama: str) -> str:
    """Return DATABASE_URL with another database in it."""
    alamat, _, opsi = os.environ["DATABASE_URL"].partition("?")
    return f"{alamat.rpartition('/')[0]}/{nama}" + (f"?{opsi}" if opsi else "")


def sambung(basisdata: str = "postgres") -> "psycopg2.extensions.connection":
    """Connect to a database of the test server; every statement commits by itself."""
    tata = settings.DATABASES["default"]
    sambungan = psycopg2.connect(
        host=tata["HOST"] or None,
        port=tata["PORT"] or None,
        user=tata["USER"],
        password=tata["PASSWORD"] or None,
        dbname=basisdata,
    )
    sambungan.autocommit = True
    return sambungan
