"""A withdrawal is the woman's, not a row's; and an erasure that follows it does not outlive a newer consent."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client

from akseptor import actions
from akseptor.enums import KeadaanPermintaan
from akseptor.models import Akseptor, Pelayanan, PermintaanSubjek, Persetujuan
from kader.models import Jejak
from laporan.ekspor.akseptor import daftar_akseptor
from poskb.dasar.tolak import Ditolak
from poskb.dasar.waktu import sekarang
from tests.alat import CITEKO, HARI, NAGROG, Dunia, buat_dunia, cakupan, catatan, isian, permintaan

TARIK = {"jenis": "tarik", "saluran": "langsung", "bukti_diri": "ktp", "diterima_pada": "2021-07-08T00:00"}


@pytest.fixture
def dunia(db: None) -> Dunia:
    return buat_dunia()


def dua_baris(dunia: Dunia) -> tuple[Pelayanan, Pelayanan]:
    """One woman, written down in two desa."""
    p = catatan(dunia)
    return p, catatan(dunia, desa=NAGROG, pasangan=p.pasangan, dicatat_oleh=dunia.jauh)


def masuk(siapa: object) -> Client:
    client = Client()
    client.force_login(siapa)
    return client


def tarik(dunia: Dunia, p: Pelayanan) -> PermintaanSubjek:
    """As the kader does it, on the page: her session sees her own desa only."""
    assert masuk(dunia.kader).post(f"/hak/baru/{p.akseptor_id}/", TARIK).status_code == 302
    return PermintaanSubjek.objects.get(jenis="hapus")


def test_berlaku_di_desa_lain_juga(dunia: Dunia) -> None:
    p, kedua = dua_baris(dunia)
    nama = kedua.akseptor.nama_istri
    jauh = masuk(dunia.jauh)
    assert nama in jauh.get("/akseptor/").content.decode()
    assert len(jauh.get("/hp/data.json").json()["catatan"]) == 1
    tarik(dunia, p)
    assert not Akseptor.objects.filter(ditarik_pada__isnull=True).exists()
    assert nama not in jauh.get("/akseptor/").content.decode()
    assert jauh.get("/hp/data.json").json()["catatan"] == []
    assert daftar_akseptor(cakupan(dunia.dppkb), HARI.replace(day=1))[0].baris == []
    baris = Jejak.objects.filter(tindakan="menarik persetujuan")
    assert set(baris.values_list("wilayah_id", flat=True)) == {CITEKO, NAGROG}
    # The net finds nothing that the act has not told.
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
    assert Jejak.objects.filter(perubahan__has_key="ditarik_pada").count() == 2
    assert Pelayanan.objects.get(pk=kedua.pk).versi == kedua.versi + 1


def test_persetujuan_baru_membuka_semuanya_dan_menutup_penghapusannya(dunia: Dunia) -> None:
    p, kedua = dua_baris(dunia)
    hapus = tarik(dunia, p)
    isi = {"persetujuan_data": "on", "versi_teks": "2021-1"}
    masuk(dunia.jauh).post(f"/akseptor/catatan/{kedua.pk}/persetujuan/", isi)
    assert set(Akseptor.objects.values_list("ditarik_pada", flat=True)) == {None}
    hapus.refresh_from_db()
    assert (hapus.keadaan, hapus.selesai_oleh) == (KeadaanPermintaan.DITOLAK, dunia.jauh)


@pytest.mark.parametrize(("jam", "tertutup"), [(-1, True), (1, False)])
def test_yang_tiba_kemudian_ikut_menurut_saat_setujunya(dunia: Dunia, jam: int, tertutup: bool) -> None:
    """Written down on a phone before she took her word back, or after."""
    p = catatan(dunia)
    tarik(dunia, p)
    saat = Akseptor.objects.get(pk=p.akseptor_id).ditarik_pada + dt.timedelta(hours=jam)
    satu = isian(dunia, nik_istri=p.akseptor.nik_istri, desa=NAGROG, dicatat_pada=saat)
    baru, _ = actions.catat(dunia.jauh, cakupan(dunia.jauh), satu)
    assert baru.pasangan == p.pasangan
    assert Akseptor.objects.get(pk=baru.akseptor_id).tertutup is tertutup


# --- a consent that is newer than what is asked -------------------------------------------------------------------
def selesaikan(dunia: Dunia, satu: PermintaanSubjek) -> None:
    actions.penuhi_penghapusan(dunia.dppkb, cakupan(dunia.dppkb), satu.pk)


def test_penghapusan_tidak_menghapus_persetujuan_yang_lebih_baru(dunia: Dunia) -> None:
    p = catatan(dunia)
    hapus = tarik(dunia, p)
    baru, _ = actions.catat(dunia.kader, cakupan(dunia.kader), isian(dunia, nik_istri=p.akseptor.nik_istri))
    assert baru.pasangan == p.pasangan
    with pytest.raises(Ditolak, match="jawab permintaan ini dengan Ditolak, lalu catat permintaan baru"):
        selesaikan(dunia, hapus)
    assert not Akseptor.objects.filter(dihapus_pada__isnull=False).exists()
    # As the sentence says: refused, asked anew, erased.
    actions.jawab(dunia.dppkb, cakupan(dunia.dppkb), hapus.pk, "Ibu setuju lagi.", dipenuhi=False)
    kini = sekarang() + dt.timedelta(seconds=1)
    selesaikan(dunia, permintaan(p, "hapus", diterima_pada=kini, tenggat=kini + dt.timedelta(hours=72)))
    assert Akseptor.objects.filter(dihapus_pada__isnull=False).count() == 2


@pytest.mark.parametrize(("menit", "ditolak"), [(0, False), (1, True)])
def test_yang_diminta_sendiri_pun_kalah_dari_persetujuan_sesudahnya(dunia: Dunia, menit: int, ditolak: bool) -> None:
    p = catatan(dunia)
    satu = permintaan(p, "hapus")
    Persetujuan.objects.create(
        akseptor=p.akseptor,
        versi_teks="2021-1",
        diberikan_pada=satu.diterima_pada + dt.timedelta(minutes=menit),
        dicatat_oleh=dunia.kader,
    )
    if ditolak:
        with pytest.raises(Ditolak, match="setuju datanya dicatat"):
            selesaikan(dunia, satu)
    else:
        selesaikan(dunia, satu)
    assert (Akseptor.objects.get(pk=p.akseptor_id).dihapus_pada is None) is ditolak
