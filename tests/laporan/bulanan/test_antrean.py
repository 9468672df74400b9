"""The board as a queue: what needs the officer on top, with its flags, and which report comes next."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from akseptor.enums import Tahap
from kader.enums import Peran
from laporan.bulanan.antrean import beri_tanda, berikutnya, susun
from laporan.bulanan.papan import papan
from laporan.models import LaporanBulanan
from tests.laporan.bulanan import pabrik
from tests.laporan.bulanan.pabrik import JUNI, MEI, cakupan

DESA = [f"32.14.01.20{n}" for n in range(10, 16)]


@pytest.fixture
def petugas(c):
    """An officer with six desa."""
    return pabrik.orang(Peran.PLKB, *DESA)


def antrean(petugas, bulan=JUNI):
    return susun(beri_tanda(papan(cakupan(petugas), bulan), bulan))


def test_dikelompokkan_menurut_yang_harus_dilakukan(c, petugas):
    for n, status in enumerate(("dikirim", "dikirim", "draf", "dikembalikan", "disetujui")):
        laporan = pabrik.laporan_dikirim(c, DESA[n], menit=10 - n)
        laporan.status = status
        if status == "disetujui":
            laporan.disetujui_oleh, laporan.disetujui_pada = c.plkb, laporan.dikirim_pada
        laporan.save()
    papannya = antrean(petugas)
    assert [(r.status, r.banyak) for r in papannya.sebaran.ruas] == [
        ("disetujui", 1),
        ("dikirim", 2),
        ("dikembalikan", 1),
        ("draf", 1),
        ("belum", 1),
    ]
    assert papannya.sebaran.kalimat == "1 disetujui, 2 dikirim, 1 dikembalikan, 1 draf, 1 belum diisi"
    assert papannya.sebaran.lewat == 5
    assert [(k.kunci, [b.desa.kode for b in k.baris]) for k in papannya.kelompok] == [
        ("menunggu", [DESA[1], DESA[0]]),  # who has waited longest
        ("di-kader", [DESA[2], DESA[3], DESA[5]]),
        ("selesai", [DESA[4]]),
    ]


def test_tanda_dan_bersih_tampak_di_papan(c, petugas):
    pabrik.laporan_dikirim(c, DESA[0])
    pabrik.laporan_dikirim(c, DESA[1], satu=pabrik.isian(pus=4))
    for _ in range(2):
        pabrik.pelayanan(desa=DESA[1])
    pabrik.pelayanan(desa=DESA[2])
    (menunggu, di_kader) = antrean(petugas).kelompok
    assert [(b.desa.kode, b.tanda.bersih, b.tanda.per_jenis) for b in menunggu.baris] == [
        (DESA[0], True, []),
        (DESA[1], False, [("imbang", 1), ("menyusul", 2), ("persetujuan", 2), ("terlambat", 2)]),
    ]
    assert {b.tanda for b in di_kader.baris} == {None}
    isi = pabrik.masuk(petugas).get("/laporan/").content.decode()
    assert isi.count("lencana-bersih") == 1
    assert isi.count("data-menunggu") == 2
    assert isi.index("Menunggu Anda") < isi.index("Masih di kader")
    assert "NIK menyusul <b>2</b>" in isi


def test_koordinator_melihat_tanda_di_tabelnya(c, petugas):
    pabrik.laporan_dikirim(c, DESA[1], satu=pabrik.isian(pus=4))
    isi = pabrik.masuk(c.koordinator).get("/laporan/").content.decode()
    assert "PUS tidak seimbang" in isi
    assert "data-menunggu" not in isi


def test_desa_berikutnya_menurut_urutan_papan_lalu_bulan_tertua(c, petugas):
    juni = [pabrik.laporan_dikirim(c, kode, menit=n) for n, kode in enumerate(DESA[:3])]
    mei = pabrik.laporan_dikirim(c, DESA[4], MEI)
    mata = cakupan(petugas)

    def lanjut(laporan):
        hasil = berikutnya(mata, laporan)
        return hasil.laporan, hasil.menunggu

    assert [lanjut(x) for x in juni] == [(juni[1], 4), (juni[2], 4), (juni[0], 4)]
    # Decided: the one after it comes, not the one that was left out before it.
    LaporanBulanan.objects.filter(pk=juni[1].pk).update(status="dikembalikan")
    assert lanjut(juni[1]) == (juni[2], 3)
    LaporanBulanan.objects.filter(bulan=JUNI).update(status="dikembalikan")
    assert lanjut(juni[2]) == (mei, 1)
    assert lanjut(mei) == (None, 1)
    assert berikutnya(cakupan(c.plkb), juni[0]).laporan is None


def test_tiga_desa_atau_dua_puluh_tujuh_sama_kuerinya_di_papan_dan_di_halaman(c):
    kode = [f"32.14.01.20{n}" for n in range(20, 50)]
    sedikit, banyak = pabrik.orang(Peran.PLKB, *kode[:3]), pabrik.orang(Peran.PLKB, *kode[3:])
    for k in kode:
        pabrik.laporan_dikirim(c, k, MEI)
        pabrik.laporan_dikirim(c, k)
        pabrik.pelayanan(desa=k, hp="+6281211112222")
        pabrik.pelayanan(desa=k, tahap=Tahap.TERVERIFIKASI)

    def kueri(siapa, url):
        client = pabrik.masuk(siapa)
        with CaptureQueriesContext(connection) as tangkap:
            assert client.get(url).status_code == 200
        return len(tangkap)

    assert kueri(sedikit, "/laporan/") == kueri(banyak, "/laporan/")
    assert kueri(sedikit, f"/laporan/{kode[0]}/2021-06/") == kueri(banyak, f"/laporan/{kode[3]}/2021-06/")
