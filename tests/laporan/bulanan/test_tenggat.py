"""Deadlines, the close and exceptions, by day and minute of Jakarta; every refusal names its reason."""

import datetime as dt

import pytest
from django.core.exceptions import ImproperlyConfigured

from laporan import checks
from laporan.bulanan import actions, pengecualian
from laporan.bulanan.papan import bulan_desa, laporan_perlu_tindakan, papan
from laporan.bulanan.tenggat import BIASA, halangan_waktu, kalender, kata_sisa, lewat_tenggat, tenggat_sekarang
from laporan.models import LaporanBulanan, Pengecualian
from poskb.dasar import waktu
from poskb.dasar.tolak import Ditolak
from poskb.lingkungan import env_angka
from tests import tenggat as baris
from tests.laporan.bulanan import pabrik
from tests.laporan.bulanan.pabrik import DESA, JUNI, KAB, KEC, MEI, TETANGGA, cakupan

URL = f"/laporan/{DESA}/2021-06/"
TUTUP = "Periode tutup: laporan Juni 2021 ditutup 15 Juli 2021 pukul 23.59 WIB."


@pytest.fixture
def jam(settings, monkeypatch):
    """Set the clock to a moment of Jakarta or of UTC."""

    def setel(teks):
        settings.HARI_INI = ""
        saat = dt.datetime.fromisoformat(teks)
        saat = saat if saat.tzinfo else saat.replace(tzinfo=waktu.WIB)
        monkeypatch.setattr(waktu, "jam_nyata", lambda: saat.astimezone(waktu.WIB))

    return setel


def beri(c, kode=DESA, tingkat="tutup", sampai="2021-07-20", bulan=JUNI, alasan="banjir", oleh=None):
    oleh = oleh or c.dppkb
    return pengecualian.beri(
        oleh, cakupan(oleh), pabrik.wilayah(kode), bulan, tingkat, dt.date.fromisoformat(sampai), alasan
    )


def lakukan(c, tindakan, laporan):
    siapa, isi = {
        "simpan": (c.kader, [pabrik.isian(kie=9)]),
        "kirim": (c.kader, [pabrik.isian(kie=9)]),
        "kembalikan": (c.plkb, [{"I": "Periksa"}]),
        "setujui": (c.plkb, []),
        "buka_kembali": (c.koordinator, ["Salah tulis"]),
    }[tindakan]
    return getattr(actions, tindakan)(siapa, cakupan(siapa), DESA, JUNI, *isi, laporan.versi)


PASANGAN = [
    ("simpan", "draf"),
    ("kirim", "draf"),
    ("kirim", "dikembalikan"),
    ("kembalikan", "dikirim"),
    ("setujui", "dikirim"),
    ("buka_kembali", "disetujui"),
]


@pytest.mark.parametrize(("tindakan", "keadaan"), PASANGAN)
@pytest.mark.parametrize(
    ("saat", "boleh"),
    [
        ("2021-07-15T23:59:59", True),
        ("2021-07-15T16:59:59+00:00", True),
        ("2021-07-15T17:00:00+00:00", False),
        ("2021-07-16T00:00:00", False),
        ("2021-07-16T06:59:00", False),
    ],
)
def test_periode_tutup_tengah_malam_menurut_jakarta(c, jam, tindakan, keadaan, saat, boleh):
    laporan = pabrik.KEADAAN[keadaan](c)
    sebelum = pabrik.potret()
    jam(saat)
    if boleh:
        lakukan(c, tindakan, laporan)
        assert pabrik.potret() != sebelum
        return
    with pytest.raises(Ditolak) as galat:
        lakukan(c, tindakan, laporan)
    assert galat.value.pesan.startswith(TUTUP)
    assert "DPPKB" in galat.value.pesan
    assert pabrik.potret() == sebelum


def test_sudah_disetujui_dan_tutup_menyebut_keduanya(c, settings):
    laporan = pabrik.disetujui(c)
    settings.HARI_INI = "2021-07-16"
    with pytest.raises(Ditolak) as galat:
        lakukan(c, "kirim", laporan)
    assert "sudah disetujui" in galat.value.pesan
    assert TUTUP in galat.value.pesan


