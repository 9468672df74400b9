"""Settings of gunicorn, wherever the product runs: `gunicorn poskb.wsgi -c python:poskb.jalankan.web --bind ...`.

How many processes and threads comes from the environment; nothing else differs between a laptop and a data centre.
"""

import os
from typing import Any

from poskb.jalankan import pamit
from poskb.jalankan.proses import ikut_mati

workers = int(os.environ.get("POSKB_WEB_PROSES") or 2)
threads = int(os.environ.get("POSKB_WEB_UTAS") or 4)
worker_class = "poskb.jalankan.pekerja.PekerjaWeb"
# On stopping, answers that are being made get so long (`make run` gives them one second).
graceful_timeout = 30
# Behind a socket that systemd holds, connections wait here while one process makes way for the next.
backlog = 2048
control_socket_disable = True


def when_ready(server: Any) -> None:
    """Several web hosts are exchanged one after the other; each takes its leave from the front server first."""
    pamit.pasang(server)


def post_fork(server: Any, worker: Any) -> None:
    """A process whose master was killed leaves at once: until then it keeps the address from the next master."""
    ikut_mati()
