"""`python -m tests.acak [--banyak 10000] [--rute kegiatan] [--benih 1831] [--proses 2]`: exit code 1 for any 5xx."""

import argparse
import os
import shutil
import signal
import sys
import tempfile
from pathlib import Path

from poskb.jalankan.proses import ucap
from tests.jalankan_uji import KELOLA, berhenti, periksa, server


def utama() -> int:
    """Start servers of its own, walk, print."""
    pilihan = argparse.ArgumentParser(prog="make acak")
    pilihan.add_argument("--banyak", type=int, default=10_000, help="inputs a route")
    pilihan.add_argument("--rute", default="", help="only routes with this in their address or name")
    pilihan.add_argument("--kecuali", default="", help="not those with this in them")
    pilihan.add_argument("--benih", type=int, default=1831, help="the same seed, the same inputs")
    pilihan.add_argument("--proses", type=int, default=os.cpu_count() or 1)
    isi = pilihan.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="poskb-acak-"))
    env = {
        "POSKB_DEMO": "1",
        "POSKB_HARI_INI": "",
        "POSKB_PERAN_DB": "pemilik",
        "POSKB_DATA_DIR": str(folder / "data"),
    }
    try:
        with server(folder) as alamat:
            os.environ.update(env | alamat | {"DJANGO_SETTINGS_MODULE": "poskb.settings"})
            periksa([*KELOLA, "collectstatic", "--noinput", "-v", "0"], dict(os.environ))
            # Only now: the settings read what stands in the environment.
            from tests.acak.banyak import jalani_semua

            return jalani_semua(isi.rute, isi.kecuali, isi.banyak, isi.benih, isi.proses)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    for isyarat in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(isyarat, berhenti)
    kode = utama()
    ucap("  every input was answered" if not kode else "  NOT every input was answered")
    sys.exit(kode)