@pytest.mark.parametrize("hari", ["2021-07-04", "2021-07-06", "2021-07-15"])
def test_lewat_tenggat_hanya_mengingatkan_menurut_bawaan(c, settings, hari):
    settings.HARI_INI = hari
    assert lakukan(c, "kirim", LaporanBulanan(versi=0)).status == "dikirim"


@pytest.mark.parametrize(
    ("tindakan", "keadaan", "tingkat", "terakhir"),
    [
        ("kirim", "draf", "kader", 3),
        ("kirim", "dikembalikan", "plkb", 5),
        ("setujui", "dikirim", "plkb", 5),
        ("kembalikan", "dikirim", "plkb", 5),
        ("buka_kembali", "disetujui", "kecamatan", 7),
    ],
)
def test_tingkat_yang_diatur_menolak_menyebut_lewat_tenggat(c, settings, tindakan, keadaan, tingkat, terakhir):
    settings.HARI_INI = "2021-07-02"
    laporan = pabrik.KEADAAN[keadaan](c)
    settings.TENGGAT_MENOLAK = [tingkat, "tutup"]
    settings.HARI_INI = f"2021-07-{terakhir + 1:02}"
    sebelum = pabrik.potret()
    with pytest.raises(Ditolak, match=f"Lewat tenggat: laporan Juni 2021 ditunggu sampai {terakhir} Juli 2021 pukul"):
        lakukan(c, tindakan, laporan)
    assert pabrik.potret() == sebelum
    settings.HARI_INI = f"2021-07-{terakhir:02}"
    lakukan(c, tindakan, laporan)


def test_dppkb_masih_membuka_sesudah_tenggat_kecamatan(c, settings):
    laporan = pabrik.disetujui(c)
    settings.TENGGAT_MENOLAK = ["kecamatan", "kabupaten", "tutup"]
    settings.HARI_INI = "2021-07-09"
    with pytest.raises(Ditolak, match="Lewat tenggat"):
        lakukan(c, "buka_kembali", laporan)
    actions.buka_kembali(c.dppkb, cakupan(c.dppkb), DESA, JUNI, "Salah", laporan.versi)


def test_tanpa_penutupan_tidak_ada_yang_menolak(c, settings):
    settings.TENGGAT_MENOLAK, settings.HARI_INI = [], "2021-09-01"
    assert lakukan(c, "kirim", LaporanBulanan(versi=0)).status == "dikirim"
    settings.TENGGAT_MENOLAK = ["plkb"]
    with pytest.raises(Ditolak, match="Lewat tenggat"):
        lakukan(c, "setujui", LaporanBulanan.objects.get())


@pytest.mark.parametrize("kode", [DESA, KEC, KAB])
def test_pengecualian_membuka_sampai_harinya(c, settings, kode):
    laporan = pabrik.draf(c)
    settings.HARI_INI = "2021-07-17"
    with pytest.raises(Ditolak, match="Periode tutup"):
        lakukan(c, "simpan", laporan)
    beri(c, kode)
    settings.HARI_INI = "2021-07-20"
    laporan = lakukan(c, "simpan", laporan)
    settings.HARI_INI = "2021-07-21"
    with pytest.raises(Ditolak, match="ditutup 20 Juli 2021"):
        lakukan(c, "kirim", laporan)


@pytest.mark.parametrize(("kode", "bulan"), [(TETANGGA, JUNI), (DESA, MEI), ("32.14.02", JUNI)])
def test_pengecualian_desa_atau_bulan_lain_tidak_membuka(c, settings, kode, bulan):
    laporan = pabrik.draf(c)
    settings.HARI_INI = "2021-07-17"
    beri(c, kode, bulan=bulan)
    with pytest.raises(Ditolak, match="Periode tutup"):
        lakukan(c, "kirim", laporan)


def test_pengecualian_penutupan_mengangkat_tenggat_di_bawahnya(c, settings):
    settings.TENGGAT_MENOLAK, settings.HARI_INI = ["kader", "tutup"], "2021-07-17"
    beri(c)
    assert lakukan(c, "kirim", LaporanBulanan(versi=0)).status == "dikirim"


