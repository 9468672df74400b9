"""The blind index of a phone number: equal numbers are found, and no way of writing forgets it."""

import importlib

import pytest
from django.apps import apps

from akseptor import actions
from akseptor.models import Akseptor, Pelayanan
from akseptor.rahasia import indeks_buta, indeks_hp
from kader.models import Jejak
from tests.alat import buat_dunia, cakupan, catatan, isian, nik_baru

HP, HP_LAIN = "+6281211112222", "+6281233334444"


@pytest.fixture
def dunia(db):
    return buat_dunia()


def test_indeks_berkunci_dan_bukan_milik_nik():
    assert indeks_hp("") is None
    assert indeks_hp(HP) != indeks_hp(HP_LAIN)
    assert HP[1:] not in indeks_hp(HP)
    # Whoever has one index learns nothing about the other.
    assert indeks_hp(HP) != indeks_buta(HP)


def test_terisi_lewat_catat_satu_dan_banyak(dunia):
    actions.catat(dunia.kader, cakupan(dunia.kader), isian(dunia, no_hp=HP))
    actions.catat_banyak(dunia.kader, cakupan(dunia.kader), [isian(dunia, no_hp=HP), isian(dunia)])
    assert Akseptor.objects.filter(hp_indeks=indeks_hp(HP)).count() == 2
    assert Akseptor.objects.filter(hp_indeks__isnull=True).count() == 1


def test_ikut_berubah_dan_riwayat_tidak_menyebutnya(dunia):
    satu = isian(dunia, no_hp=HP)
    p, _ = actions.catat(dunia.kader, cakupan(dunia.kader), satu)
    baru = isian(dunia, id=satu.id, nama_istri=satu.nama_istri, nik_istri=satu.nik_istri, no_hp=HP_LAIN)
    actions.ubah(dunia.kader, cakupan(dunia.kader), p.pk, baru, versi=p.versi)
    assert Akseptor.objects.get().hp_indeks == indeks_hp(HP_LAIN)
    assert Jejak.objects.get(tindakan="mengubah").perubahan == {"no_hp": ["•", "•"]}
    kosong = isian(dunia, id=satu.id, nama_istri=satu.nama_istri, nik_istri=satu.nik_istri)
    actions.ubah(dunia.kader, cakupan(dunia.kader), p.pk, kosong, versi=Pelayanan.objects.get().versi)
    assert Akseptor.objects.get().hp_indeks is None


def test_dilengkapi_saat_pelayanan_berikutnya(dunia):
    p = catatan(dunia)
    lagi = {"nama_istri": p.akseptor.nama_istri, "nik_istri": p.akseptor.nik_istri, "orang_sama": p.akseptor_id}
    actions.catat(dunia.kader, cakupan(dunia.kader), isian(dunia, **lagi, metode="iud", no_hp=HP))
    assert Akseptor.objects.get().hp_indeks == indeks_hp(HP)


def test_migrasi_mengisi_yang_lama_dan_boleh_diulang(dunia):
    migrasi = importlib.import_module("akseptor.migrations.0007_indeks_hp")
    for n in range(3):
        akseptor = catatan(dunia, nik=nik_baru()).akseptor
        akseptor.no_hp = HP if n else ""
        akseptor.save()
    Akseptor.objects.update(hp_indeks=None)
    migrasi.isi(apps, None)
    assert Akseptor.objects.filter(hp_indeks=indeks_hp(HP)).count() == 2
    sebelum = list(Akseptor.objects.order_by("pk").values_list("pk", "hp_indeks"))
    migrasi.isi(apps, None)
    assert list(Akseptor.objects.order_by("pk").values_list("pk", "hp_indeks")) == sebelum
    assert Akseptor.objects.filter(hp_indeks__isnull=True).count() == 1
