"""Reminders: which are due on which day, once each; the officer's outbox; levels on the first pages."""

import datetime as dt
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection, transaction

from kader.enums import Peran
from kader.models import Jejak, Pengguna, Penugasan
from laporan import tasks
from laporan.bulanan import actions, pengecualian, pesan
from laporan.bulanan.jenjang import jenjang
from laporan.bulanan.pengingat import Keadaan, perbarui_pesan, yang_perlu
from laporan.bulanan.tenggat import BIASA
from laporan.models import Pesan
from poskb.dasar.tolak import Ditolak
from tests import tenggat as baris
from tests.laporan.bulanan import pabrik
from tests.laporan.bulanan.pabrik import DESA, JUNI, KEC, MEI, TETANGGA, cakupan

HARI_JADWAL = [
    ("2021-06-30", "draf", None),
    ("2021-07-01", "draf", ("menjelang", 1)),
    ("2021-07-02", "belum", ("menjelang", 1)),
    ("2021-07-03", "draf", ("menjelang", 3)),
    ("2021-07-04", "draf", ("lewat", 4)),
    ("2021-07-06", "draf", ("lewat", 4)),
    ("2021-07-07", "draf", ("lewat", 7)),
    ("2021-07-12", "draf", ("tutup", 12)),
    ("2021-07-13", "draf", ("lewat", 13)),
    ("2021-07-14", "draf", ("tutup", 14)),
    ("2021-07-15", "dikembalikan", ("tutup", 15)),
    ("2021-07-16", "draf", None),
    ("2021-07-06", "dikembalikan", ("dikembalikan", 6)),
    ("2021-07-05", "dikembalikan", None),
    ("2021-07-08", "dikirim", None),
    ("2021-07-08", "disetujui", None),
]


@pytest.mark.parametrize(("hari", "status", "hasil"), HARI_JADWAL)
def test_jadwal_menurut_hari_dan_keadaan(db, settings, hari, status, hasil):
    settings.HARI_INI = hari
    k = Keadaan(pabrik.wilayah(DESA), JUNI, None if status == "belum" else status, dt.date(2021, 7, 5))
    satu = yang_perlu(k, BIASA)
    assert (satu and (str(satu[0]), satu[1].day)) == hasil


def test_yang_sudah_ditolak_tenggatnya_tidak_diingatkan(db, settings):
    settings.TENGGAT_MENOLAK = ["kader", "tutup"]
    assert yang_perlu(Keadaan(pabrik.wilayah(DESA), JUNI), BIASA) is None


def test_beat_menyiapkan_pesan_setiap_pagi(settings):
    jadwal = settings.CELERY_BEAT_SCHEDULE["pesan-pengingat-pagi"]
    assert jadwal["task"] == tasks.perbarui_pesan.name
    assert (jadwal["schedule"].hour, jadwal["schedule"].minute, settings.CELERY_TIMEZONE) == (
        {6},
        {15},
        "Asia/Jakarta",
    )


def test_dua_kali_dijalankan_sekali_ditulis(c):
    tasks.perbarui_pesan()
    assert {(p.untuk, p.desa_id, p.bulan, p.jenis, p.hari.day) for p in Pesan.objects.all()} == {
        (c.kader, DESA, JUNI, "lewat", 7),
        (c.kader_tetangga, TETANGGA, JUNI, "lewat", 7),
    }
    assert perbarui_pesan() == 0
    assert Pesan.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_serentak_sekali_ditulis(settings):
    settings.HARI_INI, settings.KODE_KABUPATEN = pabrik.HARI_INI, pabrik.KAB
    pabrik.cerita()

    def jalan(_):
        try:
            return perbarui_pesan()
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as kolam:
        assert sorted(kolam.map(jalan, range(4))) == [0, 0, 0, 2]
    assert Pesan.objects.count() == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("ubah", [{"teks": "Yang kemarin"}, {"status": "usang"}])
def test_yang_ditandai_petugas_saat_itu_juga_tidak_ditimpa(settings, ubah):
    """The officer ticks while the morning's run looks at the same reminder and wants to say it anew."""
    settings.HARI_INI, settings.KODE_KABUPATEN = pabrik.HARI_INI, pabrik.KAB
    c = pabrik.cerita()
    perbarui_pesan()
    satu = Pesan.objects.get(untuk=c.kader)
    Pesan.objects.filter(pk=satu.pk).update(**ubah)

    def jalan():
        try:
            return perbarui_pesan()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as kolam:
        with transaction.atomic():
            Pesan.objects.filter(pk=satu.pk).update(status="menunggu")
            pesan.tandai(c.plkb, cakupan(c.plkb), satu.pk, "dikirim")
            nanti = kolam.submit(jalan)
            time.sleep(0.5)
        assert nanti.result(20) == 0
    satu.refresh_from_db()
    assert (satu.status, satu.ditandai_oleh) == ("dikirim", c.plkb)


