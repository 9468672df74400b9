"""Approved is read-only in the database; versions never overwrite each other."""

import pytest
from django.db import Error, transaction

from akseptor.enums import Tahap
from laporan.bulanan import actions
from laporan.models import LaporanBulanan
from poskb.dasar.tolak import Ditolak
from tests.laporan.bulanan import pabrik
from tests.laporan.bulanan.pabrik import DESA, JUNI, cakupan


@pytest.mark.parametrize(
    "ubah",
    [
        {"isi": {"rakor": 99}},
        {"nihil": True},
        {"alasan_selisih": {"iud": "x"}},
        {"status": "draf", "disetujui_oleh": None, "disetujui_pada": None},
        {"status": "dikembalikan", "disetujui_oleh": None, "disetujui_pada": None, "isi": {"rakor": 99}},
    ],
)
def test_yang_disetujui_tidak_berubah_lewat_orm(c, ubah):
    laporan = pabrik.disetujui(c)
    sebelum = pabrik.potret()
    with pytest.raises(Error), transaction.atomic():
        LaporanBulanan.objects.filter(pk=laporan.pk).update(**ubah)
    with pytest.raises(Error), transaction.atomic():
        laporan.delete()
    assert pabrik.potret() == sebelum


def test_halaman_basi_tidak_menimpa(c):
    laporan = pabrik.draf(c, satu=pabrik.isian(rakor=1))
    actions.simpan(c.kader, cakupan(c.kader), DESA, JUNI, pabrik.isian(rakor=2), laporan.versi)
    for tindakan in (actions.simpan, actions.kirim):
        sebelum = pabrik.potret()
        with pytest.raises(actions.SudahBerubah, match="oleh Bu kader pukul"):
            tindakan(c.kader, cakupan(c.kader), DESA, JUNI, pabrik.isian(rakor=3), laporan.versi - 1)
        assert pabrik.potret() == sebelum


def test_simpan_pertama_kedua_tidak_menimpa_yang_pertama(c):
    pabrik.draf(c, satu=pabrik.isian(rakor=1))
    with pytest.raises(actions.SudahBerubah):
        actions.simpan(c.kader, cakupan(c.kader), DESA, JUNI, pabrik.isian(rakor=2), 0)
    assert LaporanBulanan.objects.get().isi["rakor"] == 1


def test_baris_yang_sudah_berubah_di_basis_data_tidak_ditimpa(c, monkeypatch):
    """What the sheet read is old by the time of the UPDATE: the row count says so."""
    laporan = pabrik.draf(c)
    lama = actions.buka(DESA, JUNI)
    actions.simpan(c.kader, cakupan(c.kader), DESA, JUNI, pabrik.isian(rakor=5), laporan.versi)
    monkeypatch.setattr(actions, "buka", lambda *_: lama)
    with pytest.raises(actions.SudahBerubah):
        actions.simpan(c.kader, cakupan(c.kader), DESA, JUNI, pabrik.isian(rakor=6), 1)
    assert LaporanBulanan.objects.get().isi["rakor"] == 5


def test_simpan_pertama_bersamaan_hanya_satu_yang_jadi(c, monkeypatch):
    lama = actions.buka(DESA, JUNI)
    pabrik.draf(c, satu=pabrik.isian(rakor=5))
    monkeypatch.setattr(actions, "buka", lambda *_: lama)
    with pytest.raises(actions.SudahBerubah):
        actions.simpan(c.kader, cakupan(c.kader), DESA, JUNI, pabrik.isian(rakor=6), 0)
    assert LaporanBulanan.objects.get().isi["rakor"] == 5


def test_petugas_tidak_menyetujui_yang_belum_dilihatnya(c):
    laporan = pabrik.dikirim(c)
    with pytest.raises(actions.SudahBerubah):
        actions.setujui(c.plkb, cakupan(c.plkb), DESA, JUNI, laporan.versi - 1)
    assert LaporanBulanan.objects.get().status == "dikirim"


def test_disetujui_membekukan_hitungan_dan_susulan_tampak(c):
    pabrik.pelayanan(tahap=Tahap.TERVERIFIKASI)
    laporan = pabrik.disetujui(c)
    assert laporan.dihitung["baru"] == {"implan": 1}
    pabrik.pelayanan(tahap=Tahap.TERVERIFIKASI, nama="Wati")
    juni = pabrik.masuk(c.plkb).get(f"/laporan/{DESA}/2021-06/").content.decode()
    assert "Siti" in juni
    assert "Wati" not in juni
    assert "1 akseptor baru bulan ini datang sesudah disetujui" in " ".join(juni.split())
    assert f'href="/laporan/{DESA}/2021-07/"' in juni
    juli = pabrik.masuk(c.plkb).get(f"/laporan/{DESA}/2021-07/").content.decode()
    assert "Wati" in juli
    assert 'termasuk <a href="#judul-akseptor">1 susulan</a>' in juli
    assert juli.count("Susulan Juni 2021") == 1


@pytest.mark.parametrize(("tahap", "boleh"), [(Tahap.DILAYANI, False), (Tahap.TERVERIFIKASI, True)])
def test_setujui_menunggu_verifikasi_semua_akseptor(c, tahap, boleh):
    pabrik.pelayanan(tahap=Tahap.TERVERIFIKASI)
    pabrik.pelayanan(tahap=tahap)
    laporan = pabrik.dikirim(c)
    if boleh:
        assert actions.setujui(c.plkb, cakupan(c.plkb), DESA, JUNI, laporan.versi).status == "disetujui"
        return
    sebelum = pabrik.potret()
    with pytest.raises(Ditolak, match="1 dari 2 akseptor"):
        actions.setujui(c.plkb, cakupan(c.plkb), DESA, JUNI, laporan.versi)
    assert pabrik.potret() == sebelum


def test_nihil_yang_ternyata_ada_akseptor_tidak_disetujui(c):
    laporan = pabrik.dikirim(c, satu=pabrik.isian(nihil=True))
    pabrik.pelayanan(tahap=Tahap.TERVERIFIKASI)
    with pytest.raises(Ditolak, match="nihil"):
        actions.setujui(c.plkb, cakupan(c.plkb), DESA, JUNI, laporan.versi)
