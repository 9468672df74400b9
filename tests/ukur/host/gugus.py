"""The product on four hosts: the same face as tests/ukur/tahan/rumah.py, so that the same people work on it."""

import contextlib
import os
import secrets
import signal
from pathlib import Path

from poskb.jalankan import bagian, izin
from poskb.jalankan.kesehatan import Kesehatan
from poskb.jalankan.postgres import Postgres
from poskb.jalankan.proses import tunggu
from poskb.jalankan.sisa import TANDA
from poskb.jalankan.valkey import Valkey
from tests.layanan import Layanan
from tests.ukur.host.jaringan import JARING, KITA, Host
from tests.ukur.host.pintu import Pintu
from tests.ukur.panggung import HOST
from tests.ukur.pegangan import Pegangan

PORT_WEB = 8000


class Gugus(Pegangan):
    """Postgres and Redis here, under `KITA`; two web hosts, two worker hosts with a beat each, one front server."""

    postgres_sendiri = False

    def __init__(self, folder: Path, tumpukan: contextlib.ExitStack) -> None:
        self.folder, self._tumpukan = folder, tumpukan
        folder.chmod(0o711)
        self.postgres = Postgres(folder / "postgres", folder / "pg", {"listen_addresses": KITA})
        self.valkey = Valkey(folder / "valkey", host=KITA)
        self.web = [Host(f"web{n}", 10 + n, folder / f"web{n}") for n in (1, 2)]
        self.kerja = [Host(f"kerja{n}", 20 + n, folder / f"kerja{n}") for n in (1, 2)]

    def mulai(self) -> None:
        """Start the servers, load the demo, start the hosts, and wait until all is well."""
        self._mulai_server()
        assert self.kelola("siapkan")[0] == 0
        assert self.kelola("collectstatic", "--noinput", "-v", "0")[0] == 0
        for host in (*self.web, *self.kerja):
            self._tumpukan.callback(host.bongkar)
            host.pasang()
        for host in self.web:
            host.jalankan("web", bagian.perintah_web(f"0.0.0.0:{PORT_WEB}"), self.env)
        for host in self.kerja:
            host.jalankan("worker", bagian.perintah_worker(), self.env)
            host.layanan["worker"].isyarat = signal.SIGQUIT
            host.jalankan("beat", bagian.perintah_beat(), self.env)
        self.pintu = Pintu([(h.alamat, PORT_WEB) for h in self.web])
        self._tumpukan.callback(self.pintu.hentikan)
        self.port = self.pintu.port
        self.kesehatan = Kesehatan(HOST, self.port)
        if not tunggu(lambda: self.kesehatan.sehat() and all(self.pintu.hidup.values()), detik=90, jeda=0.3):
            raise SystemExit(f"not healthy: {self.kesehatan.kurang()}; {self.pintu.hidup}")

    def _mulai_server(self) -> None:
        sandi = secrets.token_hex(16)
        self.postgres.siapkan()
        self.valkey.siapkan()
        with (self.postgres.folder / "pg_hba.conf").open("a") as hba:
            hba.write(f"host all all {JARING} scram-sha-256\n")
        opsi = izin.sebagai(self.postgres.pengguna)
        self._bagian("postgres", self.postgres.perintah(), signal.SIGINT, **opsi)
        self._bagian("valkey", self.valkey.perintah())
        self.postgres.tunggu()
        self.valkey.tunggu()
        self.postgres.buat_basisdata("poskb")
        self.env = {k: v for k, v in os.environ.items() if not k.startswith("POSKB_") and k != TANDA}
        self.env |= {
            "DATABASE_URL": self.postgres.url("poskb"),
            "REDIS_URL": self.valkey.url(),
            "POSKB_DEMO": "1",
            "POSKB_DATA_DIR": str(self.folder),
            "PYTHONUNBUFFERED": "1",
        }
        with self.sql() as kursor:
            kursor.execute("ALTER ROLE postgres PASSWORD %s", [sandi])
        # The hosts come over the network, with a password.
        self.env["DATABASE_URL"] = f"postgresql://postgres:{sandi}@{KITA}:5432/poskb"

    def _bagian(
        self, nama: str, perintah: list[str], isyarat: signal.Signals = signal.SIGTERM, **opsi: object
    ) -> None:
        layanan = Layanan(perintah, self.folder / f"{nama}.log", isyarat, **opsi)
        self._tumpukan.callback(layanan.hentikan)
        layanan.mulai()

    @property
    def alamat_sql(self) -> str:
        """Its socket: the address in `env` is the hosts'."""
        return self.postgres.url("poskb")
