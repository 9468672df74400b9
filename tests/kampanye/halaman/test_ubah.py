"""Making and changing a campaign: preview, reason, recount, history, refusals beside the field, two at once."""

import datetime as dt
import io
import re
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from pytest_django import Settings

from kader.models import Faskes, Jejak, Wilayah
from laporan.kampanye.hitung import hitung_ulang_semua, hitung_yang_perlu
from laporan.models import Capaian, Cuplikan, Kampanye, Target
from tests.alat import CITEKO, KABUPATEN, NAGROG, PLERED, Dunia, catatan
from tests.kampanye.halaman.alat import ALASAN, DEPAN, LALU, isi, kampanye, masuk


def tersimpan(k: Kampanye) -> int:
    """What the worker counts, stored."""
    hitung_yang_perlu()
    return sum(Capaian.objects.filter(kampanye=k).values_list("tercatat", flat=True))


def simpan(client: Client, k: Kampanye, **ubah: Any) -> Any:
    """Send, look at the preview, confirm."""
    url, data = f"/kampanye/{k.pk}/ubah/", isi(k, alasan=ALASAN, **ubah)
    lihat = client.post(url, data)
    assert lihat.status_code == 200
    return lihat, client.post(url, data | {"konfirmasi": lihat.context["konfirmasi"]})


def isi_daerah(d: Dunia) -> None:
    """Six services: two of them not in July, one IUD, one ganti cara, one at a saung, one verified."""
    saung = Faskes.objects.create(nama="Saung", jenis="saung_ambu", wilayah_id=PLERED)
    catatan(d, dt.date(2021, 6, 20))
    catatan(d, dt.date(2021, 6, 30), desa=NAGROG)
    catatan(d, dt.date(2021, 7, 5), metode="iud")
    catatan(d, dt.date(2021, 7, 6), status_peserta="ganti_cara")
    catatan(d, dt.date(2021, 7, 7), faskes=saung)
    catatan(d, dt.date(2021, 7, 8), tahap="terverifikasi")
    hitung_ulang_semua()


@pytest.mark.parametrize(
    ("ubah", "kata", "sesudah"),
    [
        ({"mulai": dt.date(2021, 7, 1)}, "5 menjadi 3 (−2)", 3),
        ({"selesai": dt.date(2021, 7, 7)}, "5 menjadi 4 (−1)", 4),
        ({"metode": ["implan"]}, "5 menjadi 4 (−1)", 4),
        ({"status_peserta": ["baru", "ganti_cara"]}, "5 menjadi 6 (+1)", 6),
        ({"jenis_tempat": ["puskesmas"]}, "5 menjadi 4 (−1)", 4),
        ({"selesai": dt.date(2021, 8, 15)}, "5 menjadi 5 (0)", 5),
    ],
)
def test_pratinjau_sama_dengan_yang_dihitung_sesudahnya(d: Dunia, ubah: dict, kata: str, sesudah: int) -> None:
    isi_daerah(d)
    k, dppkb = d.kampanye, masuk(d.dppkb)
    lihat, jadi = simpan(dppkb, k, **ubah)
    assert f"Aturan baru: <b>{kata}</b>" in lihat.content.decode()
    assert lihat.context["hasil"].tercatat.sesudah == sesudah
    assert jadi.status_code == 302
    k.refresh_from_db()
    assert (k.versi, k.perlu_hitung_ulang) == (2, True)
    assert tersimpan(k) == sesudah
    assert hitung_ulang_semua() == []
    jejak = Jejak.objects.tentang(k).first()
    assert (jejak.oleh, jejak.alasan) == (d.dppkb, ALASAN)
    assert jejak.perubahan["tercatat"] == [5, sesudah]
    teks = dppkb.get(f"/kampanye/{k.pk}/").content.decode()
    assert f"Tercatat {kata}" in teks
    assert ALASAN in teks


def test_pratinjau_tidak_menyimpan_apa_pun(d: Dunia) -> None:
    isi_daerah(d)
    k = d.kampanye
    masuk(d.dppkb).post(f"/kampanye/{k.pk}/ubah/", isi(k, metode=["implan"], alasan=ALASAN))
    k.refresh_from_db()
    assert (len(k.metode), k.versi, k.perlu_hitung_ulang) == (4, 1, False)
    assert not Jejak.objects.tentang(k).exists()


