"""Django's `migrate`, but nobody waits for it: neither the people who work meanwhile nor a second host that starts.

`ALTER TABLE` asks for the table alone. While it waits behind one long query, every other query queues behind it, and
the product stands still. So each attempt waits `MIGRASI_TUNGGU` milliseconds at most, steps back and tries again. Each
migration is a transaction of its own, or made of steps that may be repeated (poskb/dasar/migrasi.py): what is done
stays done, also after a kill. Two hosts that start together take turns.
"""

import time
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import DEFAULT_DB_ALIAS, OperationalError, connections
from django.db.backends.base.base import BaseDatabaseWrapper

GILIRAN = 18310608
LOCK_NOT_AVAILABLE = "55P03"
JEDA_TERPENDEK, JEDA_TERPANJANG = 0.2, 5.0
# What an interrupted CREATE INDEX CONCURRENTLY leaves: it answers no query, slows every save, and its name is taken.
# One that is being built just now, by an administrator, is not that.
INDEKS_RUSAK = """
SELECT format('%I.%I', n.nspname, c.relname) FROM pg_index i
JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE NOT i.indisvalid AND c.relkind = 'i' AND n.nspname = current_schema()
  AND NOT EXISTS (SELECT FROM pg_stat_progress_create_index p WHERE p.relid = i.indrelid)
"""


class Command(migrate.Command):
    """The same options; exit code 1 with a sentence when a table was never free."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Take the turn, then try until it is done."""
        koneksi = connections[options.get("database") or DEFAULT_DB_ALIAS]
        with koneksi.cursor() as kursor:
            # A session's lock: it ends with the process, whatever ends that.
            kursor.execute("SELECT pg_advisory_lock(%s)", [GILIRAN])
        self._koneksi = koneksi
        try:
            if not (options.get("check_unapplied") or options.get("plan")):
                # Of a process that was killed: nobody else will.
                _buang_indeks_rusak(koneksi)
            self._ulangi(*args, **options)
        finally:
            if koneksi.is_usable():
                with koneksi.cursor() as kursor:
                    kursor.execute("RESET lock_timeout")
                    kursor.execute("SELECT pg_advisory_unlock(%s)", [GILIRAN])

    def _ulangi(self, *args: Any, **options: Any) -> None:
        jeda = JEDA_TERPENDEK
        for sisa in reversed(range(settings.MIGRASI_PERCOBAAN)):
            try:
                super().handle(*args, **options)
            except OperationalError as galat:
                if getattr(galat.__cause__, "pgcode", None) != LOCK_NOT_AVAILABLE or self._koneksi.in_atomic_block:
                    raise
                if not sisa:
                    raise CommandError(
                        "Migrasi menunggu tabel yang terus dipakai dan berhenti tanpa mengganggu. Yang sudah selesai "
                        "tetap. Ulangi di jam sepi; pg_stat_activity menunjukkan siapa yang memegangnya."
                    ) from None
                self.stderr.write(f"Tabel sedang dipakai; dicoba lagi dalam {jeda:.1f} detik.")
                time.sleep(jeda)
                jeda = min(jeda * 1.5, JEDA_TERPANJANG)
                _buang_indeks_rusak(self._koneksi)
            else:
                return

    def migration_progress_callback(self, action: str, migration: Any = None, fake: bool = False) -> None:  # noqa: FBT001, FBT002
        """Before each migration say how long a step of it may wait (what blocks nobody takes its time: `migrasi`)."""
        super().migration_progress_callback(action, migration, fake)
        if action in {"apply_start", "unapply_start"}:
            with self._koneksi.cursor() as kursor:
                kursor.execute("SELECT set_config('lock_timeout', %s, false)", [f"{settings.MIGRASI_TUNGGU}ms"])


def _buang_indeks_rusak(koneksi: BaseDatabaseWrapper) -> None:
    with koneksi.cursor() as kursor:
        kursor.execute(INDEKS_RUSAK)
        for (nama,) in kursor.fetchall():
            kursor.execute(f"DROP INDEX CONCURRENTLY {nama}")
