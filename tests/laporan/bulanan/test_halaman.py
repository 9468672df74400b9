"""The page of a month: typed text survives, bad addresses are sentences, names only for those who work there."""

import re

import pytest
from django.test import Client

from akseptor.enums import Tahap
from laporan.models import LaporanBulanan
from tests.laporan.bulanan import pabrik
from tests.laporan.bulanan.pabrik import DESA, TETANGGA

URL = f"/laporan/{DESA}/2021-06/"


def posting(client, url=URL, versi=0, **ubah):
    data = pabrik.ketikan(pabrik.isian(), versi) | ubah
    return client.post(url, data)


def test_simpan_lalu_kirim(c):
    client = pabrik.masuk(c.kader)
    assert posting(client, kie="1.250").status_code == 302
    assert LaporanBulanan.objects.get().isi["kie"] == 1250
    assert 'value="1250"' in client.get(URL).content.decode()
    assert posting(client, URL + "kirim/", versi=1).status_code == 302
    assert LaporanBulanan.objects.get().status == "dikirim"


@pytest.mark.parametrize(
    ("ketik", "kata"),
    [
        ("-1", "kurang dari 0"),
        ("1,5", "bilangan bulat"),
        ("1.5", "bilangan bulat"),
        ("12a", "angka saja"),
        ("١٢", "angka saja"),
        ("²", "angka saja"),
        ("100000", "Paling banyak"),
        ("9" * 40, "angka saja"),
        ("<b>1</b>", "angka saja"),
    ],
)
@pytest.mark.parametrize("jalan", ["", "kirim/"])
def test_isian_keliru_kembali_utuh_dan_tidak_menulis(c, ketik, kata, jalan):
    sebelum = pabrik.potret()
    response = posting(pabrik.masuk(c.kader), URL + jalan, rakor=ketik, kie="77", alasan_iud="catatan saya")
    teks = response.content.decode()
    assert response.status_code == 422
    assert kata in teks
    assert 'value="77"' in teks
    assert 'value="catatan saya"' in teks
    assert "<b>1</b>" not in teks
    assert pabrik.potret() == sebelum


def test_kirim_belum_lengkap_menandai_isiannya(c):
    response = posting(pabrik.masuk(c.kader), URL + "kirim/", rakor="", kie="77")
    teks = response.content.decode()
    assert response.status_code == 422
    # At the top with a link to the field, and at the field.
    assert teks.count("Isi 0 bila tidak ada.") == 2
    (tujuan,) = re.findall(r'<li><a href="#([^"]+)">[^<]+: Isi 0 bila tidak ada.</a>', teks)
    assert f'id="{tujuan}"' in teks
    # By the name of its row too: "Ada" stands in many.
    tanpa = posting(pabrik.masuk(c.kader), URL + "kirim/", ppkbd_ada="", rakor="0").content.decode()
    assert 'href="#id_ppkbd_ada">PPKBD, Ada: Isi 0 bila tidak ada.</a>' in tanpa
    assert 'value="77"' in teks
    assert not LaporanBulanan.objects.exists()


def test_bentrok_memperlihatkan_yang_terbaru_dan_menyimpan_ketikan(c):
    client = pabrik.masuk(c.kader)
    posting(client, kie="5")
    posting(client, versi=1, kie="6")
    response = posting(client, versi=1, kie="9")
    teks = response.content.decode()
    assert response.status_code == 409
    assert "sudah diubah oleh Bu kader pukul" in teks
    assert 'value="9"' in teks
    assert teks.count("Terbaru: 6") == 1
    assert 'name="versi" value="2"' in teks
    assert LaporanBulanan.objects.get().isi["kie"] == 6
    assert posting(client, versi=2, kie="9").status_code == 302
    assert LaporanBulanan.objects.get().isi["kie"] == 9


def test_halaman_basi_tetap_basi_setelah_salah_ketik(c):
    client = pabrik.masuk(c.kader)
    posting(client, kie="5")
    posting(client, versi=1, kie="6")
    assert 'name="versi" value="1"' in posting(client, versi=1, kie="x").content.decode()


@pytest.mark.parametrize("versi", ["", "abc", "-1", "9" * 30, "²"])
def test_versi_palsu_tidak_menimpa(c, versi):
    pabrik.draf(c)
    sebelum = pabrik.potret()
    assert posting(pabrik.masuk(c.kader), versi=versi).status_code == 409
    assert pabrik.potret() == sebelum


