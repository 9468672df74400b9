"""Readings of people's data, in the history: one INSERT each.

What counts as reading one person: her page, the form of her record, her door on a visit, her history and printed
copy. A page of names or a file of names is one line that lists whose (`orang`). A kader reads her own desa all day and
her phone asks at every contact, so hers are written at most once an hour for each page and person; those of everybody
else always.
"""

import datetime as dt
import uuid
from collections.abc import Collection
from typing import Any

from django.db import connection

from kader.actions import susun_jejak
from kader.enums import Peran
from kader.models import Jejak, Pengguna
from poskb.dasar.waktu import sekarang

MEMBACA, MELIHAT_DAFTAR, KE_HP = "membuka", "melihat daftar", "mengambil daftar ke HP"
# NIK, phone and address uncovered: written at every press, also a kader's.
MELIHAT_RAHASIA = "lihat_rahasia"
# What is a reading and no change: left out where people look for what changed.
PEMBACAAN = (MEMBACA, MELIHAT_DAFTAR, KE_HP, "melihat catatan capaian", MELIHAT_RAHASIA)
JEDA = dt.timedelta(hours=1)


class Halaman:
    """A page of many, for the history: `nama` is the name of its route."""

    class _meta:  # noqa: N801  (what `susun_jejak` asks of a row)
        model_name = "halaman"

    def __init__(self, nama: str) -> None:
        self.pk = nama


def catat_baca(oleh: Pengguna, tindakan: str, objek: Any, **isi: Any) -> None:
    """Write a reading (`kader.actions.susun_jejak`), once: a kader's again only after an hour. One statement."""
    jejak = susun_jejak(oleh, tindakan, objek, **isi)
    medan = [f for f in Jejak._meta.concrete_fields if f.name not in {"id", "transaksi", "ditulis_pada"}]
    nilai = [f.get_db_prep_save(f.pre_save(jejak, add=True), connection) for f in medan]
    # The placeholders carry the casts that a SELECT needs.
    kolom = ", ".join(f'"{f.column}"' for f in medan)
    tempat = ", ".join(f"%s::{f.db_type(connection)}" for f in medan)
    perintah = f"INSERT INTO kader_jejak ({kolom}) SELECT {tempat}"
    if oleh.peran == Peran.KADER:
        kini = sekarang()
        perintah += (
            " WHERE NOT EXISTS (SELECT 1 FROM kader_jejak WHERE jenis = %s AND kunci = %s AND tindakan = %s"
            " AND oleh_id = %s AND pada > %s AND pada <= %s)"
        )
        nilai += [jejak.jenis, jejak.kunci, tindakan, oleh.pk, kini - JEDA, kini]
    with connection.cursor() as cursor:
        cursor.execute(perintah, nilai)


def catat_baca_daftar(
    oleh: Pengguna, nama: str, orang: Collection[uuid.UUID], *, tindakan: str = MELIHAT_DAFTAR
) -> None:
    """Write that a page with these persons' names was shown; nobody on it, nothing to write."""
    if orang:
        unik = list(dict.fromkeys(orang))
        catat_baca(oleh, tindakan, Halaman(nama), orang=unik, perubahan={"jumlah": [None, len(unik)]})
