"""`python -m poskb.jalankan.denyut worker|beat`: exit 0 when this part lives; asked by compose.yaml's healthchecks.

A process that is there and hangs, or that has lost Redis, looks alive from outside: so the worker has to answer, and
beat to have beaten. Of Django only the settings are loaded: it runs every few seconds for as long as the product does.
"""

import socket
import sys
from collections.abc import Callable

import redis

from poskb.celery import app, kunci_detak

# Seconds for each answer; the healthcheck gives the whole of it ten.
SABAR = 3


def worker() -> bool:
    """Ask the worker of this machine alone: another one that answers does not make up for it."""
    return bool(app.control.ping([f"celery@{socket.gethostname()}"], timeout=SABAR))


def beat() -> bool:
    """Look for the heartbeat, which runs out by itself. Beats of several hosts share it: one of them is enough."""
    with redis.Redis.from_url(app.conf.broker_url, socket_connect_timeout=SABAR, socket_timeout=SABAR) as klien:
        return bool(klien.exists(kunci_detak()))


BAGIAN: dict[str, Callable[[], bool]] = {"worker": worker, "beat": beat}


def utama(nama: str) -> int:
    """Return the exit code, and say in one line why it is not 0: `docker inspect` shows it."""
    try:
        hidup = BAGIAN[nama]()
    except Exception as galat:  # noqa: BLE001 - whatever it is, the part does not answer
        print(f"{nama}: {type(galat).__name__}")
        return 1
    if not hidup:
        print(f"{nama}: no answer")
    return int(not hidup)


if __name__ == "__main__":
    sys.exit(utama(sys.argv[1]))