def test_kirim_ulang_yang_sudah_dikirim_menjelaskan(c):
    laporan = pabrik.dikirim(c)
    response = posting(pabrik.masuk(c.kader), versi=laporan.versi, kie="77")
    assert response.status_code == 409
    assert "minta petugas mengembalikannya" in response.content.decode()
    assert 'value="77"' in response.content.decode()


@pytest.mark.parametrize(
    ("bulan", "kata"),
    [
        ("2021-13", "tahun-bulan"),
        ("2021-00", "tahun-bulan"),
        ("2021-6", "tahun-bulan"),
        ("juni", "tahun-bulan"),
        ("0000-01", "tahun-bulan"),
        ("2021-08", "belum berjalan"),
        ("9999-12", "tahun-bulan"),
        ("2019-12", "formulir"),
        ("0001-01", "tahun-bulan"),
    ],
)
def test_bulan_keliru_menjadi_kalimat(c, bulan, kata):
    sebelum = pabrik.potret()
    client = pabrik.masuk(c.kader)
    url = f"/laporan/{DESA}/{bulan}/"
    for response in (client.get(url), posting(client, url), posting(client, url + "kirim/")):
        assert response.status_code == 404
        assert kata in response.content.decode()
    assert pabrik.potret() == sebelum


@pytest.mark.parametrize("siapa", ["kader_tetangga", "plkb_lain", "tanpa_wilayah"])
def test_desa_orang_lain_tidak_ditemukan(c, siapa):
    pabrik.dikirim(c)
    sebelum = pabrik.potret()
    client = pabrik.masuk(getattr(c, siapa))
    assert client.get(URL).status_code == 404
    assert posting(client).status_code in {403, 404}
    for jalan in ("kirim/", "kembalikan/", "setujui/", "buka-kembali/"):
        assert client.post(URL + jalan, {"versi": "2", "catatan_I": "x"}).status_code in {403, 404}
    assert pabrik.potret() == sebelum


@pytest.mark.parametrize("kode", ["32.14", "32.14.01", "32.14.01.2999", "32.15.01.2001"])
def test_kode_yang_bukan_desa_tidak_ditemukan(c, kode):
    for siapa in (c.kader, c.plkb, c.dppkb):
        assert pabrik.masuk(siapa).get(f"/laporan/{kode}/2021-06/").status_code == 404


@pytest.mark.parametrize(
    ("siapa", "bernama"),
    [("kader", True), ("plkb", True), ("koordinator", True), ("dppkb", False), ("admin", False)],
)
def test_nama_hanya_untuk_yang_bertugas(c, siapa, bernama):
    pabrik.pelayanan(nama="<i>Siti</i>")
    pabrik.dikirim(c)
    teks = pabrik.masuk(getattr(c, siapa)).get(URL).content.decode()
    assert ("&lt;i&gt;Siti&lt;/i&gt;" in teks) is bernama
    assert "<i>Siti" not in teks
    assert (f"?desa={DESA}&amp;status=baru&amp;tahap=terlayani&amp;metode=implan&amp;bulan=2021-06" in teks) is (
        siapa != "admin"
    )


def test_petugas_menemukan_tombol_verifikasi(c):
    satu = pabrik.pelayanan()
    pabrik.pelayanan(tahap=Tahap.TERVERIFIKASI)
    pabrik.dikirim(c)
    teks = pabrik.masuk(c.plkb).get(URL).content.decode()
    assert teks.count("/verifikasi/") == 1
    assert f"/akseptor/catatan/{satu.pk}/verifikasi/" in teks
    assert f'name="lanjut" value="{URL}"' in teks
    assert "/verifikasi/" not in pabrik.masuk(c.koordinator).get(URL).content.decode()


def test_petugas_mengembalikan_lalu_kader_membaca_alasannya(c):
    laporan = pabrik.dikirim(c)
    plkb = pabrik.masuk(c.plkb)
    kosong = plkb.post(URL + "kembalikan/", {"versi": laporan.versi, "catatan_I": " "})
    assert kosong.status_code == 409
    assert plkb.post(URL + "kembalikan/", {"versi": laporan.versi, "catatan_II": "Rakor?"}).status_code == 302
    teks = pabrik.masuk(c.kader).get(URL).content.decode()
    assert teks.count("Rakor?") == 3, "di atas halaman, di bagiannya, dan di riwayat"
    assert "Petugas PLKB" in teks


def test_alasan_yang_diketik_tidak_hilang_saat_ditolak(c):
    laporan = pabrik.dikirim(c)
    response = pabrik.masuk(c.plkb).post(URL + "kembalikan/", {"versi": laporan.versi - 1, "catatan_II": "Rakor?"})
    assert response.status_code == 409
    assert ">Rakor?</textarea>" in response.content.decode()


