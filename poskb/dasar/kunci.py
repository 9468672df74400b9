"""Locks that live as long as a transaction."""

from zlib import crc32

from django.db import connection


def kunci_transaksi(*nama: str) -> None:
    """Wait for the advisory locks of these names, one after the other, and hold them until the transaction ends.

    Raises RuntimeError outside a transaction, where the lock would be gone before its first use.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("kunci_transaksi needs a transaction")
    with connection.cursor() as cursor:
        # One statement for all; a function that changes something runs row by row, in the order of the array.
        cursor.execute(
            "SELECT pg_advisory_xact_lock(kunci, 1831) FROM unnest(%s) AS kunci",
            [[crc32(n.encode()) - 2**31 for n in nama]],
        )
