"""The whole walk of the command: routes shared out among processes, each with a database of its own; the table."""

import contextlib
import io
import logging
import multiprocessing
import time
from collections import Counter
from collections.abc import Iterable

import django

django.setup()

from django.db import connection  # noqa: E402
from django.test.utils import setup_databases, setup_test_environment, teardown_databases  # noqa: E402

from poskb.jalankan.proses import ucap  # noqa: E402
from tests.acak.jalan import Hasil, jalani  # noqa: E402
from tests.acak.panggung import Panggung, buat_panggung, setelan  # noqa: E402
from tests.acak.rute import DILEWATI, dijalani  # noqa: E402
from tests.acak.survei import Peta, survei  # noqa: E402

PER_RUTE = 3
# What a process has made for itself, once; the settings for as long as it lives.
_isi: tuple[Panggung, Peta]
_setelan = setelan()


def jalani_semua(pilih: str, kecuali: str, banyak: int, benih: int, proses: int) -> int:
    """Walk and print; return 1 when there was a fault, else 0."""
    logging.disable(logging.WARNING)
    setup_test_environment()
    rute = [r.pola for r in dijalani() if _dipilih((r.pola, r.nama), pilih, kecuali)]
    ucap(f"{len(rute)} routes, {banyak:,} inputs each, seed {benih}, {proses} processes")
    lama = setup_databases(verbosity=0, interactive=False, parallel=proses if proses > 1 else 0)
    connection.close()
    awal = time.monotonic()
    konteks = multiprocessing.get_context("fork")
    antre = konteks.Queue()
    for nomor in range(proses):
        antre.put(nomor + 1 if proses > 1 else 0)
    try:
        with konteks.Pool(proses, _siapkan, [antre]) as kolam:
            tugas = [(pola, banyak, benih) for pola in rute]
            return cetak(kolam.imap_unordered(_jalani, tugas), awal)
    finally:
        teardown_databases(lama, verbosity=0)


def _dipilih(kata: tuple[str, str], pilih: str, kecuali: str) -> bool:
    return any(pilih in k for k in kata) and not (kecuali and any(kecuali in k for k in kata))


def _siapkan(antre: "multiprocessing.Queue[int]") -> None:
    """Take a copy of the test database and build the district in it."""
    global _isi
    nomor = antre.get()
    if nomor:
        connection.creation.setup_worker_connection(nomor)
    _setelan.__enter__()
    with contextlib.redirect_stdout(io.StringIO()):
        panggung = buat_panggung()
    _isi = panggung, survei(panggung, dijalani(), PER_RUTE)


def _jalani(tugas: tuple[str, int, int]) -> Hasil:
    pola, banyak, benih = tugas
    rute = next(r for r in dijalani() if r.pola == pola)
    return jalani(rute, *_isi, banyak, benih)


def cetak(semua: Iterable[Hasil], awal: float) -> int:
    """Print a line as each route is done, with its faults; then the sums."""
    ucap(f"  {'route':<58}{'inputs':>8}{'2xx':>8}{'3xx':>8}{'4xx':>8}{'5xx':>5}{'s':>7}{'slowest ms':>12}")
    jumlah: Counter[int] = Counter()
    temuan = 0
    tak_sampai: list[str] = []
    for hasil in semua:
        jumlah += hasil.status
        kelas = "".join(f"{_kelas(hasil.status, n):>{8 if n < 5 else 5}}" for n in (2, 3, 4, 5))
        ucap(f"  /{hasil.pola:<57}{hasil.banyak:>8}{kelas}{hasil.detik:>7.0f}{hasil.terlama[0] * 1000:>12.0f}")
        temuan += len(hasil.temuan)
        tak_sampai += [hasil.pola] * (not hasil.sampai)
        if hasil.terlama[0] > 2:
            ucap(f"    slow: {hasil.terlama[1]}")
        for satu in hasil.temuan.values():
            ucap(f"    FAULT {satu}")
    ucap(f"  {jumlah.total():,} inputs in {time.monotonic() - awal:.0f} s")
    ucap("  " + ", ".join(f"{n:,} x {s}" for s, n in sorted(jumlah.items())))
    for pola, alasan in DILEWATI.items():
        ucap(f"  left out: /{pola}: {alasan}")
    for pola in tak_sampai:
        ucap(f"  only ever 404 or 405: /{pola}")
    ucap(f"  {temuan} faults")
    return int(bool(temuan))


def _kelas(status: Counter[int], ratusan: int) -> int:
    return sum(n for s, n in status.items() if s // 100 == ratusan)