def test_pesan_hari_berikutnya_menggantikan_yang_lama(c, settings):
    perbarui_pesan()
    settings.HARI_INI = "2021-07-09"
    assert perbarui_pesan() == 0
    settings.HARI_INI = "2021-07-10"
    assert perbarui_pesan() == 2
    milik = Pesan.objects.filter(untuk=c.kader).order_by("hari")
    assert [(p.hari.day, p.status) for p in milik] == [(7, "usang"), (10, "menunggu")]


def test_yang_dikirim_hilang_seketika_dan_ditandai_usang(c):
    perbarui_pesan()
    assert Pesan.objects.dalam(cakupan(c.plkb)).menunggu().count() == 1
    pabrik.dikirim(c)
    assert not Pesan.objects.dalam(cakupan(c.plkb)).menunggu().exists()
    perbarui_pesan()
    assert Pesan.objects.get(untuk=c.kader).status == "usang"


def test_yang_berlaku_lagi_menunggu_lagi_dan_yang_selesai_tetap(c):
    perbarui_pesan()
    pesan.tandai(c.plkb_lain, cakupan(c.plkb_lain), Pesan.objects.get(untuk=c.kader_tetangga).pk, "tidak_perlu")
    satu = pengecualian.beri(
        c.dppkb, cakupan(c.dppkb), pabrik.wilayah(KEC), JUNI, "kader", dt.date(2021, 7, 12), "banjir"
    )
    perbarui_pesan()
    assert Pesan.objects.get(untuk=c.kader).status == "usang"
    pengecualian.akhiri(c.dppkb, cakupan(c.dppkb), satu.pk)
    perbarui_pesan()
    assert Pesan.objects.get(untuk=c.kader).status == "menunggu"
    assert Pesan.objects.get(untuk=c.kader_tetangga).status == "tidak_perlu"


def test_bulan_yang_dibuka_pengecualian_ikut_diingatkan(c):
    pengecualian.beri(c.dppkb, cakupan(c.dppkb), pabrik.wilayah(DESA), MEI, "tutup", dt.date(2021, 7, 9), "banjir")
    perbarui_pesan()
    mei = Pesan.objects.get(bulan=MEI)
    assert (mei.untuk, mei.jenis) == (c.kader, "tutup")
    assert "tutup 9 Juli 2021" in mei.teks


def test_kader_nonaktif_atau_selesai_tugas_tidak_diingatkan(c):
    Pengguna.objects.filter(pk=c.kader.pk).update(is_active=False)
    Penugasan.objects.filter(pengguna=c.kader_tetangga).update(selesai=dt.date(2021, 7, 7))
    # Who has become an officer writes no reports, though nobody ended what she was.
    lain = pabrik.orang(Peran.KADER, DESA)
    Pengguna.objects.filter(pk=lain.pk).update(peran=Peran.PLKB)
    assert perbarui_pesan() == 0


def test_teks_tidak_menyebut_orang_metode_atau_angka_orang(c):
    pabrik.pelayanan(nama="Siti")
    pabrik.dikembalikan(c)
    Pesan.objects.all().delete()
    tasks.perbarui_pesan()
    (teks,) = Pesan.objects.values_list("teks", flat=True)  # the returned one is due tomorrow
    assert f"Laporan Juni 2021 {pabrik.wilayah(TETANGGA).nama_lengkap}" in teks
    assert "3 Juli 2021" in teks
    assert "tekan Laporan, pilih Juni 2021" in teks
    for kata in ("Siti", "Bu kader", "mplan", "IUD", "NIK"):
        assert kata not in teks


def test_kueri_tidak_ikut_jumlah_desa(c, django_assert_num_queries):
    perbarui_pesan()
    for nomor in range(30):
        pabrik.orang(Peran.KADER, f"32.14.02.20{nomor:02}")
    with django_assert_num_queries(10):  # two of them the transaction's own
        assert perbarui_pesan() == 30


