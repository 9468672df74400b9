"""New rows of several tables in one trip to the database."""

from collections.abc import Sequence
from typing import Any

from django.db import connection, models


def sisip(*kelompok: Sequence[models.Model]) -> None:
    """Insert rows, the groups in this order: a statement for each, all sent together, in the caller's transaction.

    Each group holds rows of one table. The keys that the database gives are not read back.
    """
    perintah: list[str] = []
    nilai: list[Any] = []
    for baris in filter(None, kelompok):
        meta = baris[0]._meta
        medan = [f for f in meta.concrete_fields if f is not meta.auto_field]
        kolom = ", ".join(f'"{f.column}"' for f in medan)
        satu = f"({', '.join(['%s'] * len(medan))})"
        # The names are those of our own models.
        perintah.append(f'INSERT INTO "{meta.db_table}" ({kolom}) VALUES {", ".join([satu] * len(baris))}')  # noqa: S608
        for b in baris:
            nilai += [f.get_db_prep_save(f.pre_save(b, add=True), connection) for f in medan]
            b._state.adding, b._state.db = False, connection.alias
    if perintah:
        with connection.cursor() as cursor:
            cursor.execute("; ".join(perintah), nilai)
