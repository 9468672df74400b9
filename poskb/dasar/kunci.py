"""Locks that live as long as a transaction."""

from zlib import crc32

from django.db import connection


def kunci_transaksi(nama: str) -> None:
    """Wait for the advisory lock of that name and hold it until the transaction ends.

    Raises RuntimeError outside a transaction, where the lock would be gone before its first use.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("kunci_transaksi needs a transaction")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, 1831)", [crc32(nama.encode()) - 2**31])
