"""`python -m tests.ukur.tahan [--menit 4] [--benih 1831]`: exit code 1 when a promise was broken (docs/ukur.md)."""

import argparse
import contextlib
import itertools
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path

from poskb.jalankan.proses import ucap
from tests.jalankan_uji import berhenti
from tests.ukur.tahan.buku import Buku
from tests.ukur.tahan.gangguan import Cakram, Gangguan, semua
from tests.ukur.tahan.jalan import Jalan
from tests.ukur.tahan.periksa import Hasil, periksa
from tests.ukur.tahan.rumah import Rumah

# A third of what a slow machine did (docs/ukur.md): below it hardly anybody was served.
CATATAN_PER_MENIT, PUTUSAN_PER_MENIT = 100, 10
TANPA_CAKRAM = (
    "NOT OK  Only root on Linux can make the disk of exports full (a tmpfs is mounted for it). Run it as root, or without "
    'that fault: make bench-tahan PILIHAN="--tanpa-cakram".'
)


def urutan(daftar: list[Gangguan], acak: random.Random) -> "itertools.chain[Gangguan]":
    """Every kind once in a drawn order, then again in another, for ever."""
    return itertools.chain.from_iterable(acak.sample(daftar, len(daftar)) for _ in itertools.count())


def tanpa_jejak(rumah: Rumah, daftar: list[Gangguan], jalan: Jalan) -> list[str]:
    """Return the faults that no log tells of as often as they were done."""
    return [
        f"{g.nama}: {rumah.log(g.log).count(g.kata)} lines in {g.log}.log for {len(jalan.riwayat[g.nama].waktu)}"
        for g in daftar
        if g.nama in jalan.riwayat and rumah.log(g.log).count(g.kata) < len(jalan.riwayat[g.nama].waktu)
    ]


def kurang(daftar: list[Gangguan], jalan: Jalan, hasil: Hasil, menit: float) -> list[str]:
    """Return what is missing before "nothing was lost" means something: faults that happened, work that was done."""
    kata = [f"never drawn: {g.nama}" for g in daftar if g.nama not in jalan.riwayat]
    for apa, ada, harus in (
        ("records", hasil.diakui, CATATAN_PER_MENIT * menit),
        ("decisions", hasil.putusan, PUTUSAN_PER_MENIT * menit),
    ):
        if ada < harus:
            kata.append(f"only {ada:,} acknowledged {apa}: at least {harus:,.0f} in {menit:g} minutes")
    return kata


def tulis(jalan: Jalan, buku: Buku, hasil: Hasil, detik: float) -> None:
    """Print the figures."""
    ucap(
        f"\n  {'seconds, median / longest':<24}{'times':>6}{'page answers':>16}{'/sehat/ well':>16}{'counted again':>16}"
    )
    for nama, c in sorted(jalan.riwayat.items()):
        angka = "".join(f"{c.ringkas(apa):>16}" for apa in ("jawab", "sehat", "segar"))
        ucap(f"  {nama:<24}{len(c.waktu):>6}{angka}")
    status = ", ".join(f"{n:,} x {k}" for k, n in buku.status.most_common())
    ucap(f"\n  {detik:.0f} s, {sum(buku.status.values()):,} requests: {status}")
    ucap(
        f"  acknowledged records {hasil.diakui:,}   lost {len(hasil.hilang)}   doubled {hasil.dobel}   "
        f"of other content {len(hasil.berubah)}"
    )
    ucap(f"  services that nobody sent {hasil.tak_dikenal}")
    ucap(
        f"  acknowledged decisions {hasil.putusan:,}   lost {hasil.putusan_hilang + hasil.disetujui_hilang}"
        f"   doubled {hasil.putusan_dobel}"
    )
    sembuh = sum(buku.sembuh.values())
    ucap(
        f"  answers of 500 and more {sum(buku.lima_ratus.values())}, broken connections {sum(buku.gagal.values())}: "
        f"{sembuh} requests cured by a retry (longest {buku.terlama:.1f} s), not cured {len(buku.tak_sembuh)}"
    )
    ucap(f"  of 500 and more: {dict(buku.lima_ratus)}")
    ucap(f"  full recount: {hasil.hitung_ulang or 'the same as stored'}")


def jalankan(folder: Path, menit: float, benih: int, *, tanpa_cakram: bool) -> bool:
    """Set up, disturb, look; return whether every promise was kept. Every kind of fault comes at least once."""
    rumah = Rumah(folder)
    try:
        ucap("Starting the product ...")
        rumah.mulai()
        with Cakram(rumah, folder / "cakram").terpasang() as cakram:
            if cakram is None and not tanpa_cakram:
                ucap(TANPA_CAKRAM)
                return False
            daftar = semua(rumah, cakram)
            jalan = Jalan(rumah, benih)
            awal = time.monotonic()
            with jalan.bekerja():
                time.sleep(3)
                acak = random.Random(benih)
                for ke, satu in enumerate(urutan(daftar, acak)):
                    if ke >= len(daftar) and time.monotonic() - awal > 60 * menit:
                        break
                    waktu = jalan.ganggu(satu)
                    ucap(
                        f"  {time.monotonic() - awal:5.0f} s  {satu.nama:<22} page {waktu.jawab:5.1f}   "
                        f"/sehat/ {waktu.sehat:5.1f}   counted {waktu.segar:5.1f}"
                    )
                    time.sleep(2 * acak.random())
            detik = time.monotonic() - awal
            jalan.tenang()
            hasil = periksa(rumah, jalan.buku, jalan.sebelum)
            tulis(jalan, jalan.buku, hasil, detik)
            bisu = tanpa_jejak(rumah, daftar, jalan)
            belum = [n for n, c in jalan.riwayat.items() if not all(w.pulih for w in c.waktu)]
            salah = [*bisu, *jalan.buku.tak_sembuh, *(f"never well again: {n}" for n in belum)]
            salah += kurang(daftar, jalan, hasil, menit)
            for kata in [
                *salah,
                *(f"lost: {n}" for n in hasil.hilang),
                *(f"other content: {n}" for n in hasil.berubah),
            ]:
                ucap(f"  NOT OK  {kata}")
            return hasil.baik and not salah
    finally:
        rumah.hentikan()


def utama() -> int:
    """Return the exit code."""
    pembaca = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    pembaca.add_argument(
        "--menit", type=float, default=4, help="how long faults go on (default 4), each kind once at least"
    )
    pembaca.add_argument("--benih", type=int, default=1831, help="another order of faults")
    pembaca.add_argument("--tanpa-cakram", action="store_true", help="without the fault that only root can make")
    pembaca.add_argument("--simpan", action="store_true", help="keep the folder with all logs")
    pilihan = pembaca.parse_args()
    # Leave through every `finally`: processes, namespaces and mounts go with us.
    for isyarat in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(isyarat, berhenti)
    os.environ |= {"DJANGO_SETTINGS_MODULE": "poskb.settings", "POSKB_DEMO": "1"}
    folder = Path(tempfile.mkdtemp(prefix="poskb-tahan-"))
    try:
        with contextlib.suppress(KeyboardInterrupt):
            baik = jalankan(folder, pilihan.menit, pilihan.benih, tanpa_cakram=pilihan.tanpa_cakram)
            ucap("\nOK" if baik else "\nNOT OK")
            return 0 if baik else 1
        return 130
    finally:
        if pilihan.simpan:
            ucap(f"logs: {folder}")
        else:
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(utama())
