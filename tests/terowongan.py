"""A TCP proxy before the product: the bad line between a phone and the server, as a test wants it."""

import contextlib
import random
import socket
import threading
from urllib.parse import urlsplit

LEWAT, MATI, PUTUS_TENGAH, TELAN_JAWABAN = "lewat", "mati", "putus_tengah", "telan_jawaban"


class Terowongan:
    """`url` leads to the product. `keadaan` rules every new connection; `acak` draws one of several each time."""

    def __init__(self, tujuan: str) -> None:
        bagian = urlsplit(tujuan)
        self.tujuan = (bagian.hostname, bagian.port)
        self.telinga = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.telinga.getsockname()[1]}"
        self.keadaan: list[str] = [LEWAT]
        self.undi = random.Random(1831)
        self.hitung = dict.fromkeys((LEWAT, MATI, PUTUS_TENGAH, TELAN_JAWABAN), 0)
        self.buka: set[socket.socket] = set()
        threading.Thread(target=self._dengar, daemon=True).start()

    def atur(self, *keadaan: str) -> None:
        """From now on: one of these for each connection. Open connections end, as they do when a signal goes."""
        self.keadaan = list(keadaan)
        for s in list(self.buka):
            self._tutup(s)

    def hentikan(self) -> None:
        """Close for good."""
        # Closing alone leaves the thread in `accept` for ever.
        with contextlib.suppress(OSError):
            self.telinga.shutdown(socket.SHUT_RDWR)
        self.telinga.close()
        self.atur(MATI)

    def _dengar(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                hp, _ = self.telinga.accept()
                threading.Thread(target=self._layani, args=(hp,), daemon=True).start()

    def _layani(self, hp: socket.socket) -> None:
        cara = self.undi.choice(self.keadaan)
        self.hitung[cara] += 1
        self.buka.add(hp)
        if cara == MATI:
            self._tutup(hp)
            return
        try:
            server = socket.create_connection(self.tujuan, timeout=10)
        except OSError:
            self._tutup(hp)
            return
        self.buka.add(server)
        naik = threading.Thread(
            target=self._salin, args=(hp, server, 700 if cara == PUTUS_TENGAH else None), daemon=True
        )
        naik.start()
        if cara == TELAN_JAWABAN:
            # The server has written it; the phone never hears of it.
            with contextlib.suppress(OSError):
                server.settimeout(15)
                server.recv(1)
            self._tutup(hp, server)
            return
        self._salin(server, hp, None)

    def _salin(self, dari: socket.socket, ke: socket.socket, batas: int | None) -> None:
        lewat = 0
        with contextlib.suppress(OSError):
            while isi := dari.recv(65536):
                if batas is not None and lewat + len(isi) > batas:
                    ke.sendall(isi[: batas - lewat])
                    break
                ke.sendall(isi)
                lewat += len(isi)
        self._tutup(dari, ke)

    def _tutup(self, *soket: socket.socket) -> None:
        for s in soket:
            self.buka.discard(s)
            with contextlib.suppress(OSError):
                s.shutdown(socket.SHUT_RDWR)
            s.close()
