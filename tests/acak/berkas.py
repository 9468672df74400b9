"""Files of every wrong kind, and a few right ones."""

import io
import struct
import zlib
from functools import cache

from hypothesis import strategies as st
from PIL import Image

NAMA = [
    "foto.jpg",
    "",
    "a.exe",
    "../../x",
    "x" * 300,
    "cadangan.poskb",
    "foto\x00.jpg",
    'a"b.png',
    "😀.jpg",
    ".",
    "con",
]
JENIS = ["image/jpeg", "image/png", "", "text/html", "application/json", "x", "image/svg+xml", "multipart/form-data"]


def gambar(jenis: str = "JPEG", ukuran: tuple[int, int] = (32, 24), mode: str = "RGB") -> bytes:
    """Return a small picture."""
    hasil = io.BytesIO()
    Image.new(mode, ukuran).save(hasil, jenis)
    return hasil.getvalue()


def png_raksasa() -> bytes:
    """Return the head of a picture of 60,000 by 60,000 points: a few bytes that would become gigabytes."""

    def ruas(nama: bytes, isi: bytes) -> bytes:
        return struct.pack(">I", len(isi)) + nama + isi + struct.pack(">I", zlib.crc32(nama + isi))

    kepala = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + ruas(b"IHDR", kepala) + ruas(b"IDAT", zlib.compress(bytes(1000))) + ruas(b"IEND", b"")
    )


@cache
def contoh() -> tuple[bytes, ...]:
    """Return whole files."""
    foto = gambar()
    return (
        *(
            b"",
            b"\x00",
            b"x" * 10_000,
            b"{}",
            b"[]",
            b"null",
            b"%PDF-1.7",
            b"PK\x03\x04",
            b"<svg xmlns='x'/>",
            b"GIF89a",
        ),
        *(foto, foto[:-20], foto[:100], foto + b"<script>", foto[:200] + bytes(100) + foto[300:]),
        *(
            gambar("PNG"),
            gambar("PNG", mode="RGBA"),
            gambar("PNG", mode="P"),
            gambar("PNG", mode="I;16"),
            gambar("GIF"),
        ),
        *(
            gambar("BMP"),
            gambar("WEBP"),
            gambar("TIFF"),
            gambar("JPEG", mode="CMYK"),
            gambar("JPEG", (1, 1)),
            png_raksasa(),
        ),
        gambar("JPEG", (4000, 10)),
    )


@st.composite
def berkas(draw: st.DrawFn, lain: list[bytes]) -> tuple[str, str, bytes]:
    """Return name, type and content; `lain` are contents that this route knows."""
    isi = draw(st.one_of(st.sampled_from([*lain, *contoh()]), st.binary(max_size=200)))
    if draw(st.integers(0, 5)) == 5 and isi:
        letak = draw(st.integers(0, len(isi) - 1))
        isi = isi[:letak] + draw(st.binary(min_size=1, max_size=4)) + isi[letak + 1 :]
    return draw(st.sampled_from(NAMA)), draw(st.sampled_from(JENIS)), isi
