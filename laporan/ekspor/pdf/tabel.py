"""Tables on paper: thin rules, heads on every page, numbers to the right."""

from collections.abc import Sequence

from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Paragraph, Table

from laporan.ekspor.pdf.kertas import ANGKA, BIASA, GARIS, KELABU, KEPALA, NAMA, TEBAL, TEKS, angka, huruf, tulis

# Left and right of what stands in a cell, and a hair for rounding.
PINGGIR = 6.6

DASAR = [
    ("GRID", (0, 0), (-1, -1), 0.5, GARIS),
    ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
    ("TOPPADDING", (0, 0), (-1, -1), 2),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 2.5),
    ("LEFTPADDING", (0, 0), (-1, -1), 3),
    ("RIGHTPADDING", (0, 0), (-1, -1), 3),
]
Isi = int | str | Paragraph | None


def tabel(
    kepala: Sequence[Sequence[str]],
    baris: Sequence[Sequence[Isi]],
    lebar: Sequence[float],
    *,
    gabung: Sequence[tuple[int, int, int]] = (),
    tebal: Sequence[int] = (),
    ukuran: float = TEKS.fontSize,
    rapat: bool = False,
) -> Table:
    """Return a table. Text in the first column, numbers as numbers; `None` is a dash.

    `gabung`: (row of the head, first, last column) of heads that reach over several columns. `tebal`: rows of sums.
    `ukuran`: size of the letters in points. `rapat`: rows close together, for many of them.
    """
    gaya_kepala = ParagraphStyle("k", KEPALA, fontSize=ukuran - 1, leading=ukuran + 0.5)
    gaya_teks = ParagraphStyle("t", TEKS, fontSize=ukuran, leading=ukuran + (1.2 if rapat else 2))
    isi = [[tulis(t, gaya_kepala) for t in satu] for satu in kepala]
    gaya_tebal = ParagraphStyle("b", gaya_teks, fontName=TEBAL)
    isi += [[_sel(x, gaya_tebal if n in tebal else gaya_teks) for x in satu] for n, satu in enumerate(baris)]
    akhir_kepala = len(kepala) - 1
    gaya = [
        *DASAR,
        ("BACKGROUND", (0, 0), (-1, akhir_kepala), KELABU),
        ("FONT", (1, len(kepala)), (-1, -1), BIASA, ukuran),
        ("ALIGN", (1, len(kepala)), (-1, -1), "RIGHT"),
        *(("SPAN", (awal, r), (akhir, r)) for r, awal, akhir in gabung),
    ]
    if rapat:
        gaya += [("TOPPADDING", (0, 0), (-1, -1), 0.8), ("BOTTOMPADDING", (0, 0), (-1, -1), 1.3)]
    for nomor in tebal:
        r = len(kepala) + nomor
        gaya += [("LINEABOVE", (0, r), (-1, r), 1.2, GARIS), ("FONT", (1, r), (-1, r), TEBAL, ukuran)]
    return Table(isi, colWidths=list(lebar), repeatRows=len(kepala), style=gaya, hAlign="LEFT")


def lebar_kolom(label: Sequence[str], semua: float, ukuran: float) -> list[float]:
    """Share a width among columns so that no word of a head is broken; what is left goes to all alike."""
    perlu = [max(stringWidth(huruf(kata), TEBAL, ukuran - 1) for kata in [*t.split(), ""]) + PINGGIR for t in label]
    sisa = (semua - sum(perlu)) / (len(perlu) or 1)
    return [p + sisa for p in perlu]


def _sel(nilai: Isi, gaya: ParagraphStyle) -> Paragraph | str:
    if isinstance(nilai, str):
        return tulis(nilai, gaya)
    return nilai if isinstance(nilai, Paragraph) else angka(nilai)


def nama(teks: str) -> Paragraph:
    """The name of a row, in bold."""
    return tulis(teks, NAMA)


def kanan(teks: str, ukuran: float = TEKS.fontSize) -> Paragraph:
    """Words among numbers."""
    return tulis(teks, ParagraphStyle("kanan", ANGKA, fontSize=ukuran))
