"""The long road: asked once, made once, whoever dies on the way; the file belongs to its maker and expires."""

import datetime as dt
import io

import pytest
from django.db.models.functions import Now
from django.test import Client
from openpyxl import load_workbook

from kader.models import Jejak, Penugasan
from laporan.ekspor import actions, jenis, pekerja
from laporan.models import BerkasEkspor, Ekspor
from laporan.models.ekspor import KeadaanEkspor
from laporan.tasks import bersihkan_ekspor, kerjakan_ekspor
from poskb.dasar.tolak import Ditolak
from tests.alat import mentah
from tests.laporan.bulanan import pabrik
from tests.laporan.bulanan.pabrik import DESA, JUNI, TETANGGA

URL = "/laporan/ekspor/"


def minta(siapa, macam="bulan", **isi) -> Ekspor:
    return actions.minta(siapa, pabrik.cakupan(siapa), macam, JUNI, **isi)


def rusak(monkeypatch, buat) -> None:
    monkeypatch.setitem(
        jenis.JENIS, "bulan", pekerja.JENIS["bulan"].__class__(**vars(jenis.JENIS["bulan"]) | {"buat": buat})
    )


def test_diminta_dibuat_diunduh(c, client):
    ekspor = minta(c.plkb)
    kerjakan_ekspor()
    ekspor.refresh_from_db()
    assert (ekspor.keadaan, ekspor.percobaan, ekspor.nama_berkas) == ("selesai", 1, "poskb-bulan-2021-06.xlsx")
    assert ekspor.selesai == ekspor.jumlah == 1
    response = pabrik.masuk(c.plkb).get(f"{URL}{ekspor.pk}/")
    assert response.status_code == 200
    assert response["Content-Disposition"] == 'attachment; filename="poskb-bulan-2021-06.xlsx"'
    assert response["Cache-Control"] == "no-store"
    assert load_workbook(io.BytesIO(response.content)).sheetnames[0] == "Tentang"
    assert len(response.content) == ekspor.ukuran
    assert b"PK" not in mentah(BerkasEkspor)[0]["isi"][:4]
    assert [j.tindakan for j in Jejak.objects.tentang(ekspor)] == ["mengunduh ekspor", "meminta ekspor"]


def test_diminta_dua_kali_dibuat_sekali(c):
    satu = minta(c.plkb)
    assert minta(c.plkb).pk == satu.pk
    for _ in range(3):
        kerjakan_ekspor()
    assert (Ekspor.objects.get().percobaan, BerkasEkspor.objects.count()) == (1, 1)


@pytest.mark.parametrize("siapa", ["koordinator", "dppkb", "admin", "plkb_lain"])
def test_milik_orang_lain_tidak_ditemukan(c, siapa):
    ekspor = minta(c.plkb)
    kerjakan_ekspor()
    lain = pabrik.masuk(getattr(c, siapa))
    assert lain.get(f"{URL}{ekspor.pk}/").status_code == 404
    assert lain.post(f"{URL}{ekspor.pk}/hapus/").status_code == 404
    assert lain.get(f"{URL}data.json").json() == {"ekspor": []}
    assert str(ekspor.pk) not in lain.get(URL).content.decode()
    assert BerkasEkspor.objects.exists()


def test_kedaluwarsa_lalu_dibersihkan(c, settings):
    ekspor = minta(c.plkb, "akseptor", alasan="memeriksa daftar bersama bidan")
    kerjakan_ekspor()
    client = pabrik.masuk(c.plkb)
    assert client.get(f"{URL}{ekspor.pk}/").status_code == 200
    bersihkan_ekspor()
    assert BerkasEkspor.objects.exists()
    Ekspor.objects.update(kedaluwarsa_pada=Now() - dt.timedelta(seconds=1))
    # Gone for her at once, even before beat has come by.
    assert client.get(f"{URL}{ekspor.pk}/").status_code == 410
    bersihkan_ekspor()
    ekspor.refresh_from_db()
    assert (ekspor.keadaan, ekspor.alasan, BerkasEkspor.objects.count()) == ("kedaluwarsa", "", 0)
    assert "Kedaluwarsa" in client.get(URL).content.decode()
    Ekspor.objects.update(kedaluwarsa_pada=Now() - dt.timedelta(days=8))
    bersihkan_ekspor()
    assert not Ekspor.objects.exists()


