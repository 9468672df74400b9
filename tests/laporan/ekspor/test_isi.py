"""Workbooks opened again with another library and compared cell by cell with values worked out by hand."""

import datetime as dt
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from akseptor.enums import Tahap
from kader.enums import Peran
from kader.models import Penugasan
from laporan.bulanan.lembar import buka
from laporan.ekspor.akseptor import daftar_akseptor
from laporan.ekspor.bulan import kumpulkan
from laporan.ekspor.isi import angka
from laporan.ekspor.jenis import JENIS, Permintaan
from laporan.ekspor.lembaran import Kolom, Lembaran
from laporan.ekspor.sebulan import lembar_sebulan
from laporan.ekspor.xlsx import tulis
from tests.laporan.bulanan import pabrik
from tests.laporan.bulanan.pabrik import DESA, JUNI, KEC, MEI, TETANGGA


@pytest.fixture(autouse=True)
def bukan_demo(settings) -> None:
    """Sheets are compared without the demo's mark (tests/dasbor/test_karangan.py)."""
    settings.DEMO = False


JAHAT = '=HYPERLINK("http://x","klik")'


@pytest.mark.parametrize(
    "teks", [JAHAT, "+62812", "-2+3", "@SUM(A1)", "\tTab", "\r=1+1", "=1+1", "'=1", "https://x.example"]
)
def test_teks_yang_tampak_rumus_tetap_teks(teks: str) -> None:
    """In every sheet and place: title, head, cell."""
    isi = tulis([Lembaran("Uji", [Kolom(teks, 10)], [[teks]], judul=teks)])
    lembar = load_workbook(io.BytesIO(isi)).worksheets[0]
    ada = [s for baris in lembar.iter_rows() for s in baris if s.value is not None]
    assert len(ada) == 3
    assert {s.data_type for s in ada} == {"s"}
    assert {s.hyperlink for s in ada} == {None}
    assert {s.value.replace("_x000D_", "\r") for s in ada} == {teks}


def buku(jenis: str, siapa, bulan=JUNI, kode: str = ""):
    permintaan = Permintaan(pabrik.cakupan(siapa), bulan, kode, siapa.nama, "diperiksa di tes ini")
    return load_workbook(io.BytesIO(JENIS[jenis].buat(permintaan, lambda *_: None)))


def sel(lembar, kepala: int, kolom: str, baris: int, kelompok: str = ""):
    """The cell under a head (and group) of a row, counted from the first below the heads."""
    atas = ""
    for c in range(1, lembar.max_column + 1):
        atas = lembar.cell(kepala - 1, c).value or atas if kepala > 1 else ""
        if lembar.cell(kepala, c).value == kolom and (not kelompok or atas == kelompok):
            return lembar.cell(kepala + baris, c)
    raise AssertionError(f"no column {kolom}")


def test_buku_bulan_sel_demi_sel(c):
    pabrik.pelayanan(tahap=Tahap.TERVERIFIKASI)
    isi = pabrik.isian(kie=12, pus=20, pa_pil=20, baru_target_implan=5, baru_lalu_implan=3)
    pabrik.disetujui(c, JUNI, isi)
    wb = buku("bulan", c.koordinator)
    assert wb.sheetnames == [
        "Tentang",
        "Keadaan",
        "I. Keadaan umum",
        "II. Kegiatan operasional",
        "III. Ketahanan keluarga",
        "IV. Pemberdayaan ekonomi keluar",
        "V. PUS dan peserta KB",
        "VI. Bukti enam peran",
        "Rekap kecamatan",
        "Rekap semua",
    ]
    dua = wb["II. Kegiatan operasional"]
    assert [dua.cell(3, n).value for n in range(1, 8)] == [
        *["Kode", "Desa", "Kecamatan", "Status"],
        *["Rakor desa", "KIE/penyuluhan", "Toma/toga aktif"],
    ]
    assert [dua.cell(4, n).value for n in range(1, 8)] == [DESA, DESA, KEC, "Disetujui", 0, 12, 0]
    assert [dua.cell(4, n).data_type for n in range(1, 8)] == ["s", "s", "s", "s", "n", "n", "n"]
    # The neighbour reported nothing: blank, not 0.
    assert [dua.cell(5, n).value for n in range(1, 8)] == [TETANGGA, TETANGGA, KEC, "Belum diisi", None, None, None]
    assert dua.freeze_panes == "C4"
    lima = wb["V. PUS dan peserta KB"]
    implan = "Peserta KB baru (PB): Implan"
    nilai = {k: sel(lima, 3, k, 1, implan).value for k in ("Target", "S/d bulan lalu", "Tercatat", "Bulan ini")}
    assert nilai == {"Target": 5, "S/d bulan lalu": 3, "Tercatat": 1, "Bulan ini": 1}
    assert sel(lima, 3, "S/d bulan ini", 1, implan).value == 4
    assert sel(lima, 3, "Sisa", 1, implan).value == 1
    assert (sel(lima, 3, "Tercatat", 2, implan).value, sel(lima, 3, "Bulan ini", 2, implan).value) == (0, None)
    keadaan = wb["Keadaan"]
    assert keadaan["F2"].value == dt.datetime(2021, 7, 8)
    assert keadaan["F2"].is_date
    assert keadaan["G2"].value == "Bu kader"
    assert keadaan["H3"].value is None


