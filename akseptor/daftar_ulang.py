"""The list of what must be ended again after a restore: `KEY HOUR` was erased, `KEY HOUR tarik` withdrew.

Written and read by manage.py hapus_lagi; other words behind a key say nothing.
"""

import datetime as dt
import sys
import uuid
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.dateparse import parse_datetime

TARIK = "tarik"


@dataclass
class Daftar:
    """What a list says: the keys that were erased; the keys that withdrew, and when."""

    hapus: set[uuid.UUID] = field(default_factory=set)
    tarik: dict[uuid.UUID, dt.datetime] = field(default_factory=dict)


def baca_daftar(berkas: str) -> Daftar:
    """Return what the lines of a file say, "-" is the standard input; empty lines and those with # are passed over.

    Raises ValueError with a sentence for a file that cannot be read, a word that is no key, or a withdrawal without
    its hour: half a list would look like a whole.
    """
    try:
        teks = sys.stdin.read() if berkas == "-" else Path(berkas).read_text()
    except (OSError, UnicodeDecodeError) as galat:
        raise ValueError(f"Berkas {berkas} tidak terbaca: {galat}") from galat
    daftar = Daftar()
    for nomor, baris in enumerate(teks.splitlines(), 1):
        kata = baris.split("#")[0].split()
        try:
            _tambah(daftar, kata)
        except ValueError:
            raise ValueError(f"Baris {nomor} bukan nomor catatan. Belum ada yang diubah.") from None
    return daftar


def _tambah(daftar: Daftar, kata: list[str]) -> None:
    """Add a line. Raises ValueError for one that says nothing."""
    if not kata:
        return
    kunci = uuid.UUID(kata[0])
    if kata[-1] != TARIK:
        daftar.hapus.add(kunci)
        return
    saat = parse_datetime(kata[1])
    if saat is None or saat.tzinfo is None:
        raise ValueError(kata[1])
    daftar.tarik[kunci] = saat
