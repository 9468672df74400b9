"""Hosts on one machine: a network namespace each, joined by a switch in a namespace of its own. Linux, as root.

Our own namespace has one cable into that switch, under `KITA`; there Postgres, Redis and the front server listen.
Everything vanishes with its namespaces.
"""

import contextlib
import os
import signal
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.layanan import Layanan

# Of the block that is reserved for benchmarks (RFC 2544).
JARING, KITA = "198.18.31.0/24", "198.18.31.1"
NAMA = f"pkb{os.getpid()}"


def ip(*argumen: str, periksa: bool = True) -> None:
    """Run ip(8)."""
    subprocess.run(["ip", *argumen], check=periksa, capture_output=not periksa)


@contextlib.contextmanager
def saklar() -> Iterator[None]:
    """A switch, and our cable into it."""
    ns = f"{NAMA}-saklar"
    ip("netns", "add", ns)
    try:
        ip("-n", ns, "link", "add", "sk", "type", "bridge")
        ip("-n", ns, "link", "set", "sk", "up")
        ip("link", "add", f"{NAMA}u", "type", "veth", "peer", "name", "u", "netns", ns)
        ip("-n", ns, "link", "set", "u", "master", "sk", "up")
        ip("addr", "add", f"{KITA}/24", "dev", f"{NAMA}u")
        ip("link", "set", f"{NAMA}u", "up")
        yield
    finally:
        ip("link", "del", f"{NAMA}u", periksa=False)
        ip("netns", "del", ns, periksa=False)


@dataclass
class Host:
    """One host: its name, its address, its own data folder and what runs on it."""

    nama: str
    nomor: int
    folder: Path
    layanan: dict[str, Layanan] = field(default_factory=dict)

    @property
    def alamat(self) -> str:
        """Its address."""
        return f"198.18.31.{self.nomor}"

    @property
    def ns(self) -> str:
        """Its namespace."""
        return f"{NAMA}-{self.nama}"

    def pasang(self) -> None:
        """Make it and plug it in."""
        self.folder.mkdir()
        ip("netns", "add", self.ns)
        ip("-n", self.ns, "link", "set", "lo", "up")
        ip("-n", self.ns, "link", "add", "eth0", "type", "veth", "peer", "name", self.nama, "netns", f"{NAMA}-saklar")
        ip("-n", f"{NAMA}-saklar", "link", "set", self.nama, "master", "sk", "up")
        ip("-n", self.ns, "addr", "add", f"{self.alamat}/24", "dev", "eth0")
        ip("-n", self.ns, "link", "set", "eth0", "up")

    def jalankan(self, nama: str, perintah: list[str], env: dict[str, str]) -> None:
        """Start a part on it, under its own host name."""
        masuk = ["nsenter", f"--net=/run/netns/{self.ns}", "--", "unshare", "--uts"]
        masuk += ["sh", "-c", 'hostname "$0" && exec "$@"', self.nama]
        env = env | {"POSKB_DATA_DIR": str(self.folder)}
        self.layanan[nama] = Layanan([*masuk, *perintah], self.folder / f"{nama}.log", env=env)
        self.layanan[nama].mulai()

    def hilang(self) -> None:
        """Lose it as by a power cut: the line first, so that nobody hears a goodbye, then every process."""
        ip("-n", self.ns, "link", "set", "eth0", "down", periksa=False)
        for satu in self.layanan.values():
            if satu.proses:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(satu.proses.pid, signal.SIGKILL)
                satu.proses.wait()
                satu.proses = None

    def bongkar(self) -> None:
        """Stop what runs and take it away."""
        for satu in self.layanan.values():
            satu.hentikan()
        ip("netns", "del", self.ns, periksa=False)
