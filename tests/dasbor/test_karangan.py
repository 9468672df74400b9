"""What leaves a demo says so; what leaves the district's own product does not."""

import datetime as dt
import io
from collections.abc import Callable

import openpyxl
import pypdfium2
import pytest
from PIL import Image
from pytest_django import Settings

from laporan.ekspor import xlsx
from laporan.kampanye.hitung import hitung_ulang_semua
from laporan.kampanye.lihat import Lihat
from laporan.ringkasan.buku import buku_dasbor
from laporan.ringkasan.gambar import gambar_halaman
from laporan.ringkasan.isi import Ringkasan
from laporan.ringkasan.kata import tulis_kata
from laporan.ringkasan.kertas import cetak_ringkasan
from poskb.dasar.karangan import TANDA
from tests.alat import KABUPATEN, Dunia, buat_dunia, cakupan, catatan
from tests.ringkasan.test_ringkasan import papan


@pytest.fixture
def dunia(db: None) -> Dunia:
    satu = buat_dunia()
    catatan(satu, dt.date(2021, 7, 1))
    hitung_ulang_semua()
    return satu


def _pdf(_dunia: Dunia) -> str:
    isi = cetak_ringkasan(Ringkasan.dari(papan(KABUPATEN)))
    return str(pypdfium2.PdfDocument(isi)[0].get_textpage().get_text_range())


def _xlsx(dunia: Dunia) -> str:
    isi = xlsx.tulis(buku_dasbor(papan(KABUPATEN), cakupan(dunia.dppkb), Lihat(), "Bu"))
    lembaran = openpyxl.load_workbook(io.BytesIO(isi)).worksheets
    kepala = {str(lembar.oddHeader.right.text or "") for lembar in lembaran}
    # On the first sheet to be read, on every page to be printed.
    return " ".join([str(lembaran[0]["A1"].value), *kepala]) if len(kepala) == 1 else "tidak sama"


def _kata(_dunia: Dunia) -> str:
    return tulis_kata(Ringkasan.dari(papan(KABUPATEN)))


@pytest.mark.parametrize("buat", [_pdf, _xlsx, _kata])
def test_bertanda_hanya_dalam_mode_demo(dunia: Dunia, settings: Settings, buat: Callable[[Dunia], str]) -> None:
    settings.DEMO = True
    assert TANDA in buat(dunia)
    settings.DEMO = False
    assert "KARANGAN" not in buat(dunia)


def test_gambarnya_bertanda_di_kepala(dunia: Dunia, settings: Settings) -> None:
    """The picture is the paper; that the mark can be read there: light letters on the dark head, at its right."""
    terang = {}
    for demo in (True, False):
        settings.DEMO = demo
        gambar = Image.open(io.BytesIO(gambar_halaman(cetak_ringkasan(Ringkasan.dari(papan(KABUPATEN)))))).convert("L")
        sudut = gambar.crop((gambar.width // 2, 0, gambar.width, 36))
        terang[demo] = sum(sudut.histogram()[200:])
    assert terang[True] > 300
    assert terang[False] == 0
