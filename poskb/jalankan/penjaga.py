"""The keeper: a supervisord of our own, its configuration, and the few words we exchange with it."""

import os
import shlex
import subprocess
import sys
import threading
import time
import xmlrpc.client
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from supervisor.xmlrpc import SupervisorTransport

from poskb.jalankan.cerita import Cerita
from poskb.jalankan.proses import Berhenti, ikut_mati, tunggu, ucap
from poskb.jalankan.tata import Tata

JEDA_COBA_LAGI = 10.0
# A refused set-up call while the socket is not there yet, or no longer.
TAK_TERSAMBUNG = (OSError, xmlrpc.client.Error)


@dataclass(frozen=True)
class Bagian:
    """One kept process. Parts start by rising and stop by falling `urutan`; `sabar` is how long a stop may take.

    Two seconds at least: supervisord notices an exit up to a second late.
    """

    nama: str
    urutan: int
    perintah: Sequence[str]
    isyarat: str = "TERM"
    sabar: int = 2
    langsung: bool = False
    pengguna: str | None = None

    def konfigurasi(self, tata: Tata) -> str:
        """Return its section of supervisord.conf."""
        return "\n".join(
            [
                f"[program:{self.nama}]",
                f"command={_aman(shlex.join(self.perintah))}",
                f"priority={self.urutan}",
                f"autostart={str(self.langsung).lower()}",
                "autorestart=true",
                "startretries=5",
                f"stopsignal={self.isyarat}",
                f"stopwaitsecs={self.sabar}",
                "killasgroup=true",
                "redirect_stderr=true",
                f"stdout_logfile={_aman(str(tata.log / self.nama))}.log",
                "stdout_logfile_maxbytes=2MB",
                "stdout_logfile_backups=2",
                *([f"user={self.pengguna}"] if self.pengguna else []),
                "",
            ]
        )


def _aman(nilai: str) -> str:
    return nilai.replace("%", "%%")


class Penjaga:
    """Starts supervisord, listens to it, and stops it."""

    def __init__(self, tata: Tata, bagian: Sequence[Bagian], env: Mapping[str, str]) -> None:
        self.tata = tata
        self.bagian = bagian
        self.env = dict(env)
        self.cerita = Cerita(tata.log, self._coba_lagi)
        self._pendengar: threading.Thread | None = None
        self.proses: subprocess.Popen[bytes] | None = None

    def mulai(self) -> None:
        """Start the keeper and the parts that start at once. Secrets travel in the environment, not in the file."""
        self._log.unlink(missing_ok=True)
        self._log.touch(mode=0o600)
        self.tata.konfigurasi.write_text(self._konfigurasi())
        self.tata.konfigurasi.chmod(0o600)
        self.proses = subprocess.Popen(
            [sys.executable, "-m", "supervisor.supervisord", "-n", "-c", str(self.tata.konfigurasi)],
            env=self.env,
            # A session of its own: Ctrl-C reaches the launcher alone, which then stops the parts in their order.
            start_new_session=True,
            preexec_fn=ikut_mati,
            stdin=subprocess.DEVNULL,
            # Its words come from its log: a pipe would break, and the keeper with it, when the launcher is killed.
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._pendengar = threading.Thread(target=self._dengar, daemon=True)
        self._pendengar.start()
        if not tunggu(self._menjawab, detik=10):
            raise Berhenti(f"The keeper (supervisord) does not start. Its log: {self._log}")

    def jalankan(self, *nama: str) -> None:
        """Start parts that wait for the word."""
        for satu in nama:
            self._rpc().startProcess(satu, False)  # noqa: FBT003 - the protocol's own positional flag

    def hidup(self) -> bool:
        """Tell whether the keeper runs."""
        return self.proses is not None and self.proses.poll() is None

    def hentikan(self, detik: float = 8) -> None:
        """Stop everything, last started first (supervisord's `priority`); what outlives the time is left to `sisa`."""
        if not self.hidup() or self.proses is None:
            return
        self.proses.terminate()
        try:
            self.proses.wait(detik)
        except subprocess.TimeoutExpired:
            self.proses.kill()
            self.proses.wait(5)
        if self._pendengar:
            self._pendengar.join(1)

    def _konfigurasi(self) -> str:
        kepala = [
            "[supervisord]",
            "nodaemon=true",
            *(["user=root"] if os.geteuid() == 0 else []),
            f"directory={_aman(os.getcwd())}",  # noqa: PTH109
            f"logfile={_aman(str(self._log))}",
            "logfile_maxbytes=0",
            f"pidfile={_aman(str(self.tata.pid))}",
            "[unix_http_server]",
            f"file={_aman(str(self._soket))}",
            "chmod=0700",
            "[rpcinterface:supervisor]",
            "supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface",
            "",
        ]
        return "\n".join(kepala) + "\n".join(b.konfigurasi(self.tata) for b in self.bagian)

    @property
    def _log(self) -> Path:
        return self.tata.log / "penjaga.log"

    @property
    def _soket(self) -> str:
        return str(self.tata.soket / "penjaga")

    def _rpc(self) -> xmlrpc.client.ServerProxy:
        jalan = SupervisorTransport(None, None, f"unix://{self._soket}")
        return xmlrpc.client.ServerProxy("http://penjaga", transport=jalan).supervisor

    def _menjawab(self) -> bool:
        if not self.hidup():
            raise Berhenti(f"The keeper (supervisord) stopped. Its log: {self._log}")
        try:
            return bool(self._rpc().getState())
        except TAK_TERSAMBUNG:
            return False

    def _dengar(self) -> None:
        with self._log.open(errors="replace") as log:
            sisa = ""
            while True:
                sisa += log.readline()
                if sisa.endswith("\n"):
                    self.cerita.baca(sisa)
                    sisa = ""
                elif self.hidup():
                    time.sleep(0.1)
                else:
                    return

    def _coba_lagi(self, nama: str) -> None:
        """A part that failed five times in a row is tried again for ever, only less often."""

        def coba() -> None:
            time.sleep(JEDA_COBA_LAGI)
            try:
                self._rpc().startProcess(nama, False)  # noqa: FBT003
            except TAK_TERSAMBUNG as galat:
                if self.hidup():
                    ucap(f"! {nama}: {galat}")

        self.cerita.mati.add(nama)
        threading.Thread(target=coba, daemon=True).start()
