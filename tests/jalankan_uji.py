"""`python -m tests.jalankan_uji [pytest arguments]`: every check, then pytest, on servers of its own.

The last line printed is pytest's own summary.
"""

import contextlib
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from poskb.jalankan import izin
from poskb.jalankan.postgres import Postgres
from poskb.jalankan.proses import ucap
from poskb.jalankan.valkey import Valkey
from tests import peramban
from tests.layanan import Layanan

KELOLA = [sys.executable, "manage.py"]
GAYA = [
    [sys.executable, "-m", "ruff", "check", "."],
    [sys.executable, "-m", "ruff", "format", "--check", "."],
    [str(Path(sys.executable).parent / "lint-imports")],
]
# A throwaway database owes nobody durability.
TANPA_JAMINAN = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "100"}


def berhenti(nomor: int, _bingkai: object) -> None:
    """Leave through every `finally`."""
    raise SystemExit(128 + nomor)


@contextlib.contextmanager
def server(folder: Path) -> Iterator[dict[str, str]]:
    """Start the servers that the environment does not name, and return their addresses as environment."""
    env: dict[str, str] = {}
    with contextlib.ExitStack() as tumpukan:
        if not os.environ.get("DATABASE_URL"):
            folder.chmod(0o711)
            postgres = Postgres(folder / "postgres", folder / "pg", TANPA_JAMINAN)
            postgres.siapkan()
            opsi = izin.sebagai(postgres.pengguna)
            _pakai(tumpukan, Layanan(postgres.perintah(), folder / "postgres.log", signal.SIGINT, **opsi))
            postgres.tunggu()
            postgres.buat_basisdata("poskb")
            env["DATABASE_URL"] = postgres.url("poskb")
        if not os.environ.get("REDIS_URL"):
            valkey = Valkey(folder / "valkey", simpan=False)
            valkey.siapkan()
            _pakai(tumpukan, Layanan(valkey.perintah(), folder / "valkey.log"))
            valkey.tunggu()
            env["REDIS_URL"] = valkey.url()
        yield env


def _pakai(tumpukan: contextlib.ExitStack, layanan: Layanan) -> None:
    tumpukan.callback(layanan.hentikan)
    layanan.mulai()


def periksa(perintah: list[str], env: dict[str, str]) -> None:
    """Run a check; leave with its exit code when it fails."""
    kode = subprocess.run(perintah, env=env, check=False).returncode
    if kode:
        sys.exit(kode)


def seperti_produksi(env: dict[str, str]) -> dict[str, str]:
    """Return the environment of a real installation, for `check --deploy`."""
    nama = ("POSKB_SECRET_KEY", "POSKB_KUNCI_DATA", "POSKB_KUNCI_INDEKS", "POSKB_KUNCI_TETAP")
    rahasia = {n: secrets.token_urlsafe(48) for n in nama}
    return env | rahasia | {"POSKB_DEMO": "0", "POSKB_HOSTS": "poskb.example"}


def utama(argumen: list[str]) -> None:
    """Check, then test; the exit code is the first failure's."""
    chromium = peramban.sediakan()
    if chromium is None:
        ucap(f"\n{'!' * 20} {peramban.TANPA}\n")
        if os.environ.get("CI"):
            sys.exit(1)
    env = os.environ | {"POSKB_DEMO": "1", "POSKB_HARI_INI": "", "POSKB_CHROMIUM": chromium or ""}
    for perintah in GAYA:
        periksa(perintah, env)
    folder = Path(tempfile.mkdtemp(prefix="poskb-uji-"))
    try:
        with server(folder) as alamat:
            env |= alamat | {"POSKB_DATA_DIR": str(folder / "data"), "TMPDIR": str(folder)}
            periksa([*KELOLA, "makemigrations", "--check", "--dry-run"], env)
            periksa([*KELOLA, "check", "--deploy", "--fail-level", "WARNING"], seperti_produksi(env))
            periksa([*KELOLA, "collectstatic", "--noinput", "-v", "0"], env)
            perintah = [sys.executable, "-m", "pytest", "-n", "2", "--dist", "worksteal", "-m", "not lama", *argumen]
            kode = subprocess.run(perintah, env=env, check=False).returncode
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    sys.exit(kode)


if __name__ == "__main__":
    for isyarat in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(isyarat, berhenti)
    utama(sys.argv[1:])
