"""The servers of a benchmark: durable Postgres, Valkey, and the product's own web server, worker and beat."""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg2
import redis

from poskb.jalankan import bagian, izin
from poskb.jalankan.kesehatan import Kesehatan
from poskb.jalankan.postgres import Postgres
from poskb.jalankan.proses import cari_port, port_bebas, tunggu
from poskb.jalankan.sisa import TANDA
from poskb.jalankan.valkey import Valkey
from tests.layanan import Layanan

HOST = "127.0.0.1"


class Panggung:
    """Postgres and Valkey exactly as `make run` starts them; everything that is started here ends with it."""

    def __init__(self, folder: Path, tumpukan: contextlib.ExitStack) -> None:
        self.folder, self._tumpukan = folder, tumpukan
        folder.chmod(0o711)
        self.postgres = Postgres(folder / "postgres", folder / "pg")
        self.valkey = Valkey(folder / "valkey")
        self.postgres.siapkan()
        self.valkey.siapkan()
        opsi = izin.sebagai(self.postgres.pengguna)
        self.mulai("postgres", self.postgres.perintah(), signal.SIGINT, **opsi)
        self.mulai("valkey", self.valkey.perintah())
        self.postgres.tunggu()
        self.valkey.tunggu()

    def mulai(
        self, nama: str, perintah: list[str], isyarat: signal.Signals = signal.SIGTERM, **opsi: object
    ) -> Layanan:
        """Start a part with a log of its own."""
        layanan = Layanan(perintah, self.folder / f"{nama}.log", isyarat, **opsi)
        self._tumpukan.callback(layanan.hentikan)
        layanan.mulai()
        return layanan

    @contextlib.contextmanager
    def sql(self, basisdata: str) -> Iterator["psycopg2.extensions.cursor"]:
        """Lend a cursor that commits by itself."""
        sambungan = psycopg2.connect(host=str(self.postgres.soket), user="postgres", dbname=basisdata)
        sambungan.autocommit = True
        try:
            with sambungan.cursor() as kursor:
                yield kursor
        finally:
            sambungan.close()


class Produk:
    """The product on one database of the stage, with a queue of its own."""

    def __init__(self, panggung: Panggung, basisdata: str, **env: str) -> None:
        self.panggung, self.basisdata = panggung, basisdata
        self.port = cari_port(HOST)
        data = panggung.folder / f"data-{basisdata}"
        data.mkdir(exist_ok=True)
        self.env = {k: v for k, v in os.environ.items() if not k.startswith("POSKB_") and k != TANDA}
        self.env |= {
            "DATABASE_URL": panggung.postgres.url(basisdata),
            "REDIS_URL": panggung.valkey.url(),
            "POSKB_ANTREAN": basisdata,
            "POSKB_DEMO": "1",
            "POSKB_DATA_DIR": str(data),
            "PYTHONUNBUFFERED": "1",
        } | env
        # Part to the process group that it leads.
        self.bagian: dict[str, int] = {}

    def kelola(self, *argumen: str) -> None:
        """Run a command of manage.py."""
        subprocess.run([*bagian.KELOLA, *argumen], env=self.env, check=True, stdout=subprocess.DEVNULL)

    def python(self, kode: str) -> str:
        """Run some lines with Django on this database and return what they print."""
        awal = "import django; django.setup()\n"
        return subprocess.run(
            [sys.executable, "-c", awal + kode],
            env=self.env | {"DJANGO_SETTINGS_MODULE": "poskb.settings", "POSKB_PERAN_DB": "pemilik"},
            check=True,
            capture_output=True,
            text=True,
        ).stdout

    def mulai_web(self, nama: str) -> None:
        """Start the production web server and wait until it listens."""
        self.web = self.panggung.mulai(f"web-{nama}", bagian.perintah_web(f"{HOST}:{self.port}"), env=self.env)
        self.bagian["web"] = self.web.proses.pid
        if not tunggu(lambda: not port_bebas(HOST, self.port), detik=30):
            raise SystemExit(f"web-{nama} does not listen; logs in {self.panggung.folder}")

    def mulai(self) -> None:
        """Start web, worker and beat, and wait until /sehat/ says yes."""
        self.mulai_web(self.basisdata)
        nama = self.basisdata
        layanan = self.panggung.mulai(f"worker-{nama}", bagian.perintah_worker(), signal.SIGQUIT, env=self.env)
        self.bagian["worker"] = layanan.proses.pid
        self.panggung.mulai(f"beat-{nama}", bagian.perintah_beat(), env=self.env)
        kesehatan = Kesehatan(HOST, self.port)
        if not tunggu(kesehatan.sehat, detik=60, jeda=0.2):
            raise SystemExit(f"{nama}: not healthy: {kesehatan.kurang()}; logs in {self.panggung.folder}")

    def tunggu_tenang(self) -> None:
        """Wait until the worker has counted everything: its rest must not fall into the next measurement."""
        with self.panggung.sql(self.basisdata) as kursor:

            def tenang() -> bool:
                kursor.execute("SELECT count(*) FROM laporan_perluhitung")
                return kursor.fetchone()[0] == 0 and not self._antre()

            if not tunggu(tenang, detik=120, jeda=0.2):
                raise SystemExit(f"{self.basisdata}: the worker does not keep up")

    def _antre(self) -> int:
        with redis.Redis.from_url(self.panggung.valkey.url()) as klien:
            return int(klien.llen(self.basisdata))
