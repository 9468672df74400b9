"""Tables on paper: thin rules, heads on every page, numbers to the right."""

from collections.abc import Sequence

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph, Table

from laporan.ekspor.pdf.kertas import ANGKA, BIASA, GARIS, KELABU, KEPALA, NAMA, TEBAL, TEKS, angka, tulis

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
) -> Table:
    """Return a table. Text in the first column, numbers as numbers; `None` is a dash.

    `gabung`: (row of the head, first, last column) of heads that reach over several columns. `tebal`: rows of sums.
    `ukuran`: size of the letters in points.
    """
    gaya_kepala = ParagraphStyle("k", KEPALA, fontSize=ukuran - 1, leading=ukuran + 0.5)
    gaya_teks = ParagraphStyle("t", TEKS, fontSize=ukuran, leading=ukuran + 2)
    isi = [[tulis(t, gaya_kepala) for t in satu] for satu in kepala]
    isi += [[_sel(nilai, gaya_teks) for nilai in satu] for satu in baris]
    akhir_kepala = len(kepala) - 1
    gaya = [
        *DASAR,
        ("BACKGROUND", (0, 0), (-1, akhir_kepala), KELABU),
        ("FONT", (1, len(kepala)), (-1, -1), BIASA, ukuran),
        ("ALIGN", (1, len(kepala)), (-1, -1), "RIGHT"),
        *(("SPAN", (awal, r), (akhir, r)) for r, awal, akhir in gabung),
    ]
    for nomor in tebal:
        r = len(kepala) + nomor
        gaya += [("LINEABOVE", (0, r), (-1, r), 1.2, GARIS), ("FONT", (1, r), (-1, r), TEBAL, ukuran)]
    return Table(isi, colWidths=list(lebar), repeatRows=len(kepala), style=gaya, hAlign="LEFT")


def _sel(nilai: Isi, gaya: ParagraphStyle) -> Paragraph | str:
    if isinstance(nilai, str):
        return tulis(nilai, gaya)
    return nilai if isinstance(nilai, Paragraph) else angka(nilai)


def nama(teks: str) -> Paragraph:
    """The name of a row, in bold."""
    return tulis(teks, NAMA)


def kanan(teks: str) -> Paragraph:
    """Words among numbers."""
    return tulis(teks, ANGKA)
