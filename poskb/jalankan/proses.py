"""Small things about processes that the launcher and the tests share."""

import contextlib
import ctypes
import signal
import socket
import sys
import time
from collections.abc import Callable

PR_SET_PDEATHSIG = 1


class Berhenti(Exception):
    """The start cannot go on; the message is the sentence that the terminal shows."""


def ucap(kalimat: str = "") -> None:
    """Say a line on the terminal; a terminal that was closed meanwhile must not stop us from cleaning up."""
    with contextlib.suppress(OSError):
        print(kalimat, flush=True)


def ikut_mati() -> None:
    """For preexec_fn: be told to stop when the parent dies, even by `kill -9`, and take Ctrl-C as usual.

    Linux only; elsewhere the next start clears what was left (`sisa`).
    """
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def tunggu(syarat: Callable[[], bool], *, detik: float, jeda: float = 0.1) -> bool:
    """Wait until the condition holds; return whether it did in time."""
    batas = time.monotonic() + detik
    while not syarat():
        if time.monotonic() > batas:
            return False
        time.sleep(jeda)
    return True


def port_bebas(host: str, port: int) -> bool:
    """Tell whether a server could listen there now. Port 0 asks nothing."""
    with socket.socket() as sock:
        # As servers do: the lingering of a stopped server's connections is no reason to refuse.
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            sock.bind((host, port))
        except OSError:
            return False
        return True


def cari_port(host: str = "127.0.0.1") -> int:
    """Return a free port."""
    with socket.socket() as sock:
        sock.bind((host, 0))
        return int(sock.getsockname()[1])
