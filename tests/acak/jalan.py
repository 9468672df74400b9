"""The walk along one route: so many inputs, what came back, and every fault with the smallest input that shows it."""

import time
import zlib
from collections import Counter
from dataclasses import dataclass, field

from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.acak.kirim import Masukan, asal, kirim
from tests.acak.masukan import Peracik
from tests.acak.panggung import Panggung
from tests.acak.rute import Rute
from tests.acak.survei import Peta

# The answers of which none was the view's own: not here, not for you, not in this way.
BUKAN_VIEW = {301, 404, 405}


@dataclass
class Temuan:
    """A fault: what, where, and the input to send again."""

    galat: str
    tempat: str
    masukan: Masukan

    def __str__(self) -> str:
        return f"{self.galat}\n    at {self.tempat}\n    by {self.masukan}"


@dataclass
class Hasil:
    """What one route answered."""

    pola: str
    status: Counter[int] = field(default_factory=Counter)
    terakhir: int = 0
    detik: float = 0.0
    terlama: tuple[float, str] = (0.0, "")
    temuan: dict[tuple[str, str], Temuan] = field(default_factory=dict)

    @property
    def banyak(self) -> int:
        """How many inputs were answered, faults included."""
        return self.status.total()

    @property
    def sampai(self) -> bool:
        """Whether the view itself answered at least once."""
        return any(s not in BUKAN_VIEW for s in self.status)


def jalani(rute: Rute, panggung: Panggung, peta: Peta, banyak: int, benih: int) -> Hasil:
    """Send `banyak` inputs to a route. The same seed gives the same inputs on the same product."""
    hasil, awal = Hasil(rute.pola), time.perf_counter()
    peracik = Peracik(rute, panggung, peta)
    for cara in rute.cara:
        if cara in {"GET", "POST"}:
            _coba_biasa(hasil, panggung, peracik, cara)

    # The first that hypothesis draws has nothing wrong in it: that was sent above.
    sudah = iter([True])

    @seed(zlib.crc32(f"{benih} {rute.pola}".encode()))
    @settings(
        max_examples=banyak,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate, Phase.shrink],
    )
    @given(peracik.semua())
    def acak(masukan: Masukan) -> None:
        if next(sudah, False):
            return
        if galat := _coba(hasil, panggung, masukan):
            raise galat

    try:
        acak()
    except Exception:
        # Every fault stands in `temuan`, as the last and smallest input that shrinking left; anything else is ours.
        if not hasil.temuan:
            raise
    hasil.detik = time.perf_counter() - awal
    return hasil


def _coba_biasa(hasil: Hasil, panggung: Panggung, peracik: Peracik, cara: str) -> None:
    """Send what a browser would send, so that the view is met at least once; learn an address to which no page led."""
    for masukan in peracik.biasa(cara):
        _coba(hasil, panggung, masukan)
        if hasil.terakhir not in BUKAN_VIEW:
            peracik.kenali(masukan)
            return


def _coba(hasil: Hasil, panggung: Panggung, masukan: Masukan) -> Exception | None:
    try:
        jawaban = kirim(panggung, masukan)
    except Exception as galat:  # noqa: BLE001 - whatever it is, the product answered it with 500
        hasil.terakhir = 500
        hasil.status[500] += 1
        satu = Temuan(*asal(galat), masukan)
        hasil.temuan[type(galat).__name__, satu.tempat] = satu
        return galat
    hasil.terakhir = jawaban.status
    hasil.status[jawaban.status] += 1
    hasil.terlama = max(hasil.terlama, (jawaban.detik, f"{masukan.siapa}: {masukan.cara} {masukan.alamat[:120]}"))
    return None
