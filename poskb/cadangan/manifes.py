"""What a dump says of itself: version, migrations, and for every table how many rows and the sum of their hashes."""

import json
from collections.abc import Iterator
from typing import Any

from psycopg2 import sql

from poskb import VERSION

# A row's text must not depend on who reads it, and a policy that would hide rows must fail instead.
CARA_BACA = (
    "SET LOCAL TimeZone = 'UTC'; SET LOCAL DateStyle = 'ISO, YMD'; SET LOCAL IntervalStyle = 'postgres';"
    " SET LOCAL bytea_output = 'hex'; SET LOCAL extra_float_digits = 1; SET LOCAL row_security = off;"
    " SET LOCAL search_path = pg_catalog"
)
TABEL = """
SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'r' AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\\_%'
ORDER BY 1, 2
"""
# Who is named in grants and policies: roles belong to the server, not to the database, and no dump holds them.
PERAN = """
SELECT DISTINCT r.rolname, r.rolinherit, r.rolbypassrls FROM pg_shdepend d
JOIN pg_database b ON b.datname = current_database()
  AND (b.oid = d.dbid OR d.dbid = 0 AND d.classid = 'pg_database'::regclass AND d.objid = b.oid)
JOIN pg_roles r ON r.oid = d.refobjid
WHERE d.refclassid = 'pg_authid'::regclass AND d.deptype IN ('a', 'r') AND r.rolname NOT LIKE 'pg\\_%' ORDER BY 1
"""
# What is granted on the database itself stands in no dump of it. Empty name: everybody.
HAK = """
SELECT coalesce(r.rolname, ''), x.privilege_type FROM pg_database d, aclexplode(d.datacl) x
LEFT JOIN pg_roles r ON r.oid = x.grantee
WHERE d.datname = current_database() AND x.grantee <> d.datdba ORDER BY 1, 2
"""
# The sum does not care in which order rows lie; equal rows count twice.
JUMLAH = "SELECT count(*), coalesce(sum(hashtextextended(t::text, 0)::numeric), 0)::text FROM {}.{} AS t"
PANJANG = 4


def potret(kursor: Any) -> dict[str, list[Any]]:
    """Return for each table "schema.name" [rows, sum of hashes], as this transaction sees them."""
    kursor.execute(CARA_BACA)
    kursor.execute(TABEL)
    hasil = {}
    for skema, nama in kursor.fetchall():
        kursor.execute(sql.SQL(JUMLAH).format(sql.Identifier(skema), sql.Identifier(nama)))
        hasil[f"{skema}.{nama}"] = list(kursor.fetchone())
    return hasil


def buat(kursor: Any, *, dibuat: str, server: int, alat: int) -> dict[str, Any]:
    """Return the manifest of a database, in the transaction of `kursor`."""
    tabel = potret(kursor)
    kursor.execute(PERAN)
    peran = [dict(zip(("nama", "inherit", "bypassrls"), baris, strict=True)) for baris in kursor.fetchall()]
    kursor.execute("SELECT datacl IS NULL FROM pg_database WHERE datname = current_database()")
    hak = None
    if not kursor.fetchone()[0]:
        kursor.execute(HAK)
        hak = [list(baris) for baris in kursor.fetchall()]
    migrasi = []
    if "public.django_migrations" in tabel:
        kursor.execute("SELECT app, name FROM public.django_migrations ORDER BY id")
        migrasi = [list(baris) for baris in kursor.fetchall()]
    return {
        "produk": VERSION,
        "dibuat": dibuat,
        "postgres": server,
        "pg_dump": alat,
        "migrasi": migrasi,
        "peran": peran,
        "hak": hak,
        "tabel": tabel,
    }


def bungkus(manifes: dict[str, Any]) -> bytes:
    """Return the manifest as it stands before the dump: its length, then JSON."""
    isi = json.dumps(manifes, ensure_ascii=False).encode()
    return len(isi).to_bytes(PANJANG, "big") + isi


def pisahkan(potongan: Iterator[bytes]) -> tuple[dict[str, Any], Iterator[bytes]]:
    """Take the manifest off the front of a stream; return it and the rest."""
    isi = b""
    for satu in potongan:
        isi += satu
        if len(isi) >= PANJANG and len(isi) >= PANJANG + int.from_bytes(isi[:PANJANG], "big"):
            break
    akhir = PANJANG + int.from_bytes(isi[:PANJANG], "big")

    def sisa() -> Iterator[bytes]:
        yield isi[akhir:]
        yield from potongan

    return json.loads(isi[PANJANG:akhir]), sisa()


def beda(dulu: dict[str, list[Any]], kini: dict[str, list[Any]]) -> list[str]:
    """Return a line per table that is not the same."""
    kata = []
    for nama in sorted(dulu | kini):
        a, b = dulu.get(nama), kini.get(nama)
        if a != b:
            dulu_, kini_ = (satu[0] if satu else "tidak ada" for satu in (a, b))
            kata.append(f"{nama}: {dulu_} baris dalam cadangan, {kini_} di sini")
    return kata
