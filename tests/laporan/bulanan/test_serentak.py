"""Approval and another act at the same moment, on two real connections: one wins, the other is told."""

import datetime as dt
import threading
import uuid
from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction

from akseptor import actions as akseptor_actions
from akseptor.actions.pasangan import kunci_pasangan
from akseptor.enums import Tahap
from akseptor.models import Akseptor, Pelayanan
from laporan.bulanan import actions
from laporan.bulanan.beku import sidik
from laporan.bulanan.kunci import pegang_laporan
from laporan.bulanan.lembar import buka
from laporan.bulanan.tinjau import verifikasi_dan_setujui
from laporan.models import Kegiatan, LaporanBulanan, MacamKegiatan
from poskb.dasar.tolak import Ditolak
from poskb.dasar.waktu import sekarang
from tests.laporan.bulanan import pabrik
from tests.laporan.bulanan.pabrik import DESA, JUNI, TETANGGA, cakupan

pytestmark = pytest.mark.django_db(transaction=True)


def menyusul(
    dulu: Callable[[], object], kemudian: Callable[[], object], lalu: Callable[[], object] = lambda: None
) -> object:
    """Do the first and keep it uncommitted while a second connection tries the other: it waits, then has its answer.

    `lalu`: what the first one still does while the second waits.
    """
    hasil: list[object] = []

    def jalan() -> None:
        try:
            hasil.append(kemudian())
        except Exception as galat:  # noqa: BLE001 - the thread hands every failure to the test
            hasil.append(galat)
        finally:
            connection.close()

    with transaction.atomic():
        dulu()
        benang = threading.Thread(target=jalan)
        benang.start()
        benang.join(0.5)
        assert hasil == [], "yang kedua harus menunggu"
        lalu()
    benang.join(20)
    return hasil[0]


@pytest.fixture
def siap(settings):
    """A sent report with one verified acceptor, and everything that may happen to it."""
    settings.HARI_INI, settings.KODE_KABUPATEN = pabrik.HARI_INI, pabrik.KAB
    c = pabrik.cerita()
    satu = pabrik.pelayanan(tahap=Tahap.TERVERIFIKASI)
    MacamKegiatan.objects.create(kode="penyuluhan", peran_bhakti=3, nama="Penyuluhan")
    return c, satu, pabrik.dikirim(c)


def setujui(c, laporan, terlihat=None) -> Callable[[], object]:
    return lambda: actions.setujui(c.plkb, cakupan(c.plkb), DESA, JUNI, laporan.versi, terlihat)


def kembalikan(c, satu) -> Callable[[], object]:
    return lambda: akseptor_actions.pindah_tahap(c.plkb, cakupan(c.plkb), satu.pk, "kembalikan", alasan="Keliru")


def pindah(c, satu) -> Callable[[], object]:
    return lambda: akseptor_actions.pindah_desa(c.koordinator, cakupan(c.koordinator), satu.akseptor_id, TETANGGA)


def kegiatan(c) -> Callable[[], object]:
    saat = {"dicatat_oleh": c.kader, "dicatat_pada": sekarang(), "diterima_pada": sekarang()}
    isi = {"desa_id": DESA, "macam_id": "penyuluhan", "tanggal": dt.date(2021, 6, 5), "jumlah_orang": 3}
    return lambda: Kegiatan.objects.create(**isi, **saat)


@pytest.mark.parametrize("ubah", [kembalikan, pindah])
def test_persetujuan_lebih_dulu_yang_mengubah_diberi_tahu(siap, ubah):
    c, satu, laporan = siap
    jawab = menyusul(setujui(c, laporan), ubah(c, satu))
    assert isinstance(jawab, Ditolak), jawab
    assert "minta koordinator atau DPPKB membuka kembali" in jawab.pesan
    satu.refresh_from_db()
    assert (satu.tahap, satu.desa_id, satu.bulan_laporan) == ("terverifikasi", DESA, JUNI)


@pytest.mark.parametrize("ubah", [kembalikan, pindah])
def test_perubahan_lebih_dulu_yang_menyetujui_diberi_tahu(siap, ubah):
    c, satu, laporan = siap
    jawab = menyusul(ubah(c, satu), setujui(c, laporan, sidik(buka(DESA, JUNI), [satu])))
    assert isinstance(jawab, actions.SudahBerubah), jawab
    assert "berubah sejak halaman Anda dibuka" in jawab.pesan
    assert LaporanBulanan.objects.get().status == "dikirim"
    assert not Pelayanan.objects.filter(bulan_laporan__isnull=False).exists()


def test_shell_yang_menyusul_persetujuan_ditolak_basis_data(siap):
    c, satu, laporan = siap
    jawab = menyusul(setujui(c, laporan), lambda: Pelayanan.objects.filter(pk=satu.pk).update(metode="iud"))
    assert isinstance(jawab, IntegrityError), jawab


def test_kegiatan_lewat_shell_menyusul_persetujuan_ditolak(siap):
    c, _, laporan = siap
    assert isinstance(menyusul(setujui(c, laporan), kegiatan(c)), IntegrityError)
    assert not Kegiatan.objects.exists()


def test_persetujuan_menunggu_kegiatan_yang_sedang_ditulis(siap):
    c, _, laporan = siap
    jawab = menyusul(kegiatan(c), setujui(c, laporan))
    assert isinstance(jawab, LaporanBulanan), jawab
    assert (Kegiatan.objects.count(), LaporanBulanan.objects.get().status) == (1, "disetujui")
    # Waited before it counted: what was written is in what was signed.
    assert LaporanBulanan.objects.get().dihitung["peran"]["3"] == [1, 3]


@pytest.mark.parametrize("dulu", ["pasangan", "laporan"])
def test_verifikasi_dan_setujui_tidak_menunggu_melingkar(siap, dulu):
    """The report first, then its couples in one order, also when some are verified by the act and others were before."""
    c, lama, laporan = siap
    baru = pabrik.pelayanan(bersih=True)
    for nomor, satu in enumerate((lama, baru), 1):
        Akseptor.objects.filter(pk=satu.akseptor_id).update(pasangan=uuid.UUID(int=nomor))
    keduanya = [(lambda n=n: kunci_pasangan(uuid.UUID(int=n))) for n in (1, 2)]

    def tutup() -> LaporanBulanan:
        return verifikasi_dan_setujui(c.plkb, cakupan(c.plkb), DESA, JUNI, {baru.pk: 1}, laporan.versi)

    awal = keduanya[0] if dulu == "pasangan" else lambda: pegang_laporan(DESA, JUNI)
    jawab = menyusul(awal, tutup, keduanya[1])
    assert isinstance(jawab, LaporanBulanan), jawab
    assert set(Pelayanan.objects.values_list("bulan_laporan", flat=True)) == {JUNI}


def test_dua_petugas_menyetujui_bersamaan_satu_yang_berlaku(siap):
    c, satu, laporan = siap
    jawab = menyusul(setujui(c, laporan), setujui(c, laporan))
    assert isinstance(jawab, Ditolak), jawab
    satu.refresh_from_db()
    assert satu.bulan_laporan == JUNI
