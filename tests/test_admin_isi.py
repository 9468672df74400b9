"""The admin over a row of everything: opens for the admin only, changes nothing, names nobody."""

import pytest
from django.test import Client
from django.urls import reverse

from akseptor.models import Akseptor, Pelayanan
from kader.models import Faskes, Jejak, Penugasan, Wilayah
from laporan.models import Formulir, Kampanye, LaporanBulanan, MacamKegiatan
from tests.test_admin import MODEL, masuk

BISA_TAMBAH = {Wilayah, Faskes, Penugasan, Formulir, MacamKegiatan}
MILIK_KITA = sorted((m for m in MODEL if m._meta.app_label in {"kader", "akseptor", "laporan"}), key=MODEL.get)


@pytest.fixture(autouse=True)
def latar(demo_sekali, db, settings):
    settings.SECURE_SSL_REDIRECT = False
    berkas = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": berkas}


def halaman(model: type) -> list[str]:
    nama = MODEL[model]
    satu = model.objects.order_by("pk").first()
    daftar = [reverse(f"admin:{nama}_changelist"), reverse(f"admin:{nama}_change", args=[satu.pk])]
    return daftar + [reverse(f"admin:{nama}_add")] * (model in BISA_TAMBAH)


def test_setiap_halaman_terbuka_hanya_bagi_admin():
    boleh, lain = masuk("admin"), [masuk(n) for n in ("kader", "plkb", "koordinator", "dppkb")]
    assert boleh.get("/admin/").status_code == 200
    for model in MILIK_KITA:
        for alamat in halaman(model):
            assert boleh.get(alamat).status_code == 200, alamat
            assert {c.get(alamat).status_code for c in lain} == {403}, alamat
            assert Client().get(alamat).status_code == 302
    assert boleh.get("/admin/kader/wilayah/", {"tingkat": "kecamatan", "q": "Plered"}).status_code == 200
    cari = {"app_label": "kader", "model_name": "penugasan", "field_name": "wilayah", "term": "Citeko"}
    assert "Kec. Plered" in boleh.get("/admin/autocomplete/", cari).json()["results"][0]["text"]


def test_hanya_dibaca():
    admin_ = masuk("admin")
    for model in (Akseptor, Pelayanan, Jejak, LaporanBulanan, Kampanye):
        nama, satu = MODEL[model], model.objects.order_by("pk").first()
        tambah, ubah, hapus = (
            reverse(f"admin:{nama}_{apa}", args=args)
            for apa, args in (("add", []), ("change", [satu.pk]), ("delete", [satu.pk]))
        )
        assert admin_.post(tambah, {}).status_code == 403, nama
        assert admin_.post(ubah, {}).status_code == 403, nama
        assert admin_.post(hapus, {"post": "yes"}).status_code == 403, nama


def test_tanpa_identitas():
    akseptor = next(a for a in Akseptor.objects.order_by("pk") if a.no_hp and a.nik_istri)
    pelayanan = akseptor.pelayanan.first()
    admin_ = masuk("admin")
    alamat = [f"/admin/akseptor/akseptor/{akseptor.pk}/{x}" for x in ("change/", "history/")]
    alamat += ["/admin/akseptor/akseptor/", "/admin/akseptor/pelayanan/"]
    alamat += [f"/admin/akseptor/pelayanan/{pelayanan.pk}/change/"]
    rahasia = (akseptor.nama_istri, akseptor.nik_istri, akseptor.no_hp, akseptor.alamat)
    for satu in alamat:
        isi = admin_.get(satu).content.decode()
        assert not [r for r in rahasia if r in isi], satu