def test_worker_mati_di_tengah_diambil_lagi(c, monkeypatch):
    ekspor = minta(c.plkb)

    class Mati(BaseException):
        """What no handler of ours catches, as a killed process."""

    def mati(*_):
        raise Mati

    asli = jenis.JENIS["bulan"].buat
    rusak(monkeypatch, mati)
    with pytest.raises(Mati):
        kerjakan_ekspor()
    ekspor.refresh_from_db()
    assert (ekspor.keadaan, ekspor.percobaan) == ("berjalan", 1)
    rusak(monkeypatch, asli)
    # Its pulse is fresh: perhaps it lives. Nobody takes it away.
    kerjakan_ekspor()
    ekspor.refresh_from_db()
    assert (ekspor.keadaan, ekspor.percobaan) == ("berjalan", 1)
    Ekspor.objects.update(denyut=Now() - dt.timedelta(minutes=2))
    kerjakan_ekspor()
    ekspor.refresh_from_db()
    assert (ekspor.keadaan, ekspor.percobaan) == ("selesai", 2)


def test_yang_digantikan_tidak_menimpa(c):
    minta(c.plkb)
    lama = pekerja.ambil()
    Ekspor.objects.update(denyut=Now() - dt.timedelta(minutes=2))
    baru = pekerja.ambil()
    assert (lama.pk, lama.percobaan, baru.percobaan) == (baru.pk, 1, 2)
    with pytest.raises(pekerja.Digantikan):
        pekerja.Kemajuan(lama)(1, 2)
    with pytest.raises(pekerja.Digantikan):
        pekerja.simpan(lama, "a.xlsx", b"lama", [DESA])
    pekerja.simpan(baru, "a.xlsx", b"baru", [DESA])
    assert pekerja.baca_berkas(baru) == b"baru"


def test_yang_beracun_berakhir_dengan_kalimat(c, monkeypatch, caplog):
    def gagal(*_):
        raise ValueError("NIK 3214995203900001")

    rusak(monkeypatch, gagal)
    ekspor = minta(c.plkb)
    keadaan = []
    for _ in range(4):
        kerjakan_ekspor()
        ekspor.refresh_from_db()
        keadaan.append((ekspor.keadaan, ekspor.percobaan))
    assert keadaan == [("menunggu", 1), ("menunggu", 2), ("gagal", 3), ("gagal", 3)]
    client = pabrik.masuk(c.plkb)
    assert "berkali-kali terhenti" in client.get(URL).content.decode()
    assert client.get(f"{URL}{ekspor.pk}/").status_code == 410


def test_yang_tiga_kali_membunuh_worker_berakhir_juga(c):
    minta(c.plkb)
    for _ in range(3):
        assert pekerja.ambil() is not None
        Ekspor.objects.update(denyut=Now() - dt.timedelta(minutes=2))
    assert pekerja.ambil() is None
    assert Ekspor.objects.get().keadaan == KeadaanEkspor.GAGAL


def test_satu_per_satu_dan_yang_lain_menyusul(c):
    minta(c.plkb)
    minta(c.plkb_lain)
    assert pekerja.kerjakan() is True
    assert pekerja.kerjakan() is False
    assert set(Ekspor.objects.values_list("keadaan", flat=True)) == {"selesai"}


def test_cakupan_hari_pembuatan_yang_berlaku(c):
    ekspor = minta(c.plkb)
    Penugasan.objects.filter(pengguna=c.plkb).update(wilayah_id=TETANGGA, pengganti=True)
    kerjakan_ekspor()
    isi = load_workbook(io.BytesIO(pekerja.baca_berkas(ekspor)))["Keadaan"]
    assert [isi["A2"].value, isi["A3"].value] == [TETANGGA, None]


