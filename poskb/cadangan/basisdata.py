"""One Postgres database: how to reach it, and the pg_dump and pg_restore that fit its server."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import psycopg2
from django.conf import settings

from poskb.cadangan import Gagal
from poskb.jalankan.postgres import PROGRAM

# libpq's names of what DATABASE_URL may carry in its query.
LINGKUNGAN = {
    "host": "PGHOST",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "dbname": "PGDATABASE",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
    "sslcert": "PGSSLCERT",
    "sslkey": "PGSSLKEY",
}
DEBIAN = Path("/usr/lib/postgresql")


@dataclass(frozen=True)
class Basisdata:
    """Where it is: libpq parameters by name."""

    letak: tuple[tuple[str, str], ...]

    @classmethod
    def kita(cls) -> "Basisdata":
        """Return the one that DATABASE_URL names."""
        tata = settings.DATABASES["default"]
        letak = {nama: tata.get(nama_django) for nama, nama_django in _DJANGO.items()}
        letak |= {nama: nilai for nama, nilai in tata.get("OPTIONS", {}).items() if nama in LINGKUNGAN}
        return cls(tuple((nama, str(nilai)) for nama, nilai in letak.items() if nilai))

    @property
    def nama(self) -> str:
        """Its name."""
        return dict(self.letak)["dbname"]

    def lain(self, nama: str) -> "Basisdata":
        """Return another database of the same server."""
        return replace(self, letak=tuple((dict(self.letak) | {"dbname": nama}).items()))

    @contextmanager
    def sambung(self) -> "Iterator[psycopg2.extensions.connection]":
        """Lend a connection. Raises Gagal when the server does not answer, or refuses what is asked in the block."""
        try:
            sambungan = psycopg2.connect(connect_timeout=10, application_name="poskb-cadangan", **dict(self.letak))
        except psycopg2.OperationalError as galat:
            raise Gagal(f"Basis data tidak dapat dibuka: {str(galat).strip()}", Gagal.BASISDATA) from None
        with closing(sambungan):
            try:
                yield sambungan
            except psycopg2.Error as galat:
                # The first line alone: what follows it may hold values of a row.
                kata = galat.diag.message_primary or str(galat).strip().partition("\n")[0]
                raise Gagal(f"Basis data {self.nama} menolak: {kata}", Gagal.BASISDATA) from None

    def env(self) -> dict[str, str]:
        """Return the environment for Postgres' own tools: a password on a command line is seen by every process."""
        bersih = {nama: nilai for nama, nilai in os.environ.items() if not nama.startswith("PG")}
        return bersih | {LINGKUNGAN[nama]: nilai for nama, nilai in self.letak}


_DJANGO = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD", "dbname": "NAME"}


def versi_besar(sambungan: "psycopg2.extensions.connection") -> int:
    """Return the major version of the server."""
    return int(sambungan.server_version) // 10_000


def cari_alat(nama: str, server: int, paling_rendah: int = 0) -> tuple[str, int]:
    """Return path and major version of a Postgres tool: the server's own version, else the next above it.

    Older ones refuse or would miss something; much newer ones may say what an old server does not know. Looked for in
    PATH, where Debian keeps several, and in the wheel. Raises Gagal when none fits.
    """
    ada = {versi: jalur for jalur in _calon(nama) if (versi := _versi(jalur))}
    cocok = sorted(v for v in ada if v >= max(server, paling_rendah))
    if not cocok:
        kata = ", ".join(str(v) for v in sorted(ada)) or "tidak ada"
        raise Gagal(
            f"{nama} versi {max(server, paling_rendah)} atau lebih baru diperlukan (yang ada: {kata}). "
            f"Pasang postgresql-client-{max(server, paling_rendah)}, lalu ulangi.",
            Gagal.SETELAN,
        )
    return ada[cocok[0]], cocok[0]


def _calon(nama: str) -> Iterator[str]:
    # The wheel first, so that of equal versions the system's own is kept.
    yield str(PROGRAM / nama)
    yield from (str(p) for p in sorted(DEBIAN.glob(f"*/bin/{nama}")))
    if jalur := shutil.which(nama):
        yield jalur


def _versi(jalur: str) -> int:
    try:
        kata = subprocess.run([jalur, "--version"], capture_output=True, text=True, check=True, timeout=20).stdout
    except (OSError, subprocess.SubprocessError):
        return 0
    cocok = re.search(r"\(PostgreSQL\) (\d+)", kata)
    return int(cocok[1]) if cocok else 0