@pytest.mark.parametrize(
    ("nama", "nomor"),
    [
        ("081234567890", "6281234567890"),
        ("0812-3456-7890", "6281234567890"),
        ("+6281234567890", "6281234567890"),
        ("6281234567890", "6281234567890"),
        ("kader-32.14.01.2001", ""),
        ("198705122010012003", ""),
        ("0812", ""),
        ("kader", ""),
        ("", ""),
    ],
)
def test_nomor_hanya_bila_nama_masuk_nomor_hp(nama, nomor):
    assert pesan.nomor_wa(nama) == nomor


def test_halaman_menyusun_tautan_dengan_nama_pengirim(c):
    Pengguna.objects.filter(pk=c.kader.pk).update(nama_masuk="081234567890")
    perbarui_pesan()
    client = pabrik.masuk(c.plkb)
    (satu,) = client.get("/pesan/").context["menunggu"]
    tautan = urlsplit(satu.tautan)
    assert (tautan.netloc, tautan.path) == ("wa.me", "/6281234567890")
    teks = parse_qs(tautan.query)["text"][0]
    assert teks == satu.kirim
    assert teks.startswith("Halo, ini Bu plkb, petugas PLKB. Laporan Juni 2021 ")
    assert teks.endswith(f"/laporan/{DESA}/2021-06/")


def test_pengganti_menyebut_dirinya_pengganti(c):
    perbarui_pesan()
    baris.penggantian(DESA)
    client = pabrik.masuk(Pengguna.objects.get(nama_masuk="cadangan"))
    (satu,) = client.get("/pesan/").context["menunggu"]
    assert satu.kirim.startswith("Halo, ini Cadangan, petugas PLKB pengganti. ")


def test_tandai_lalu_urungkan_lewat_halaman(c):
    perbarui_pesan()
    satu, client = Pesan.objects.get(untuk=c.kader), pabrik.masuk(c.plkb)
    assert client.post(f"/pesan/{satu.pk}/tandai/", {"status": "dikirim"}).status_code == 302
    satu.refresh_from_db()
    assert (satu.status, satu.ditandai_oleh) == ("dikirim", c.plkb)
    isi = client.get("/pesan/")
    assert "Tidak ada pesan" in isi.content.decode()
    assert [p.pk for p in isi.context["ditandai"]] == [satu.pk]
    client.post(f"/pesan/{satu.pk}/urungkan/")
    satu.refresh_from_db()
    assert (satu.status, satu.ditandai_oleh) == ("menunggu", None)
    assert list(Jejak.objects.tentang(satu).values_list("tindakan", flat=True)) == ["mengurungkan", "menandai"]


def test_tandai_ditolak_dengan_kalimat(c):
    perbarui_pesan()
    satu = Pesan.objects.get(untuk=c.kader)
    for status in ("", "usang", "menunggu", "x" * 50):
        with pytest.raises(Ditolak, match="Pilih dulu"):
            pesan.tandai(c.plkb, cakupan(c.plkb), satu.pk, status)
    with pytest.raises(Ditolak, match="di luar wilayah tugas"):
        pesan.tandai(c.plkb_lain, cakupan(c.plkb_lain), satu.pk, "dikirim")
    with pytest.raises(Ditolak, match="petugas PLKB desanya"):
        pesan.tandai(c.koordinator, cakupan(c.koordinator), satu.pk, "dikirim")
    pesan.tandai(c.plkb, cakupan(c.plkb), satu.pk, "dikirim")
    assert pesan.tandai(c.plkb, cakupan(c.plkb), satu.pk, "dikirim").status == "dikirim"
    with pytest.raises(Ditolak, match="sudah ditandai “sudah dikirim” oleh Bu plkb"):
        pesan.tandai(c.plkb, cakupan(c.plkb), satu.pk, "tidak_perlu")
    Pesan.objects.update(status="usang", ditandai_oleh=None, ditandai_pada=None)
    with pytest.raises(Ditolak, match="tidak berlaku lagi"):
        pesan.urungkan(c.plkb, cakupan(c.plkb), satu.pk)
    assert Pesan.objects.get(pk=satu.pk).status == "usang"


def test_kueri_halaman_pesan_dan_beranda_tetap(c, django_assert_num_queries):
    from django.test.utils import CaptureQueriesContext

    def hitung(siapa, url):
        client = pabrik.masuk(siapa)
        with CaptureQueriesContext(connection) as tangkap:
            assert client.get(url).status_code == 200
        return len(tangkap)

    perbarui_pesan()
    semua = [(c.plkb, "/pesan/"), (c.plkb, "/"), (c.koordinator, "/"), (c.kader, "/")]
    awal = [hitung(*s) for s in semua]
    for nomor in range(20):
        pabrik.orang(Peran.KADER, f"32.14.01.21{nomor:02}")
        Penugasan.objects.create(pengguna=c.plkb, wilayah_id=f"32.14.01.21{nomor:02}", mulai=dt.date(2020, 1, 1))
    perbarui_pesan()
    assert [hitung(*s) for s in semua] == awal


