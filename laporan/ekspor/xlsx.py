"""Sheets of plain values to the bytes of an XLSX file."""

import datetime as dt
import io
import re
from collections.abc import Iterable

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from laporan.ekspor.lembaran import Kolom, Lembaran, Sel
from poskb.dasar.karangan import tanda_karangan

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# In memory: names and NIK of a list never touch the disk of a worker. Text is written by `write_string` only, so that
# "=HYPERLINK(...)" typed as a name stays a name; the options say so once more.
PILIHAN = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
TERLARANG = re.compile(r"[\[\]:*?/\\']")
PANJANG_NAMA = 31
# More columns than these would be unreadable on one page's width.
TERBANYAK_SEHALAMAN = 30


def tulis(lembaran: Iterable[Lembaran]) -> bytes:
    """Return the file: one sheet after the other, numbers as numbers, days as days, blanks blank."""
    keluar = io.BytesIO()
    with Workbook(keluar, PILIHAN) as buku:
        gaya = Gaya(buku)
        for nomor, satu in enumerate(lembaran):
            # The first sheet says what the file is: there a row of its own, on the others in the head when printed.
            tanda = tanda_karangan() if nomor == 0 else ""
            _tulis_lembaran(buku.add_worksheet(_nama(buku, satu.nama)), satu, gaya, tanda)
    return keluar.getvalue()


class Gaya:
    """The few formats of a workbook, made once."""

    def __init__(self, buku: Workbook) -> None:
        batas = {"border": 1, "border_color": "#8A8A8A", "valign": "vcenter"}
        self.judul = buku.add_format({"bold": True, "font_size": 13})
        self.kelompok = buku.add_format({**batas, "bold": True, "align": "center", "bg_color": "#D9ECE6"})
        self.kepala = buku.add_format({**batas, "bold": True, "text_wrap": True, "bg_color": "#F3EEE4"})
        self._buku = buku
        self._ada: dict[tuple[type, bool], Format] = {}

    def sel(self, nilai: Sel, *, tebal: bool) -> Format:
        """Return the format of a value: by its type, bold in a row of sums."""
        jenis = type(nilai)
        if (jenis, tebal) not in self._ada:
            pola = {int: "#,##0", float: "#,##0.0", dt.date: "d mmm yyyy", dt.datetime: "d mmm yyyy hh:mm", str: "@"}[
                jenis
            ]
            # A day is narrower than its column: to the left, as words are.
            rata = {"align": "left"} if jenis in (dt.date, dt.datetime) else {}
            self._ada[jenis, tebal] = self._buku.add_format({"num_format": pola, "bold": tebal} | rata)
        return self._ada[jenis, tebal]


def _nama(buku: Workbook, nama: str) -> str:
    """Return a sheet name that Excel takes: no forbidden signs, at most 31 letters, none twice."""
    rapi = TERLARANG.sub(" ", nama).strip()[:PANJANG_NAMA] or "Lembar"
    ada = {w.get_name().lower() for w in buku.worksheets()}
    nomor, hasil = 2, rapi
    while hasil.lower() in ada:
        hasil, nomor = f"{rapi[: PANJANG_NAMA - 3]} {nomor}", nomor + 1
    return hasil


def _tulis_lembaran(w: Worksheet, satu: Lembaran, gaya: Gaya, tanda: str) -> None:
    for nomor, kolom in enumerate(satu.kolom):
        w.set_column(nomor, nomor, kolom.lebar)
    mulai = _kepala(w, satu, gaya, tanda)
    for nomor, baris in enumerate(satu.baris):
        for letak, nilai in enumerate(baris):
            if nilai is not None:
                _sel(w, mulai + nomor, letak, nilai, gaya.sel(nilai, tebal=nomor in satu.tebal))
    _cetak(w, satu, mulai)


def _sel(w: Worksheet, baris: int, kolom: int, nilai: Sel, gaya: Format) -> None:
    if isinstance(nilai, str):
        w.write_string(baris, kolom, nilai, gaya)
    elif isinstance(nilai, int | float):
        w.write_number(baris, kolom, nilai, gaya)
    else:
        w.write_datetime(baris, kolom, nilai, gaya)


def _kepala(w: Worksheet, satu: Lembaran, gaya: Gaya, tanda: str) -> int:
    """Write mark, title and heads; return the row where the values begin."""
    baris = 0
    for kata in filter(None, (tanda, satu.judul)):
        w.write_string(baris, 0, kata, gaya.judul)
        baris += 1
    if not any(k.judul for k in satu.kolom):
        return baris
    if any(k.kelompok for k in satu.kolom):
        _kelompok(w, baris, satu.kolom, gaya)
        baris += 1
    w.set_row(baris, 32)
    for nomor, kolom in enumerate(satu.kolom):
        w.write_string(baris, nomor, kolom.judul, gaya.kepala)
    w.freeze_panes(baris + 1, satu.beku)
    w.autofilter(baris, 0, baris + len(satu.baris), len(satu.kolom) - 1)
    return baris + 1


def _kelompok(w: Worksheet, baris: int, kolom: list[Kolom], gaya: Gaya) -> None:
    """Write the groups, one cell over all the columns of each."""
    mulai = 0
    while mulai < len(kolom):
        akhir = mulai
        while akhir + 1 < len(kolom) and kolom[akhir + 1].kelompok == kolom[mulai].kelompok:
            akhir += 1
        if kolom[mulai].kelompok and akhir > mulai:
            w.merge_range(baris, mulai, baris, akhir, kolom[mulai].kelompok, gaya.kelompok)
        elif kolom[mulai].kelompok:
            w.write_string(baris, mulai, kolom[mulai].kelompok, gaya.kelompok)
        mulai = akhir + 1


def _cetak(w: Worksheet, satu: Lembaran, mulai: int) -> None:
    """Whoever prints it: A4 lying, heads and names on every page."""
    w.set_landscape()
    w.set_paper(9)
    if len(satu.kolom) <= TERBANYAK_SEHALAMAN:
        w.fit_to_pages(1, 0)
    if mulai:
        w.repeat_rows(0, mulai - 1)
    if satu.beku:
        w.repeat_columns(0, satu.beku - 1)
    w.set_header(f"&R&B{tanda_karangan()}")
    w.set_footer("&L&A&RHalaman &P dari &N")
