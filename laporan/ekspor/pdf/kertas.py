"""Paper: letters, rules, heads, page numbers. Everything that is drawn goes through here."""

import io
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, NextPageTemplate, PageBreak, PageTemplate, Paragraph

from poskb.dasar.angka import angka as tulis_angka
from poskb.dasar.karangan import tanda_karangan

# The base fonts of every PDF reader and printer: digits of one width, nothing to embed.
BIASA, TEBAL = "Helvetica", "Helvetica-Bold"
TEPI, TEPI_ATAS, TEPI_BAWAH = 16 * mm, 23.5 * mm, 13 * mm
KELABU = colors.Color(0.92, 0.92, 0.92)
GARIS = colors.Color(0.35, 0.35, 0.35)

TEKS = ParagraphStyle("teks", fontName=BIASA, fontSize=8.5, leading=11)
KECIL = ParagraphStyle("kecil", TEKS, fontSize=7.5, leading=9.5)
KEPALA = ParagraphStyle("kepala", TEKS, fontName=TEBAL, fontSize=7.5, leading=9, alignment=TA_CENTER)
ANGKA = ParagraphStyle("angka", TEKS, alignment=TA_RIGHT)
NAMA = ParagraphStyle("nama", TEKS, fontName=TEBAL)
BAGIAN = ParagraphStyle("bagian", TEKS, fontName=TEBAL, fontSize=10.5, leading=13, spaceBefore=4, spaceAfter=2)
TENGAH = ParagraphStyle("tengah", TEKS, alignment=TA_CENTER)


def huruf(teks: str) -> str:
    """Return the text in letters that the base fonts have; a rare letter loses its mark rather than its place."""
    return "".join(c if _ada(c) else unicodedata.normalize("NFKD", c)[0] for c in teks if c.isprintable() or c == "\n")


def _ada(c: str) -> bool:
    try:
        c.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True


def tulis(teks: object, gaya: ParagraphStyle = TEKS) -> Paragraph:
    """Return words as they are: whatever a person typed is never read as markup."""
    return Paragraph(escape(huruf(str(teks))).replace("\n", "<br/>"), gaya)


def angka(nilai: int | None) -> str:
    """Write a number as people do here: 1.250; a blank as a dash."""
    return "–" if nilai is None else tulis_angka(nilai).replace("-", "−")


@dataclass(frozen=True)
class Kop:
    """What stands on every page of one document: title, lines under it, and a mark in a box (or none)."""

    judul: str
    baris: tuple[str, ...]
    tanda: str = ""


@dataclass(frozen=True)
class Naskah:
    """One document: its head and what follows."""

    kop: Kop
    isi: list[Flowable]


class KanvasBernomor(Canvas):
    """Numbers the pages of each document by itself: "Halaman 1 dari 2"."""

    naskah = 0
    kaki = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._halaman: list[dict[str, Any]] = []

    def showPage(self) -> None:  # noqa: N802  (reportlab's name)
        """Keep the page until it is known how many there are."""
        self._halaman.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        """Write every page with its number."""
        semua = [h["naskah"] for h in self._halaman]
        urut: dict[int, int] = {}
        for halaman in self._halaman:
            self.__dict__.update(halaman)
            nomor = urut[self.naskah] = urut.get(self.naskah, 0) + 1
            lebar = self._pagesize[0]
            self.setFont(BIASA, 7.5)
            self.drawString(TEPI, 9 * mm, huruf(self.kaki))
            self.drawRightString(lebar - TEPI, 9 * mm, f"Halaman {nomor} dari {semua.count(self.naskah)}")
            super().showPage()
        super().save()


def cetak(
    naskah: Sequence[Naskah],
    *,
    judul: str,
    kaki: str,
    rebah: bool = False,
    maju: Callable[[int, int], None] | None = None,
) -> bytes:
    """Return the PDF of one document after the other, each beginning on a new page. `rebah`: landscape."""
    keluar = io.BytesIO()
    ukuran = landscape(A4) if rebah else A4
    tinggi = ukuran[1] - TEPI_ATAS - TEPI_BAWAH
    bingkai = Frame(TEPI, TEPI_BAWAH, ukuran[0] - 2 * TEPI, tinggi, 0, 0, 0, 0)

    def kepala(nomor: int, kop: Kop) -> Callable[[KanvasBernomor, Any], None]:
        def gambar(kanvas: KanvasBernomor, _dokumen: Any) -> None:
            kanvas.naskah, kanvas.kaki = nomor, kaki
            _gambar_kop(kanvas, kop, ukuran)
            if maju:
                maju(nomor + 1, len(naskah))

        return gambar

    dokumen = BaseDocTemplate(keluar, pagesize=ukuran, title=judul, author="Pos KB", lang="id-ID")
    dokumen.addPageTemplates(
        [PageTemplate(f"n{i}", [bingkai], onPage=kepala(i, n.kop), pagesize=ukuran) for i, n in enumerate(naskah)]
    )
    dokumen.build(_susun(naskah), canvasmaker=KanvasBernomor)
    return keluar.getvalue()


def _susun(naskah: Sequence[Naskah]) -> list[Flowable]:
    cerita: list[Flowable] = []
    for nomor, satu in enumerate(naskah):
        if nomor:
            cerita += [NextPageTemplate(f"n{nomor}"), PageBreak()]
        cerita += satu.isi
    return cerita


def _gambar_kop(kanvas: Canvas, kop: Kop, ukuran: tuple[float, float]) -> None:
    lebar, tinggi = ukuran
    kanvas.setFont(TEBAL, 9)
    kanvas.drawRightString(lebar - TEPI, tinggi - 7.5 * mm, tanda_karangan())
    kanvas.setFont(TEBAL, 13)
    kanvas.drawString(TEPI, tinggi - 14 * mm, huruf(kop.judul))
    kanvas.setFont(BIASA, 9)
    for nomor, baris in enumerate(kop.baris):
        kanvas.drawString(TEPI, tinggi - (18.5 + 4 * nomor) * mm, huruf(baris))
    if kop.tanda:
        _gambar_tanda(kanvas, kop.tanda, lebar - TEPI, tinggi - 10 * mm)
    kanvas.setLineWidth(1.4)
    kanvas.line(TEPI, tinggi - 21.5 * mm, lebar - TEPI, tinggi - 21.5 * mm)


def _gambar_tanda(kanvas: Canvas, tanda: str, kanan: float, atas: float) -> None:
    """Draw the mark in a box whose right upper corner is given: words, not a colour."""
    lebar = kanvas.stringWidth(huruf(tanda), TEBAL, 9) + 5 * mm
    kanvas.setLineWidth(1.2)
    kanvas.rect(kanan - lebar, atas - 6.5 * mm, lebar, 6.5 * mm)
    kanvas.setFont(TEBAL, 9)
    kanvas.drawCentredString(kanan - lebar / 2, atas - 4.4 * mm, huruf(tanda))
