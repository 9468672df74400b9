"""The list of a kader, the board of an officer and of the district, and what the first page asks."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from akseptor.enums import Tahap
from kader.enums import Peran
from laporan.bulanan.papan import laporan_perlu_tindakan, papan
from laporan.bulanan.sebaran import per_kecamatan
from laporan.models import LaporanBulanan
from tests.laporan.bulanan import pabrik
from tests.laporan.bulanan.pabrik import DESA, JUNI, MEI, TETANGGA, cakupan


def teks(siapa, url="/laporan/", status=200):
    response = pabrik.masuk(siapa).get(url)
    assert response.status_code == status
    return response.content.decode()


def test_kader_melihat_bulan_ini_dan_bulan_lalu(c):
    isi = teks(c.kader)
    assert isi.index(f"/laporan/{DESA}/2021-07/") < isi.index(f"/laporan/{DESA}/2021-06/")
    assert TETANGGA not in isi
    assert isi.count("Lewat tenggat") == 1
    assert "tenggat 3 Juli 2021" in isi


def test_kader_membaca_alasan_pengembalian(c):
    pabrik.dikembalikan(c)
    isi = teks(c.kader)
    assert "Rakor belum diisi" in isi
    assert "Perbaiki" in isi


def test_tanpa_wilayah_diberi_tahu(c):
    assert "belum ditugaskan" in teks(c.tanpa_wilayah)


def test_papan_petugas_hanya_desanya_dan_bulan_lalu(c):
    pabrik.dikirim(c)
    isi = teks(c.plkb)
    assert "Laporan Juni 2021" in isi
    assert f"/laporan/{DESA}/2021-06/" in isi
    assert TETANGGA not in isi


def test_yang_dikirim_di_atas_lalu_yang_lewat(c):
    for nomor in range(3, 6):
        pabrik.wilayah(f"32.14.01.200{nomor}")
    pabrik.dikirim(c, MEI)
    kode = [b.desa.kode for b in papan(cakupan(c.koordinator), MEI)]
    assert kode[0] == DESA
    assert kode[1:] == sorted(kode[1:])
    pabrik.disetujui(c, JUNI)
    assert papan(cakupan(c.koordinator), JUNI)[-1].desa.kode == DESA


def test_papan_menghitung_akseptor(c):
    pabrik.pelayanan()
    pabrik.pelayanan(tahap=Tahap.TERVERIFIKASI)
    pabrik.pelayanan(dt.date(2021, 7, 1))
    baris = papan(cakupan(c.plkb), JUNI)
    assert [(b.desa.kode, b.status, b.hitungan.tercatat, b.hitungan.terverifikasi) for b in baris] == [
        (DESA, "belum", 2, 1)
    ]


def test_yang_menunggu_di_bulan_lain_disebut(c):
    pabrik.dikirim(c, MEI)
    assert "Mei 2021 (1)" in teks(c.plkb)


def test_kabupaten_melihat_angka_per_kecamatan_lalu_desanya(c):
    pabrik.wilayah("32.14.02.2001")
    pabrik.dikirim(c)
    isi = teks(c.dppkb)
    assert re.findall(r"kecamatan=([\d.]+)", isi) == ["32.14.01", "32.14.02"]
    assert "1 dikirim, 1 belum diisi" in isi
    assert f"/laporan/{DESA}/" not in isi
    isi = teks(c.dppkb, "/laporan/?kecamatan=32.14.01")
    assert f"/laporan/{DESA}/2021-06/" in isi
    assert "/laporan/32.14.02.2001/" not in isi
    assert "Menunggu petugas" in isi
    assert "petugas Bu plkb" in isi
    # What is fetched from here is this kecamatan's.
    assert 'name="wilayah" value="32.14.01"' in isi


def test_kecamatan_yang_terbanyak_lewat_di_atas_yang_selesai_di_bawah(c):
    pabrik.disetujui(c)
    lain = pabrik.laporan_dikirim(c, TETANGGA)
    LaporanBulanan.objects.filter(pk=lain.pk).update(
        status="disetujui", disetujui_oleh=c.plkb_lain, disetujui_pada=lain.dikirim_pada
    )
    pabrik.wilayah("32.14.02.2001")
    for nomor in (1, 2):
        pabrik.wilayah(f"32.14.03.200{nomor}")
    baris = per_kecamatan(papan(cakupan(c.dppkb), JUNI), {"32.14.02": "koordinator Bu Iis"})
    assert [(k.kecamatan.kode, k.sebaran.lewat, k.oleh) for k in baris] == [
        ("32.14.03", 2, ""),
        ("32.14.02", 1, "koordinator Bu Iis"),
        ("32.14.01", 0, ""),
    ]
    (ruas,) = baris[2].sebaran.ruas
    assert (ruas.status, ruas.banyak, ruas.mulai, ruas.lebar) == ("disetujui", 2, 0, 100)


@pytest.mark.parametrize("kode", ["32.14.02", "32.14.99", "x", "32.14"])
def test_kecamatan_di_luar_wilayah_tidak_ditemukan(c, kode):
    pabrik.wilayah("32.14.02.2001")
    assert pabrik.masuk(c.koordinator).get("/laporan/", {"kecamatan": kode}).status_code == 404


@pytest.mark.parametrize("siapa", ["kader", "plkb", "dppkb"])
@pytest.mark.parametrize("bulan", ["2021-13", "kemarin", "2021-08", "0001-01", "<script>"])
def test_bulan_keliru_menjadi_kalimat_dan_ketikan_tetap(c, siapa, bulan):
    isi = pabrik.masuk(getattr(c, siapa)).get("/laporan/", {"bulan": bulan})
    assert isi.status_code == 404
    assert "invalid-feedback" in isi.content.decode()
    assert bulan.replace("<", "&lt;").replace(">", "&gt;") in isi.content.decode()


def test_jumlah_kueri_tetap_dengan_1_dan_20_desa(c):
    def kueri(siapa):
        client = pabrik.masuk(siapa)
        with CaptureQueriesContext(connection) as tangkap:
            assert client.get("/laporan/").status_code == 200
        return len(tangkap)

    pabrik.dikirim(c)
    pabrik.pelayanan(hp="+6281211112222")
    awal = {siapa: kueri(getattr(c, siapa)) for siapa in ("kader", "plkb", "koordinator", "dppkb", "admin")}
    for nomor in range(10, 30):
        kode = f"32.14.01.20{nomor}"
        pabrik.wilayah(kode)
        pabrik.pelayanan(desa=kode, hp=f"+6281200000{nomor}")
        pabrik.laporan_dikirim(c, kode)
    pabrik.dikirim(c, MEI)
    assert {siapa: kueri(getattr(c, siapa)) for siapa in awal} == awal
    # Several kecamatan: numbers only, so no flags are read.
    pabrik.wilayah("32.14.02.2001")
    banyak = kueri(c.dppkb)
    assert banyak < awal["dppkb"]
    for nomor in range(10, 30):
        pabrik.wilayah(f"32.14.{nomor}.2001")
    assert kueri(c.dppkb) == banyak


def test_perlu_tindakan(c):
    pabrik.dikembalikan(c, MEI)
    kader = laporan_perlu_tindakan(cakupan(c.kader))
    assert [b.bulan for b in kader.dikembalikan] == [MEI]
    assert kader.dikembalikan[0].laporan.catatan_bagian == {"II": "Rakor belum diisi"}
    assert [b.bulan for b in kader.belum_dikirim] == [JUNI]
    pabrik.dikirim(c)
    assert laporan_perlu_tindakan(cakupan(c.kader)).belum_dikirim == []
    assert laporan_perlu_tindakan(cakupan(c.plkb)).menunggu == 1
    assert laporan_perlu_tindakan(cakupan(c.plkb_lain)).menunggu == 0
    for peran in (Peran.KOORDINATOR, Peran.DPPKB, Peran.ADMIN):
        assert laporan_perlu_tindakan(cakupan(getattr(c, peran))).menunggu == 0
