"""Completeness and timeliness of a year, and who was last heard of."""

import datetime as dt

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext

from kader.models import Jejak, Pengguna
from laporan.bulanan import actions
from laporan.bulanan.matriks import Kelompok, bulan_tahun, matriks
from laporan.models import LaporanBulanan, Pengecualian
from poskb.dasar.waktu import WIB
from tests.alat import longgarkan_jejak
from tests.laporan.bulanan import pabrik
from tests.laporan.bulanan.pabrik import DESA, JUNI, MEI, cakupan

BULAN = [MEI, JUNI, dt.date(2021, 7, 1)]


def saat(hari: int, bulan: int = 7) -> dt.datetime:
    return dt.datetime(2021, bulan, hari, 9, tzinfo=WIB)


def baris(siapa):
    return {b.desa.kode: b for k in matriks(cakupan(siapa), BULAN) for b in k.baris}


@pytest.mark.parametrize(("hari", "telat"), [(3, False), (4, True)])
@pytest.mark.parametrize("keadaan", ["dikirim", "disetujui"])
def test_tepat_waktu_menurut_tenggat_kader(c, keadaan, hari, telat):
    laporan = pabrik.dikirim(c)
    LaporanBulanan.objects.filter(pk=laporan.pk).update(dikirim_pada=saat(hari))
    with longgarkan_jejak():
        Jejak.objects.filter(tindakan="kirim").update(pada=saat(hari))
    if keadaan == "disetujui":
        actions.setujui(c.plkb, cakupan(c.plkb), DESA, JUNI, laporan.versi)
    s = baris(c.plkb)[DESA].sel[1]
    assert (s.status, s.telat, s.lengkap, s.tepat, s.jatuh) == (keadaan, telat, True, not telat, True)


def test_pengiriman_pertama_yang_menentukan(c):
    laporan = pabrik.dikirim(c)
    LaporanBulanan.objects.filter(pk=laporan.pk).update(dikirim_pada=saat(8))
    with longgarkan_jejak():
        Jejak.objects.filter(tindakan="kirim").update(pada=saat(2))
    assert not baris(c.plkb)[DESA].sel[1].telat


@pytest.mark.parametrize("wilayah", [DESA, pabrik.KEC, pabrik.KAB])
def test_pengecualian_menggeser_tenggatnya_di_sini_juga(c, wilayah):
    """The board calls nobody late whom DPPKB gave more days; the matrix says the same."""
    laporan = pabrik.dikirim(c)
    LaporanBulanan.objects.filter(pk=laporan.pk).update(dikirim_pada=saat(7))
    with longgarkan_jejak():
        Jejak.objects.filter(tindakan="kirim").update(pada=saat(7))
    assert (baris(c.plkb)[DESA].sel[1].telat, baris(c.koordinator)[pabrik.TETANGGA].sel[1].jatuh) == (True, True)
    satu = Pengecualian.objects.create(
        wilayah_id=wilayah,
        bulan=JUNI,
        tingkat="kader",
        sampai=dt.date(2021, 7, 8),
        alasan="Banjir",
        dibuat_pada=saat(2),
        dibuat_oleh=c.dppkb,
    )
    s = baris(c.plkb)[DESA].sel[1]
    assert (s.telat, s.tepat, s.jatuh) == (False, True, False)
    assert baris(c.koordinator)[pabrik.TETANGGA].sel[1].jatuh is (wilayah == DESA)
    Pengecualian.objects.filter(pk=satu.pk).update(sampai=dt.date(2021, 7, 6))
    s = baris(c.plkb)[DESA].sel[1]
    assert (s.telat, s.jatuh) == (True, True)


def test_nihil_yang_ditarik_kembali_belum_melapor(c, settings):
    """One tap in time, taken back at once, buys no time: what she sends later is late."""
    settings.HARI_INI = "2021-07-02"
    laporan = actions.kirim(c.kader, cakupan(c.kader), DESA, JUNI, pabrik.isian(nihil=True), 0)
    laporan = actions.tarik(c.kader, cakupan(c.kader), DESA, JUNI, laporan.versi)
    settings.HARI_INI = "2021-07-08"
    laporan = actions.kirim(c.kader, cakupan(c.kader), DESA, JUNI, pabrik.isian(), laporan.versi)
    assert baris(c.plkb)[DESA].sel[1].telat
    actions.kembalikan(c.plkb, cakupan(c.plkb), DESA, JUNI, {"I": "Periksa"}, laporan.versi)
    assert not baris(c.plkb)[DESA].sel[1].tepat


def test_yang_belum_jatuh_tempo_tidak_dihitung_dan_kembali_belum_lengkap(c):
    pabrik.dikembalikan(c, MEI)
    b = baris(c.plkb)[DESA]
    assert [(s.status, s.jatuh, s.lengkap) for s in b.sel] == [
        ("dikembalikan", True, False),
        ("belum", True, False),
        ("belum", False, False),
    ]
    j = Kelompok(None, [b]).jumlah
    assert (j.jatuh, j.lengkap, j.tepat, j.persen_lengkap) == (2, 0, 0, 0)


