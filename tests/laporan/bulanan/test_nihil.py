"""Nihil is one tap and counts as reported; taken back, the sheet is what it was; what is missing leads to the form."""

import datetime as dt
import io
import re

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from akseptor.enums import StatusPeserta, Tahap
from kader.models import Jejak
from laporan.bulanan import actions
from laporan.bulanan.kosong import tanpa_catatan
from laporan.bulanan.lembar import buka
from laporan.bulanan.nihil import kirim_nihil
from laporan.bulanan.papan import bulan_desa
from laporan.bulanan.pembukaan import buka_bulan
from laporan.models import LaporanBulanan
from poskb.dasar.tolak import Ditolak
from tests.alat import kegiatan
from tests.laporan.bulanan import pabrik
from tests.laporan.bulanan.pabrik import DESA, JUNI, MEI, TETANGGA, cakupan

URL = f"/laporan/{DESA}/2021-06/"
TOMBOL = f'action="{URL}nihil/"'
JULI = dt.date(2021, 7, 1)


def juni() -> LaporanBulanan | None:
    return LaporanBulanan.objects.filter(bulan=JUNI).first()


def mei(c) -> None:
    pabrik.dikirim(c, MEI, pabrik.isian(ppkbd_ada=1, kie=4, pus=10, pa_iud=10, baru_target_iud=12))


def test_satu_ketukan_dari_beranda_terhitung_melapor(c):
    mei(c)
    buka_bulan()
    client = pabrik.masuk(c.kader)
    for alamat in ("/", "/laporan/"):
        assert client.get(alamat).content.decode().count(TOMBOL) == 1
    jawab = client.post(URL + "nihil/", {"versi": "0"})
    assert (jawab.status_code, jawab["Location"]) == (302, URL)
    laporan = juni()
    assert (laporan.status, laporan.nihil, laporan.dikirim_oleh) == ("dikirim", True, c.kader)
    assert (laporan.isi["kie"], laporan.isi["ppkbd_ada"], laporan.isi["pus"]) == (0, 1, 10)
    for alamat in ("/", "/laporan/"):
        assert TOMBOL not in client.get(alamat).content.decode()
    assert "Nihil" in pabrik.masuk(c.plkb).get("/laporan/?bulan=2021-06").content.decode()


@pytest.mark.parametrize("ada", ["akseptor", "kegiatan"])
def test_bulan_yang_berisi_tidak_menawarkan_nihil_dan_menolaknya(c, ada):
    mei(c)
    if ada == "akseptor":
        pabrik.pelayanan()
    else:
        call_command("muat_macam_kegiatan", stdout=io.StringIO())
        kegiatan(c.kader, dt.date(2021, 6, 30), DESA)
    client = pabrik.masuk(c.kader)
    assert TOMBOL not in client.get("/laporan/").content.decode()
    sebelum = pabrik.potret()
    jawab = client.post(URL + "nihil/", {"versi": "0"})
    assert (jawab.status_code, "jadi bukan nihil" in jawab.content.decode()) == (422, True)
    assert pabrik.potret() == sebelum


def test_bulan_berjalan_dan_yang_sudah_di_petugas_tidak_ditawari(c):
    buka_bulan()
    assert {(b.bulan, b.bisa_nihil) for b in bulan_desa(cakupan(c.kader))} == {(JULI, False), (JUNI, True)}
    pabrik.dikembalikan(c)
    assert not any(b.bisa_nihil for b in bulan_desa(cakupan(c.kader)))


def test_yang_tidak_terhitung_tidak_menghalangi(c):
    call_command("muat_macam_kegiatan", stdout=io.StringIO())
    pabrik.pelayanan(status=StatusPeserta.GANTI_CARA)
    pabrik.pelayanan(tahap=Tahap.DIKEMBALIKAN)
    pabrik.pelayanan(dt.date(2021, 5, 31))
    pabrik.pelayanan(dt.date(2021, 7, 1))
    pabrik.pelayanan(desa=TETANGGA)
    kegiatan(c.kader, dt.date(2021, 7, 1), DESA)
    kegiatan(c.kader, dt.date(2021, 6, 2), DESA, dihapus_oleh=c.kader, dihapus_pada=pabrik.sekarang())
    calon = {(DESA, JUNI), (TETANGGA, JUNI), (DESA, JULI)}
    assert tanpa_catatan(calon) == {(DESA, JUNI)}
    assert tanpa_catatan(set()) == set()


def test_tanpa_laporan_sebelumnya_dibawa_ke_formulir_dengan_kalimat(c):
    sebelum = pabrik.potret()
    jawab = pabrik.masuk(c.kader).post(URL + "nihil/", {"versi": "0"})
    teks = jawab.content.decode()
    assert jawab.status_code == 422
    assert "tidak bisa diambil dari laporan sebelumnya" in teks
    assert teks.count("Isi 0 bila tidak ada.") > 20
    assert re.search(r'<input type="checkbox" name="nihil"[^>]* checked', teks)
    assert 'name="kie" value="0"' in teks
    assert pabrik.potret() == sebelum


