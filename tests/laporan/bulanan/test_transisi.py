"""Every arrow, by every role, from every state: allowed or refused, and a refusal writes nothing."""

import itertools

import pytest

from kader.models import Jejak
from laporan.bulanan import actions
from laporan.models import LaporanBulanan
from poskb.dasar.tolak import Ditolak
from tests.laporan.bulanan import pabrik
from tests.laporan.bulanan.pabrik import DESA, JUNI, cakupan

SIAPA = ("kader", "kader_tetangga", "plkb", "plkb_lain", "koordinator", "dppkb", "admin", "tanpa_wilayah")
BOLEH = {
    ("simpan", "draf", "kader"): "draf",
    ("simpan", "dikembalikan", "kader"): "dikembalikan",
    ("kirim", "draf", "kader"): "dikirim",
    ("kirim", "dikembalikan", "kader"): "dikirim",
    ("kembalikan", "dikirim", "plkb"): "dikembalikan",
    ("setujui", "dikirim", "plkb"): "disetujui",
    ("buka_kembali", "disetujui", "koordinator"): "dikembalikan",
    ("buka_kembali", "disetujui", "dppkb"): "dikembalikan",
}
TINDAKAN = ("simpan", "kirim", "kembalikan", "setujui", "buka_kembali")


def lakukan(tindakan, siapa, versi):
    isi = {
        "simpan": (pabrik.isian(rakor=2),),
        "kirim": (pabrik.isian(rakor=2),),
        "kembalikan": ({"I": "Periksa jumlah"},),
        "setujui": (),
        "buka_kembali": ("Salah tulis",),
    }[tindakan]
    return getattr(actions, tindakan)(siapa, cakupan(siapa), DESA, JUNI, *isi, versi)


@pytest.mark.parametrize(("tindakan", "keadaan", "siapa"), itertools.product(TINDAKAN, pabrik.KEADAAN, SIAPA))
def test_setiap_panah_untuk_setiap_peran(c, tindakan, keadaan, siapa):
    laporan = pabrik.KEADAAN[keadaan](c)
    orang, sebelum = getattr(c, siapa), pabrik.potret()
    ke = BOLEH.get((tindakan, keadaan, siapa))
    if ke is None:
        with pytest.raises(Ditolak) as galat:
            lakukan(tindakan, orang, laporan.versi)
        assert galat.value.pesan.count(".") >= 1
        assert pabrik.potret() == sebelum
        return
    lakukan(tindakan, orang, laporan.versi)
    assert LaporanBulanan.objects.get().status == ke
    jejak = Jejak.objects.tentang(laporan).first()
    assert (jejak.tindakan, jejak.oleh, jejak.wilayah_id) == (tindakan, orang, DESA)
    if tindakan != "simpan":
        assert jejak.perubahan["status"] == [keadaan, ke]


def test_kembalikan_tanpa_alasan_ditolak(c):
    laporan = pabrik.dikirim(c)
    sebelum = pabrik.potret()
    for catatan in ({}, {"I": "  "}, {"XII": "bagian yang tidak ada"}, {"I": "x" * 501}, {"I": "a\x00"}):
        with pytest.raises(Ditolak, match=r"[Aa]lasan"):
            actions.kembalikan(c.plkb, cakupan(c.plkb), DESA, JUNI, catatan, laporan.versi)
    assert pabrik.potret() == sebelum


def test_alasan_per_bagian_tersimpan_dan_terbaca_di_riwayat(c):
    laporan = pabrik.dikirim(c)
    catatan = {"II": "Rakor kosong", "umum": "Terima kasih"}
    actions.kembalikan(c.plkb, cakupan(c.plkb), DESA, JUNI, catatan, laporan.versi)
    assert LaporanBulanan.objects.get().catatan_bagian == catatan
    assert Jejak.objects.tentang(laporan).first().alasan == "Bagian II: Rakor kosong\nTerima kasih"


def test_buka_kembali_tanpa_alasan_ditolak(c):
    laporan = pabrik.disetujui(c)
    sebelum = pabrik.potret()
    with pytest.raises(Ditolak, match="alasan"):
        actions.buka_kembali(c.dppkb, cakupan(c.dppkb), DESA, JUNI, " ", laporan.versi)
    assert pabrik.potret() == sebelum


def test_dibuka_kembali_lalu_dikirim_dan_disetujui_lagi(c):
    laporan = pabrik.disetujui(c)
    laporan = actions.buka_kembali(c.dppkb, cakupan(c.dppkb), DESA, JUNI, "Salah tulis", laporan.versi)
    assert (laporan.dihitung, laporan.disetujui_oleh, laporan.catatan_bagian) == ({}, None, {"umum": "Salah tulis"})
    laporan = actions.kirim(c.kader, cakupan(c.kader), DESA, JUNI, pabrik.isian(rakor=3), laporan.versi)
    laporan = actions.setujui(c.plkb, cakupan(c.plkb), DESA, JUNI, laporan.versi)
    assert laporan.status == "disetujui"
    assert laporan.isi["rakor"] == 3
