"""Every change: once, by whom it may be, with its trace; nothing in an approved month."""

import datetime as dt
import threading
import uuid

import pytest
from django.db import IntegrityError, connection, transaction

from akseptor.actions import NomorTerpakai
from kader.models import Jejak
from laporan.kegiatan import actions
from laporan.kegiatan.isian import Isian
from laporan.kegiatan.kunci import periksa_terbuka
from laporan.models import Kegiatan, LaporanBulanan
from poskb.dasar.tolak import Ditolak
from tests.alat import CITEKO, GANDASOLI, HARI, NAGROG, Dunia, buat_dunia, cakupan, kegiatan
from tests.laporan.kegiatan.alat import buka_semua, setujui

JUNI = dt.date(2021, 6, 1)


def isian(**ubah: object) -> Isian:
    dasar = {"id": uuid.uuid4(), "desa": CITEKO, "macam": "kunjungan-rumah", "tanggal": HARI, "jumlah_orang": 3}
    return Isian(**(dasar | ubah))


def catat(dunia: Dunia, satu: Isian, siapa: str = "kader") -> tuple[Kegiatan, bool]:
    oleh = getattr(dunia, siapa)
    return actions.catat(oleh, cakupan(oleh), satu)


def ubah(dunia: Dunia, k: Kegiatan, versi: int = 1, siapa: str = "kader", **isi: object) -> Kegiatan:
    oleh = getattr(dunia, siapa)
    return actions.ubah(oleh, cakupan(oleh), k.pk, isian(id=k.pk, **isi), versi=versi)


def hapus(dunia: Dunia, k: Kegiatan, versi: int = 1, siapa: str = "kader", **isi: object) -> Kegiatan:
    oleh = getattr(dunia, siapa)
    return actions.hapus(oleh, cakupan(oleh), k.pk, versi=versi, **isi)


def jejak() -> list[str]:
    return list(Jejak.objects.filter(jenis="kegiatan").order_by("pk").values_list("tindakan", flat=True))


def test_sekali_walau_diulang(dunia: Dunia) -> None:
    satu = isian()
    k, baru = catat(dunia, satu)
    assert (baru, k.versi, k.dicatat_oleh) == (True, 1, dunia.kader)
    assert catat(dunia, satu) == (k, False)
    assert (Kegiatan.objects.count(), jejak()) == (1, ["mencatat"])


def test_nomor_yang_dipakai_untuk_lain_hal(dunia: Dunia) -> None:
    satu = isian()
    catat(dunia, satu)
    for lain in (isian(id=satu.id, jumlah_orang=12), isian(id=satu.id, macam="napza")):
        with pytest.raises(NomorTerpakai):
            catat(dunia, lain)
    with pytest.raises(NomorTerpakai):
        catat(dunia, isian(id=satu.id, desa=GANDASOLI), "tetangga")
    assert Kegiatan.objects.get().jumlah_orang == 3


@pytest.mark.parametrize("siapa", ["tetangga", "plkb", "koordinator", "dppkb", "admin", "tanpa_wilayah"])
def test_hanya_kader_desa_ini(dunia: Dunia, siapa: str) -> None:
    k = kegiatan(dunia.kader)
    oleh = getattr(dunia, siapa)
    for coba in (
        lambda: catat(dunia, isian(), siapa),
        lambda: ubah(dunia, k, siapa=siapa),
        lambda: hapus(dunia, k, siapa=siapa),
        lambda: actions.pulihkan(oleh, cakupan(oleh), k.pk),
    ):
        with pytest.raises(Ditolak):
            coba()
    assert (Kegiatan.objects.get().versi, jejak()) == (1, [])


def test_ubah_dengan_riwayat(dunia: Dunia) -> None:
    k = kegiatan(dunia.kader)
    hasil = ubah(dunia, k, tanggal=dt.date(2021, 7, 7), tempat="Balai RW")
    assert (hasil.versi, hasil.tanggal, hasil.tempat) == (2, dt.date(2021, 7, 7), "Balai RW")
    assert Jejak.objects.get(tindakan="mengubah").perubahan == {
        "macam_id": ["penyuluhan-kelompok", "kunjungan-rumah"],
        "tanggal": ["2021-07-08", "2021-07-07"],
        "tempat": ["", "Balai RW"],
        "jumlah_orang": ["20", "3"],
    }
    with pytest.raises(Ditolak, match="baru saja diubah"):
        ubah(dunia, k, versi=1)


def test_tidak_bisa_dipindah_ke_desa_lain(dunia: Dunia) -> None:
    with pytest.raises(Ditolak, match="di luar wilayah"):
        ubah(dunia, kegiatan(dunia.kader), desa=NAGROG)


