"""Where everything of one running product lies."""

import fcntl
import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from poskb.jalankan.proses import Berhenti

# A Unix socket's path has at most 107 bytes; ".s.PGSQL.5432.lock" and a process id come on top of the folder's.
PANJANG_SOKET = 80


@dataclass(frozen=True)
class Tata:
    """The folders. `data` survives, `soket` lives as long as the run."""

    data: Path
    soket: Path

    @property
    def log(self) -> Path:
        """Where each part writes what it has to say."""
        return self.data / "log"

    @property
    def konfigurasi(self) -> Path:
        """The keeper's configuration."""
        return self.data / "supervisord.conf"

    @property
    def pid(self) -> Path:
        """The keeper's process id."""
        return self.data / "supervisord.pid"


def buat_tata(data: Path) -> Tata:
    """Make the folders. Raises Berhenti when the data folder cannot be used."""
    data = data.resolve()
    try:
        data.mkdir(mode=0o711, parents=True, exist_ok=True)
        (data / "log").mkdir(mode=0o700, exist_ok=True)
        with tempfile.TemporaryFile(dir=data):
            pass
    except OSError as galat:
        raise Berhenti(
            f"The data folder {data} cannot be used: {galat.strerror}. "
            "Name another with POSKB_DATA_DIR or make this one writable."
        ) from None
    return Tata(data, folder_soket(data))


def folder_soket(data: Path) -> Path:
    """Make and return a folder whose path is short enough for sockets: in the data folder if that fits."""
    soket = data / "soket"
    if len(os.fsencode(soket)) > PANJANG_SOKET:
        ringkas = hashlib.sha256(os.fsencode(data)).hexdigest()[:12]
        calon = [Path(atas) / f"poskb-{ringkas}" for atas in (tempfile.gettempdir(), "/tmp")]
        soket = next(c for c in calon if len(os.fsencode(c)) <= PANJANG_SOKET)
    soket.mkdir(mode=0o711, exist_ok=True)
    # The name in a shared temp folder can be guessed: take it only if it is ours.
    if soket.is_symlink() or soket.stat().st_uid != os.geteuid():
        raise Berhenti(f"{soket} belongs to somebody else; remove it or set TMPDIR.")
    soket.chmod(0o711)
    return soket


def kunci(tata: Tata, alamat: str) -> IO[str]:
    """Hold the data folder as long as the returned file is open. Raises Berhenti when another launcher holds it."""
    berkas = (tata.data / "jalankan.lock").open("a+")
    try:
        fcntl.flock(berkas, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        berkas.seek(0)
        raise Berhenti(
            f"Pos KB already runs from {tata.data} ({berkas.read().strip()}). "
            "Stop that one with Ctrl-C first, or use another POSKB_DATA_DIR and PORT."
        ) from None
    berkas.seek(0)
    berkas.truncate()
    berkas.write(f"process {os.getpid()}, {alamat}")
    berkas.flush()
    return berkas