def test_bulan_dari_laporan_pertama_sampai_bulan_ini(c):
    assert bulan_tahun(2021, MEI) == BULAN
    assert len(bulan_tahun(2020, dt.date(2019, 1, 1))) == 12
    pabrik.dikirim(c, MEI)
    jawaban = pabrik.masuk(c.plkb).get("/laporan/kelengkapan/")
    assert jawaban.context["bulan"] == BULAN
    assert f'href="/laporan/{DESA}/2021-05/"' in jawaban.content.decode()


def test_desa_diam_disebut_dan_yang_terlihat_tidak(c):
    Pengguna.objects.filter(pk=c.kader.pk).update(terakhir_terlihat=saat(24, 6))
    Pengguna.objects.filter(pk=c.kader_tetangga.pk).update(terakhir_terlihat=saat(23, 6))
    semua = baris(c.koordinator)
    assert [b.diam for b in semua.values()] == [False, True]
    teks = pabrik.masuk(c.koordinator).get("/laporan/kelengkapan/").content.decode()
    assert "1 desa tidak terdengar lebih dari 14 hari" in teks
    assert "terakhir 23 Juni 2021" in teks
    # Who no longer works there says nothing of her desa.
    lain = pabrik.orang("kader", DESA)
    Pengguna.objects.filter(pk=lain.pk).update(peran="plkb", terakhir_terlihat=saat(8))
    Pengguna.objects.filter(pk=c.kader.pk).update(is_active=False)
    assert baris(c.koordinator)[DESA].terlihat is None
    pabrik.pelayanan(desa=pabrik.TETANGGA)
    assert not baris(c.koordinator)[pabrik.TETANGGA].diam


def test_petugas_hanya_desanya_dan_kecamatan_lain_tidak_ditemukan(c):
    pabrik.wilayah("32.14.02.2001")
    assert list(baris(c.plkb)) == [DESA]
    dppkb = pabrik.masuk(c.dppkb)
    teks = dppkb.get("/laporan/kelengkapan/").content.decode()
    # The district sees totals; the desa of a kecamatan are one press away.
    assert "kecamatan=32.14.02" in teks
    assert "/laporan/32.14.02.2001/" not in teks
    satu = dppkb.get("/laporan/kelengkapan/?kecamatan=32.14.02").content.decode()
    assert "/laporan/32.14.02.2001/" in satu
    assert DESA not in satu
    assert pabrik.masuk(c.koordinator).get("/laporan/kelengkapan/?kecamatan=32.14.02").status_code == 404


@pytest.mark.parametrize("kode", ["x", "32.14.99", "32.14.01.2001", "\x00\x00x"])
def test_kecamatan_yang_tidak_ada_tidak_ditemukan(c, kode):
    assert pabrik.masuk(c.dppkb).get("/laporan/kelengkapan/", {"kecamatan": kode}).status_code == 404
    assert pabrik.masuk(c.dppkb).get("/laporan/kelengkapan/", {"kecamatan": f"{pabrik.KEC}\x00"}).status_code == 200


@pytest.mark.parametrize("tahun", ["1999", "x", "²021", "99999", "\x00"])
def test_tahun_yang_tidak_ada(c, tahun):
    jawaban = pabrik.masuk(c.plkb).get("/laporan/kelengkapan/", {"tahun": tahun})
    assert jawaban.status_code == 404
    assert "Tahun ini tidak ada" in jawaban.content.decode()


def test_jumlah_kueri_tetap(c):
    def kueri():
        with CaptureQueriesContext(connection) as tangkap:
            assert client.get("/laporan/kelengkapan/").status_code == 200
        return len(tangkap)

    client = pabrik.masuk(c.dppkb)
    pabrik.dikirim(c)
    awal = kueri()
    for nomor in range(10, 30):
        pabrik.wilayah(f"32.14.03.20{nomor}")
        pabrik.pelayanan(desa=f"32.14.03.20{nomor}")
    pabrik.dikirim(c, MEI)
    assert kueri() == awal


def test_terlihat_paling_sering_sekali_sejam(c, settings):
    settings.JEDA_TERLIHAT_MENIT = 60
    client = pabrik.masuk(c.kader)

    def tulis():
        with CaptureQueriesContext(connection) as tangkap:
            assert client.get("/laporan/").status_code == 200
        return sum("terakhir_terlihat" in q["sql"] and q["sql"].startswith("UPDATE") for q in tangkap)

    assert [tulis(), tulis()] == [1, 0]
    lama = dt.timedelta(minutes=61)
    c.kader.refresh_from_db()
    assert c.kader.terakhir_terlihat.astimezone(WIB).date() == dt.date(2021, 7, 8)
    Pengguna.objects.filter(pk=c.kader.pk).update(terakhir_terlihat=c.kader.terakhir_terlihat - lama)
    assert [tulis(), tulis()] == [1, 0]


def test_gagal_menandai_tidak_menggagalkan_halaman(c, settings, monkeypatch):
    settings.JEDA_TERLIHAT_MENIT = 60

    def gagal(*args, **kwargs):
        raise DatabaseError

    monkeypatch.setattr("django.db.models.query.QuerySet.update", gagal)
    assert pabrik.masuk(c.dppkb).get("/laporan/kelengkapan/").status_code == 200