@pytest.mark.parametrize("kode", ["", DESA])
def test_sesudah_tugasnya_berakhir_berkasnya_tidak_dapat_diunduh(c, settings, kode):
    """A substitute's file of names lives for hours; her right to them ends at midnight."""
    Penugasan.objects.filter(pengguna=c.plkb).update(selesai=dt.date(2021, 7, 8), pengganti=True)
    Penugasan.objects.create(pengguna=c.plkb, wilayah_id=TETANGGA, mulai=JUNI, pengganti=True)
    nama, luas = minta(c.plkb, "akseptor", kode=kode, alasan="memeriksa daftar bersama bidan"), minta(c.dppkb)
    while pekerja.kerjakan():
        pass
    assert pabrik.masuk(c.plkb).get(f"{URL}{nama.pk}/").status_code == 200
    settings.HARI_INI = "2021-07-09"
    jawab = pabrik.masuk(c.plkb).get(f"{URL}{nama.pk}/")
    assert jawab.status_code == 403
    assert "bukan tugas Anda lagi" in jawab.content.decode()
    assert Jejak.objects.filter(kunci=str(nama.pk), tindakan="mengunduh ekspor").count() == 1
    assert pabrik.masuk(c.dppkb).get(f"{URL}{luas.pk}/").status_code == 200


def test_wilayah_yang_tidak_lagi_miliknya_ditolak(c):
    ekspor = minta(c.plkb, kode=DESA)
    Penugasan.objects.filter(pengguna=c.plkb).delete()
    kerjakan_ekspor()
    ekspor.refresh_from_db()
    assert ekspor.keadaan == "gagal"
    assert "tidak lagi termasuk wilayah tugas" in ekspor.pesan


@pytest.mark.parametrize(
    ("siapa", "macam", "isi", "kata"),
    [
        ("kader", "bulan", {}, "bukan untuk peran Kader"),
        ("admin", "akseptor", {"alasan": "ingin tahu saja isinya"}, "bukan untuk peran Admin"),
        ("plkb", "akseptor", {"alasan": "  ya  "}, "paling pendek 10"),
        ("plkb", "akseptor", {"alasan": "x" * 301}, "paling panjang 300"),
        ("plkb", "akseptor", {"alasan": "permintaan ibu 3214015203900001"}, "angan tulis NIK"),
        ("plkb", "lain", {}, "tidak dikenal"),
        ("plkb", "bulan", {"kode": TETANGGA}, "di luar wilayah tugas"),
        ("plkb", "bulan", {"kode": "32.14"}, "di luar wilayah tugas"),
        ("dppkb", "bulan", {"kode": "32.14.99"}, "di luar wilayah tugas"),
        ("dppkb", "bulan", {"kode": "32.14.\x00"}, "di luar wilayah tugas"),
        ("plkb", "bulan", {"kode": f"{DESA}.{'9' * 40}"}, "di luar wilayah tugas"),
    ],
)
def test_permintaan_yang_ditolak_tidak_menulis(c, siapa, macam, isi, kata):
    with pytest.raises(Ditolak, match=kata):
        minta(getattr(c, siapa), macam, **isi)
    assert (Ekspor.objects.count(), Jejak.objects.count()) == (0, 0)


def test_terlalu_banyak_sekaligus(c):
    for macam in ("bulan", "rekap_pdf", "rekap_xlsx", "cetak"):
        minta(c.plkb, macam)
    minta(c.plkb, "bulan", kode=DESA)
    with pytest.raises(Ditolak, match="masih dikerjakan"):
        minta(c.plkb, "cetak", kode=DESA)


