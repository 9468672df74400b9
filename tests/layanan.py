"""One process of the product or one of its servers, started and stopped by tests."""

import os
import signal
import subprocess
from pathlib import Path
from typing import Any

from poskb.jalankan.proses import ikut_mati


class Layanan:
    """A command in a process group of its own; it dies with the test run, whatever ends that."""

    def __init__(self, perintah: list[str], log: Path, isyarat: signal.Signals = signal.SIGTERM, **opsi: Any) -> None:
        self.perintah = perintah
        self.log = log
        self.isyarat = isyarat
        self.opsi = opsi
        self.proses: subprocess.Popen | None = None

    def mulai(self) -> None:
        """Start, unless it runs."""
        if self.proses is None:
            with self.log.open("ab") as log:
                self.proses = subprocess.Popen(
                    self.perintah,
                    start_new_session=True,
                    preexec_fn=ikut_mati,
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    **self.opsi,
                )

    def hentikan(self, detik: float = 10) -> None:
        """Stop it and whatever it left in its group."""
        if self.proses is None:
            return
        self.proses.send_signal(self.isyarat)
        try:
            self.proses.wait(detik)
        except subprocess.TimeoutExpired:
            os.killpg(self.proses.pid, signal.SIGKILL)
            self.proses.wait()
        self.proses = None

    def ekor(self, baris: int = 20) -> str:
        """Return the end of its log."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-baris:]) if self.log.exists() else ""