def test_yang_diubah_sesudah_pratinjau_dilihat_lagi(d: Dunia) -> None:
    isi_daerah(d)
    k, dppkb, url = d.kampanye, masuk(d.dppkb), f"/kampanye/{d.kampanye.pk}/ubah/"
    lihat = dppkb.post(url, isi(k, metode=["implan"], alasan=ALASAN))
    lain = dppkb.post(url, isi(k, metode=["iud"], alasan=ALASAN, konfirmasi=lihat.context["konfirmasi"]))
    assert lain.status_code == 200
    assert "5 menjadi 1 (−4)" in lain.content.decode()
    assert Kampanye.objects.get().versi == 1


@pytest.mark.parametrize("ubah", [{"metode": ["implan"]}, {"target": 2000}])
def test_tanpa_alasan_ditolak_di_samping_isiannya(d: Dunia, ubah: dict) -> None:
    jawaban = masuk(d.dppkb).post(f"/kampanye/{d.kampanye.pk}/ubah/", isi(d.kampanye, **ubah))
    assert jawaban.status_code == 422
    assert list(jawaban.context["form"].errors) == ["alasan"]
    assert Kampanye.objects.get().versi == 1


def test_alasan_dengan_nomor_ditolak_dan_isian_tetap(d: Dunia) -> None:
    k, dppkb = d.kampanye, masuk(d.dppkb)
    data = isi(k, target=2000, alasan="hubungi 081234567890")
    lihat = dppkb.post(f"/kampanye/{k.pk}/ubah/", data)
    jawaban = dppkb.post(f"/kampanye/{k.pk}/ubah/", data | {"konfirmasi": lihat.context["konfirmasi"]})
    assert jawaban.status_code == 409
    assert "jangan tulis NIK" in jawaban.content.decode()
    assert 'value="2000"' in jawaban.content.decode() or 'value="2.000"' in jawaban.content.decode()


def test_nama_saja_tanpa_pratinjau_tanpa_alasan(d: Dunia) -> None:
    hitung_ulang_semua()
    k = d.kampanye
    assert masuk(d.dppkb).post(f"/kampanye/{k.pk}/ubah/", isi(k, nama="MKJP Purwakarta")).status_code == 302
    k.refresh_from_db()
    assert (k.nama, k.versi, k.perlu_hitung_ulang) == ("MKJP Purwakarta", 2, False)
    # Also where nobody records anything: every area says the new name, and says so to whoever has it open.
    assert {c.isi["aturan"]["nama"] for c in Cuplikan.objects.filter(kampanye=k)} == {"MKJP Purwakarta"}
    assert masuk(d.dppkb).get("/dasbor/data.json").json()["kampanye"] == "MKJP Purwakarta"


def test_tanpa_perubahan_tanpa_jejak(d: Dunia) -> None:
    k = d.kampanye
    assert masuk(d.dppkb).post(f"/kampanye/{k.pk}/ubah/", isi(k, metode=k.metode[::-1])).status_code == 302
    k.refresh_from_db()
    assert k.versi == 1
    assert not Jejak.objects.tentang(k).exists()


def test_target_baru_menjaga_perbandingan_bagian(d: Dunia) -> None:
    k = d.kampanye
    Target.objects.filter(kampanye=k).update(jumlah=0)
    Target.objects.filter(kampanye=k, desa_id=CITEKO).update(jumlah=1831)
    _, jadi = simpan(masuk(d.dppkb), k, target=2000)
    assert jadi.status_code == 302
    bagian = dict(Target.objects.per_desa(k).values_list("desa_id", "jumlah"))
    assert (bagian[CITEKO], sum(bagian.values())) == (2000, 2000)
    k.refresh_from_db()
    assert k.perlu_hitung_ulang


def test_target_baru_dari_yang_sama_rata_tetap_sama_rata(d: Dunia) -> None:
    simpan(masuk(d.dppkb), d.kampanye, target=2000)
    assert set(Target.objects.per_desa(d.kampanye).values_list("jumlah", flat=True)) == {500}
    d.kampanye.refresh_from_db()
    assert d.kampanye.cara_bagi == "rata"


