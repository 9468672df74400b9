"""What is done to it, and the line in a log by which an operator sees that it happened."""

import contextlib
import pwd
import signal
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg2

from poskb.jalankan.proses import tunggu
from tests.ukur.tahan.rumah import Rumah

PESAN = 5_000
# What Postgres says of a full disk, and a file that somebody asks for meanwhile.
KATA_PENUH = "No space left on device"
MINTA = """
import datetime as dt
from django.conf import settings
from kader.models import Pengguna
from kader.models.penugasan import cakupan_pengguna
from laporan.ekspor import actions
from poskb.dasar.waktu import hari_ini
siapa = Pengguna.objects.get(nama_masuk="admin")
cakupan = cakupan_pengguna(siapa, hari_ini(), settings.KODE_KABUPATEN)
actions.minta(siapa, cakupan, "bulan", dt.date(2021, 6, 1))
"""
# Sent beside the product: the messages that a counting of an hour would have left, and some that nobody knows.
ISI_ANTREAN = """
from poskb.celery import app
with app.pool.acquire(block=True) as sambungan, app.amqp.Producer(sambungan) as produser:
    for n in range({banyak}):
        nama = ("laporan.hitung_yang_perlu", "laporan.kerjakan_ekspor", "laporan.ramal", "tidak.dikenal")[n % 4]
        app.send_task(nama, producer=produser)
"""


@dataclass(frozen=True)
class Gangguan:
    """One kind: what it does, and the log and words that tell of it."""

    nama: str
    lakukan: Callable[[int], None]
    log: str
    kata: str
    # Waits until nothing of it is left; the measuring does not wait for that.
    usai: Callable[[], None] = lambda: None


def semua(rumah: Rumah, cakram: "Cakram | None" = None, pesan: int = PESAN) -> list[Gangguan]:
    """Return every kind that can be done here."""
    hasil = [
        Gangguan("web process", lambda n: rumah.bunuh_anak("web", n), "web", "was sent SIGKILL"),
        Gangguan("web server", lambda _: rumah.bunuh("web"), "penjaga", "exited: web (terminated by SIGKILL"),
        Gangguan("worker process", lambda n: rumah.bunuh_anak("worker", n), "worker", "signal 9 (SIGKILL)"),
        Gangguan("worker", lambda _: rumah.bunuh("worker"), "penjaga", "exited: worker (terminated by SIGKILL"),
        Gangguan("beat", lambda _: rumah.bunuh("beat"), "penjaga", "exited: beat (terminated by SIGKILL"),
        Gangguan("Redis", lambda _: rumah.bunuh("valkey"), "penjaga", "exited: valkey (terminated by SIGKILL"),
        Gangguan(f"{pesan:,} messages", lambda _: isi_antrean(rumah, pesan), "worker", "unregistered task"),
    ]
    if rumah.postgres_sendiri:
        # QUIT is Postgres' immediate mode: no checkpoint, every session is cut, the next start replays the log.
        matikan = Gangguan(
            "Postgres", lambda _: rumah.bunuh("postgres", signal.SIGQUIT), "postgres", "immediate shutdown request"
        )
        hasil.append(matikan)
    if cakram:
        penuh = Gangguan("disk of exports full", lambda _: cakram.penuhi(), "worker", KATA_PENUH, cakram.kosongkan)
        hasil.append(penuh)
    return hasil


def isi_antrean(rumah: Rumah, banyak: int) -> None:
    """Put messages into the queue faster than anybody takes them out."""
    rumah.python(ISI_ANTREAN.format(banyak=banyak))


class Cakram:
    """A small disk under the table of exported files.

    Exports are kept encrypted in Postgres and made in memory (docs/keputusan.md), so "the disk of exports" is the one on
    which that table lies: here a tablespace of its own on a tmpfs of a few megabytes. As root on Linux only.
    """

    def __init__(self, rumah: Rumah, folder: Path) -> None:
        self.rumah, self.folder = rumah, folder

    @contextlib.contextmanager
    def terpasang(self) -> Iterator["Cakram | None"]:
        """Mount it and move the table there; None where that is not allowed."""
        pengguna = self.rumah.postgres.pengguna
        if pengguna is None:
            yield None
            return
        self.folder.mkdir()
        entri = pwd.getpwnam(pengguna)
        opsi = f"size=6m,mode=700,uid={entri.pw_uid},gid={entri.pw_gid}"
        if subprocess.run(["mount", "-t", "tmpfs", "-o", opsi, "tmpfs", str(self.folder)], check=False).returncode:
            yield None
            return
        try:
            with self.rumah.sql() as kursor:
                kursor.execute(f"CREATE TABLESPACE ekspor LOCATION '{self.folder}'")
                kursor.execute("ALTER TABLE laporan_berkasekspor SET TABLESPACE ekspor")
            yield self
        finally:
            subprocess.run(["umount", "-l", str(self.folder)], check=False)

    def penuhi(self) -> None:
        """Leave not a byte, and have a file made: it fails, is tried again and given up with a sentence."""
        with self.rumah.sql() as kursor:
            # Room inside the table would do for a file or two.
            kursor.execute("VACUUM FULL laporan_berkasekspor")
        with contextlib.suppress(OSError), (self.folder / "penuh").open("wb", buffering=0) as berkas:
            while True:
                berkas.write(b"\0" * 65536)
        self.rumah.python(MINTA)

    def kosongkan(self) -> None:
        """Make room once it was noticed; then what is asked for again must be made. Raises TimeoutError."""
        try:
            self._tunggu("an export that fails", lambda: KATA_PENUH in self.rumah.log("worker"))
        finally:
            (self.folder / "penuh").unlink(missing_ok=True)
        self.rumah.python(MINTA)
        self._tunggu("an export that is made", self._selesai)

    def _selesai(self) -> bool:
        with contextlib.suppress(psycopg2.Error), self.rumah.sql() as kursor:
            kursor.execute(
                "SELECT keadaan FROM laporan_ekspor e JOIN kader_pengguna p ON p.id = e.oleh_id"
                " WHERE p.nama_masuk = 'admin' ORDER BY e.dibuat_pada DESC LIMIT 1"
            )
            return kursor.fetchone() == ("selesai",)
        return False

    def _tunggu(self, apa: str, syarat: Callable[[], bool]) -> None:
        if not tunggu(syarat, detik=120, jeda=0.5):
            raise TimeoutError(f"the disk of exports: {apa} does not come")