def test_pengecualian_diakhiri_menutup_saat_itu_juga(c, settings):
    laporan = pabrik.draf(c)
    settings.HARI_INI = "2021-07-17"
    satu = beri(c)
    pengecualian.akhiri(c.dppkb, cakupan(c.dppkb), satu.pk)
    with pytest.raises(Ditolak, match="Periode tutup"):
        lakukan(c, "kirim", laporan)
    with pytest.raises(Ditolak, match="sudah diakhiri oleh Bu dppkb"):
        pengecualian.akhiri(c.dppkb, cakupan(c.dppkb), satu.pk)
    lain = beri(c)
    settings.HARI_INI = "2021-07-21"
    with pytest.raises(Ditolak, match="sudah berakhir sendiri 20 Juli 2021"):
        pengecualian.akhiri(c.dppkb, cakupan(c.dppkb), lain.pk)


@pytest.mark.parametrize(
    ("ubah", "kata"),
    [
        ({"sampai": "2021-07-07"}, "sudah lewat"),
        ({"sampai": "2021-07-15"}, "sudah 15 Juli 2021"),
        ({"sampai": "2031-07-15"}, "Periksa bulan dan tahunnya"),
        ({"tingkat": "kader", "sampai": "2021-07-16"}, "Periode Juni 2021 tutup 15 Juli 2021"),
        ({"tingkat": "kecamatan", "sampai": "2021-07-12"}, "seluruh wilayahnya"),
        ({"kode": KEC, "tingkat": "kabupaten", "sampai": "2021-07-12"}, "seluruh wilayahnya"),
        ({"alasan": " \x00 "}, "alasannya"),
        ({"alasan": "x" * 301}, "paling panjang 300"),
        ({"alasan": "tanya 0812-3456-7890"}, "nomor HP"),
        ({"bulan": dt.date(2021, 8, 1)}, "belum berjalan"),
        ({"bulan": dt.date(2001, 1, 1)}, "formulir"),
        ({"kode": "32.15.01.2001"}, "luar wilayah tugas"),
    ],
)
def test_pengecualian_ditolak_dengan_kalimat(c, ubah, kata):
    with pytest.raises(Ditolak, match=kata):
        beri(c, **ubah)
    assert not Pengecualian.objects.exists()


@pytest.mark.parametrize("siapa", ["kader", "plkb", "koordinator", "admin"])
def test_hanya_dppkb_memberi_dan_mengakhiri(c, siapa):
    satu = beri(c)
    oleh = getattr(c, siapa)
    with pytest.raises(Ditolak, match="hanya diberikan oleh DPPKB"):
        beri(c, oleh=oleh, sampai="2021-07-25")
    with pytest.raises(Ditolak, match="hanya diberikan oleh DPPKB"):
        pengecualian.akhiri(oleh, cakupan(oleh), satu.pk)
    assert Pengecualian.objects.berlaku().count() == 1


def test_pengecualian_kader_menggeser_yang_disebut_terlambat(c, settings):
    settings.HARI_INI = "2021-07-06"
    assert papan(cakupan(c.plkb), JUNI)[0].lewat
    beri(c, tingkat="kader", sampai="2021-07-09")
    satu = papan(cakupan(c.plkb), JUNI)[0]
    assert (satu.tenggat, satu.lewat, satu.sisa) == (dt.date(2021, 7, 9), False, "3 hari lagi")
    assert papan(cakupan(c.plkb_lain), JUNI)[0].tenggat == dt.date(2021, 7, 3)
    settings.HARI_INI = "2021-07-10"
    assert papan(cakupan(c.plkb), JUNI)[0].lewat


def test_yang_dikembalikan_ditunggu_sampai_tenggat_petugas(settings):
    settings.HARI_INI = "2021-07-05"
    assert tenggat_sekarang(JUNI, "dikembalikan") == dt.date(2021, 7, 5)
    assert not lewat_tenggat(JUNI, "dikembalikan")
    assert lewat_tenggat(JUNI, "draf")
    assert tenggat_sekarang(JUNI, "disetujui") is None


