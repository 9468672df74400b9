"""Pictures for tests: of any size, held any way, with a place in them, and things that only look like pictures."""

import base64
import io
import random
import struct
import zlib

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

ORIENTASI, GPS = 0x0112, 0x8825
MERAH, BIRU = (200, 30, 30), (30, 30, 200)


def foto(lebar: int = 1600, tinggi: int = 1200, *, jenis: str = "JPEG", **simpan: object) -> bytes:
    """The left half red, the right half blue."""
    gambar = Image.new("RGB", (lebar, tinggi), MERAH)
    ImageDraw.Draw(gambar).rectangle((lebar // 2, 0, lebar, tinggi), fill=BIRU)
    hasil = io.BytesIO()
    gambar.save(hasil, jenis, **simpan)
    return hasil.getvalue()


def ramai(lebar: int = 4000, tinggi: int = 3000) -> bytes:
    """One that does not compress well, as a real one."""
    derau = Image.frombytes("RGB", (lebar // 8, tinggi // 8), random.Random(7).randbytes(lebar * tinggi * 3 // 64))
    hasil = io.BytesIO()
    derau.resize((lebar, tinggi), Image.Resampling.BICUBIC).save(hasil, "JPEG", quality=92)
    return hasil.getvalue()


def dengan_exif(orientasi: int = 1, *, tempat: bool = False) -> bytes:
    """With EXIF: how it was held, and where."""
    exif = Image.Exif()
    exif[ORIENTASI] = orientasi
    exif[0x010F] = "HP Karangan"
    if tempat:
        exif.get_ifd(GPS)[1] = "S"
        exif.get_ifd(GPS)[2] = (6.0, 33.0, 24.0)
    return foto(800, 600, exif=exif, comment=b"rumah Bu Siti")


def bom(sisi: int = 60_000) -> bytes:
    """A PNG of some hundred bytes that says it is `sisi` pixels high and wide."""

    def potong(nama: bytes, isi: bytes) -> bytes:
        return struct.pack(">I", len(isi)) + nama + isi + struct.pack(">I", zlib.crc32(nama + isi))

    kepala = struct.pack(">IIBBBBB", sisi, sisi, 8, 2, 0, 0, 0)
    isi = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + potong(b"IHDR", kepala) + potong(b"IDAT", isi) + potong(b"IEND", b"")


def berkas(isi: bytes, nama: str = "foto.jpg") -> SimpleUploadedFile:
    """As a page posts it."""
    return SimpleUploadedFile(nama, isi, content_type="image/jpeg")


def teks(isi: bytes) -> str:
    """As a phone sends it."""
    return base64.b64encode(isi).decode()


def buka(isi: bytes) -> Image.Image:
    """Read it again."""
    gambar = Image.open(io.BytesIO(isi))
    gambar.load()
    return gambar


def warna(gambar: Image.Image, x: float, y: float) -> str:
    """Which half is at this place (0 to 1)."""
    merah, _, biru = gambar.getpixel((int(x * (gambar.width - 1)), int(y * (gambar.height - 1))))
    return "merah" if merah > biru else "biru"
