"""Any day of the past: what was known then, kept while the day lasted, unchanged by what is learned later."""

import datetime as dt

import pytest
from django.test import Client
from pytest_django import Settings

from akseptor import actions
from laporan.kampanye.hitung import hitung_ulang_semua, hitung_yang_perlu
from laporan.kampanye.susun_riwayat import susun_riwayat
from laporan.models import Capaian, CuplikanHarian
from tests.alat import CITEKO, KABUPATEN, PLERED, Dunia, buat_dunia, cakupan, catatan, isian, lupakan
from tests.kampanye.halaman.alat import kampanye

SATU_JULI = dt.date(2021, 7, 1)


@pytest.fixture
def dunia(db: None) -> Dunia:
    return buat_dunia()


def catat(dunia: Dunia, tanggal: dt.date) -> object:
    pelayanan, _ = actions.catat(dunia.kader, cakupan(dunia.kader), isian(dunia, tanggal_pelayanan=tanggal))
    hitung_yang_perlu()
    return pelayanan


def test_angka_hari_lalu_tetap_walau_catatan_datang_terlambat(
    dunia: Dunia, client: Client, settings: Settings
) -> None:
    settings.HARI_INI = "2021-07-01"
    satu = catat(dunia, dt.date(2021, 6, 30))
    settings.HARI_INI = "2021-07-02"
    catat(dunia, SATU_JULI)  # served on the first, known on the second
    settings.HARI_INI = "2021-07-03"
    actions.pindah_tahap(dunia.kader, cakupan(dunia.kader), satu.pk, "batal", alasan="keliru")
    hitung_yang_perlu()
    client.force_login(dunia.dppkb)

    def pada(hari: str, kode: str = "") -> tuple[int, str]:
        isi = client.get(f"/dasbor/{kode}data.json?tanggal={hari}").json()
        return isi["tercatat"], isi["hari_ini"]

    assert pada("2021-07-01") == (1, "2021-07-01")
    assert pada("2021-07-02") == (2, "2021-07-02")
    assert pada("2021-07-03") == (1, "2021-07-03")
    assert pada("2021-07-01", f"{CITEKO}/") == pada("2021-07-01", f"{PLERED}/") == (1, "2021-07-01")
    settings.HARI_INI = "2021-07-08"
    # A day on which nothing changed shows what was known by then.
    assert pada("2021-07-06") == (1, "2021-07-06")
    halaman = client.get("/dasbor/?tanggal=2021-07-02").content.decode()
    assert "Angka yang diketahui pada 2 Juli 2021." in halaman
    assert "data-url" not in halaman


def test_kampanye_berikutnya_tidak_mengubah_jawaban_hari_lalu(
    dunia: Dunia, client: Client, settings: Settings
) -> None:
    settings.HARI_INI = "2021-07-01"
    catat(dunia, SATU_JULI)
    settings.HARI_INI = "2021-09-02"
    baru = kampanye("September", mulai=dt.date(2021, 9, 1), selesai=dt.date(2021, 9, 30))
    hitung_yang_perlu()
    client.force_login(dunia.dppkb)
    lupakan()
    assert client.get("/dasbor/data.json").json()["kampanye"] == baru.nama
    for url in ("/dasbor/data.json", f"/dasbor/{CITEKO}/data.json"):
        isi = client.get(f"{url}?tanggal=2021-07-01").json()
        assert (isi["kampanye"], isi["tercatat"]) == ("MKJP 1831", 1)


def test_jawaban_hari_lalu_punya_etag_sendiri(dunia: Dunia, client: Client, settings: Settings) -> None:
    settings.HARI_INI = "2021-07-01"
    catat(dunia, SATU_JULI)
    settings.HARI_INI = "2021-07-08"
    client.force_login(dunia.dppkb)
    kemarin = client.get("/dasbor/data.json?tanggal=2021-07-01")
    sekarang = client.get("/dasbor/data.json")
    assert kemarin["ETag"] != sekarang["ETag"]
    assert (
        client.get("/dasbor/data.json?tanggal=2021-07-01", headers={"If-None-Match": kemarin["ETag"]}).status_code
        == 304
    )


@pytest.mark.parametrize(
    ("tanya", "kata"),
    [
        ("tanggal=2021-07-09", "belum tiba"),
        ("tanggal=kemarin", "tidak dikenali"),
        ("tanggal=2021-02-30", "tidak dikenali"),
        ("kampanye=999", "tidak ada"),
        ("kampanye=abc", "tidak ada"),
        ("kampanye=x%00", "tidak diizinkan"),
    ],
)
def test_pertanyaan_keliru_dijawab_dengan_kalimat(dunia: Dunia, client: Client, tanya: str, kata: str) -> None:
    hitung_ulang_semua()
    client.force_login(dunia.dppkb)
    halaman = client.get(f"/dasbor/?{tanya}")
    assert halaman.status_code == 400
    assert kata in halaman.content.decode()
    assert "1831" in halaman.content.decode() or "1.831" in halaman.content.decode()
    json = client.get(f"/dasbor/data.json?{tanya}")
    assert json.status_code == 400
    assert kata in json.json()["pesan"]


