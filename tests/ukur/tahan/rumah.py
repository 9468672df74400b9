"""The product as `make run` starts it, under its own keeper, seen from outside: its parts, its database, its logs."""

import contextlib
import os
import signal
import sys
import xmlrpc.client
from pathlib import Path

import psutil
from supervisor.xmlrpc import SupervisorTransport

from poskb.jalankan.kesehatan import Kesehatan
from poskb.jalankan.postgres import Postgres
from poskb.jalankan.proses import cari_port, tunggu
from poskb.jalankan.sisa import TANDA
from poskb.jalankan.tata import Tata, folder_soket
from tests.layanan import Layanan
from tests.ukur.panggung import HOST
from tests.ukur.pegangan import Pegangan


class Rumah(Pegangan):
    """`mulai()` to `hentikan()`; between them parts may be killed as one likes."""

    # Parts that can be killed here: the keeper brings them back.
    postgres_sendiri = True

    def __init__(self, folder: Path) -> None:
        folder.chmod(0o711)
        self.data = folder / "data"
        self.data.mkdir(mode=0o711)
        self.port = cari_port(HOST)
        self.env = {k: v for k, v in os.environ.items() if not k.startswith("POSKB_") and k != TANDA}
        for nama in ("DATABASE_URL", "REDIS_URL"):
            self.env.pop(nama, None)
        self.env |= {"POSKB_DEMO": "1", "POSKB_DATA_DIR": str(self.data), "PORT": str(self.port)}
        self.kesehatan = Kesehatan(HOST, self.port)
        self._layanan = Layanan(
            [sys.executable, "-m", "poskb.jalankan"], folder / "jalankan.log", signal.SIGINT, env=self.env
        )

    def mulai(self) -> None:
        """Start and wait until everything answers."""
        self._layanan.mulai()
        if not tunggu(self.kesehatan.sehat, detik=300, jeda=0.3):
            raise SystemExit(f"not healthy: {self.kesehatan.kurang()}\n{self._layanan.ekor()}")
        tata = Tata(self.data, folder_soket(self.data))
        self._penjaga = tata.soket / "penjaga"
        self.postgres = Postgres(self.data / "postgres", tata.soket / "pg")
        sandi, port = ((self.data / "valkey" / n).read_text().strip() for n in ("sandi", "port"))
        self.env |= {
            "DATABASE_URL": self.postgres.url("poskb"),
            "REDIS_URL": f"redis://:{sandi}@{HOST}:{port}/0",
        }

    def hentikan(self) -> None:
        """Ctrl-C."""
        self._layanan.hentikan(20)

    def log(self, nama: str) -> str:
        """Return what a part has written, rotated files too."""
        return "".join(p.read_text(errors="replace") for p in sorted((self.data / "log").glob(f"{nama}.log*")))

    def pid(self, nama: str) -> int:
        """Return the process of a part; 0 while it is down."""
        jalan = SupervisorTransport(None, None, f"unix://{self._penjaga}")
        return int(xmlrpc.client.ServerProxy("http://x", transport=jalan).supervisor.getProcessInfo(nama)["pid"])

    def bunuh(self, nama: str, isyarat: signal.Signals = signal.SIGKILL) -> None:
        """Send the main process of a part away."""
        if pid := self.pid(nama):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, isyarat)

    def bunuh_anak(self, nama: str, pilih: int) -> None:
        """Kill one of its children."""
        with contextlib.suppress(psutil.Error):
            anak = sorted(psutil.Process(self.pid(nama)).children(), key=lambda p: p.pid)
            anak[pilih % len(anak)].kill()