@pytest.mark.parametrize(
    ("batas", "kata"), [(5, "lewat 3 hari"), (8, "hari ini terakhir"), (9, "besok terakhir"), (12, "4 hari lagi")]
)
def test_sisa_hari_dengan_kata(settings, batas, kata):
    settings.HARI_INI = "2021-07-08"
    assert kata_sisa(dt.date(2021, 7, batas)) == kata


def test_desember_tutup_di_januari():
    assert BIASA.sampai(DESA, dt.date(2021, 12, 1), "tutup") == dt.date(2022, 1, 15)


def test_bulan_tutup_terbuka_hanya_untuk_dibaca(c, settings):
    pabrik.draf(c)
    settings.HARI_INI = "2021-07-16"
    client = pabrik.masuk(c.kader)
    isi = client.get(URL).content.decode()
    assert TUTUP in isi
    assert "petugas PLKB Anda" in isi
    assert "<textarea" not in isi
    assert "Kirim ke petugas" not in isi
    assert "Simpan draf" not in isi
    assert "Periode tutup" in client.get("/laporan/").content.decode()
    beranda = client.get("/").content.decode()
    assert "Periode tutup 15 Juli. Sampaikan kepada petugas Anda." in beranda


def test_tutup_saat_mengetik_ketikan_kembali(c, settings):
    laporan = pabrik.draf(c)
    settings.HARI_INI = "2021-07-16"
    jawaban = pabrik.masuk(c.kader).post(URL + "kirim/", pabrik.ketikan(pabrik.isian(kie=77), laporan.versi))
    assert jawaban.status_code == 409
    assert TUTUP in jawaban.content.decode()
    assert 'value="77"' in jawaban.content.decode()


def test_petugas_dan_dppkb_melihat_sebabnya_tanpa_tombol(c, settings):
    pabrik.dikirim(c)
    settings.HARI_INI = "2021-07-16"
    petugas = pabrik.masuk(c.plkb).get(URL).content.decode()
    assert TUTUP in petugas
    assert "Setujui laporan" not in petugas
    dppkb = pabrik.masuk(c.dppkb).get(URL).content.decode()
    assert f"/laporan/pengecualian/?wilayah={DESA}&amp;bulan=2021-06" in dppkb


def test_draf_lama_yang_tutup_tidak_menagih_lagi(c, settings):
    pabrik.draf(c, MEI)
    assert [b.bulan for b in laporan_perlu_tindakan(cakupan(c.kader)).belum_dikirim] == [JUNI]
    beri(c, bulan=MEI)
    assert [b.bulan for b in laporan_perlu_tindakan(cakupan(c.kader)).belum_dikirim] == [JUNI, MEI]
    assert [b.tutup for b in bulan_desa(cakupan(c.kader))] == [False, False, False]


def test_penilaian_waktu_tidak_bertanya_selama_belum_lewat(c, settings, django_assert_num_queries):
    laporan = LaporanBulanan(desa_id=DESA, bulan=JUNI)
    with django_assert_num_queries(0):
        assert halangan_waktu(laporan, "kader") == ""
    settings.HARI_INI = "2021-07-16"
    for nomor in range(3):
        baris.pengecualian(DESA, sampai=dt.date(2021, 7, 20 + nomor))
    with django_assert_num_queries(1):
        assert halangan_waktu(laporan, "kader") == ""
    with django_assert_num_queries(1):
        assert kalender([DESA, TETANGGA]).sampai(DESA, JUNI, "tutup") == dt.date(2021, 7, 22)


def halaman_dppkb(c, **ubah):
    data = {"wilayah": DESA, "bulan": "2021-06", "tingkat": "tutup", "sampai": "2021-07-20", "alasan": "banjir"}
    return pabrik.masuk(c.dppkb).post("/laporan/pengecualian/", data | ubah)


def test_dppkb_memberi_dan_mengakhiri_lewat_halaman(c):
    assert halaman_dppkb(c).status_code == 302
    satu = Pengecualian.objects.get()
    client = pabrik.masuk(c.dppkb)
    isi = client.get("/laporan/pengecualian/").content.decode()
    assert "banjir" in isi
    assert "sampai 20 Juli 2021" in isi
    client.post(f"/laporan/pengecualian/{satu.pk}/akhiri/")
    assert not Pengecualian.objects.berlaku().exists()
    assert "diakhiri 8 Juli 2021" in client.get("/laporan/pengecualian/").content.decode()


