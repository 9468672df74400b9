"""The web server's worker: a request takes a thread only when the whole of it is here.

A phone on a bad line stops in the middle and says nothing more. gunicorn's own worker would wait for the rest in a
thread, and eight such phones would be the whole server. Here its main loop collects the bytes, as a front server
does, and closes a connection that stays silent.
"""

import errno
import gc
import re
import selectors
import socket
import time
from functools import partial
from typing import Any

from gunicorn.workers.gthread import TConn, ThreadWorker

# Seconds without a byte after which a connection is given up.
SABAR = 30
# What is collected of one request; Django refuses a larger one by its announced length (DATA_UPLOAD_MAX_MEMORY_SIZE).
PALING_BESAR = 3 * 1024 * 1024
KEPALA_TERBESAR = 64 * 1024
SEKALI_BACA = 64 * 1024
PANJANG = re.compile(rb"\r\ncontent-length:[ \t]*(\d{1,12})[ \t]*\r\n", re.IGNORECASE)
# New objects until the garbage collector looks at the young ones: a request makes some thousands, hardly any in
# circles, and with Python's 700 the looking costs a tenth of the processor (docs/ukur.md).
SAMPAH = 20_000
# Bodies of unknown length, and clients that wait for a word before they send: the thread reads those itself.
TAK_TERDUGA = re.compile(rb"\r\n(transfer-encoding|expect):", re.IGNORECASE)


def lengkap(isi: bytes) -> bool:
    """Say whether a thread can take this request without waiting for the client."""
    akhir = isi.find(b"\r\n\r\n")
    if akhir < 0:
        return len(isi) > KEPALA_TERBESAR
    kepala = isi[: akhir + 2]
    if TAK_TERDUGA.search(kepala):
        return True
    panjang = PANJANG.search(kepala)
    return len(isi) - akhir - 4 >= min(int(panjang[1]) if panjang else 0, PALING_BESAR)


class PekerjaWeb(ThreadWorker):
    """gunicorn's threaded worker, but nobody waits for a slow client and garbage is looked for less often."""

    def load_wsgi(self) -> None:
        """Load the product, and never again look for garbage in what lives as long as the process."""
        super().load_wsgi()
        gc.collect()
        gc.freeze()
        gc.set_threshold(SAMPAH, 10, 10)

    def accept(self, listener: socket.socket) -> None:
        """Take a connection and wait for its first request in the main loop."""
        try:
            sock, alamat = listener.accept()
        except OSError as galat:
            if galat.errno not in {errno.EAGAIN, errno.ECONNABORTED, errno.EWOULDBLOCK}:
                raise
            return
        self.nr_conns += 1
        self._tunggu(TConn(self.cfg, sock, alamat, listener.getsockname()))

    def on_client_socket_readable(self, conn: TConn, client: socket.socket) -> None:
        """The next request begins on a kept-alive connection."""
        self.poller.unregister(client)
        self.keepalived_conns.remove(conn)
        self._tunggu(conn)
        self.on_pending_socket_readable(conn, client)

    def on_pending_socket_readable(self, conn: TConn, client: socket.socket) -> None:
        """More of a request arrived; give it to a thread when it is whole."""
        try:
            potong = conn.sock.recv(SEKALI_BACA)
        except BlockingIOError:
            return
        except OSError:
            potong = b""
        conn.terkumpul += potong
        self.pending_conns.remove(conn)
        siap = lengkap(conn.terkumpul)
        if potong and not siap:
            self._beri_waktu(conn)
            return
        self.poller.unregister(client)
        if siap:
            self._serahkan(conn)
        else:
            self.nr_conns -= 1
            conn.close()

    def _tunggu(self, conn: TConn) -> None:
        conn.terkumpul = b""
        self._beri_waktu(conn)
        baca: Any = partial(self.on_pending_socket_readable, conn)
        self.poller.register(conn.sock, selectors.EVENT_READ, baca)

    def _beri_waktu(self, conn: TConn) -> None:
        # Last in the row: the base class closes from its front whoever's time is over.
        conn.timeout = time.monotonic() + SABAR
        self.pending_conns.append(conn)

    def _serahkan(self, conn: TConn) -> None:
        conn.init()
        conn.parser.unreader.unread(conn.terkumpul)
        conn.terkumpul, conn.data_ready = b"", True
        self.enqueue_req(conn)
