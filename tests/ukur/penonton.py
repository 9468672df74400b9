"""Open dashboards by the hundred in one event loop: each asks as static/js/dasbor/hidup.js does."""

import asyncio
import contextlib
import gzip
import random
import re
import threading
import time
from dataclasses import dataclass, field

from tests.ukur.klien import PANJANG
from tests.ukur.panggung import HOST

# The pause of static/js/dasbor/hidup.js.
JEDA = 1.5
ETAG = re.compile(rb"\r\netag: *([^\r]+)", re.IGNORECASE)
TERCATAT = re.compile(r'id="tercatat">(?:<[^>]*>)*([\d.]+)<')


@dataclass
class Penonton:
    """So many who watch one area. `lihat`: for each, when it saw which number; `lama`: seconds per answer."""

    port: int
    banyak: int
    karcis: str
    etag: str
    tercatat: int = 0
    lama: list[float] = field(default_factory=list)
    putus: int = 0
    status: dict[int, int] = field(default_factory=dict)
    lihat: list[list[tuple[float, int]]] = field(default_factory=list)

    @contextlib.contextmanager
    def menonton(self) -> "contextlib.AbstractContextManager[None]":
        """Watch while the block runs, in a thread beside it."""
        putaran = asyncio.new_event_loop()
        self.lihat = [[] for _ in range(self.banyak)]

        def jalan() -> None:
            asyncio.set_event_loop(putaran)
            tugas = [putaran.create_task(self._satu(n)) for n in range(self.banyak)]
            with contextlib.suppress(asyncio.CancelledError):
                putaran.run_until_complete(asyncio.gather(*tugas))

        utas = threading.Thread(target=jalan)
        utas.start()
        try:
            yield
        finally:
            putaran.call_soon_threadsafe(lambda: [t.cancel() for t in asyncio.all_tasks(putaran)])
            utas.join()
            putaran.close()

    async def _satu(self, n: int) -> None:
        etag = self.etag
        baca, tulis = None, None
        await asyncio.sleep(random.random() * JEDA)
        try:
            while True:
                try:
                    if tulis is None or tulis.is_closing():
                        baca, tulis = await asyncio.open_connection(HOST, self.port)
                    awal = time.perf_counter()
                    tulis.write(
                        f"GET /dasbor/hidup/ HTTP/1.1\r\nHost: {HOST}:{self.port}\r\nX-Karcis: {self.karcis}\r\n"
                        f"If-None-Match: {etag}\r\nAccept-Encoding: gzip\r\n\r\n".encode()
                    )
                    kepala = await baca.readuntil(b"\r\n\r\n")
                    panjang = PANJANG.search(kepala)
                    isi = await baca.readexactly(int(panjang[1])) if panjang else b""
                except (asyncio.IncompleteReadError, OSError):
                    # The server closed a connection that had been idle: ask again on a new one.
                    if tulis:
                        tulis.close()
                    self.putus += 1
                    continue
                self.lama.append(time.perf_counter() - awal)
                status = int(kepala[9:12])
                self.status[status] = self.status.get(status, 0) + 1
                if status == 200:
                    etag = ETAG.search(kepala)[1].decode()
                    html = gzip.decompress(isi).decode() if b"gzip" in kepala.lower() else isi.decode()
                    self.lihat[n].append((time.perf_counter(), int(TERCATAT.search(html)[1].replace(".", ""))))
                if b"\r\nconnection: close" in kepala.lower():
                    tulis.close()
                await asyncio.sleep(JEDA)
        finally:
            if tulis:
                tulis.close()


def jeda_tampil(simpan: list[float], awal: int, lihat: list[tuple[float, int]]) -> list[float]:
    """Return for each save, in order, the seconds until a number was seen that holds it; those never seen are left out."""
    hasil, urut = [], 0
    for n, saat in enumerate(sorted(simpan), start=1):
        while urut < len(lihat) and lihat[urut][1] < awal + n:
            urut += 1
        if urut == len(lihat):
            break
        hasil.append(max(0.0, lihat[urut][0] - saat))
    return hasil