@pytest.mark.parametrize(
    ("ubah", "status"),
    [
        ({"wilayah": "32.15"}, 422),
        ({"wilayah": "\x00"}, 422),
        ({"bulan": "2021-13"}, 422),
        ({"bulan": "9999-01"}, 422),
        ({"tingkat": "presiden"}, 422),
        ({"sampai": "31-02-2021"}, 422),
        ({"sampai": "2021-07-01"}, 409),
        ({"bulan": "0001-01"}, 422),
        ({"bulan": "2019-11"}, 409),
        ({"alasan": ""}, 422),
    ],
)
def test_masukan_buruk_menjadi_kalimat_dan_ketikan_tetap(c, ubah, status):
    jawaban = halaman_dppkb(c, **({"alasan": "alasan saya"} | ubah))
    assert jawaban.status_code == status
    assert "ringkas-galat" in jawaban.content.decode()
    assert ("alasan saya" in jawaban.content.decode()) is ("alasan" not in ubah)
    assert not Pengecualian.objects.exists()


def test_alamat_memilih_wilayah_dan_bulan(c):
    isi = pabrik.masuk(c.dppkb).get(f"/laporan/pengecualian/?wilayah={DESA}&bulan=2020-05").content.decode()
    assert f'<option value="{DESA}" selected>' in isi
    assert '<option value="2020-05" selected>' in isi
    assert pabrik.masuk(c.dppkb).get("/laporan/pengecualian/?wilayah=x%00&bulan=kemarin").status_code == 200


def test_nomor_yang_tidak_ada_tidak_ditemukan(c):
    for nomor in (999, 10**30):
        assert pabrik.masuk(c.dppkb).post(f"/laporan/pengecualian/{nomor}/akhiri/").status_code == 404


def test_kueri_halaman_pengecualian_tetap(c, django_assert_num_queries):
    client = pabrik.masuk(c.dppkb)
    for banyak in (1, 20):
        for nomor in range(banyak):
            pabrik.wilayah(f"32.14.01.21{nomor:02}")
            baris.pengecualian(f"32.14.01.21{nomor:02}")
        with django_assert_num_queries(5):
            client.get("/laporan/pengecualian/")


@pytest.mark.parametrize(
    ("hari", "menolak", "kode"),
    [
        ({"kader": 3}, ["tutup"], "poskb.E003"),
        ({"kader": 0, "plkb": 5, "kecamatan": 7, "kabupaten": 10, "tutup": 15}, [], "poskb.E004"),
        ({"kader": 3, "plkb": 5, "kecamatan": 7, "kabupaten": 10, "tutup": 31}, [], "poskb.E004"),
        ({"kader": 6, "plkb": 5, "kecamatan": 7, "kabupaten": 10, "tutup": 15}, [], "poskb.E005"),
        ({"kader": 3, "plkb": 5, "kecamatan": 7, "kabupaten": 10, "tutup": 9}, [], "poskb.E005"),
        ({"kader": 3, "plkb": 5, "kecamatan": 7, "kabupaten": 10, "tutup": 15}, ["desa"], "poskb.E006"),
    ],
)
def test_setelan_yang_tidak_masuk_akal_dilaporkan(settings, hari, menolak, kode):
    assert checks.tenggat_masuk_akal() == []
    settings.TENGGAT_LAPORAN, settings.TENGGAT_MENOLAK = hari, menolak
    assert [e.id for e in checks.tenggat_masuk_akal()] == [kode]


def test_setelan_dibaca_dari_lingkungan(monkeypatch):
    bawaan = {"kader": 3, "tutup": 15}
    monkeypatch.setenv("X", " tutup = 20 ")
    assert env_angka("X", default=bawaan) == {"kader": 3, "tutup": 20}
    for salah in ("tutup", "tutup=x", "lain=3", "tutup=-1", "tutup=²"):
        monkeypatch.setenv("X", salah)
        with pytest.raises(ImproperlyConfigured, match="write name=number"):
            env_angka("X", default=bawaan)
