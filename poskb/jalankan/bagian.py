"""The parts of the product and the commands that run them."""

import sys

from poskb.jalankan.penjaga import Bagian
from poskb.jalankan.postgres import Postgres
from poskb.jalankan.valkey import Valkey

KELOLA = [sys.executable, "manage.py"]


def perintah_web(alamat: str, sabar: int = 1) -> list[str]:
    """Return the command of the production web server, on one "host:port"; `sabar`: seconds for a graceful stop."""
    return [
        *[sys.executable, "-m", "gunicorn", "poskb.wsgi", "-c", "python:poskb.jalankan.web"],
        *["--bind", alamat, "--graceful-timeout", str(sabar)],
    ]


def perintah_worker(serentak: int = 2) -> list[str]:
    """Return the command of the Celery worker."""
    return [sys.executable, "-m", "celery", "-A", "poskb", "worker", "-l", "INFO", "-c", str(serentak)]


def perintah_beat(pid: str = "") -> list[str]:
    """Return the command of beat. Without a pid file: a killed one would keep the next from starting."""
    return [sys.executable, "-m", "celery", "-A", "poskb", "beat", "-l", "INFO", f"--pidfile={pid}"]


def semua(alamat: str, postgres: Postgres | None, valkey: Valkey | None) -> list[Bagian]:
    """Return the parts of this run: the two servers only where the user has none of their own."""
    bagian = [
        Bagian("web", 30, perintah_web(alamat)),
        # QUIT: what runs gets a moment, what does not finish goes back to the queue.
        Bagian("worker", 40, perintah_worker(), isyarat="QUIT", sabar=3),
        Bagian("beat", 50, perintah_beat()),
    ]
    if postgres:
        # INT: do not wait for clients, leave the data clean.
        perintah = postgres.perintah()
        bagian.append(Bagian("postgres", 10, perintah, "INT", langsung=True, pengguna=postgres.pengguna))
    if valkey:
        bagian.append(Bagian("valkey", 20, valkey.perintah(), langsung=True))
    return bagian
