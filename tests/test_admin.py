"""The admin: what is saved there has its consequences, and what is no date or column is no 500."""

import datetime as dt
import io
import json

import pytest
from django.contrib import admin
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from akseptor.models import Pelayanan
from kader.enums import Peran
from kader.models import Faskes, Jejak, Pengguna, Penugasan, Wilayah
from laporan.models import Formulir, Kampanye, Kegiatan, MacamKegiatan
from poskb.dasar.waktu import sekarang

MODEL = {m: f"{m._meta.app_label}_{m._meta.model_name}" for m in admin.site._registry}


@pytest.fixture(autouse=True)
def latar(db, settings):
    """Reference data and one sign-in per role."""
    settings.HARI_INI, settings.SECURE_SSL_REDIRECT = "2021-07-08", False
    berkas = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": berkas}
    for perintah in ("muat_wilayah", "muat_formulir", "muat_macam_kegiatan", "muat_kampanye"):
        call_command(perintah, stdout=io.StringIO())
    if not Pengguna.objects.exists():
        for peran in Peran:
            Pengguna.objects.create_user(peran, nama=f"Bu {peran}", peran=peran)


def masuk(nama: str) -> Client:
    client = Client()
    client.force_login(Pengguna.objects.get(nama_masuk=nama))
    return client


def test_jejak_orang_tanpa_nilai():
    jejak = Jejak.objects.create(
        pada=sekarang(),
        tindakan="mengubah",
        jenis="akseptor",
        kunci="x",
        wilayah=Wilayah.objects.desa().first(),
        perubahan={"nama_istri": ["Nama Lama", "Nama Baru"]},
    )
    isi = masuk("admin").get(f"/admin/kader/jejak/{jejak.pk}/change/").content.decode()
    assert "nama_istri" in isi
    # Words that no random token can spell.
    assert "Nama Baru" not in isi


def test_admin_tidak_membuat_orang_dan_tidak_memegang_kata_sandi():
    """People are made at /orang/ and set their own passwords; here names and roles are corrected."""
    admin_, kader = masuk("admin"), Pengguna.objects.get(nama_masuk="kader")
    assert admin_.post("/admin/kader/pengguna/add/", {}).status_code == 403
    lama, satu = kader.password, f"/admin/kader/pengguna/{kader.pk}/change/"
    # The address of Django's own page leads nowhere.
    assert admin_.get(f"/admin/kader/pengguna/{kader.pk}/password/", follow=True).status_code in (404, 200)
    isi = {"nama_masuk": " Ｋader-Baru ", "nama": "Bu Baru", "peran": "kader"}
    rahasia = {"password": "sandi-yang-panjang-9", "password1": "sandi-yang-panjang-9", "is_active": ""}
    assert admin_.post(satu, isi | rahasia).status_code == 302
    kader.refresh_from_db()
    assert (kader.nama_masuk, kader.nama, kader.password, kader.is_active) == ("kader-baru", "Bu Baru", lama, True)
    assert lama not in admin_.get(satu).content.decode()
    jejak = Jejak.objects.filter(jenis="pengguna", kunci=str(kader.pk)).get()
    assert jejak.tindakan == "mengubah"
    assert "kader-baru" not in json.dumps(jejak.perubahan)
    assert admin_.get("/admin/password_change/").headers["Location"] == "/akun/sandi/"


def test_peran_lain_mengakhiri_sesinya():
    kader = Pengguna.objects.get(nama_masuk="kader")
    dia = masuk("kader")
    assert dia.get("/").status_code == 200
    isi = {"nama_masuk": "kader", "nama": "Bu Kader", "peran": "plkb"}
    assert masuk("admin").post(f"/admin/kader/pengguna/{kader.pk}/change/", isi).status_code == 302
    assert dia.get("/").status_code == 302


def test_rahasia_verifikasi_tidak_ada_di_kelola():
    alamat = [masuk("admin").get(f"/admin/otp_{nama}/").status_code for nama in ("totp", "static")]
    assert alamat == [404, 404]


@pytest.fixture
def tugas() -> Penugasan:
    """The regular officer of Citeko."""
    plkb = Pengguna.objects.get(nama_masuk="plkb")
    return Penugasan.objects.create(pengguna=plkb, wilayah_id="32.14.04.2006", mulai=dt.date(2021, 1, 4))


def test_penugasan_ganda_ditolak_dengan_kalimat(tugas):
    admin_ = masuk("admin")
    plkb = Pengguna.objects.create_user("plkb-uji", nama="Bu Uji", peran=Peran.PLKB)
    isi = {"pengguna": plkb.pk, "wilayah": "32.14.04.2006", "mulai": "2021-07-01", "selesai": ""}
    jawaban = admin_.post("/admin/kader/penugasan/add/", isi)
    assert "Desa ini sudah punya petugas" in jawaban.content.decode()
    jawaban = admin_.post("/admin/kader/penugasan/add/", isi | {"selesai": "2021-06-01"})
    assert "Tanggal selesai tidak boleh sebelum" in jawaban.content.decode()
    jawaban = admin_.post("/admin/kader/penugasan/add/", isi | {"wilayah": "32.14.04"})
    assert "ditugaskan di desa" in jawaban.content.decode()
    assert admin_.post("/admin/kader/penugasan/add/", {}).status_code == 200
    assert admin_.post("/admin/kader/penugasan/add/", isi | {"pengganti": "on"}).status_code == 302
    pengganti = Penugasan.objects.get(pengguna=plkb)
    assert pengganti.sebagai == Peran.PLKB
    # The substitute cannot be made the regular officer beside the regular officer.
    jawaban = admin_.post(f"/admin/kader/penugasan/{pengganti.pk}/change/", {"mulai": "2021-07-01"})
    assert "Desa ini sudah punya petugas" in jawaban.content.decode()


