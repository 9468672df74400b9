"""Bad input: a clear sentence (or 403/404), what was typed stays, nothing is written."""

import html
import threading
import uuid

import pytest
from django.db import connection
from django.test import Client

from akseptor.models import Akseptor, Pelayanan
from kader.models import Jejak
from tests.alat import GANDASOLI, NAGROG, Dunia, buat_dunia, catatan, data_formulir

BARU = "/akseptor/baru/"


@pytest.fixture
def dunia(db: None) -> Dunia:
    return buat_dunia()


BURUK = [
    ("tanggal_pelayanan", "2021-07-09", "belum terjadi"),
    ("tanggal_pelayanan", "1985-01-01", "sebelum ibu lahir"),
    ("tanggal_pelayanan", "2021-02-30", "tidak ada di kalender"),
    ("tanggal_pelayanan", "", "Isi tanggal ibu dilayani"),
    ("tanggal_lahir_istri", "2031-01-01", "belum terjadi"),
    ("tanggal_lahir_istri", "1890-01-01", "lebih dari 100 tahun"),
    ("faskes", "", "Pilih tempat ibu dilayani"),
    ("faskes", "999999", "tidak ada di daftar"),
    ("faskes", "abc", "tidak ada di daftar"),
    ("metode", "", "Pilih alat/cara KB"),
    ("metode", "mantra", "Pilih salah satu alat/cara KB"),
    ("status_peserta", "", "Pilih status peserta"),
    ("nik_istri", "32149952039000011", "17 angka"),
    ("nik_istri", "3214abc203900001", "hanya berisi angka"),
    ("nik_istri", "😀" * 16, "hanya berisi angka"),
    ("nik_istri", "1" * 10_000, "40"),
    ("nik_istri", "", "centang NIK menyusul"),
    ("nama_istri", "😀", "huruf saja"),
    ("nama_istri", "<b>Siti</b>", "huruf saja"),
    ("nama_istri", "<script>alert(1)</script>", "huruf saja"),
    ("nama_istri", "Siti 4lay", "huruf saja"),
    ("nama_istri", "A" * 10_000, "100"),
    ("nama_istri", "   ", "perlu diisi"),
    ("nama_istri", "Siti\x00", "ull"),
    ("nama_suami", "", "perlu diisi"),
    ("no_hp", "12", "Nomor HP tidak lengkap"),
    ("no_hp", "rumah", "Nomor HP tidak lengkap"),
    ("rw", "iii", "RW hanya angka"),
    ("rt", "٣", "RT hanya angka"),
    ("jumlah_anak", "-1", "0 sampai 20"),
    ("jumlah_anak", "banyak", "0 sampai 20"),
    ("alamat", "x" * 10_000, "200"),
    ("desa", NAGROG, "di luar wilayah tugas Anda"),
    ("desa", GANDASOLI, "di luar wilayah tugas Anda"),
    ("desa", "32.14.04", "di luar wilayah tugas Anda"),
    ("persetujuan_data", None, "Tanpa itu data tidak boleh dicatat"),
    ("tahap", "terverifikasi", "terverifikasi"),
    ("id", "bukan-uuid", "Buka formulir ini sekali lagi"),
]


@pytest.mark.parametrize(("medan", "nilai", "kata"), BURUK, ids=[f"{m}-{n}" for n, (m, _, _) in enumerate(BURUK)])
def test_masukan_buruk_mendapat_kalimat_dan_ketikan_tetap(
    dunia: Dunia, client: Client, medan: str, nilai: str | None, kata: str
) -> None:
    client.force_login(dunia.kader)
    data = data_formulir(dunia, **{"nama_istri": "Ibu Ketikan", "alamat": "Kampung Ketikan"} | {medan: nilai})
    jawaban = client.post(BARU, data)
    isi = jawaban.content.decode()
    assert jawaban.status_code == 422
    assert kata in isi
    assert isi.count('href="#div_id_') >= 1 or medan == "id"
    for nama in ("nama_istri", "alamat", "nik_istri"):
        if nama in data and "\x00" not in data[nama]:
            assert html.escape(data[nama]) in isi, f"{nama} was lost"
    assert "<script>alert" not in isi
    assert not Pelayanan.objects.exists()
    assert not Akseptor.objects.exists()
    assert not Jejak.objects.exists()


@pytest.mark.parametrize("nama", ["Nur'aeni", 'Siti "Neng" A.', "D’Souza-Putri", "Hj. Eti, S.Pd.", "Aminah (Mimin)"])
def test_nama_dengan_petik_diterima_dan_diloloskan_aman(dunia: Dunia, client: Client, nama: str) -> None:
    client.force_login(dunia.kader)
    assert client.post(BARU, data_formulir(dunia, nama_istri=nama)).status_code == 302
    assert Akseptor.objects.get().nama_istri == nama
    assert html.escape(nama) in client.get("/akseptor/").content.decode()


