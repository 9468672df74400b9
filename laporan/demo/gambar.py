"""Drawn pictures for the demo's activities: rooms, a poster, chairs. Nobody is on them."""

import io
from collections.abc import Callable

from PIL import Image, ImageDraw

from laporan.kegiatan.foto import rapikan
from laporan.kegiatan.isian import Foto

UKURAN = (1200, 900)
DINDING, LANTAI, KERTAS = "#efe6d3", "#c9a27a", "#fdfaf3"
DAUN, GENTING, EMAS, ARANG = "#0e4f45", "#cf7542", "#e0b04c", "#4a4038"
Kuas = ImageDraw.ImageDraw


def gambar(nama: str) -> Foto:
    """Return a picture by its name in GAMBAR, as an uploaded photo is kept."""
    kanvas = Image.new("RGB", UKURAN, DINDING)
    kuas = ImageDraw.Draw(kanvas)
    kuas.rectangle((0, 610, 1200, 900), fill=LANTAI)
    kuas.rectangle((0, 596, 1200, 610), fill=ARANG)
    GAMBAR[nama](kuas)
    hasil = io.BytesIO()
    kanvas.save(hasil, "PNG")
    return rapikan(hasil.getvalue())


def _poster(kuas: Kuas, x: int, y: int, lebar: int, tinggi: int) -> None:
    kuas.rounded_rectangle((x, y, x + lebar, y + tinggi), 14, fill=KERTAS, outline=DAUN, width=8)
    kuas.rectangle((x + 8, y + 8, x + lebar - 8, y + tinggi // 5), fill=DAUN)
    tengah, jari = x + lebar // 3, tinggi // 6
    kuas.ellipse((tengah - jari, y + tinggi // 2 - jari, tengah + jari, y + tinggi // 2 + jari), fill=GENTING)
    for baris in range(4):
        atas = y + tinggi // 3 + baris * tinggi // 8
        kuas.rounded_rectangle((x + lebar * 3 // 5, atas, x + lebar - 40, atas + 14), 7, fill=EMAS)


def _kursi(kuas: Kuas, x: int, y: int, warna: str) -> None:
    kuas.rounded_rectangle((x, y, x + 120, y + 110), 16, fill=warna)
    kuas.rounded_rectangle((x - 8, y + 104, x + 128, y + 136), 12, fill=warna)
    for kaki in (x + 4, x + 104):
        kuas.rectangle((kaki, y + 136, kaki + 12, y + 196), fill=ARANG)


def _penyuluhan(kuas: Kuas) -> None:
    _poster(kuas, 360, 90, 480, 400)
    for n in range(6):
        _kursi(kuas, 60 + 190 * n, 600, DAUN if n % 2 else GENTING)


def _pertemuan(kuas: Kuas) -> None:
    _poster(kuas, 90, 120, 300, 260)
    kuas.rectangle((520, 110, 1080, 400), fill="#cfe3e6", outline=ARANG, width=10)
    kuas.line((800, 110, 800, 400), fill=ARANG, width=8)
    for x in (250, 470, 690, 910):
        _kursi(kuas, x, 520, GENTING)
    kuas.rounded_rectangle((140, 640, 1120, 710), 14, fill="#8a5a35")
    for kaki in (190, 1040):
        kuas.rectangle((kaki, 710, kaki + 30, 870), fill="#6f4629")
    for x in (330, 560, 800):
        kuas.rounded_rectangle((x, 600, x + 130, 642), 6, fill=KERTAS, outline=ARANG, width=3)


GAMBAR: dict[str, Callable[[Kuas], None]] = {"penyuluhan": _penyuluhan, "pertemuan": _pertemuan}