def test_penugasan_lama_diakhiri_walau_perannya_sudah_lain(tugas):
    Pengguna.objects.filter(pk=tugas.pengguna_id).update(peran=Peran.KOORDINATOR)
    alamat = f"/admin/kader/penugasan/{tugas.pk}/change/"
    assert masuk("admin").post(alamat, {"mulai": "2021-01-04", "selesai": "2021-07-31"}).status_code == 302
    tugas.refresh_from_db()
    assert (tugas.selesai, tugas.sebagai) == (dt.date(2021, 7, 31), Peran.PLKB)


def test_kampanye_dppkb_tidak_dimuat_dua_kali():
    """DPPKB may move its first day, and make another that begins on the same day: a start adds nothing."""
    satu = Kampanye.objects.get()
    Kampanye.objects.create(
        nama="Kedua", wilayah_id="32.14", mulai=satu.mulai, selesai=satu.selesai, target=5, metode=["pil"]
    )
    call_command("muat_kampanye", stdout=io.StringIO())
    Kampanye.objects.filter(pk=satu.pk).update(mulai="2021-06-20")
    call_command("muat_kampanye", stdout=io.StringIO())
    assert Kampanye.objects.count() == 2


def test_formulir_diperiksa_dan_yang_terpakai_terkunci():
    admin_, lama = masuk("admin"), Formulir.objects.get()
    salah = {"versi": "uji", "berlaku_mulai": "2021-09-02", "isi": '{"bagian": []}'}
    jawaban = admin_.post("/admin/laporan/formulir/add/", salah).content.decode()
    assert "sedikitnya satu bagian" in jawaban
    assert "Pilih tanggal 1" in jawaban
    benar = {"versi": "uji", "berlaku_mulai": "2021-09-01", "isi": json.dumps(lama.isi)}
    assert admin_.post("/admin/laporan/formulir/add/", benar).status_code == 302
    assert admin_.post(f"/admin/laporan/formulir/{lama.pk}/change/", benar).status_code == 403


def test_peran_macam_kegiatan_yang_terpakai_tetap():
    """Moved to another role, the activities of signed months would be evidence of something else."""
    kader, client = Pengguna.objects.get(peran=Peran.KADER), masuk(Peran.ADMIN)
    macam = MacamKegiatan.objects.get(pk="penyuluhan-kelompok")
    url = reverse("admin:laporan_macamkegiatan_change", args=[macam.pk])
    isi = {"nama": macam.nama, "urutan": 1, "aktif": "on"}
    assert client.post(url, isi | {"peran_bhakti": 4}).status_code == 302
    saat = {"dicatat_oleh": kader, "dicatat_pada": sekarang(), "diterima_pada": sekarang()}
    desa = Wilayah.objects.desa().first()
    Kegiatan.objects.create(desa=desa, macam_id=macam.pk, tanggal=dt.date(2021, 7, 1), jumlah_orang=1, **saat)
    assert client.post(url, isi | {"peran_bhakti": 5, "nama": "Penyuluhan"}).status_code == 302
    macam.refresh_from_db()
    assert (macam.peran_bhakti, macam.nama) == (4, "Penyuluhan")


def test_nama_faskes_lama_tidak_kembali():
    faskes = Faskes.objects.get(nama="Puskesmas Plered")
    isi = {"nama": "UPTD Puskesmas Plered", "jenis": "puskesmas", "wilayah": faskes.wilayah_id, "aktif": "on"}
    assert masuk("admin").post(f"/admin/kader/faskes/{faskes.pk}/change/", isi).status_code == 302
    call_command("muat_wilayah", stdout=io.StringIO())
    assert Faskes.objects.count() == 26


def test_wilayah_yang_kodenya_tidak_cocok():
    isi = {"kode": "32.14.04.2099", "nama": "Desa Uji", "tingkat": "desa", "jenis": "desa", "induk": "32.14.05"}
    jawaban = masuk("admin").post("/admin/kader/wilayah/add/", isi)
    assert "mengawali kode ini" in jawaban.content.decode()
    assert masuk("admin").post("/admin/kader/wilayah/add/", isi | {"induk": "32.14.04"}).status_code == 302


@pytest.mark.parametrize("nilai", ["bukan angka", "9" * 30, "1.5", "\x00", "٣", "32.14\x00"])
@pytest.mark.parametrize(("model", "medan"), [(Penugasan, "pengguna"), (Penugasan, "wilayah"), (Wilayah, "induk")])
def test_yang_bukan_kunci_pada_kolom_cari_mendapat_kalimat(model, medan, nilai):
    """Found by `make acak`: Django's widget asked the database for it, and the page was an error of ours."""
    jawaban = masuk("admin").post(reverse(f"admin:{MODEL[model]}_add"), {medan: nilai, "mulai": "2021-07-08"})
    assert (jawaban.status_code, medan in jawaban.context["adminform"].form.errors) == (200, True)


@pytest.mark.parametrize(
    "tanya", ["2021&{}__day=2147483648", "2021&{}__month=13", "9999", "9999&{}__month=12&{}__day=31"]
)
@pytest.mark.parametrize(("model", "medan"), [(Penugasan, "mulai"), (Pelayanan, "tanggal")])
def test_hari_yang_tidak_ada_menampilkan_daftar_utuh(model, medan, tanya):
    """Found by `make acak`: too large for a day was an error of ours."""
    alamat = reverse(f"admin:{MODEL[model]}_changelist")
    jawaban = masuk("admin").get(f"{alamat}?{medan}__year={tanya.replace('{}', medan)}", follow=True)
    assert (jawaban.status_code, jawaban.redirect_chain) == (200, [(f"{alamat}?e=1", 302)])
