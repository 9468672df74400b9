"""Registering through the page: once, with warnings and likely duplicates asked back, and changing it later."""

import datetime as dt
import uuid

import pytest
from django.test import Client

from akseptor.models import Akseptor, Pelayanan, Persetujuan
from akseptor.persetujuan import VERSI
from kader.models import Jejak
from tests.alat import CITEKO, HARI, NAGROG, Dunia, buat_dunia, catatan, data_formulir, nik_baru

BARU = "/akseptor/baru/"


@pytest.fixture
def dunia(db: None) -> Dunia:
    return buat_dunia()


@pytest.fixture
def kader(dunia: Dunia, client: Client) -> Client:
    client.force_login(dunia.kader)
    return client


def test_catatan_lengkap_tersimpan(dunia: Dunia, kader: Client) -> None:
    data = data_formulir(
        dunia, nama_istri="  Siti   Nur'aeni ", no_hp="0812-3456-7890", rw="3", rt="12", alamat="Kp. Ciseuti"
    )
    assert kader.post(BARU, data).status_code == 302
    p = Pelayanan.objects.select_related("akseptor").get()
    a = p.akseptor
    assert (p.tahap, p.metode, p.status_peserta, p.tanggal) == ("dilayani", "implan", "baru", HARI)
    assert (a.nama_istri, a.nik_istri, a.no_hp, a.rw, a.rt) == (
        "Siti Nur'aeni",
        data["nik_istri"],
        "+6281234567890",
        "003",
        "012",
    )
    assert a.tanggal_lahir_istri == dt.date(1990, 3, 12)
    assert Persetujuan.objects.get().versi_teks == VERSI
    assert set(Jejak.objects.values_list("tindakan", flat=True)) == {"mendaftarkan", "mencatat"}


def test_nik_hp_dan_alamat_tidak_terbaca_di_basis_data(dunia: Dunia, kader: Client) -> None:
    from django.db import connection

    data = data_formulir(dunia, no_hp="081234567890", alamat="Kampung Rahasia")
    kader.post(BARU, data)
    with connection.cursor() as kursor:
        kursor.execute("SELECT a::text FROM akseptor_akseptor a")
        baris = kursor.fetchone()[0]
    for rahasia in (data["nik_istri"], "81234567890", "Kampung Rahasia"):
        assert rahasia not in baris


def test_id_yang_sama_dua_kali_satu_baris(dunia: Dunia, kader: Client) -> None:
    data = data_formulir(dunia)
    kader.post(BARU, data)
    ulang = kader.post(BARU, data, follow=True)
    assert "sudah diterima sebelumnya" in ulang.content.decode()
    assert (Pelayanan.objects.count(), Akseptor.objects.count(), Persetujuan.objects.count()) == (1, 1, 1)


def test_nik_menyusul_dengan_alasan(dunia: Dunia, kader: Client) -> None:
    data = data_formulir(dunia, nik_istri="", nik_menyusul="on", tanggal_lahir_istri="1990-03-12")
    tolak = kader.post(BARU, data)
    assert tolak.status_code == 422
    assert "Tulis mengapa NIK menyusul" in tolak.content.decode()
    assert kader.post(BARU, data | {"alasan_nik_menyusul": "belum punya KTP"}).status_code == 302
    assert Akseptor.objects.get().nik_indeks is None


def test_calon_tidak_perlu_alat_tempat_dan_tanggal(dunia: Dunia, kader: Client) -> None:
    data = data_formulir(dunia, tahap="calon", metode=None, faskes=None)
    assert kader.post(BARU, data).status_code == 302
    p = Pelayanan.objects.get()
    assert (p.tahap, p.metode, p.tanggal) == ("calon", "", None)


@pytest.mark.parametrize(
    ("ubah", "kata", "kode"),
    [
        ({"nik_istri": "3214991203900001"}, "milik laki-laki", "nik_laki_laki"),
        ({"tanggal_lahir_istri": "1991-03-12"}, "tidak sama", "nik_tanggal_lahir"),
        ({"nik_istri": "3273995203900001"}, "di luar kabupaten", "nik_wilayah"),
        ({"nik_istri": "3214995203600001"}, "di luar 15 sampai 49", "usia"),
        ({"tanggal_pelayanan": "2021-03-01"}, "sudah lama", "lama"),
    ],
)
def test_peringatan_ditanya_sekali_lalu_diterima(
    dunia: Dunia, kader: Client, ubah: dict, kata: str, kode: str
) -> None:
    data = data_formulir(dunia, **ubah)
    tanya = kader.post(BARU, data)
    assert tanya.status_code == 422
    assert kata in tanya.content.decode()
    assert not Pelayanan.objects.exists()
    assert kader.post(BARU, data | {"konfirmasi": kode}).status_code == 302
    assert Pelayanan.objects.get().peringatan_dikonfirmasi == [kode]


