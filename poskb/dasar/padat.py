"""Compressed pages of which a large part was compressed before: only what differs from visitor to visitor costs time.

A gzip body is a row of blocks; a part that was flushed whole refers to nothing before it, so it may stand in any page.
"""

import secrets
import struct
import zlib
from dataclasses import dataclass

# Raw blocks without a frame of their own.
BLOK = -15
TINGKAT = 6
# Magic number, deflate, a file name follows, no time, no hints.
KEPALA = b"\x1f\x8b\x08\x08\0\0\0\0\0\xff"
# A name of random length hides how long the rest is (BREACH): as Django's own GZipMiddleware does it.
ACAK = 100


@dataclass(frozen=True)
class Bagian:
    """A part of a page, as it is and as blocks."""

    isi: bytes
    blok: bytes


def padatkan(isi: bytes, *, akhir: bool = False) -> Bagian:
    """Compress a part; `akhir`: nothing comes after it."""
    alat = zlib.compressobj(TINGKAT, zlib.DEFLATED, BLOK)
    return Bagian(isi, alat.compress(isi) + alat.flush(zlib.Z_FINISH if akhir else zlib.Z_FULL_FLUSH))


def gabungkan(*bagian: Bagian) -> bytes:
    """Return one gzip body of parts in this order, the last of them compressed as `akhir`."""
    jumlah = panjang = 0
    for b in bagian:
        jumlah, panjang = zlib.crc32(b.isi, jumlah), panjang + len(b.isi)
    nama = secrets.token_urlsafe(ACAK)[: secrets.randbelow(ACAK) + 1].encode() + b"\0"
    return b"".join([KEPALA, nama, *(b.blok for b in bagian), struct.pack("<LL", jumlah, panjang & 0xFFFFFFFF)])