def test_id_milik_catatan_desa_lain_ditolak(dunia: Dunia, client: Client) -> None:
    jauh = catatan(dunia, desa=NAGROG, dicatat_oleh=dunia.jauh)
    client.force_login(dunia.kader)
    jawaban = client.post(BARU, data_formulir(dunia, id=jauh.pk, nama_istri="Ibu Ketikan"))
    assert jawaban.status_code == 422
    assert "simpan sekali lagi" in jawaban.content.decode()
    assert jawaban.context["form"]["id"].value() != str(jauh.pk)
    assert "Ibu Ketikan" in jawaban.content.decode()
    jauh.refresh_from_db()
    assert (jauh.desa_id, jauh.versi, Pelayanan.objects.count()) == (NAGROG, 1, 1)


def test_catatan_desa_lain_tidak_ditemukan(dunia: Dunia, client: Client) -> None:
    jauh = catatan(dunia, desa=NAGROG)
    client.force_login(dunia.kader)
    for url in (f"/akseptor/{jauh.akseptor_id}/", f"/akseptor/catatan/{jauh.pk}/ubah/"):
        assert client.get(url).status_code == 404
    assert client.post(f"/akseptor/catatan/{jauh.pk}/tahap/", {"tindakan": "batal", "alasan": "x"}).status_code == 404
    assert Pelayanan.objects.get().tahap == "dilayani"


def test_tanpa_token_csrf_ketikan_kembali_dan_tidak_ada_yang_tertulis(dunia: Dunia) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(dunia.kader)
    jawaban = client.post(BARU, data_formulir(dunia, nama_istri="Ibu Ketikan"))
    isi = jawaban.content.decode()
    assert jawaban.status_code == 403
    assert "Isian Anda masih ada" in isi
    assert "Ibu Ketikan" in isi
    assert "csrfmiddlewaretoken" in isi
    assert not Pelayanan.objects.exists()


def test_tanpa_token_csrf_dan_tanpa_hak_tidak_menampilkan_formulir(dunia: Dunia) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(dunia.plkb)
    jawaban = client.post(BARU, data_formulir(dunia))
    assert jawaban.status_code == 403
    assert "nama_istri" not in jawaban.content.decode()


@pytest.mark.parametrize("medan", ["bulan", "dari", "sampai"])
@pytest.mark.parametrize("bulan", ["2021-13", "2021-6", "abcd-ef", "2021-00", "٢٠٢١-٠٦", "9999-12", "0001-01"])
def test_bulan_yang_tidak_ada_di_saringan_disebut(dunia: Dunia, client: Client, bulan: str, medan: str) -> None:
    client.force_login(dunia.kader)
    jawaban = client.get("/akseptor/", {medan: bulan})
    assert jawaban.status_code == 200
    assert "Bulan ditulis seperti 2021-06" in jawaban.content.decode()


def test_saringan_ngawur_tidak_menggagalkan(dunia: Dunia, client: Client) -> None:
    client.force_login(dunia.kader)
    ngawur = {"tahap": "x", "metode": "y", "status": "z", "desa": NAGROG, "halaman": "-1", "duplikat": "😀"}
    assert client.get("/akseptor/", ngawur).status_code == 200
    assert client.post("/akseptor/", ngawur | {"cari": "%_\\'\"<b>" * 5, "halaman": "999"}).status_code == 200


@pytest.mark.parametrize("tujuan", ["https://jahat.example", "//jahat.example", "javascript:alert(1)", "\\\\jahat"])
def test_lanjut_tidak_keluar_dari_situs(dunia: Dunia, client: Client, tujuan: str) -> None:
    p = catatan(dunia)
    client.force_login(dunia.plkb)
    jawaban = client.post(f"/akseptor/catatan/{p.pk}/verifikasi/", {"lanjut": tujuan})
    assert jawaban["Location"] == f"/akseptor/{p.akseptor_id}/"


@pytest.mark.django_db(transaction=True)
def test_delapan_kiriman_serentak_satu_baris() -> None:
    dunia = buat_dunia()
    data = data_formulir(dunia, id=uuid.uuid4())
    hasil: list[int] = []

    def kirim() -> None:
        client = Client()
        client.force_login(dunia.kader)
        hasil.append(client.post(BARU, data).status_code)
        connection.close()

    utas = [threading.Thread(target=kirim) for _ in range(8)]
    for u in utas:
        u.start()
    for u in utas:
        u.join()
    assert hasil == [302] * 8
    assert (Pelayanan.objects.count(), Akseptor.objects.count()) == (1, 1)