def test_dua_orang_mengubah_yang_kedua_melihat_keduanya(d: Dunia) -> None:
    k, satu, dua = d.kampanye, masuk(d.dppkb), masuk(d.admin)
    url = f"/kampanye/{k.pk}/ubah/"
    data = isi(k, nama="Nama admin")
    assert satu.post(url, isi(k, nama="Nama DPPKB")).status_code == 302
    bentrok = dua.post(url, data)
    assert bentrok.status_code == 409
    teks = bentrok.content.decode()
    assert "tersimpan <b>Nama DPPKB</b>, isian Anda <b>Nama admin</b>" in teks
    assert 'name="versi" value="2"' in teks
    assert Kampanye.objects.get().nama == "Nama DPPKB"
    # Sent again with what she saw: now it is hers.
    assert dua.post(url, data | {"versi": "2"}).status_code == 302
    assert Kampanye.objects.get().nama == "Nama admin"


@pytest.mark.parametrize(
    ("ubah", "medan", "kata"),
    [
        ({"nama": " "}, "nama", "Beri nama"),
        ({"nama": "x" * 101}, "nama", "paling panjang 100"),
        ({"nama": "lalu"}, "nama", "Sudah ada kampanye dengan nama ini"),
        ({"mulai": "2021-02-30"}, "mulai", "tidak ada di kalender"),
        ({"mulai": ""}, "mulai", "Isi tanggalnya"),
        ({"selesai": "2021-06-01"}, "selesai", "tidak boleh sebelum hari pertama"),
        ({"selesai": "2031-07-31"}, "selesai", "paling lama 366 hari"),
        ({"mulai": "1021-06-18"}, "mulai", "Periksa tahunnya"),
        ({"target": "0"}, "target", "paling kecil 1"),
        ({"target": "banyak"}, "target", "Tulis target dengan angka"),
        ({"target": "-5"}, "target", "paling kecil 1"),
        ({"target": "9" * 30}, "target", "terlalu besar"),
        ({"target": "1,5"}, "target", "Tulis target dengan angka"),
        ({"metode": []}, "metode", "sedikitnya satu alat"),
        ({"metode": ["sihir"]}, "metode", "Pilih dari daftar"),
        # Recorded for the monthly report, never counted in a campaign.
        ({"metode": ["suntik"]}, "metode", "Pilih dari daftar"),
        ({"status_peserta": []}, "status_peserta", "sedikitnya satu status"),
        ({"jenis_tempat": ["warung"]}, "jenis_tempat", "Pilih dari daftar"),
        ({"tempat": ["999999"]}, "tempat", "Pilih dari daftar"),
        ({"tempat": ["x"]}, "tempat", "Pilih dari daftar"),
    ],
)
def test_isian_keliru_ditolak_di_samping_isiannya(d: Dunia, ubah: dict, medan: str, kata: str) -> None:
    kampanye("Lalu", **LALU)
    data = isi(d.kampanye, **({"nama": "Yang diketik"} | ubah))
    for url in ("/kampanye/baru/", f"/kampanye/{d.kampanye.pk}/ubah/"):
        jawaban = masuk(d.dppkb).post(url, data)
        assert jawaban.status_code == 422
        galat = jawaban.context["form"].errors
        assert list(galat) == [medan]
        assert kata in galat[medan][0]
        assert "nama" in ubah or "Yang diketik" in jawaban.content.decode()
    assert Kampanye.objects.count() == 2


def test_kampanye_baru_dibagi_dihitung_dan_disebut_bersamaan(d: Dunia) -> None:
    catatan(d, metode="iud", status_peserta="ganti_cara")
    dppkb = masuk(d.dppkb)
    data = isi(d.kampanye, nama="Semua cara Juli", target="1.000", status_peserta=["ganti_cara"], mulai="2021-07-01")
    jawaban = dppkb.post("/kampanye/baru/", data)
    baru = Kampanye.objects.get(nama="Semua cara Juli")
    assert jawaban["Location"] == f"/kampanye/{baru.pk}/bagian/"
    assert (baru.target, baru.cara_bagi, baru.wilayah_id) == (1000, "rata", "32.14")
    assert sum(Target.objects.per_desa(baru).values_list("jumlah", flat=True)) == 1000
    assert "Waktunya bersamaan dengan MKJP 1831" in dppkb.get(jawaban["Location"]).content.decode()
    assert tersimpan(baru) == 1
    assert tersimpan(d.kampanye) == 0
    for url in (f"/kampanye/{baru.pk}/", f"/kampanye/{d.kampanye.pk}/"):
        assert "Waktunya bersamaan dengan" in dppkb.get(url).content.decode()
    assert Jejak.objects.tentang(baru).get().tindakan == "membuat"


