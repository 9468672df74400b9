"""`make bench-dasbor`: the dashboard with 1,000, 100,000 and 5,000,000 services (docs/ukur.md).

The product with its production web server, and two bare Django views, on the same two cores and databases in the same
run; what is compared is asked in turns. Exit code 1 when a budget is missed. `--cepat` does it with 1,000, 20,000 and
200,000 services and shorter, for developing.
"""

import argparse
import contextlib
import os
import sys
import tempfile
import time
from pathlib import Path

from poskb.jalankan.proses import ucap
from tests.ukur import banyak
from tests.ukur.dasbor.anggaran import Anggaran
from tests.ukur.dasbor.halaman import BERSESI, TELANJANG, ukur_halaman
from tests.ukur.dasbor.hitung import ukur_hitung
from tests.ukur.dasbor.menonton import ukur_penonton
from tests.ukur.dasbor.tampil import ukur_tampil
from tests.ukur.panggung import Panggung, Produk
from tests.ukur.sinkron import BUAT_TABEL


def jalankan(folder: Path, tumpukan: contextlib.ExitStack, ukuran: list[int], putaran: int, detik: int) -> bool:
    """Set up, measure, print; return whether every budget is kept."""
    panggung = Panggung(folder, tumpukan)
    panggung.postgres.buat_basisdata("ukur")
    dasar = Produk(panggung, "ukur")
    ucap(f"load when it began: {os.getloadavg()[0]:.1f}\nPreparing the demo's people ...")
    dasar.kelola("siapkan")
    dasar.kelola("collectstatic", "--noinput")
    with panggung.sql("ukur") as kursor:
        kursor.execute(banyak.KOSONGKAN)
        kursor.execute(f"{BUAT_TABEL}; INSERT INTO ukur_baris (nama) VALUES ('satu')")
    produk = {}
    for n in ukuran:
        with panggung.sql("postgres") as kursor:
            kursor.execute(f"CREATE DATABASE ukur_{n} TEMPLATE ukur")
        produk[n] = Produk(panggung, f"ukur_{n}")
        awal = time.monotonic()
        with panggung.sql(f"ukur_{n}") as kursor:
            banyak.isi(kursor, n)
        ucap(f"{n:,} services filled in, {time.monotonic() - awal:.0f} s")
    anggaran = Anggaran()
    ukur_hitung(produk, 20, anggaran)
    for p in produk.values():
        p.mulai()
    setelan = {"DJANGO_SETTINGS_MODULE": "tests.ukur.setelan_telanjang"}
    besar = f"ukur_{max(ukuran)}"
    polos = {
        TELANJANG: Produk(panggung, besar, **setelan),
        BERSESI: Produk(panggung, besar, **setelan, TELANJANG_SESI="1"),
    }
    for nama, p in polos.items():
        p.mulai_web("telanjang" if nama == TELANJANG else "bersesi")
    ukur_halaman(produk, polos, putaran, anggaran)
    tengah = sorted(ukuran)[1]
    ukur_penonton(produk[tengah], detik // 2, anggaran)
    ukur_tampil(produk[tengah], detik, anggaran)
    ucap(f"\nload when it ended: {os.getloadavg()[0]:.1f}")
    return anggaran.semua


def utama() -> int:
    """Return the exit code."""
    pembaca = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    pembaca.add_argument("--cepat", action="store_true", help="up to 200,000 services and shorter, for developing")
    pembaca.add_argument("--biarkan", action="store_true", help="stay until Enter is pressed, to look around")
    pilihan = pembaca.parse_args()
    ukuran, putaran, detik = (
        ([1_000, 20_000, 200_000], 5, 24) if pilihan.cepat else ([1_000, 100_000, 5_000_000], 15, 60)
    )
    os.environ |= {"DJANGO_SETTINGS_MODULE": "poskb.settings", "POSKB_DEMO": "1"}
    with contextlib.ExitStack() as tumpukan:
        folder = Path(
            tumpukan.enter_context(tempfile.TemporaryDirectory(prefix="poskb-ukur-", ignore_cleanup_errors=True))
        )
        semua = jalankan(folder, tumpukan, ukuran, putaran, detik)
        if pilihan.biarkan:
            input(f"{folder} ")
    return 0 if semua else 1


if __name__ == "__main__":
    sys.exit(utama())