def test_rekap_menjumlah_yang_sudah_dikirim_saja(c):
    pabrik.dikirim(c, JUNI, pabrik.isian(kie=7))
    from laporan.bulanan import actions

    actions.simpan(c.kader_tetangga, pabrik.cakupan(c.kader_tetangga), TETANGGA, JUNI, pabrik.isian(kie=100), 0)
    rekap = buku("rekap_xlsx", c.koordinator)["Rekap kecamatan"]
    assert [rekap.cell(4, n).value for n in range(1, 6)] == [KEC, KEC, 2, 1, 0]
    assert sel(rekap, 3, "KIE/penyuluhan", 1).value == 7
    assert [rekap.cell(5, n).value for n in range(1, 6)] == [None, "Jumlah", 2, 1, 0]
    tentang = buku("rekap_xlsx", c.koordinator)["Tentang"]
    teks = [[x.value for x in baris] for baris in tentang.iter_rows()]
    assert ["Dikirim", 1] in teks
    assert ["Draf", 1] in teks
    assert any(baris[0] == f"{DESA}, Kec. {KEC}" and baris[1] == "Dikirim" for baris in teks)


@pytest.mark.parametrize("teks", [JAHAT, "+62", "-1+1", "@SUM(A1)", "\tx", "0012", "http://a.b", "_x0041_", "a\x0bb"])
def test_teks_orang_tetap_teks(teks):
    isi = tulis([Lembaran("A/B:*", [Kolom("k")], [[teks]])])
    satu = load_workbook(io.BytesIO(isi)).worksheets[0]["A2"]
    assert (satu.data_type, satu.hyperlink) == ("s", None)
    assert satu.value in (teks, teks.replace("\x0b", "_x000B_"))


def test_nama_lembar_tidak_pernah_kembar():
    isi = tulis([Lembaran("x" * 40, [Kolom("k")], []), Lembaran("x" * 41, [Kolom("k")], [])])
    nama = load_workbook(io.BytesIO(isi)).sheetnames
    assert nama == ["x" * 31, "x" * 28 + " 2"]


def test_daftar_akseptor_bernik_teks(c):
    p = pabrik.pelayanan(nama=JAHAT, tahap=Tahap.TERVERIFIKASI)
    p.akseptor.pasang_nik("0012345203900001")
    p.akseptor.nik_menyusul, p.akseptor.alasan_nik_menyusul = False, ""
    p.akseptor.save()
    pabrik.pelayanan(dt.date(2021, 7, 1), nama="Bulan lain")
    pabrik.pelayanan(desa=TETANGGA, nama="Desa lain")
    lembar = buku("akseptor", c.plkb)["Akseptor"]
    isi = [x.value for x in lembar[3]]
    assert isi[:5] == [1, JAHAT, "0012345203900001", None, dt.datetime(1990, 1, 1)]
    assert [lembar["B3"].data_type, lembar["C3"].data_type] == ["s", "s"]
    assert isi[10:12] == [dt.datetime(2021, 6, 18), "Implan"]
    assert lembar.max_row == 3
    tentang = [[x.value for x in b] for b in buku("akseptor", c.plkb)["Tentang"].iter_rows()]
    assert ["Alasan", "diperiksa di tes ini"] in tentang


def test_lembar_banyak_desa_sama_dengan_lembar_satu_desa(c):
    pabrik.pelayanan(dt.date(2021, 3, 4))
    pabrik.pelayanan()
    for bulan in (dt.date(2021, 4, 1), MEI):
        pabrik.dikirim(c, bulan, pabrik.isian(baru_lalu_implan=2, kie=3))
    pabrik.draf(c, JUNI, pabrik.isian(kie=4))
    satu, banyak = buka(DESA, JUNI), lembar_sebulan(pabrik.cakupan(c.plkb), JUNI)[0].lembar
    assert angka(satu) == angka(banyak)
    assert satu.sd_lalu("implan") == banyak.sd_lalu("implan") == 2
    assert satu.sd_lalu("iud") == banyak.sd_lalu("iud")
    pabrik.disetujui(c, dt.date(2021, 1, 1))
    januari = [buka(DESA, dt.date(2021, 1, 1)), lembar_sebulan(pabrik.cakupan(c.plkb), dt.date(2021, 1, 1))[0].lembar]
    assert angka(januari[0]) == angka(januari[1])


@pytest.mark.parametrize("jenis", ["bulan", "rekap_pdf", "rekap_xlsx", "cetak", "akseptor"])
def test_jumlah_kueri_tidak_bergantung_pada_jumlah_desa(c, jenis):
    def kueri() -> int:
        permintaan = Permintaan(pabrik.cakupan(c.dppkb), JUNI, "", "Bu", "untuk menghitung kueri")
        with CaptureQueriesContext(connection) as tangkap:
            JENIS[jenis].buat(permintaan, lambda *_: None)
        return len(tangkap)

    pabrik.dikirim(c)
    pabrik.pelayanan()
    awal = kueri()
    for nomor in range(10, 24):
        kode = f"32.14.02.20{nomor}"
        pabrik.wilayah(kode)
        pabrik.pelayanan(desa=kode)
        Penugasan.objects.create(pengguna=c.kader, wilayah_id=kode, mulai=dt.date(2020, 1, 1))
        from laporan.bulanan import actions

        actions.simpan(c.kader, pabrik.cakupan(c.kader), kode, JUNI, pabrik.isian(kie=int(nomor)), 0)
    assert kueri() == awal


def test_di_luar_cakupan_tidak_ikut(c):
    pabrik.dikirim(c)
    assert [b.desa.kode for b in kumpulkan(pabrik.cakupan(c.plkb_lain), JUNI).baris] == [TETANGGA]
    assert kumpulkan(pabrik.cakupan(c.tanpa_wilayah), JUNI).baris == []
    assert daftar_akseptor(pabrik.cakupan(c.tanpa_wilayah), JUNI)[0].baris == []
    assert {j.kode for j in JENIS.values() if Peran.KADER in j.peran} == set()