@pytest.mark.parametrize(
    ("mulai", "selesai", "sama"),
    [((6, 1), (6, 17), False), ((6, 1), (6, 18), True), ((7, 31), (8, 9), True), ((8, 1), (8, 9), False)],
)
def test_bersamaan_mulai_dari_satu_hari(d: Dunia, mulai: tuple, selesai: tuple, sama: bool) -> None:
    lain = kampanye("Lain", mulai=dt.date(2021, *mulai), selesai=dt.date(2021, *selesai))
    assert list(Kampanye.objects.all().bersamaan(d.kampanye)) == ([lain] if sama else [])


def test_sampai_dihitung_tampak_sedang_dihitung_dan_target_barunya(d: Dunia) -> None:
    """Beside "5 menjadi 4" the old 5 of 1831 stood until the worker had counted."""
    isi_daerah(d)
    dppkb, url = masuk(d.dppkb), f"/kampanye/{d.kampanye.pk}/"
    simpan(dppkb, d.kampanye, metode=["implan"], target=2000)
    teks = dppkb.get(url).content.decode()
    assert "5 menjadi 4 (−1)" in teks
    assert "<b>Sedang dihitung ulang</b> <small>target 2.000</small>" in teks
    assert "tercatat dari" not in teks
    daftar = dppkb.get("/kampanye/").content.decode()
    assert "Sedang dihitung ulang" in daftar
    assert "1.831" not in daftar
    hitung_yang_perlu()
    assert "<b>4</b> <small>tercatat dari 2.000</small>" in dppkb.get(url).content.decode()
    assert "Sedang dihitung ulang" not in dppkb.get("/kampanye/").content.decode()


def test_akibat_disimpan_dengan_satu_tombol(d: Dunia) -> None:
    lihat, _ = simpan(masuk(d.dppkb), d.kampanye, target=2000)
    tombol = re.findall(r"<button[^>]*>(.*?)</button>", lihat.content.decode(), re.DOTALL)
    assert sum("Ya, simpan aturan ini" in t for t in tombol) == 1


def test_halaman_menyebut_yang_dapat_dilakukan(d: Dunia) -> None:
    """A campaign that runs by mistake: why it stays, and how it ends. Today is 8 July."""
    depan = kampanye("Depan", **DEPAN)
    hari_ini = kampanye("Salah", mulai=dt.date(2021, 7, 8), selesai=dt.date(2021, 7, 30))
    dppkb = masuk(d.dppkb)
    berjalan = dppkb.get(f"/kampanye/{d.kampanye.pk}/").content.decode()
    assert "menghapus hanya bisa sebelum hari pertamanya" in berjalan
    assert "Ubah hari terakhirnya</a>, paling awal 7 Juli 2021" in berjalan
    assert "paling awal 8 Juli 2021" in dppkb.get(f"/kampanye/{hari_ini.pk}/").content.decode()
    assert "Boleh sebelum 1 September 2021" in dppkb.get(f"/kampanye/{depan.pk}/").content.decode()
    assert "menghapus hanya bisa" not in masuk(d.plkb).get(f"/kampanye/{d.kampanye.pk}/").content.decode()
    # What it says can be done.
    _, jadi = simpan(dppkb, d.kampanye, selesai=dt.date(2021, 7, 7))
    assert jadi.status_code == 302
    assert 'id="tutup"' in dppkb.get(f"/kampanye/{d.kampanye.pk}/").content.decode()


