"""A small front server: it spreads connections over the web hosts that answer /sehat/web/, as deploy/caddy does."""

import asyncio
import contextlib
import threading
import time

from tests.ukur.panggung import HOST

TANYA = 1.0
SABAR = 2.0


class Pintu:
    """`port` leads to the web hosts. `layan`: connections per host; `turun`: when one was found dead."""

    def __init__(self, hulu: list[tuple[str, int]]) -> None:
        self.hulu = hulu
        self.hidup: dict[tuple[str, int], bool] = dict.fromkeys(hulu, True)
        self.layan = dict.fromkeys(hulu, 0)
        self.turun: dict[tuple[str, int], float] = {}
        self._buka: dict[tuple[str, int], set[asyncio.StreamWriter]] = {h: set() for h in hulu}
        self._giliran = 0
        siap = threading.Event()
        self._loop = asyncio.new_event_loop()
        self._utas = threading.Thread(target=self._jalan, args=(siap,), daemon=True)
        self._utas.start()
        siap.wait(10)

    def hentikan(self) -> None:
        """Close."""
        self._loop.call_soon_threadsafe(lambda: [t.cancel() for t in asyncio.all_tasks(self._loop)])
        self._utas.join(5)

    def _jalan(self, siap: threading.Event) -> None:
        asyncio.set_event_loop(self._loop)

        async def mulai() -> None:
            server = await asyncio.start_server(self._layani, HOST, 0, backlog=512)
            self.port = server.sockets[0].getsockname()[1]
            siap.set()
            await asyncio.gather(*(self._jaga(h) for h in self.hulu))

        with contextlib.suppress(asyncio.CancelledError):
            self._loop.run_until_complete(mulai())

    async def _jaga(self, hulu: tuple[str, int]) -> None:
        while True:
            baik = await self._tanya(hulu)
            if self.hidup[hulu] and not baik:
                self.turun[hulu] = time.monotonic()
                # Whoever waits for an answer from it waits in vain: let her try again at once.
                for satu in list(self._buka[hulu]):
                    satu.close()
            self.hidup[hulu] = baik
            await asyncio.sleep(TANYA)

    async def _tanya(self, hulu: tuple[str, int]) -> bool:
        tulis = None
        try:
            async with asyncio.timeout(SABAR):
                baca, tulis = await asyncio.open_connection(*hulu)
                tulis.write(f"GET /sehat/web/ HTTP/1.1\r\nHost: {HOST}\r\nConnection: close\r\n\r\n".encode())
                return b" 200 " in await baca.readline()
        except (OSError, TimeoutError):
            return False
        finally:
            if tulis:
                tulis.close()

    def _calon(self) -> list[tuple[str, int]]:
        self._giliran += 1
        putar = self.hulu[self._giliran % len(self.hulu) :] + self.hulu[: self._giliran % len(self.hulu)]
        return sorted(putar, key=lambda h: not self.hidup[h])

    async def _layani(self, hp: asyncio.StreamReader, ke_hp: asyncio.StreamWriter) -> None:
        for hulu in self._calon():
            try:
                async with asyncio.timeout(SABAR):
                    server, ke_server = await asyncio.open_connection(*hulu)
                break
            except (OSError, TimeoutError):
                continue
        else:
            ke_hp.close()
            return
        self.layan[hulu] += 1
        self._buka[hulu].add(ke_hp)
        try:
            await asyncio.gather(self._salin(hp, ke_server), self._salin(server, ke_hp))
        finally:
            self._buka[hulu].discard(ke_hp)

    async def _salin(self, dari: asyncio.StreamReader, ke: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while isi := await dari.read(65536):
                ke.write(isi)
                await ke.drain()
        with contextlib.suppress(OSError, RuntimeError):
            ke.close()