def test_halaman_meminta_lalu_menunjukkan_kemajuan(c):
    client = pabrik.masuk(c.plkb)
    jawab = client.post(URL, {"jenis": "bulan", "bulan": "2021-06"})
    ekspor = Ekspor.objects.get()
    assert (jawab.status_code, jawab["Location"]) == (302, f"{URL}?bulan=2021-06&baru={ekspor.pk}")
    isi = client.get(jawab["Location"]).content.decode()
    assert '<noscript><meta http-equiv="refresh"' in isi
    assert "Menunggu giliran" in isi
    data = client.get(f"{URL}data.json")
    assert data.json()["ekspor"] == [{"id": str(ekspor.pk), "keadaan": "menunggu", "selesai": 0, "jumlah": 0}]
    assert client.get(f"{URL}data.json", headers={"If-None-Match": data["ETag"]}).status_code == 304
    assert client.get(f"{URL}{ekspor.pk}/").status_code == 409
    kerjakan_ekspor()
    assert client.get(f"{URL}data.json", headers={"If-None-Match": data["ETag"]}).status_code == 200
    isi = client.get(jawab["Location"]).content.decode()
    assert "http-equiv" not in isi
    assert "dapat diunduh 24 jam lagi" in isi
    assert client.post(f"{URL}{ekspor.pk}/hapus/").status_code == 302
    assert not BerkasEkspor.objects.exists()


@pytest.mark.parametrize("bulan", ["2021-13", "2022-01", "x", "<b>"])
def test_bulan_keliru_menjadi_kalimat(c, bulan):
    client = pabrik.masuk(c.plkb)
    assert client.get(URL, {"bulan": bulan}).status_code == 404
    assert client.post(URL, {"bulan": bulan, "jenis": "bulan"}).status_code == 404
    assert not Ekspor.objects.exists()


def test_alasan_yang_kurang_kembali_dengan_ketikannya(c):
    jawab = pabrik.masuk(c.plkb).post(URL, {"jenis": "akseptor", "bulan": "2021-06", "alasan": "cek"})
    assert jawab.status_code == 422
    assert ">cek</textarea>" in jawab.content.decode()


@pytest.mark.parametrize("bulan", ["2021-06", "2021-13"])
def test_tanpa_token_alasan_yang_diketik_kembali(c, bulan):
    client = Client(enforce_csrf_checks=True)
    client.force_login(c.plkb)
    isi = {"jenis": "akseptor", "bulan": bulan, "alasan": "memeriksa bersama bidan"}
    jawab = client.post(URL, isi)
    assert jawab.status_code == 403
    assert "tekan simpan sekali lagi" in jawab.content.decode()
    assert (">memeriksa bersama bidan</textarea>" in jawab.content.decode()) is (bulan == "2021-06")
    assert not Ekspor.objects.exists()


def test_dppkb_harus_membuka_data_bernama_dulu_juga_saat_mengunduh(c):
    client = pabrik.masuk(c.dppkb)
    data = {"jenis": "akseptor", "bulan": "2021-06", "alasan": "menjawab permintaan ibu"}
    assert client.post(URL, data)["Location"].startswith("/akseptor/buka-data/")
    assert not Ekspor.objects.exists()
    client.post("/akseptor/buka-data/", {"alasan": "menjawab permintaan ibu"})
    client.post(URL, data)
    ekspor = Ekspor.objects.get()
    kerjakan_ekspor()
    assert client.get(f"{URL}{ekspor.pk}/").status_code == 200
    assert Jejak.objects.filter(tindakan="meminta ekspor", alasan="menjawab permintaan ibu").exists()
    # Half an hour later, or in another session, the door is shut again.
    assert pabrik.masuk(c.dppkb).get(f"{URL}{ekspor.pk}/")["Location"].startswith("/akseptor/buka-data/")


def test_terlalu_besar_menjadi_kalimat(c, settings):
    settings.EKSPOR_TERBESAR = 10
    ekspor = minta(c.plkb)
    kerjakan_ekspor()
    ekspor.refresh_from_db()
    assert (ekspor.keadaan, BerkasEkspor.objects.count()) == ("gagal", 0)
    assert "terlalu besar" in ekspor.pesan