def jaring() -> None:
    """What a COMMIT does: the database writes down what no line tells."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


def test_kampanye_dari_penyiapan_punya_riwayat_sendiri(d: Dunia) -> None:
    jaring()
    Kampanye.objects.all().delete()
    jaring()
    call_command("muat_kampanye", stdout=io.StringIO())
    jaring()
    satu = Kampanye.objects.get()
    jejak = Jejak.objects.tentang(satu).get()
    assert (jejak.tindakan, jejak.oleh, jejak.alasan) == ("membuat", None, "")
    teks = masuk(d.dppkb).get(f"/kampanye/{satu.pk}/").content.decode()
    assert "<b>Membuat</b> oleh sistem" in teks
    assert "Hari pertama: 18 Juni 2021" in teks


def test_yang_ditulis_basis_data_terbaca(d: Dunia) -> None:
    jaring()
    Kampanye.objects.filter(pk=d.kampanye.pk).update(metode=["iud", "implan"], target=2000, cara_bagi="tangan")
    jaring()
    baru = kampanye("Langsung", **DEPAN)
    jaring()
    dppkb = masuk(d.dppkb)
    teks = dppkb.get(f"/kampanye/{d.kampanye.pk}/").content.decode()
    assert "<b>Berubah di luar aplikasi</b> oleh sistem" in teks
    assert "Diubah langsung di basis data, sebagai " in teks
    assert "Alat/cara yang dihitung: Implan, IUD, MOW (tubektomi), MOP (vasektomi) → Implan, IUD<" in teks
    assert "Target: 1.831 → 2.000" in teks
    assert "Cara membagi target: sama rata → diatur DPPKB" in teks
    teks = dppkb.get(f"/kampanye/{baru.pk}/").content.decode()
    assert "<b>Dibuat di luar aplikasi</b> oleh sistem" in teks
    assert f"Wilayah: {Wilayah.objects.get(kode=KABUPATEN)}<" in teks
    assert "Jenis tempat yang dihitung: semua" in teks
    assert not re.search(r"wilayah_id|\[&quot;|insert oleh|sumber_bagi|\[\]", teks)


def test_hapus_hanya_yang_belum_mulai(d: Dunia) -> None:
    dppkb, depan = masuk(d.dppkb), kampanye("Depan", **DEPAN)
    hapus = dppkb.post(f"/kampanye/{d.kampanye.pk}/hapus/", {"versi": "1"}, follow=True)
    assert "sudah mulai 18 Juni 2021" in hapus.content.decode()
    assert dppkb.post(f"/kampanye/{depan.pk}/hapus/", {"versi": "9"}, follow=True).status_code == 200
    assert Kampanye.objects.count() == 2
    hitung_yang_perlu()
    selesai = dppkb.post(f"/kampanye/{depan.pk}/hapus/", {"versi": "1"}, follow=True)
    assert Kampanye.objects.get() == d.kampanye
    assert "Menghapus Depan" in selesai.content.decode()
    assert dppkb.get(f"/kampanye/{depan.pk}/").status_code == 404


def test_yang_pernah_berjalan_lalu_dipindah_ke_depan_tidak_dihapus(d: Dunia, settings: Settings) -> None:
    """Nothing it counts is left and its first day is to come, but a past day must show again what it showed."""
    hitung_ulang_semua()
    settings.HARI_INI = "2021-07-09"
    dppkb = masuk(d.dppkb)
    _, jadi = simpan(dppkb, d.kampanye, mulai=dt.date(2021, 9, 1), selesai=dt.date(2021, 9, 30))
    assert jadi.status_code == 302
    hitung_yang_perlu()
    d.kampanye.refresh_from_db()
    versi = str(d.kampanye.versi)
    jawaban = dppkb.post(f"/kampanye/{d.kampanye.pk}/hapus/", {"versi": versi}, follow=True).content.decode()
    assert "pernah berjalan dan angkanya pernah tampil" in jawaban
    assert Kampanye.objects.filter(pk=d.kampanye.pk).exists()


def test_yang_sudah_menghitung_tidak_dihapus(d: Dunia) -> None:
    depan = kampanye("Besok", mulai=dt.date(2021, 7, 9), selesai=dt.date(2021, 7, 30))
    catatan(d, dt.date(2021, 7, 9))
    jawaban = masuk(d.dppkb).post(f"/kampanye/{depan.pk}/hapus/", {"versi": "1"}, follow=True)
    assert "Sudah ada pelayanan yang dihitung" in jawaban.content.decode()
    assert Kampanye.objects.filter(pk=depan.pk).exists()


def test_pembaca_membaca_wilayahnya_tanpa_tombol(d: Dunia) -> None:
    hitung_ulang_semua()
    for siapa in (d.koordinator, d.plkb):
        teks = masuk(siapa).get(f"/kampanye/{d.kampanye.pk}/").content.decode()
        assert "Kec. Plered" in teks
        assert "Kec. Wanayasa" not in teks
        assert "/ubah/" not in teks
    assert "Kec. Wanayasa" in masuk(d.admin).get(f"/kampanye/{d.kampanye.pk}/").content.decode()


def test_token_lama_mengembalikan_isian(d: Dunia) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(d.dppkb)
    for url in ("/kampanye/baru/", f"/kampanye/{d.kampanye.pk}/ubah/"):
        jawaban = client.post(url, isi(d.kampanye, nama="Yang diketik"))
        assert jawaban.status_code == 403
        assert "Yang diketik" in jawaban.content.decode()
