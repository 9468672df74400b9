"""What many ask at the same moment is made once: a memory of this process that forgets quickly."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any


class _Isian:
    """One remembered answer. Who makes it holds the lock; who comes meanwhile waits for it."""

    def __init__(self) -> None:
        self.kunci = threading.Lock()
        self.sampai = 0.0
        self.cap: Hashable = None
        self.nilai: Any = None
        self.galat: Exception | None = None


class Sekejap:
    """Answers by key, for `umur` seconds or until `paling_banyak` younger keys came.

    A failure is remembered as long as an answer: a database that is away is not asked by everybody in turn.
    """

    semua: "list[Sekejap]" = []

    def __init__(self, umur: float, paling_banyak: int = 256) -> None:
        self.umur, self.paling_banyak = umur, paling_banyak
        self._isi: OrderedDict[Hashable, _Isian] = OrderedDict()
        self._kunci = threading.Lock()
        self.semua.append(self)

    def ambil(self, kunci: Hashable, buat: Callable[[], Any], cap: Hashable = None) -> Any:
        """Return what `buat` returned lately for this key; ask it when that is too long ago. Raises what it raised.

        `cap`: the version that is wanted; an answer of another one is replaced, so that old versions take no room.
        """
        isian = self._isian(kunci)
        with isian.kunci:
            if time.monotonic() >= isian.sampai or isian.cap != cap:
                try:
                    isian.nilai, isian.galat = buat(), None
                except Exception as galat:  # noqa: BLE001 - raised below, for this one and for those who wait
                    isian.nilai, isian.galat = None, galat
                isian.sampai, isian.cap = time.monotonic() + self.umur, cap
            if isian.galat:
                raise isian.galat.with_traceback(None)
            return isian.nilai

    def lupakan(self) -> None:
        """Forget everything."""
        with self._kunci:
            self._isi.clear()

    def _isian(self, kunci: Hashable) -> _Isian:
        with self._kunci:
            isian = self._isi.setdefault(kunci, _Isian())
            self._isi.move_to_end(kunci)
            while len(self._isi) > self.paling_banyak:
                self._isi.popitem(last=False)
            return isian