def test_tarik_kembali_mengembalikan_lembar_seperti_semula(c):
    mei(c)
    laporan = pabrik.draf(c, satu=pabrik.isian(kie=3, ppkbd_ada=2))
    isi = laporan.isi
    client = pabrik.masuk(c.kader)
    client.post(URL + "nihil/", {"versi": str(laporan.versi)})
    assert juni().isi["kie"] == 0
    assert f'action="{URL}tarik/"' in client.get(URL).content.decode()
    assert client.post(URL + "tarik/", {"versi": str(juni().versi)}).status_code == 302
    kini = juni()
    assert (kini.status, kini.nihil, kini.isi, kini.dikirim_pada, kini.dikirim_oleh) == (
        "draf",
        False,
        isi,
        None,
        None,
    )
    jejak = Jejak.objects.tentang(kini).first()
    assert (jejak.tindakan, jejak.perubahan["status"]) == ("tarik", ["dikirim", "draf"])
    assert (jejak.perubahan["kie"], jejak.perubahan["nihil"]) == ([0, 3], [True, False])
    assert "Menarik kembali laporan nihil" in client.get(URL).content.decode()
    assert [b.bisa_nihil for b in bulan_desa(cakupan(c.kader)) if b.bulan == JUNI] == [True]


def test_ditarik_dari_bulan_yang_belum_ditulis_mulai_lagi_dari_bulan_lalu(c):
    mei(c)
    kirim_nihil(c.kader, cakupan(c.kader), DESA, JUNI, 0)
    actions.tarik(c.kader, cakupan(c.kader), DESA, JUNI, juni().versi)
    assert juni().isi == buka(DESA, JUNI).laporan.isi
    assert (juni().isi["kie"], juni().isi["ppkbd_ada"], "pus" in juni().isi) == (4, 1, False)


def test_nihil_lewat_formulir_ditarik_tanpa_kehilangan_ketikan(c):
    laporan = pabrik.dikirim(c, satu=pabrik.isian(nihil=True, ppkbd_ada=7))
    actions.tarik(c.kader, cakupan(c.kader), DESA, JUNI, laporan.versi)
    assert (juni().nihil, juni().isi["ppkbd_ada"]) == (False, 7)


@pytest.mark.parametrize("siapa", ["kader_tetangga", "plkb", "koordinator", "dppkb", "admin", "tanpa_wilayah"])
def test_hanya_kader_desa_itu_yang_menarik(c, siapa):
    laporan = pabrik.dikirim(c, satu=pabrik.isian(nihil=True))
    sebelum, orang = pabrik.potret(), getattr(c, siapa)
    with pytest.raises(Ditolak):
        actions.tarik(orang, cakupan(orang), DESA, JUNI, laporan.versi)
    assert pabrik.masuk(orang).post(URL + "tarik/", {"versi": laporan.versi}).status_code in {403, 404}
    assert pabrik.potret() == sebelum


@pytest.mark.parametrize(
    ("keadaan", "kata"),
    [
        ("draf", "sudah ditarik"),
        ("dikembalikan", "sudah ada pada Anda"),
        ("disetujui", "terkunci"),
        ("dikirim", "Hanya laporan nihil"),
    ],
)
def test_setelah_diputuskan_atau_bukan_nihil_tidak_ditarik(c, keadaan, kata):
    laporan = pabrik.KEADAAN[keadaan](c)
    sebelum = pabrik.potret()
    jawab = pabrik.masuk(c.kader).post(URL + "tarik/", {"versi": laporan.versi})
    assert (jawab.status_code, kata in jawab.content.decode()) == (409, True)
    assert pabrik.potret() == sebelum
    assert f'action="{URL}tarik/"' not in jawab.content.decode()


def test_ketukan_kedua_dan_halaman_basi_dijelaskan(c):
    mei(c)
    client = pabrik.masuk(c.kader)
    pabrik.draf(c)
    sebelum = pabrik.potret()
    basi = client.post(URL + "nihil/", {"versi": "0"})
    assert (basi.status_code, "sudah diubah oleh Bu kader" in basi.content.decode()) == (409, True)
    assert pabrik.potret() == sebelum
    for versi, status in (("1", 302), ("1", 409)):
        jawab = client.post(URL + "nihil/", {"versi": versi})
        assert jawab.status_code == status
    assert "menunggu petugas" in jawab.content.decode()
    laporan = juni()
    tarik = client.post(URL + "tarik/", {"versi": laporan.versi - 1})
    assert tarik.status_code == 409
    assert juni().status == "dikirim"


def test_jumlah_kueri_daftar_tidak_bergantung_pada_banyaknya_bulan(c, settings):
    def kueri() -> int:
        with CaptureQueriesContext(connection) as tangkap:
            bulan_desa(cakupan(c.kader))
        return len(tangkap)

    buka_bulan()
    sedikit = kueri()
    settings.HARI_INI = "2020-07-08"
    buka_bulan()
    settings.HARI_INI = pabrik.HARI_INI
    buka_bulan()
    for _ in range(10):
        pabrik.pelayanan(dt.date(2021, 1, 5))
    assert kueri() == sedikit


def test_bulan_yang_periodenya_tutup_tidak_menawarkan_nihil(c, settings):
    """A button that leads only to a refusal is none."""
    for hari, boleh in (("2021-07-15", True), ("2021-07-16", False)):
        settings.HARI_INI = hari
        juni = next(b for b in bulan_desa(cakupan(c.kader)) if b.bulan == JUNI)
        assert (juni.bisa_nihil, juni.tutup) == (boleh, not boleh)
