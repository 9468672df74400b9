"""Many services verified in one act: each as seen, each with its own history, whatever else happens meanwhile."""

import datetime as dt
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from akseptor import actions
from akseptor.enums import Tahap
from akseptor.models import Pelayanan
from akseptor.signals import pelayanan_berubah
from kader.models import Jejak
from poskb.dasar.tolak import Ditolak
from tests.akseptor.test_serentak import serentak
from tests.alat import CITEKO, HARI, NAGROG, buat_dunia, cakupan, catatan


@pytest.fixture
def dunia(db):
    return buat_dunia()


def versi(*catatan_catatan):
    return {p.pk: p.versi for p in catatan_catatan}


def verifikasi(dunia, dilihat, oleh=None):
    oleh = oleh or dunia.plkb
    return actions.verifikasi_banyak(oleh, cakupan(oleh), dilihat)


def test_semua_terverifikasi_dengan_riwayatnya_sendiri(dunia):
    semua = [catatan(dunia) for _ in range(3)]
    hasil = verifikasi(dunia, versi(*semua))
    assert (set(hasil.sudah), hasil.tertinggal) == ({p.pk for p in semua}, [])
    for p in Pelayanan.objects.all():
        assert (p.tahap, p.diverifikasi_oleh_id, p.versi) == (Tahap.TERVERIFIKASI, dunia.plkb.pk, 2)
        assert p.diverifikasi_pada is not None
        jejak = Jejak.objects.tentang(p).get()
        assert (jejak.tindakan, jejak.oleh_id, jejak.wilayah_id) == ("verifikasi", dunia.plkb.pk, CITEKO)
        assert jejak.perubahan == {"tahap": ["dilayani", "terverifikasi"]}


def test_yang_berubah_diputuskan_atau_di_luar_wilayah_ditinggal(dunia):
    baik, berubah = catatan(dunia), catatan(dunia)
    kembali, sudah = catatan(dunia, tahap=Tahap.DIKEMBALIKAN), catatan(dunia, tahap=Tahap.TERVERIFIKASI)
    jauh, tak_ada = catatan(dunia, desa=NAGROG), uuid.uuid4()
    dilihat = versi(baik, berubah, kembali, sudah, jauh) | {tak_ada: 1}
    Pelayanan.objects.filter(pk=berubah.pk).update(versi=2)
    hasil = verifikasi(dunia, dilihat)
    assert hasil.sudah == [baik.pk]
    assert hasil.tertinggal == [berubah.pk, kembali.pk, sudah.pk, jauh.pk, tak_ada]
    assert Jejak.objects.count() == 1
    assert set(Pelayanan.objects.filter(tahap=Tahap.DILAYANI).values_list("pk", flat=True)) == {berubah.pk, jauh.pk}


def test_hanya_petugas(dunia):
    p = catatan(dunia)
    for siapa in (dunia.kader, dunia.koordinator, dunia.dppkb, dunia.admin):
        with pytest.raises(Ditolak, match="hanya dilakukan oleh"):
            verifikasi(dunia, versi(p), siapa)
    assert Jejak.objects.count() == 0
    assert verifikasi(dunia, versi(p), dunia.plkb_jauh).tertinggal == [p.pk]


def test_penghitung_diberi_tahu_semua_selnya(dunia):
    semua = [catatan(dunia, HARI - dt.timedelta(days=n)) for n in range(2)]
    terdengar = []

    def dengar(sel, **_):
        terdengar.append(sel)

    pelayanan_berubah.connect(dengar)
    try:
        verifikasi(dunia, versi(*semua))
    finally:
        pelayanan_berubah.disconnect(dengar)
    assert terdengar == [{(CITEKO, p.tanggal) for p in semua}]


def test_satu_atau_tiga_puluh_sama_kuerinya(dunia):
    def hitung(n):
        dilihat = versi(*[catatan(dunia) for _ in range(n)])
        with CaptureQueriesContext(connection) as tangkap:
            assert len(verifikasi(dunia, dilihat).sudah) == n
        return len(tangkap)

    assert hitung(1) == hitung(30)


@pytest.mark.django_db(transaction=True)
def test_dua_verifikasi_dan_pengembalian_serentak_setiap_catatan_sekali():
    dunia = buat_dunia()
    semua = [catatan(dunia) for _ in range(6)]
    dilihat = versi(*semua)
    terbalik = dict(reversed(dilihat.items()))

    def kembalikan():
        return actions.pindah_tahap(
            dunia.plkb, cakupan(dunia.plkb), semua[0].pk, "kembalikan", alasan="Cek", versi=semua[0].versi
        )

    satu, dua, kembali = serentak(lambda: verifikasi(dunia, dilihat), lambda: verifikasi(dunia, terbalik), kembalikan)
    assert sorted([*satu.sudah, *dua.sudah, *([] if isinstance(kembali, Ditolak) else [semua[0].pk])]) == sorted(
        dilihat
    )
    assert Jejak.objects.filter(jenis="pelayanan", tindakan__in=("verifikasi", "kembalikan")).count() == 6
    assert set(Pelayanan.objects.values_list("versi", flat=True)) == {2}
