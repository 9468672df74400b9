"""Every secret column of every table under the first key, while the product works (docs/rahasia.md).

A row is read, written anew in memory and put back only if its ciphertext is still the one that was read: a save of the
same moment wins, and the next round finds it already done, or does it. Rows that somebody holds are passed over, so
nobody waits for this and no two wait in a circle. Nothing else of a row is touched: versions, history and what an
approved report locks stay. A Fernet token does not name its key, so what is under an old one is found by opening it
with the first key alone; the last round, in which nothing had to be written, is therefore the proof.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from cryptography.fernet import InvalidToken
from django.apps import apps
from django.db import connection, models, transaction

from akseptor.rahasia import BitaRahasia, IndeksButa, TeksRahasia, sandi, sandi_utama

PUTARAN_TERBANYAK = 6
# Between two rounds: who held a row in one is, as a rule, done with it before the next.
JEDA_PUTARAN = 0.5
# Rows at a time: texts are small, files may have 20 MB each.
SEKALI, SEKALI_BERKAS = 500, 4
NAMA_KUNCI = "poskb.putar_kunci"
# Read by the trigger that locks photos of an approved month (laporan, migration 0017): the same photo, another key.
TANDA = "SELECT set_config('poskb.putar_kunci', 'ya', true)"


@dataclass(frozen=True)
class Tabel:
    """The secret columns of one table and the blind indexes beside them."""

    model: type[models.Model]
    rahasia: Sequence[models.Field]
    indeks: Sequence[IndeksButa]

    @property
    def medan(self) -> list[models.Field]:
        """All columns that this reads: secret ones first."""
        return [*self.rahasia, *self.indeks]

    @property
    def sekali(self) -> int:
        """How many rows are read at a time."""
        return SEKALI_BERKAS if any(isinstance(f, BitaRahasia) for f in self.rahasia) else SEKALI


@dataclass
class Hasil:
    """What one round found. `perlu`: rows under an old key or index, `diganti`: of these written anew.

    `rusak`: keys of rows that no configured key opens; `tak_cocok`: of rows whose index was that of another text.
    """

    dilihat: int = 0
    perlu: int = 0
    diganti: int = 0
    rusak: list[str] = field(default_factory=list)
    tak_cocok: list[str] = field(default_factory=list)


def tabel_rahasia() -> list[Tabel]:
    """Return every table with a secret column, of all apps, found by the class of the column."""
    hasil = []
    for model in apps.get_models(include_auto_created=True):
        medan = [] if model._meta.proxy or not model._meta.managed else model._meta.local_concrete_fields
        rahasia = [f for f in medan if isinstance(f, TeksRahasia | BitaRahasia)]
        if rahasia:
            hasil.append(Tabel(model, rahasia, [f for f in medan if isinstance(f, IndeksButa)]))
    return hasil


def putar(
    tabel: Tabel, *, tulis: bool = True, jeda: float = 0.0, lapor: Callable[[Hasil], None] = lambda hasil: None
) -> Hasil:
    """Go through a table once, in the order of its keys. `tulis`: whether to write or only to look.

    `jeda`: seconds to leave the database to others after each batch that wrote; `lapor` is called after each batch.
    """
    hasil = Hasil()
    for baris in _baca(tabel):
        hasil.dilihat += len(baris)
        ganti = [(satu, baru) for satu in baris if (baru := _baru(tabel, satu, hasil)) is not None]
        hasil.perlu += len(ganti)
        if ganti and tulis:
            hasil.diganti += _tulis(tabel, ganti)
            time.sleep(jeda)
        lapor(hasil)
    return hasil


def _baca(tabel: Tabel) -> Iterator[list[tuple]]:
    """Batches of (key, columns as they stand in the database), by key: no offset, no long transaction."""
    kunci = tabel.model._meta.pk
    kolom = ", ".join(f'"{f.column}"' for f in [kunci, *tabel.medan])
    # The names are those of our own models.
    mulai = f'SELECT {kolom} FROM "{tabel.model._meta.db_table}"'  # noqa: S608
    akhir: Any = None
    while True:
        sesudah = "" if akhir is None else f' WHERE "{kunci.column}" > %s'
        with connection.cursor() as cursor:
            nilai = [tabel.sekali] if akhir is None else [akhir, tabel.sekali]
            cursor.execute(f'{mulai}{sesudah} ORDER BY "{kunci.column}" LIMIT %s', nilai)
            baris = cursor.fetchall()
        if not baris:
            return
        yield baris
        akhir = baris[-1][0]


def _baru(tabel: Tabel, baris: tuple, hasil: Hasil) -> list[Any] | None:
    """The columns as they should stand; None when they do, or when no key opens them."""
    lama = list(baris[1:])
    baru, terbuka = [], {}
    for medan, isi in zip(tabel.rahasia, lama, strict=False):
        try:
            sandinya, teks = _segarkan(isi)
        except InvalidToken:
            hasil.rusak.append(f"{tabel.model._meta.label} {baris[0]} {medan.name}")
            return None
        baru.append(sandinya)
        terbuka[medan.name] = teks
    for medan, isi in zip(tabel.indeks, lama[len(tabel.rahasia) :], strict=True):
        semua = medan.semua(terbuka[medan.dari].decode())
        if isi not in semua and (semua or isi is not None):
            hasil.tak_cocok.append(f"{tabel.model._meta.label} {baris[0]} {medan.name}")
        # An index without its text is said and left: what it should be nobody knows.
        baru.append(semua[0] if semua else isi)
    return baru if baru != [bytes(n) if isinstance(n, memoryview) else n for n in lama] else None


def _segarkan(isi: Any) -> tuple[Any, bytes]:
    """(ciphertext under the first key, what it says); the same ciphertext when it is that already."""
    if not isi:
        return isi, b""
    token = isi.encode() if isinstance(isi, str) else bytes(isi)
    try:
        return (isi if isinstance(isi, str) else token), sandi_utama().decrypt(token)
    except InvalidToken:
        teks = sandi().decrypt(token)
    token = sandi_utama().encrypt(teks)
    return (token.decode() if isinstance(isi, str) else token), teks


def _tulis(tabel: Tabel, ganti: Sequence[tuple[tuple, list[Any]]]) -> int:
    """Put rows back whose columns are still those that were read and that nobody holds; return how many."""
    meta, kunci = tabel.model._meta, tabel.model._meta.pk
    macam = [kunci.db_type(connection), *(f.db_type(connection) for f in tabel.medan)]
    # varchar(64)[] is no type of a parameter's array that psycopg2 could misread; text is the same to Postgres.
    macam = ["text" if m.startswith("varchar") else m for m in macam]
    kolom = [f.column for f in tabel.medan]
    nama = ["k", *(f"lama{i}" for i in range(len(kolom))), *(f"baru{i}" for i in range(len(kolom)))]
    larik = [[baris[0] for baris, _ in ganti]]
    larik += [[_nilai(baris[i + 1]) for baris, _ in ganti] for i in range(len(kolom))]
    larik += [[_nilai(baru[i]) for _, baru in ganti] for i in range(len(kolom))]
    sama = " AND ".join(f't."{k}" IS NOT DISTINCT FROM v.lama{i}' for i, k in enumerate(kolom))
    isi = ", ".join(f'"{k}" = v.baru{i}' for i, k in enumerate(kolom))
    parameter = ", ".join(f"%s::{m}[]" for m in [*macam, *macam[1:]])
    # The names are those of our own models.
    perintah = f"""
        WITH bebas AS (
          SELECT "{kunci.column}" AS k FROM "{meta.db_table}"
          WHERE "{kunci.column}" = ANY(%s::{macam[0]}[]) FOR NO KEY UPDATE SKIP LOCKED
        )
        UPDATE "{meta.db_table}" AS t SET {isi}
        FROM unnest({parameter}) AS v({", ".join(nama)}) JOIN bebas USING (k)
        WHERE t."{kunci.column}" = v.k AND {sama}
    """  # noqa: S608
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(TANDA)
        cursor.execute(perintah, [larik[0], *larik])
        return cursor.rowcount


def _nilai(isi: Any) -> Any:
    return connection.Database.Binary(bytes(isi)) if isinstance(isi, bytes | memoryview) else isi
