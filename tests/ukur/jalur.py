"""A bad line: a TCP proxy with the rate and the round trip of a village, for page and service worker alike.

Chromium's own throttling does not reach the worker and knows no connection set-up; this one shapes whatever passes.
"""

import asyncio
import contextlib
import threading
import time

POTONG = 1400  # bytes, about one packet


class JalurLambat:
    """`url` leads to the product. `naik` and `turun` count bytes; `ada` False refuses new connections."""

    def __init__(self, host: str, port: int, *, kbit: int = 400, bolak_balik: float = 0.4) -> None:
        self.tujuan = (host, port)
        self.laju, self.setengah = kbit * 1000 / 8, bolak_balik / 2
        self.naik = self.turun = 0
        self.terakhir = 0.0
        self.ada = True
        self._bebas = {"naik": 0.0, "turun": 0.0}
        siap = threading.Event()
        self._loop = asyncio.new_event_loop()
        threading.Thread(target=self._jalan, args=(siap,), daemon=True).start()
        siap.wait(10)

    def _jalan(self, siap: threading.Event) -> None:
        asyncio.set_event_loop(self._loop)

        async def mulai() -> None:
            server = await asyncio.start_server(self._layani, "127.0.0.1", 0)
            self.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
            siap.set()

        self._loop.run_until_complete(mulai())
        self._loop.run_forever()

    def nol(self) -> None:
        """Start counting anew."""
        self.naik = self.turun = 0

    def tunggu_sepi(self, detik: float = 2.0, paling_lama: float = 60.0) -> None:
        """Wait until nothing has passed for so long."""
        batas = time.monotonic() + paling_lama
        while time.monotonic() < batas and time.monotonic() - self.terakhir < detik:
            time.sleep(0.1)

    async def _layani(self, hp: asyncio.StreamReader, ke_hp: asyncio.StreamWriter) -> None:
        if not self.ada:
            ke_hp.close()
            return
        # SYN and SYN-ACK.
        await asyncio.sleep(2 * self.setengah)
        try:
            server, ke_server = await asyncio.open_connection(*self.tujuan)
        except OSError:
            ke_hp.close()
            return
        await asyncio.gather(self._pompa("naik", hp, ke_server), self._pompa("turun", server, ke_hp))

    async def _pompa(self, arah: str, dari: asyncio.StreamReader, ke: asyncio.StreamWriter) -> None:
        """Both directions share their link among all connections; what has left it arrives half a round trip later."""
        antre: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()

        async def antar() -> None:
            with contextlib.suppress(OSError):
                while True:
                    tiba, isi = await antre.get()
                    await asyncio.sleep(max(0.0, tiba - time.monotonic()))
                    if not isi:
                        break
                    ke.write(isi)
                    await ke.drain()
            with contextlib.suppress(OSError, RuntimeError):
                ke.close()

        pengantar = asyncio.ensure_future(antar())
        with contextlib.suppress(OSError):
            while isi := await dari.read(POTONG):
                kini = self.terakhir = time.monotonic()
                self._bebas[arah] = max(kini, self._bebas[arah]) + len(isi) / self.laju
                setattr(self, arah, getattr(self, arah) + len(isi))
                antre.put_nowait((self._bebas[arah] + self.setengah, isi))
                # No more in the air than the link can carry: the reader waits for its turn.
                await asyncio.sleep(max(0.0, self._bebas[arah] - kini - 0.05))
        antre.put_nowait((time.monotonic(), b""))
        await pengantar
