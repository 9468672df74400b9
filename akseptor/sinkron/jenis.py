"""Kinds of records. An app above registers its own in `ready()`; this one never imports it."""

from collections.abc import Callable

from akseptor.sinkron.kiriman import Kiriman
from akseptor.sinkron.tanda import Tanda
from kader.models import Pengguna

Penangan = Callable[[Kiriman], Tanda]
Hitung = Callable[[Pengguna], int]
PENANGAN: dict[str, Penangan] = {}
HITUNG: dict[str, Hitung] = {}


def daftarkan(nama: str, penangan: Penangan, *, hitung: Hitung | None = None) -> None:
    """Say who takes records of a kind and counts hers. Called once per kind while the product starts."""
    PENANGAN[nama] = penangan
    if hitung:
        HITUNG[nama] = hitung


def jumlah_diterima(oleh: Pengguna) -> int:
    """Return how many records of hers the server has, of every kind: the phone's "diterima server"."""
    return sum(hitung(oleh) for hitung in HITUNG.values())
