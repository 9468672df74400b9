"""Kinds of records. An app above registers its own in `ready()`; this one never imports it."""

from collections.abc import Callable

from akseptor.sinkron.kiriman import Kiriman
from akseptor.sinkron.tanda import Tanda

Penangan = Callable[[Kiriman], Tanda]
PENANGAN: dict[str, Penangan] = {}


def daftarkan(nama: str, penangan: Penangan) -> None:
    """Say who takes records of a kind. Called once per kind while the product starts."""
    PENANGAN[nama] = penangan
