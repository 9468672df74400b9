"""Turns the keeper's log into sentences for the terminal."""

import re
from collections.abc import Callable
from pathlib import Path

from poskb.jalankan.proses import ucap

MATI = re.compile(r" exited: (?P<nama>\w+) \((?P<sebab>[^)]*?)(?:; (?:not )?expected)?\)")
GAGAL = re.compile(r" spawnerr: (?P<sebab>.*)")
HIDUP = re.compile(r" success: (?P<nama>\w+) entered RUNNING")
MENYERAH = re.compile(r" gave up: (?P<nama>\w+) entered FATAL")
BERHENTI = re.compile(r" stopped: (?P<nama>\w+) ")
PAKSA = re.compile(r" killing '(?P<nama>\w+)' \(\d+\) with SIGKILL")


class Cerita:
    """Remembers which part died, so that its return is said too; `menyerah` is told of a part that was given up."""

    def __init__(self, log: Path, menyerah: Callable[[str], None]) -> None:
        self.log = log
        self.menyerah = menyerah
        self.mati: set[str] = set()

    def baca(self, baris: str) -> None:
        """Take one line of the keeper's log and say what a person should know of it."""
        if cocok := MATI.search(baris):
            self.mati.add(cocok["nama"])
            ucap(f"! {cocok['nama']} died ({cocok['sebab']}), starting it again. Its log: {self._log(cocok['nama'])}")
        elif (cocok := HIDUP.search(baris)) and cocok["nama"] in self.mati:
            self.mati.discard(cocok["nama"])
            ucap(f"  {cocok['nama']} is back.")
        elif cocok := MENYERAH.search(baris):
            ucap(f"! {cocok['nama']} does not start; another try follows. Its log: {self._log(cocok['nama'])}")
            self.menyerah(cocok["nama"])
        elif cocok := GAGAL.search(baris):
            ucap(f"! {cocok['sebab']}")
        elif cocok := PAKSA.search(baris):
            ucap(f"  {cocok['nama']} did not stop in time and was killed.")
        elif cocok := BERHENTI.search(baris):
            ucap(f"  {cocok['nama']} stopped.")

    def _log(self, nama: str) -> Path:
        return self.log / f"{nama}.log"
