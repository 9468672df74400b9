"""Making a backup: one snapshot, counted and dumped, sealed as it streams, under its name only when it is whole."""

import contextlib
import datetime as dt
import fcntl
import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from poskb.cadangan import Gagal, manifes
from poskb.cadangan.basisdata import Basisdata, cari_alat, versi_besar
from poskb.cadangan.segel import Penyegel

AKHIRAN, SEBAGIAN = ".cadangan", ".sebagian"
POLA = f"poskb-*{AKHIRAN}"
# By UTC, so that names sort.
POLA_SAAT = "%Y%m%dT%H%M%SZ"
SEKALI_BACA = 256 * 1024
# A migration that holds a table makes the dump wait; for longer than this it says so and can be repeated.
TUNGGU_KUNCI = "60s"


@dataclass(frozen=True)
class Hasil:
    """The finished file, what it says of itself, and older ones that were removed."""

    berkas: Path
    manifes: dict[str, Any]
    dihapus: list[Path]


def cadangkan(basisdata: Basisdata, folder: Path, kunci: str, *, saat: str, simpan: int) -> Hasil:
    """Write `poskb-<saat>.cadangan` into a folder and keep the newest `simpan` (0: all).

    Raises Gagal; then nothing new lies there and nothing old was removed.
    """
    berkas = folder / f"poskb-{saat}{AKHIRAN}"
    if berkas.exists():
        raise Gagal(f"{berkas.name} sudah ada. Ulangi sebentar lagi.")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _buang_sisa(folder)
        with _sementara(berkas) as keluar:
            isi = _tuang(basisdata, keluar, kunci, saat)
    except OSError as galat:
        raise Gagal(f"Cadangan tidak dapat ditulis ke {folder}: {galat.strerror}. Tidak ada yang berubah.") from None
    return Hasil(berkas, isi, _rapikan(folder, simpan))


def umur(folder: Path, kini: dt.datetime) -> dt.timedelta | None:
    """Return how old the newest backup in a folder is, by its name; None when there is none. Raises Gagal."""
    try:
        nama = max((p.name for p in folder.iterdir() if p.match(POLA)), default="")
    except OSError as galat:
        raise Gagal(f"{folder} tidak dapat dibaca: {galat.strerror}.", Gagal.TUA) from None
    with contextlib.suppress(ValueError):
        return kini - dt.datetime.strptime(nama, f"poskb-{POLA_SAAT}{AKHIRAN}").replace(tzinfo=dt.UTC)
    return None


@contextlib.contextmanager
def _sementara(berkas: Path) -> Iterator[IO[bytes]]:
    """Lend a file that gets its name when the block ends well and is on the disk, and vanishes otherwise."""
    sementara = berkas.with_name(berkas.name + SEBAGIAN)
    keluar = os.fdopen(os.open(sementara, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
    try:
        with keluar:
            fcntl.flock(keluar, fcntl.LOCK_EX)
            yield keluar
            keluar.flush()
            os.fsync(keluar.fileno())
        sementara.rename(berkas)
    except BaseException:
        sementara.unlink(missing_ok=True)
        raise
    penunjuk = os.open(berkas.parent, os.O_RDONLY)
    try:
        os.fsync(penunjuk)
    finally:
        os.close(penunjuk)


def _tuang(basisdata: Basisdata, keluar: IO[bytes], kunci: str, saat: str) -> dict[str, Any]:
    with basisdata.sambung() as sambungan, sambungan.cursor() as kursor:
        server = versi_besar(sambungan)
        alat, versi = cari_alat("pg_dump", server)
        # What is counted and what is dumped is the same moment, while others go on writing.
        sambungan.set_session(isolation_level="REPEATABLE READ", readonly=True)
        kursor.execute("SELECT pg_export_snapshot()")
        (potret,) = kursor.fetchone()
        isi = manifes.buat(kursor, dibuat=saat, server=server, alat=versi)
        segel = Penyegel(keluar, kunci)
        segel.tulis(manifes.bungkus(isi))
        perintah = [alat, "-Fc", "--no-owner", "--no-password", f"--snapshot={potret}"]
        _alirkan([*perintah, f"--lock-wait-timeout={TUNGGU_KUNCI}"], basisdata, segel)
        segel.selesai()
    return isi


def _alirkan(perintah: list[str], basisdata: Basisdata, segel: Penyegel) -> None:
    with subprocess.Popen(
        perintah, env=basisdata.env(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as proses:
        try:
            while isi := proses.stdout.read(SEKALI_BACA):
                segel.tulis(isi)
            # Its words are few (an error or nothing): the pipe of 64 kB holds them until here.
            kata = proses.stderr.read().decode(errors="replace").strip()
        except BaseException:
            proses.kill()
            raise
    if proses.returncode:
        raise Gagal(f"pg_dump gagal, tidak ada cadangan yang dibuat: {kata}", Gagal.BASISDATA)


def _buang_sisa(folder: Path) -> None:
    """Remove what a killed run left. One that is being written holds its lock."""
    for sisa in folder.glob(POLA + SEBAGIAN):
        with contextlib.suppress(OSError), sisa.open("rb+") as berkas:
            fcntl.flock(berkas, fcntl.LOCK_EX | fcntl.LOCK_NB)
            sisa.unlink()


def _rapikan(folder: Path, simpan: int) -> list[Path]:
    """Remove all but the newest. Their names are their moments."""
    lama = sorted(folder.glob(POLA))[:-simpan] if simpan else []
    for satu in lama:
        satu.unlink()
    return lama