def test_beranda_petugas_menyebut_yang_belum_dan_pesan(c):
    perbarui_pesan()
    Penugasan.objects.filter(pengguna=c.plkb_lain).delete()
    Penugasan.objects.create(pengguna=c.plkb, wilayah_id=TETANGGA, mulai=dt.date(2020, 1, 1))
    pabrik.dikirim(c)
    isi = pabrik.masuk(c.plkb).get("/")
    (satu,) = isi.context["jenjang"]
    assert [(t.wilayah.kode, t.status, t.oleh) for t in satu.tertahan] == [
        (DESA, "dikirim", "menunggu Anda"),
        (TETANGGA, "belum", "kader Bu kader"),
    ]
    assert (satu.selesai, satu.jumlah, satu.lewat, satu.sisa) == (0, 2, True, "lewat 3 hari")
    assert isi.context["pesan"] == 1
    assert "Periode tutup" not in isi.content.decode()


def test_beranda_kader_menyebut_sisa_hari(c, settings):
    settings.HARI_INI = "2021-07-01"
    assert "Paling lambat 3 Juli, 2 hari lagi" in pabrik.masuk(c.kader).get("/").content.decode()
    settings.HARI_INI = "2021-07-03"
    assert "Paling lambat 3 Juli, hari ini terakhir" in pabrik.masuk(c.kader).get("/").content.decode()
    settings.HARI_INI = "2021-07-04"
    assert "Lewat tenggat 3 Juli, masih ditunggu sampai 15 Juli" in pabrik.masuk(c.kader).get("/").content.decode()


def test_koordinator_melihat_siapa_yang_menahan(c, settings):
    pabrik.disetujui(c)
    (satu,) = jenjang(cakupan(c.koordinator), JUNI)
    assert (satu.selesai, satu.jumlah, satu.batas, satu.lewat) == (1, 2, dt.date(2021, 7, 7), True)
    assert [(t.wilayah.kode, t.oleh) for t in satu.tertahan] == [(TETANGGA, "petugas Bu plkb")]
    baris.penggantian(TETANGGA)
    (satu,) = jenjang(cakupan(c.koordinator), JUNI)
    assert satu.tertahan[0].oleh == "petugas Cadangan (pengganti)"
    assert "petugas Cadangan (pengganti)" in pabrik.masuk(c.koordinator).get("/").content.decode()


def test_kecamatan_lengkap_bila_semua_desanya_disetujui(c, settings):
    pabrik.disetujui(c)
    (satu,) = jenjang(cakupan(c.dppkb), JUNI)
    assert (satu.selesai, satu.jumlah, satu.sisa, satu.lewat) == (0, 1, "2 hari lagi", False)
    assert (satu.tertahan[0].label, satu.tertahan[0].oleh) == ("1 dari 2 desa disetujui", "koordinator Bu koordinator")
    tetangga = actions.kirim(c.kader_tetangga, cakupan(c.kader_tetangga), TETANGGA, JUNI, pabrik.isian(), 0)
    tetangga = actions.setujui(c.plkb_lain, cakupan(c.plkb_lain), TETANGGA, JUNI, tetangga.versi)
    assert tetangga.status == "disetujui"
    assert jenjang(cakupan(c.koordinator), JUNI)[0].lengkap
    assert jenjang(cakupan(c.dppkb), JUNI)[0].lengkap
    settings.HARI_INI = "2021-08-01"
    assert not jenjang(cakupan(c.dppkb), JUNI)[0].lewat


def test_pengecualian_kecamatan_menggeser_hari_jenjangnya(c):
    pengecualian.beri(
        c.dppkb, cakupan(c.dppkb), pabrik.wilayah(KEC), JUNI, "kecamatan", dt.date(2021, 7, 12), "banjir"
    )
    (satu,) = jenjang(cakupan(c.koordinator), JUNI)
    assert (satu.batas, satu.lewat, satu.sisa) == (dt.date(2021, 7, 12), False, "4 hari lagi")


def test_tanpa_wilayah_tanpa_jenjang(c, django_assert_num_queries):
    assert jenjang(cakupan(c.tanpa_wilayah), JUNI) == []
