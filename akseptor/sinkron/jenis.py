"""Kinds of records. An app above registers its own in `ready()`; this one never imports it."""

from collections.abc import Callable, Mapping

from django.db import connection, models

from akseptor.sinkron.kiriman import PANJANG, Kiriman
from akseptor.sinkron.tanda import Tanda
from kader.models import Pengguna

Penangan = Callable[[Kiriman], Tanda]
PENANGAN: dict[str, Penangan] = {}
DIHITUNG: dict[str, type[models.Model]] = {}


def daftarkan(
    nama: str,
    penangan: Penangan,
    *,
    hitung: type[models.Model] | None = None,
    panjang: Mapping[str, int] | None = None,
) -> None:
    """Say who takes records of a kind, and which table holds them (`dicatat_oleh` says whose they are).

    `panjang`: fields that may be longer than text is. Called once per kind while the product starts.
    """
    PENANGAN[nama] = penangan
    PANJANG.update({(nama, medan): n for medan, n in (panjang or {}).items()})
    if hitung:
        DIHITUNG[nama] = hitung


def jumlah_diterima(oleh: Pengguna) -> int:
    """Return how many records of hers the server has, of every kind: the phone's "diterima server".

    One question, by hand: every sync ends with it. What she sent from a desa that was hers once is among them, so the
    database counts beyond her area, by a function that tells nothing else (kader/baris/kebijakan.py).
    """
    per_jenis = [f"baris_jumlah_dicatat('{model._meta.db_table}', %(oleh)s)" for model in DIHITUNG.values()]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {' + '.join(per_jenis)}", {"oleh": oleh.pk})
        return int(cursor.fetchone()[0])