def test_hari_sebelum_ada_angka_tidak_ditemukan(dunia: Dunia, client: Client) -> None:
    hitung_ulang_semua()
    client.force_login(dunia.dppkb)
    assert client.get("/dasbor/data.json?tanggal=2021-06-01").status_code == 404


def test_di_luar_wilayah_tidak_ditemukan_juga_pada_hari_lalu(dunia: Dunia, client: Client, settings: Settings) -> None:
    settings.HARI_INI = "2021-07-01"
    catat(dunia, SATU_JULI)
    settings.HARI_INI = "2021-07-08"
    client.force_login(dunia.jauh)
    assert client.get(f"/dasbor/{CITEKO}/data.json?tanggal=2021-07-01").status_code == 404


def test_riwayat_disusun_kemudian_seperti_yang_dikenal_catatan(dunia: Dunia) -> None:
    """Three arrive on different days, one is verified later: each past evening knows what had arrived by then."""
    for n, hari in enumerate((20, 21, 25)):
        catatan(dunia, dt.date(2021, 6, 20), diterima_pada=dt.datetime(2021, 6, hari, 20, n, tzinfo=dt.UTC))
    hitung_ulang_semua()
    assert Capaian.objects.count() == 1
    sebelum = list(Capaian.objects.values())
    assert susun_riwayat(dunia.kampanye) == 20
    assert list(Capaian.objects.values()) == sebelum  # the stored numbers of now are untouched
    per_hari = {
        h: CuplikanHarian.objects.pada(h).get(wilayah=KABUPATEN).isi["tercatat"] for h in dunia.kampanye.hari()
    }
    # 20.00 UTC is 03.00 WIB of the next day.
    assert [per_hari[dt.date(2021, 6, h)] for h in (18, 20, 21, 22, 25, 26)] == [0, 0, 1, 2, 2, 3]
    assert CuplikanHarian.objects.pada(SATU_JULI).get(wilayah=KABUPATEN).disusun
    assert not CuplikanHarian.objects.get(wilayah=KABUPATEN, hari=dt.date(2021, 7, 8)).disusun
    assert susun_riwayat(dunia.kampanye) == 0


def test_riwayat_mengembalikan_tahap_menurut_jejak(dunia: Dunia, settings: Settings) -> None:
    settings.HARI_INI = "2021-07-01"
    satu = catat(dunia, SATU_JULI)
    settings.HARI_INI = "2021-07-03"
    actions.pindah_tahap(dunia.plkb, cakupan(dunia.plkb), satu.pk, "verifikasi")
    hitung_yang_perlu()
    # More than one change of stage, so that the last one before the evening has to be found among them.
    settings.HARI_INI = "2021-07-05"
    actions.pindah_tahap(dunia.plkb, cakupan(dunia.plkb), satu.pk, "kembalikan", alasan="tanggal keliru")
    hitung_yang_perlu()
    dijaga = {h.hari: h.isi for h in CuplikanHarian.objects.filter(wilayah=KABUPATEN)}
    CuplikanHarian.objects.all().delete()
    settings.HARI_INI = "2021-07-08"
    susun_riwayat(dunia.kampanye)
    for hari, isi in dijaga.items():
        assert CuplikanHarian.objects.pada(hari).get(wilayah=KABUPATEN).isi == isi


def test_aturan_yang_diubah_kemudian_tidak_mengubah_hari_lalu(
    dunia: Dunia, client: Client, settings: Settings
) -> None:
    """Window, name and methods of that day stand beside its numbers; today's have the new rule."""
    settings.HARI_INI = "2021-07-01"
    catat(dunia, SATU_JULI)
    settings.HARI_INI = "2021-07-08"
    dunia.kampanye.nama, dunia.kampanye.selesai, dunia.kampanye.metode = (
        "MKJP diperpanjang",
        dt.date(2021, 8, 31),
        ["iud"],
    )
    dunia.kampanye.perlu_hitung_ulang = True
    dunia.kampanye.save()
    hitung_yang_perlu()
    client.force_login(dunia.dppkb)
    dulu = client.get("/dasbor/data.json?tanggal=2021-07-01").json()
    kini = client.get("/dasbor/data.json").json()
    assert (dulu["kampanye"], dulu["selesai"], dulu["tercatat"], dulu["sisa_hari"]) == (
        "MKJP 1831",
        "2021-07-31",
        1,
        31,
    )
    assert (kini["kampanye"], kini["selesai"], kini["tercatat"]) == ("MKJP diperpanjang", "2021-08-31", 0)
    assert "MKJP 1831" in client.get("/dasbor/?tanggal=2021-07-01").content.decode()