def test_hapus_lalu_pulihkan_dengan_riwayat(dunia: Dunia) -> None:
    k = kegiatan(dunia.kader)
    with pytest.raises(Ditolak, match="baru saja diubah"):
        hapus(dunia, k, versi=3)
    hapus(dunia, k, alasan="  dobel\n catat\x00 ")
    assert hapus(dunia, k).versi == 2
    k.refresh_from_db()
    assert (k.dihapus, k.dihapus_oleh, k.alasan_hapus) == (True, dunia.kader, "dobel catat")
    assert not Kegiatan.objects.berlaku().exists()
    with pytest.raises(Ditolak, match="Pulihkan dulu"):
        ubah(dunia, k, versi=2)
    for _ in range(2):
        actions.pulihkan(dunia.kader, cakupan(dunia.kader), k.pk)
    k.refresh_from_db()
    assert (k.dihapus, k.alasan_hapus, k.versi) == (False, "", 3)
    assert jejak() == ["menghapus", "memulihkan"]
    assert Jejak.objects.get(tindakan="menghapus").alasan == "dobel catat"


def test_bulan_yang_disetujui_terkunci(dunia: Dunia) -> None:
    k = kegiatan(dunia.kader, dt.date(2021, 6, 30))
    mati = kegiatan(dunia.kader, dt.date(2021, 6, 2), dihapus_pada="2021-06-03T09:00+07:00", dihapus_oleh=dunia.kader)
    juli = kegiatan(dunia.kader)
    setujui(dunia.plkb, JUNI)
    for coba in (
        lambda: catat(dunia, isian(tanggal=dt.date(2021, 6, 1))),
        lambda: catat(dunia, isian(tanggal=dt.date(2021, 6, 30))),
        lambda: ubah(dunia, k, tanggal=k.tanggal),
        # Neither out of the approved month nor into it.
        lambda: ubah(dunia, k, tanggal=HARI),
        lambda: ubah(dunia, juli, tanggal=k.tanggal),
        lambda: hapus(dunia, k),
        lambda: actions.pulihkan(dunia.kader, cakupan(dunia.kader), mati.pk),
    ):
        with pytest.raises(Ditolak, match=r"Laporan Juni 2021 .* sudah disetujui.* minta koordinator atau DPPKB"):
            coba()
    assert set(Kegiatan.objects.values_list("versi", flat=True)) == {1}
    assert jejak() == []
    # The days around it, and the neighbour's June, are open.
    for hari in (dt.date(2021, 5, 31), dt.date(2021, 7, 1)):
        assert catat(dunia, isian(tanggal=hari))[1]
    assert catat(dunia, isian(tanggal=JUNI, desa=GANDASOLI), "tetangga")[1]
    buka_semua(dunia.koordinator)
    assert ubah(dunia, k, tanggal=k.tanggal).versi == 2


@pytest.mark.parametrize(
    "kolom",
    [
        {"jumlah_orang": 10000},
        {"jumlah_orang": -1},
        {"versi": 0},
        {"alasan_hapus": "tanpa dihapus"},
        {"dihapus_pada": "2021-07-08T09:00+07:00"},
    ],
)
def test_basis_data_menolak_yang_tidak_masuk_akal(dunia: Dunia, kolom: dict) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        kegiatan(dunia.kader, **kolom)


@pytest.mark.django_db(transaction=True)
def test_persetujuan_menunggu_yang_sedang_mencatat() -> None:
    """While a record is being written into June, June is not approved; a moment later it is, and is seen."""
    from django.core.management import call_command

    call_command("muat_formulir", verbosity=0)
    satu = buat_dunia()
    laporan = setujui(satu.plkb, JUNI, "dikirim")
    selesai: list[str] = []

    def setujui_sekarang() -> None:
        LaporanBulanan.objects.filter(pk=laporan.pk).update(
            status="disetujui", disetujui_oleh=satu.plkb, disetujui_pada="2021-07-08T09:00+07:00"
        )
        selesai.append("disetujui")
        connection.close()

    with transaction.atomic():
        periksa_terbuka((CITEKO, dt.date(2021, 6, 5)))
        benang = threading.Thread(target=setujui_sekarang)
        benang.start()
        benang.join(0.4)
        assert selesai == []
    benang.join(10)
    assert selesai == ["disetujui"]
    with pytest.raises(Ditolak, match="sudah disetujui"), transaction.atomic():
        periksa_terbuka((CITEKO, dt.date(2021, 6, 5)))
    # An approved report is not deleted, by no path: open it for the clean-up of this test.
    buka_semua(satu.koordinator)
