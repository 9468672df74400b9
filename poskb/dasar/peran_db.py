"""Which database role a process acts as: the web sees the rows of one area, the worker all rows, neither the schema.

The roles have no password of their own: whoever signs in to the database (`DATABASE_URL`) takes one of them on with
SET ROLE (Django's `assume_role`), which fails where it was not granted. Roles belong to the whole cluster, so several
databases (products, test processes) share them; their prefix is a setting. docs/keamanan-basis-data.md.
"""

import os
import re
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, connection, connections

WEB, PEKERJA, PEMILIK = "web", "pekerja", "pemilik"
VARIABEL = "POSKB_PERAN_DB"
# Commands that change the schema, or read and write the database as a whole. Every other one is the worker.
PERINTAH_PEMILIK = frozenset(
    "cadangkan check collectstatic dbshell flush makemigrations migrate peran_basis_data pulihkan showmigrations "
    "siapkan sqlmigrate test".split()
)


def peran_perintah(argv: list[str]) -> str:
    """Return the role of a command of manage.py."""
    perintah = argv[1] if len(argv) > 1 else ""
    return WEB if perintah == "runserver" else PEMILIK if perintah in PERINTAH_PEMILIK else PEKERJA


def pilih_peran(argv: list[str]) -> None:
    """Say, before the settings are read, which role a command acts as; the environment may say otherwise."""
    os.environ.setdefault(VARIABEL, peran_perintah(argv))


def nama_peran(peran: str) -> str:
    """Return the name of the database role."""
    return f"{settings.AWALAN_PERAN}_{peran}"


def pakai(peran: str) -> None:
    """Let every later connection of this process act as a role; those that are open are closed."""
    settings.PERAN_DB = peran
    if settings.GANTI_PERAN:
        for satu in connections.settings.values():
            satu["OPTIONS"]["assume_role"] = None if peran == PEMILIK else nama_peran(peran)
    connections.close_all()


TERLIHAT = """
SELECT current_user,
       count(*) FILTER (WHERE relrowsecurity),
       count(*) FILTER (WHERE relrowsecurity AND row_security_active(oid)),
       count(*) FILTER (WHERE has_table_privilege(oid, 'TRUNCATE')),
       EXISTS (SELECT FROM pg_roles WHERE rolname = %s AND pg_has_role(current_user, oid, 'USAGE'))
FROM pg_class WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace
"""


def kekurangan() -> str:
    """Return why this process must not work on its database as it is; "" when it may.

    Raises OperationalError when the database does not answer.
    """
    peran = settings.PERAN_DB
    if peran == PEMILIK:
        return ""
    try:
        with connection.cursor() as cursor:
            cursor.execute(TERLIHAT, [nama_peran(peran)])
            siapa, berpagar, terpagar, dikosongkan, anggota = cursor.fetchone()
    except OperationalError:
        raise
    except Exception as galat:  # noqa: BLE001 - SET ROLE was refused: whatever the code, nobody may go on
        return f"cannot act as the database role {nama_peran(peran)}: {str(galat).strip()}"
    if not berpagar:
        return "no table has row-level security: run `manage.py migrate`"
    if peran == WEB and terpagar < berpagar:
        return f"the database role {siapa} is not held by row-level security"
    if terpagar and not anggota:
        return f"the database role {siapa} is not a member of {nama_peran(peran)}, so it would see nothing"
    return f"the database role {siapa} may TRUNCATE" if dikosongkan else ""


def pastikan() -> None:
    """Stop a process that would work unprotected (or blind). A database that is away now is asked at its next use:
    SET ROLE stands in front of every connection. Raises ImproperlyConfigured."""
    try:
        kurang = kekurangan()
    except OperationalError:
        return
    finally:
        connections.close_all()
    if kurang:
        raise ImproperlyConfigured(f"{kurang} (docs/keamanan-basis-data.md).")


def sql_peran(untuk: str = "") -> str:
    """Return the statements that make the roles and let a login (empty: who runs them) take them on; safe to repeat,
    and for several databases of one cluster at the same moment. Raises ValueError for what is no plain name."""
    if untuk and not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_.-]*", untuk):
        raise ValueError("no plain name of a login")
    sql = (Path(__file__).parent / "peran_db.sql").read_text()
    return sql.replace("'poskb_", f"'{settings.AWALAN_PERAN}_").replace("untuk text := ''", f"untuk text := '{untuk}'")