def test_centang_untuk_peringatan_lain_tidak_berlaku(dunia: Dunia, kader: Client) -> None:
    data = data_formulir(dunia, nik_istri="3273995203900001", konfirmasi="usia")
    assert kader.post(BARU, data).status_code == 422


def test_nik_sama_di_desa_lain_hanya_menyebut_inisial(dunia: Dunia, kader: Client) -> None:
    nik = nik_baru()
    lain = catatan(dunia, desa=NAGROG, nik=nik, dicatat_oleh=dunia.jauh)
    Akseptor.objects.update(nama_istri="Rahasia Jauh")
    data = data_formulir(dunia, nik_istri=nik)
    tanya = kader.post(BARU, data)
    isi = tanya.content.decode()
    assert tanya.status_code == 422
    assert "Orang yang sama?" in isi
    assert "R… J…" in isi
    assert "Rahasia" not in isi
    # The same person: a row of her own desa, one couple.
    jawab = {"orang_sama": str(lain.akseptor_id), "kemiripan_dilihat": str(lain.akseptor_id)}
    assert kader.post(BARU, data | jawab).status_code == 302
    baru = Akseptor.objects.get(desa_id=CITEKO)
    assert baru.pasangan == lain.pasangan
    assert baru.perlu_tinjau_duplikat


def test_orang_yang_sama_di_desanya_mendapat_pelayanan_kedua(dunia: Dunia, kader: Client) -> None:
    nik = nik_baru()
    lama = catatan(dunia, dt.date(2021, 6, 20), nik=nik)
    data = data_formulir(dunia, nik_istri=nik, metode="iud", status_peserta="ganti_cara")
    assert kader.post(BARU, data).status_code == 422
    assert kader.post(BARU, data | {"orang_sama": str(lama.akseptor_id)}).status_code == 302
    assert Akseptor.objects.count() == 1
    assert Pelayanan.objects.filter(akseptor=lama.akseptor_id).count() == 2


def test_nama_mirip_tanggal_lahir_sama_ditanya_dan_bukan_diterima(dunia: Dunia, kader: Client) -> None:
    lama = catatan(dunia)
    Akseptor.objects.update(nama_istri="Siti Nuraeni", nama_suami="Jajang S")
    data = data_formulir(dunia, nama_istri="Siti Nur'aeni", nama_suami="Jajang")
    tanya = kader.post(BARU, data)
    assert "nama dan tanggal lahir mirip" in tanya.content.decode()
    bukan = data | {"orang_sama": "bukan", "kemiripan_dilihat": str(lama.akseptor_id)}
    assert kader.post(BARU, bukan).status_code == 302
    baru = Akseptor.objects.exclude(pk=lama.akseptor_id).get()
    assert baru.pasangan != lama.pasangan
    assert baru.perlu_tinjau_duplikat


def test_nama_mirip_tetapi_suami_lain_bukan_duplikat(dunia: Dunia, kader: Client) -> None:
    catatan(dunia)
    Akseptor.objects.update(nama_istri="Siti Nuraeni", nama_suami="Bambang Sudrajat")
    assert kader.post(BARU, data_formulir(dunia, nama_istri="Siti Nur'aeni")).status_code == 302


def test_jawaban_dengan_id_sembarang_tidak_menempel_ke_orang_lain(dunia: Dunia, kader: Client) -> None:
    jauh = catatan(dunia, desa=NAGROG)
    data = data_formulir(dunia, orang_sama=str(jauh.akseptor_id))
    assert kader.post(BARU, data).status_code == 302
    assert Akseptor.objects.get(desa_id=CITEKO).pasangan != jauh.pasangan


def _ubah(p: Pelayanan, dunia: Dunia, **lain: object) -> dict[str, str]:
    return data_formulir(dunia, id=p.pk, versi=p.versi, nik_istri=p.akseptor.nik_istri, **lain)