NOMOR = "NIK 3214015203900001, hp 0812-3456-7890"


def test_alasan_tidak_memuat_nomor_orang(c):
    """They travel far: the kader's with the numbers of a kabupaten, in spreadsheet and print, the officer's to phones."""
    kader, petugas = pabrik.masuk(c.kader), pabrik.masuk(c.plkb)
    isi = pabrik.ketikan(pabrik.isian(baru_ini_implan=1, alasan={"implan": NOMOR}), 0)
    jawab = kader.post(URL + "kirim/", isi)
    assert jawab.status_code == 422
    assert "Jangan tulis NIK atau nomor HP di sini" in jawab.content.decode()
    assert f'value="{NOMOR}"' in jawab.content.decode()
    assert kader.post(URL + "kirim/", isi | {"alasan_implan": "Dilayani 18-06-2021 di 32.14"}).status_code == 302
    versi = LaporanBulanan.objects.get().versi
    for teks, kata in (
        (NOMOR, "angan tulis NIK"),
        ("x\x00", "tidak dapat disimpan"),
        ("x" * 501, "aling panjang 500"),
    ):
        jawab = petugas.post(URL + "kembalikan/", {"versi": versi, "catatan_V": teks})
        assert jawab.status_code == 409
        assert kata in jawab.content.decode()
    assert LaporanBulanan.objects.get().status == "dikirim"
    terlihat = petugas.get(URL).context["terlihat"]
    petugas.post(URL + "setujui/", {"versi": versi, "terlihat": terlihat})
    koordinator = pabrik.masuk(c.koordinator)
    jawab = koordinator.post(URL + "buka-kembali/", {"versi": versi + 1, "alasan": NOMOR})
    assert "angan tulis NIK" in jawab.content.decode()
    assert LaporanBulanan.objects.get().status == "disetujui"


def test_petugas_menyetujui_dan_koordinator_membuka(c):
    laporan = pabrik.dikirim(c)
    plkb = pabrik.masuk(c.plkb)
    terlihat = plkb.get(URL).context["terlihat"]
    plkb.post(URL + "setujui/", {"versi": laporan.versi, "terlihat": terlihat})
    assert LaporanBulanan.objects.get().status == "disetujui"
    teks = pabrik.masuk(c.kader).get(URL).content.decode()
    assert "terkunci" in teks
    assert '<input type="text"' not in teks
    versi = LaporanBulanan.objects.get().versi
    pabrik.masuk(c.koordinator).post(URL + "buka-kembali/", {"versi": versi, "alasan": "Salah desa"})
    assert LaporanBulanan.objects.get().status == "dikembalikan"


def test_selain_kader_tidak_menyimpan(c):
    for siapa in (c.plkb, c.koordinator, c.dppkb, c.admin):
        assert posting(pabrik.masuk(siapa)).status_code == 403
    assert not LaporanBulanan.objects.exists()


@pytest.mark.parametrize("jalan", ["", "kirim/"])
def test_csrf_gagal_ketikan_tetap_ada(c, jalan):
    client = Client(enforce_csrf_checks=True)
    client.force_login(c.kader)
    response = posting(client, URL + jalan, kie="77")
    assert response.status_code == 403
    assert 'value="77"' in response.content.decode()
    assert not LaporanBulanan.objects.exists()


def test_csrf_gagal_alasan_petugas_tetap_ada(c):
    laporan = pabrik.dikirim(c)
    client = Client(enforce_csrf_checks=True)
    client.force_login(c.plkb)
    response = client.post(URL + "kembalikan/", {"versi": laporan.versi, "catatan_I": "Periksa jumlah"})
    assert (response.status_code, ">Periksa jumlah</textarea>" in response.content.decode()) == (403, True)


def test_jumlah_kueri_tetap(c):
    client = pabrik.masuk(c.plkb)
    pabrik.pelayanan()
    pabrik.dikirim(c)
    jumlah = _kueri(client)
    for _ in range(19):
        pabrik.pelayanan()
    assert _kueri(client) == jumlah


def _kueri(client):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as tangkap:
        assert client.get(URL).status_code == 200
    return len(tangkap)


def test_tetangga_dan_desa_sendiri_tidak_tertukar(c):
    pabrik.pelayanan(desa=TETANGGA)
    assert "Siti" not in pabrik.masuk(c.kader).get(URL).content.decode()
