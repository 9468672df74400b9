"""Steps of a migration with `atomic = False`: each may be cut off at any moment, and all of them be run again.

Such a migration is written down as done only after its last step. Killed before, it begins again from its first, so
every step looks whether it is done already (`dapat_diulang`; tests/operasi/test_migrasi_diulang.py asks for it).
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import OperationalError, connection, migrations, transaction
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

COBA = 20
# Long enough for a moment without long queries, short enough that nobody waits behind the waiting lock.
TUNGGU = "2s"
INDEKS = """
SELECT i.indisvalid, format('%%I.%%I', n.nspname, c.relname) FROM pg_index i
JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relname = %s AND n.nspname = current_schema()
"""


def sebentar(*perintah: str) -> None:
    """Run statements that lock a table, together, when nobody is in the way. Raises OperationalError after COBA."""
    for sisa in reversed(range(COBA)):
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("; ".join([f"SET LOCAL lock_timeout = '{TUNGGU}'", *perintah]))
        except OperationalError:
            if not sisa:
                raise
            time.sleep(0.5)
        else:
            return


class BuatIndeks(AddIndexConcurrently):
    """AddIndexConcurrently that finds it made, or throws away the half of it that an interruption left."""

    dapat_diulang = True

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        with _tanpa_batas(schema_editor):
            if not _ada(schema_editor, self.index.name):
                super().database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        with _tanpa_batas(schema_editor):
            super().database_backwards(app_label, schema_editor, from_state, to_state)


class HapusIndeks(RemoveIndexConcurrently):
    """RemoveIndexConcurrently, which by itself may be repeated, with the same way back as BuatIndeks."""

    dapat_diulang = True

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        with _tanpa_batas(schema_editor):
            super().database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        with _tanpa_batas(schema_editor):
            if not _ada(schema_editor, self.name):
                super().database_backwards(app_label, schema_editor, from_state, to_state)


class TambahKolom(migrations.AddField):
    """AddField that finds the column there."""

    dapat_diulang = True

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        model = to_state.apps.get_model(app_label, self.model_name)
        kolom = model._meta.get_field(self.name).column
        if schema_editor.collect_sql or kolom not in _kolom(schema_editor, model._meta.db_table):
            super().database_forwards(app_label, schema_editor, from_state, to_state)


class Berulang(migrations.RunPython):
    """RunPython whose code was written to be repeated: it takes up what is left to do."""

    dapat_diulang = True


class BerulangSQL(migrations.RunSQL):
    """RunSQL likewise, in a transaction of its own: what a text sets for itself (`SET LOCAL`) ends with it."""

    dapat_diulang = True
    atomic = True


def _ada(schema_editor: BaseDatabaseSchemaEditor, nama: str) -> bool:
    """Tell whether an index is there and whole; half of one is removed."""
    if schema_editor.collect_sql:
        return False
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(INDEKS, [nama])
        baris = cursor.fetchone()
        if baris and not baris[0]:
            cursor.execute(f"DROP INDEX CONCURRENTLY {baris[1]}")
        return bool(baris and baris[0])


def _kolom(schema_editor: BaseDatabaseSchemaEditor, tabel: str) -> set[str]:
    with schema_editor.connection.cursor() as cursor:
        return {k.name for k in schema_editor.connection.introspection.get_table_description(cursor, tabel)}


@contextmanager
def _tanpa_batas(schema_editor: BaseDatabaseSchemaEditor) -> Iterator[None]:
    """CONCURRENTLY holds nobody back and may wait as long as it likes (`migrate` gives every other step an end)."""
    if schema_editor.collect_sql:
        yield
        return
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        (lama,) = cursor.fetchone()
        cursor.execute("SET lock_timeout = 0")
        yield
        cursor.execute("SELECT set_config('lock_timeout', %s, false)", [lama])