def test_catatan_yang_dikembalikan_kembali_ke_petugas_setelah_diperbaiki(dunia: Dunia, kader: Client) -> None:
    p = catatan(dunia, tahap="dikembalikan", alasan_tahap="tanggal keliru")
    url = f"/akseptor/catatan/{p.pk}/ubah/"
    assert "tanggal keliru" in kader.get(url).content.decode()
    assert kader.post(url, _ubah(p, dunia, tanggal_pelayanan="2021-07-07")).status_code == 302
    p.refresh_from_db()
    assert (p.tahap, p.tanggal, p.alasan_tahap, p.versi) == ("dilayani", dt.date(2021, 7, 7), "", 2)
    perubahan = Jejak.objects.get(tindakan="mengubah").perubahan
    assert perubahan["tanggal"] == ["2021-07-08", "2021-07-07"]


def test_riwayat_tidak_menyimpan_nilai_rahasia(dunia: Dunia, kader: Client) -> None:
    p = catatan(dunia)
    baru = nik_baru()
    kader.post(f"/akseptor/catatan/{p.pk}/ubah/", _ubah(p, dunia) | {"nik_istri": baru})
    perubahan = Jejak.objects.get(tindakan="mengubah").perubahan
    assert perubahan["nik_istri"] == ["•", "•"]
    assert baru not in str(perubahan)


def test_terverifikasi_tidak_bisa_diubah_dan_dikatakan_langkahnya(dunia: Dunia, kader: Client) -> None:
    p = catatan(dunia, tahap="terverifikasi")
    for jawaban in (
        kader.get(f"/akseptor/catatan/{p.pk}/ubah/", follow=True),
        kader.post(f"/akseptor/catatan/{p.pk}/ubah/", _ubah(p, dunia, metode="iud"), follow=True),
    ):
        assert "minta petugas PLKB mengembalikannya" in jawaban.content.decode()
    p.refresh_from_db()
    assert p.metode == "implan"


def test_ubahan_atas_versi_lama_ditolak_dan_ketikannya_tetap(dunia: Dunia, kader: Client) -> None:
    p = catatan(dunia)
    Pelayanan.objects.update(versi=2)
    jawaban = kader.post(f"/akseptor/catatan/{p.pk}/ubah/", _ubah(p, dunia, nama_istri="Ketikan Baru"))
    assert jawaban.status_code == 422
    assert "baru saja diubah orang lain" in jawaban.content.decode()
    assert "Ketikan Baru" in jawaban.content.decode()
    assert not Akseptor.objects.filter(nama_istri="Ketikan Baru").exists()


def test_id_catatan_di_alamat_yang_menang_atas_id_di_formulir(dunia: Dunia, kader: Client) -> None:
    satu, dua = catatan(dunia), catatan(dunia)
    kader.post(f"/akseptor/catatan/{satu.pk}/ubah/", _ubah(satu, dunia, metode="iud") | {"id": str(dua.pk)})
    dua.refresh_from_db()
    assert dua.metode == "implan"


def test_uuid_baru_di_setiap_halaman(kader: Client) -> None:
    def nomor() -> uuid.UUID:
        return kader.get(BARU).context["form"]["id"].value()

    assert nomor() != nomor()


def test_keputusan_petugas_bertahan_selama_jati_diri_tidak_berubah(dunia: Dunia, kader: Client) -> None:
    p = catatan(dunia)
    lain = catatan(dunia)
    Akseptor.objects.update(nama_istri="Siti Nuraeni", nama_suami="Jajang")
    lama = {"nama_istri": "Siti Nuraeni", "nama_suami": "Jajang", "tanggal_lahir_istri": "1990-03-12"}
    kader.post(f"/akseptor/catatan/{p.pk}/ubah/", _ubah(p, dunia, **lama, metode="iud"))
    assert not Akseptor.objects.get(pk=p.akseptor_id).perlu_tinjau_duplikat
    p.refresh_from_db()
    assert p.metode == "iud"
    kader.post(f"/akseptor/catatan/{p.pk}/ubah/", _ubah(p, dunia, **lama | {"nama_istri": "Siti Nur Aeni"}))
    assert Akseptor.objects.get(pk=p.akseptor_id).perlu_tinjau_duplikat
    assert not Akseptor.objects.get(pk=lain.akseptor_id).perlu_tinjau_duplikat
