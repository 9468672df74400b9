"""Flags of the records behind the count: each kind with a case that raises it and one that does not."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from akseptor.enums import Tahap
from akseptor.models import Akseptor, Persetujuan
from laporan.bulanan.tanda import tanda_bulan
from laporan.models import Pengecualian
from poskb.dasar.waktu import WIB
from tests.laporan.bulanan import pabrik
from tests.laporan.bulanan.pabrik import DESA, JUNI, MEI, TETANGGA


@pytest.fixture
def satu(c):
    """A sent report with one clean record."""
    pabrik.laporan_dikirim(c, DESA)
    return pabrik.pelayanan(bersih=True)


def milik():
    return tanda_bulan([DESA], JUNI)[DESA]


def tiba(tanggal, jam=9):
    return dt.datetime.combine(tanggal, dt.time(jam), WIB)


def ubah(satu, **nilai):
    Akseptor.objects.filter(pk=satu.akseptor_id).update(**nilai)


def sendiri(jenis):
    """The one flag there is, which speaks of the one record."""
    (tanda,) = milik().tanda
    (catatan,) = milik().catatan
    assert (tanda.jenis, tanda.pelayanan, tanda.tempat) == (jenis, (catatan.pk,), f"#catatan-{catatan.pk}")
    assert tanda.kalimat.startswith("1 catatan ")
    return catatan.sebab[jenis]


def test_catatan_bersih_tanpa_tanda(satu):
    assert milik().tanda == ()
    assert [c.pk for c in milik().catatan_bersih] == [satu.pk]


def test_mungkin_ganda_menahan_juga_setelah_diverifikasi(c, satu):
    ubah(satu, perlu_tinjau_duplikat=True)
    assert sendiri("duplikat").startswith("Mirip catatan lain")
    assert milik().catatan_bersih == []
    satu.tahap, satu.diverifikasi_oleh, satu.diverifikasi_pada = Tahap.TERVERIFIKASI, c.plkb, satu.diterima_pada
    satu.save()
    assert sendiri("duplikat")


def test_nik_menyusul_menahan_sampai_diverifikasi(c, satu):
    ubah(satu, nik_indeks=None, nik_menyusul=True, alasan_nik_menyusul="KTP di rumah")
    assert sendiri("menyusul") == "NIK menyusul: KTP di rumah"
    assert milik().catatan_bersih == []
    satu.tahap, satu.diverifikasi_oleh, satu.diverifikasi_pada = Tahap.TERVERIFIKASI, c.plkb, satu.diterima_pada
    satu.save()
    assert milik().tanda == ()


def test_tanpa_persetujuan_menahan(satu):
    Persetujuan.objects.all().delete()
    assert sendiri("persetujuan") == "Persetujuan ibu atas datanya tidak tercatat."
    assert milik().catatan_bersih == []


@pytest.mark.parametrize(
    ("hari", "diterima", "kata"),
    [
        (dt.date(2021, 6, 18), dt.date(2021, 6, 25), ""),
        (dt.date(2021, 6, 18), dt.date(2021, 6, 26), "Dilayani 18 Juni 2021, diterima 26 Juni 2021, 8 hari kemudian."),
        (dt.date(2021, 6, 30), dt.date(2021, 7, 3), ""),
        (dt.date(2021, 6, 30), dt.date(2021, 7, 4), "sesudah tenggat laporan 3 Juli 2021."),
    ],
)
def test_datang_terlambat(satu, hari, diterima, kata):
    satu.tanggal, satu.diterima_pada = hari, tiba(diterima)
    satu.save()
    if kata:
        assert kata in sendiri("terlambat")
    assert bool(milik().catatan_bersih) is not bool(kata)


def test_pengecualian_memberi_catatan_waktu_yang_sama(c, satu):
    satu.tanggal, satu.diterima_pada = dt.date(2021, 6, 30), tiba(dt.date(2021, 7, 5))
    satu.save()
    assert "sesudah tenggat laporan 3 Juli 2021" in sendiri("terlambat")
    isi = {"bulan": JUNI, "tingkat": "kader", "alasan": "Banjir", "dibuat_pada": tiba(JUNI), "dibuat_oleh": c.dppkb}
    Pengecualian.objects.create(wilayah_id=pabrik.KEC, sampai=dt.date(2021, 7, 5), **isi)
    assert milik().tanda == ()


def test_tengah_malam_wib_masih_hari_itu(satu):
    """16:59 UTC of the 3rd is 23:59 WIB: in time. A minute later is the 4th."""
    satu.tanggal = dt.date(2021, 6, 30)
    for menit, terlambat in ((59, False), (60, True)):
        satu.diterima_pada = dt.datetime(2021, 7, 3, 16, tzinfo=dt.UTC) + dt.timedelta(minutes=menit)
        satu.save()
        assert bool(milik().tanda) is terlambat


def test_nomor_hp_pada_banyak_pasangan_disebut_tetapi_tidak_menahan(satu):
    hp = "+6281211112222"
    akseptor = satu.akseptor
    akseptor.no_hp = hp
    akseptor.save()
    for _ in range(2):
        pabrik.pelayanan(hp=hp, desa=TETANGGA, bersih=True)
    assert milik().tanda == ()
    # A second row of a couple is not another couple.
    lagi = pabrik.pelayanan(hp=hp, desa=TETANGGA, bersih=True)
    Akseptor.objects.filter(pk=lagi.akseptor_id).update(pasangan=akseptor.pasangan)
    assert milik().tanda == ()
    pabrik.pelayanan(hp=hp, desa=TETANGGA, bersih=True)
    assert sendiri("hp") == "Nomor HP ini ada pada 4 pasangan."
    assert milik().bersih
    assert [c.pk for c in milik().catatan_bersih] == [satu.pk]


def test_satu_tanda_per_jenis_dengan_semua_catatannya(satu):
    for _ in range(2):
        pabrik.pelayanan(desa=DESA)  # NIK to follow, no consent, late
    assert milik().per_jenis == [("menyusul", 2), ("persetujuan", 2), ("terlambat", 2)]
    assert len(milik().catatan_bersih) == 1


def test_catatan_desa_dan_bulan_lain_tidak_ikut(satu):
    pabrik.pelayanan(desa=TETANGGA)
    pabrik.pelayanan(dt.date(2021, 5, 31))
    pabrik.pelayanan(tahap=Tahap.CALON)
    assert [c.pk for c in milik().catatan] == [satu.pk]


def test_tiga_desa_atau_tiga_puluh_sama_kuerinya(c):
    def hitung(kode):
        with CaptureQueriesContext(connection) as tangkap:
            hasil = tanda_bulan(kode, JUNI)
        return len(tangkap), len(hasil)

    semua = [f"32.14.01.20{n}" for n in range(10, 40)]
    for kode in semua:
        pabrik.laporan_dikirim(c, kode)
        pabrik.pelayanan(desa=kode, hp="+6281211112222")
        pabrik.laporan_dikirim(c, kode, MEI, pabrik.isian(toma_toga=50))
    assert hitung(semua[:3]) == (9, 3)
    assert hitung(semua) == (9, 30)


def test_susulan_bulan_lalu_ikut_diperiksa_di_laporan_yang_menghitungnya(c):
    pabrik.disetujui(c, MEI)
    terlambat = pabrik.pelayanan(MEI, bersih=True)
    pabrik.laporan_dikirim(c, DESA)
    assert [x.pk for x in tanda_bulan([DESA], JUNI)[DESA].catatan] == [terlambat.pk]


@pytest.mark.parametrize(("lapor", "metode", "ya"), [(3, "implan", True), (1, "implan", False), (3, "iud", False)])
def test_susulan_yang_mungkin_sudah_dilaporkan_disebut(c, lapor, metode, ya):
    """May reported two more than were recorded; now two records of May arrive: the same women would count twice."""
    pabrik.pelayanan(MEI, bersih=True, tahap=Tahap.TERVERIFIKASI)
    alasan = {"alasan": {"implan": "Dua di bidan kota"}} if lapor > 1 else {}
    pabrik.disetujui(c, MEI, pabrik.isian(baru_ini_implan=lapor, **alasan))
    susulan = [pabrik.pelayanan(MEI, metode, bersih=True, tahap=Tahap.TERVERIFIKASI) for _ in range(2)]
    pabrik.pelayanan(bersih=True)
    pabrik.laporan_dikirim(c, DESA)
    tanda = milik().tanda
    assert [t.jenis for t in tanda] == (["susulan"] if ya else [])
    if ya:
        assert tanda[0].kalimat == (
            "Implan: 2 susulan dari Mei 2021, padahal laporan Mei 2021 sudah melaporkan 3 dari 1 yang tercatat. "
            "Alasannya waktu itu: “Dua di bidan kota”. Bila ibunya sama, kembalikan: angka bulan ini ditulis tanpa "
            "mereka, dengan alasan."
        )
        assert set(tanda[0].pelayanan) == {p.pk for p in susulan}
        assert not milik().bersih
        assert "Mungkin terhitung dua kali" in pabrik.masuk(c.plkb).get(f"/laporan/{DESA}/2021-06/").content.decode()
