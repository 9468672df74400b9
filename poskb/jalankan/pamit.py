"""A web server that is told to stop says so first: it answers on, but asks the front server for nothing more.

Once it stops listening, connections that the kernel had taken for it are cut off. A front server repeats a GET
elsewhere then; a POST it cannot, since nobody knows whether it was read: under load some ended with a 502.
So for POSKB_WEB_PAMIT seconds /sehat/web/ says 503 while everything else is served, and only then does gunicorn stop.
"""

import mmap
import os
import signal
from types import FrameType
from typing import Any

DETIK = int(os.environ.get("POSKB_WEB_PAMIT") or 0)
# One byte in memory that the master shares with the processes it forks.
_tanda = mmap.mmap(-1, 1)


def sedang() -> bool:
    """Say whether this web server is taking its leave."""
    return _tanda[0] == 1


def pasang(server: Any) -> None:
    """Put the leave before gunicorn's own TERM, in its master; a second TERM does not shorten it."""
    if not DETIK:
        return

    def pamit(_nomor: int, _bingkai: FrameType | None) -> None:
        if not sedang():
            _tanda[0] = 1
            signal.alarm(DETIK)

    def selesai(_nomor: int, bingkai: FrameType | None) -> None:
        server.signal(signal.SIGTERM, bingkai)

    signal.signal(signal.SIGALRM, selesai)
    signal.signal(signal.SIGTERM, pamit)
