"""The dashboard as page and as JSON."""

import datetime as dt

import pytest
from django.db.models.functions import Now
from django.test import Client

from laporan.kampanye import hitung
from laporan.kampanye.hitung import hitung_ulang_semua, hitung_yang_perlu
from laporan.kampanye.target import bagi_rata_per_desa
from laporan.models import Capaian, Cuplikan, Kampanye, PenandaHitung, PerluHitung
from tests.alat import CITEKO, NAGROG, PLERED, Dunia, buat_dunia, catatan, lupakan
from tests.kampanye.halaman.alat import kampanye

KUNCI = {"kampanye", "mulai", "selesai", "target", "tercatat", "terverifikasi", "per_hari", "per_metode"} | {
    "per_wilayah",
    "dihitung_pada",
}


@pytest.fixture
def dunia(db: None) -> Dunia:
    satu = buat_dunia()
    bagi_rata_per_desa(satu.kampanye)
    return satu


def data(client: Client, siapa: object, url: str = "/dasbor/data.json") -> dict:
    client.force_login(siapa)
    lupakan()
    return client.get(url).json()


def test_json_memuat_yang_dijanjikan(dunia: Dunia, client: Client) -> None:
    catatan(dunia, dt.date(2021, 6, 20), tahap="terverifikasi")
    catatan(dunia, dt.date(2021, 7, 8), metode="iud", desa=NAGROG)
    catatan(dunia, dt.date(2021, 7, 8), status_peserta="ganti_cara")
    hitung_ulang_semua()
    isi = data(client, dunia.dppkb)
    assert set(isi) >= KUNCI
    assert (isi["kampanye"], isi["mulai"], isi["selesai"], isi["target"]) == (
        "MKJP 1831",
        "2021-06-18",
        "2021-07-31",
        1831,
    )
    assert (isi["tercatat"], isi["terverifikasi"], isi["semua"]) == (2, 1, 3)
    assert len(isi["per_hari"]) == 44
    assert {h["tanggal"]: h["tercatat"] for h in isi["per_hari"] if h["tercatat"]} == {
        "2021-06-20": 1,
        "2021-07-08": 1,
    }
    assert {m["metode"]: m["tercatat"] for m in isi["per_metode"]} == {"implan": 1, "iud": 1, "mow": 0, "mop": 0}
    assert [(w["kode"], w["tercatat"]) for w in isi["per_wilayah"]] == [(PLERED, 1), ("32.14.09", 1)]
    assert sum(w["target"] for w in isi["per_wilayah"]) == 1831
    assert isi["dihitung_pada"].endswith("+07:00") or isi["dihitung_pada"].endswith("+00:00")


def test_kecamatan_dan_desa_berjumlah_sama(dunia: Dunia, client: Client) -> None:
    for n in range(3):
        catatan(dunia, dt.date(2021, 6, 20 + n))
    hitung_ulang_semua()
    kec = data(client, dunia.dppkb, f"/dasbor/{PLERED}/data.json")
    desa = data(client, dunia.dppkb, f"/dasbor/{CITEKO}/data.json")
    assert kec["tercatat"] == desa["tercatat"] == 3
    assert [w["tercatat"] for w in kec["per_wilayah"]] == [0, 3]
    assert desa["per_wilayah"] == []


def test_lebih_dari_seratus_persen(dunia: Dunia, client: Client) -> None:
    dunia.kampanye.target = 2
    dunia.kampanye.save()
    bagi_rata_per_desa(dunia.kampanye)
    for n in range(5):
        catatan(dunia, dt.date(2021, 6, 20 + n))
    hitung_ulang_semua()
    isi = data(client, dunia.dppkb)
    assert (isi["persen"], isi["sisa"], isi["perlu_per_hari"]) == (250.0, 0, None)
    halaman = client.get("/dasbor/").content.decode()
    assert "250,0 %" in halaman
    assert "target tercapai" in halaman


def test_etag_menjawab_304_sampai_ada_yang_berubah(dunia: Dunia, client: Client) -> None:
    hitung_ulang_semua()
    client.force_login(dunia.dppkb)
    etag = client.get("/dasbor/data.json")["ETag"]
    hitung_ulang_semua()
    assert client.get("/dasbor/data.json", headers={"if-none-match": etag}).status_code == 304
    catatan(dunia)
    hitung_ulang_semua()
    lupakan()
    assert client.get("/dasbor/data.json", headers={"if-none-match": etag}).status_code == 200


def test_halaman_mengatakan_umur_angkanya(dunia: Dunia, client: Client) -> None:
    hitung_yang_perlu()
    hitung_ulang_semua()
    client.force_login(dunia.dppkb)
    assert "bergerak sendiri" in client.get("/dasbor/").content.decode()
    PenandaHitung.objects.update(diperiksa_pada=Now() - dt.timedelta(minutes=7))
    lupakan()
    halaman = client.get("/dasbor/").content.decode()
    assert "terakhir diperiksa 7 menit" in halaman
    assert client.get("/dasbor/data.json").json()["basi"] is True


@pytest.mark.parametrize("banyak", [1, 30])
def test_jumlah_kueri_tidak_ikut_jumlah_catatan(
    dunia: Dunia, client: Client, banyak: int, django_assert_num_queries: object
) -> None:
    for n in range(banyak):
        catatan(dunia, dt.date(2021, 6, 18 + n % 13))
    hitung_ulang_semua()
    client.force_login(dunia.dppkb)
    client.get("/dasbor/")
    # The first who asks: session, person, campaign, version with freshness, snapshot; on her first page the month's reports
    # as well: state, desa, exceptions, koordinator; on a page map, silent desa, campaigns and forecast; as JSON the silent
    # desa and the forecast; below the kabupaten the week of the whole campaign. Whoever comes
    # within the half second: session and person.
    for url, kueri in (("/dasbor/", 13), ("/dasbor/data.json", 7), (f"/dasbor/{PLERED}/", 10)):
        lupakan()
        for jumlah in (kueri, 2):
            with django_assert_num_queries(jumlah):
                client.get(url)


def test_cuplikan_ada_untuk_setiap_wilayah(dunia: Dunia) -> None:
    hitung_ulang_semua()
    assert Cuplikan.objects.count() == 7


def test_kampanye_berikutnya_tidak_menggeser_yang_sedang_berjalan(dunia: Dunia, client: Client) -> None:
    catatan(dunia)
    hitung_yang_perlu()
    Kampanye.objects.create(
        nama="September",
        wilayah_id="32.14",
        mulai=dt.date(2021, 9, 1),
        selesai=dt.date(2021, 9, 30),
        target=100,
    )
    assert data(client, dunia.dppkb)["kampanye"] == "MKJP 1831"
    hitung_yang_perlu()
    assert data(client, dunia.dppkb)["kampanye"] == "MKJP 1831"
    assert data(client, dunia.dppkb)["tercatat"] == 1


@pytest.mark.parametrize(
    ("hari", "mana"),
    [
        ("2021-06-17", "Tahun ini"),
        ("2021-06-18", "Tahun ini"),  # made first, although another one begins on this day
        ("2021-07-08", "Tahun ini"),
        ("2022-01-01", "Tahun ini"),  # the one that ended last
        ("2020-12-31", "Tahun ini"),  # the one that begins first
    ],
)
def test_dasbor_dibuka_dengan_yang_sedang_berjalan(dunia: Dunia, hari: str, mana: str) -> None:
    """Not with a short one that ended inside a long one, nor with one that began after it."""
    Kampanye.objects.filter(pk=dunia.kampanye.pk).update(
        nama="Tahun ini", mulai=dt.date(2021, 1, 1), selesai=dt.date(2021, 12, 31)
    )
    kampanye("Sepekan Maret", mulai=dt.date(2021, 3, 1), selesai=dt.date(2021, 3, 7))
    kampanye("MKJP", mulai=dt.date(2021, 6, 18), selesai=dt.date(2021, 7, 31))
    Kampanye.objects.update(sudah_dihitung=True)
    assert Kampanye.objects.utama(dt.date.fromisoformat(hari), [CITEKO]).get().nama == mana


def test_dasbor_kabupaten_tidak_dibuka_dengan_kampanye_satu_kecamatan(dunia: Dunia) -> None:
    """Where only a kecamatan's campaign runs, its desa open with it and the kabupaten with its own last one."""
    satu = kampanye("Plered", mulai=dt.date(2021, 9, 1), selesai=dt.date(2021, 9, 30))
    Kampanye.objects.filter(pk=satu.pk).update(wilayah=PLERED)
    Kampanye.objects.update(sudah_dihitung=True)
    hari = dt.date(2021, 9, 2)
    assert Kampanye.objects.utama(hari, [CITEKO]).get() == satu
    assert Kampanye.objects.utama(hari, [NAGROG]).get() == dunia.kampanye
    assert Kampanye.objects.utama(hari, ["32.14"]).get() == dunia.kampanye
    # A running one of the whole area comes before that of a part.
    Kampanye.objects.filter(pk=dunia.kampanye.pk).update(selesai=dt.date(2021, 9, 30))
    assert Kampanye.objects.utama(hari, [CITEKO]).get() == dunia.kampanye


def test_yang_masih_bertanda_bukan_perbedaan_dan_tidak_menutupi_yang_lain(
    dunia: Dunia, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many changes wait, the report tells what is really wrong, and how much of it."""
    for hari in (20, 21, 22, 23):
        catatan(dunia, dt.date(2021, 6, hari))
    hitung_ulang_semua()
    monkeypatch.setattr(hitung, "SELISIH_DISIMPAN", 1)
    monkeypatch.setattr(hitung, "hitung_yang_perlu", lambda: 0)
    Capaian.objects.update(jumlah=9)
    for hari in (20, 21):
        PerluHitung.objects.create(desa_id=CITEKO, tanggal=dt.date(2021, 6, hari))
    assert [s["tanggal"] for s in hitung_ulang_semua()] == ["2021-06-22"]
    assert PenandaHitung.objects.get().jumlah_selisih == 2
    monkeypatch.undo()
    assert hitung_ulang_semua() == []
    assert PenandaHitung.objects.get().jumlah_selisih == 0


def test_hitung_ulang_terakhir_dikatakan_kepada_yang_mengatur(dunia: Dunia, client: Client) -> None:
    catatan(dunia)
    hitung_ulang_semua()
    client.force_login(dunia.dppkb)
    assert "semua angka sama dengan catatan" in client.get("/kampanye/").content.decode()
    Capaian.objects.update(tercatat=0)
    hitung_ulang_semua()
    halaman = client.get("/kampanye/").content.decode()
    assert "1 angka berbeda" in halaman
    assert CITEKO in halaman
    client.force_login(dunia.plkb)
    assert "Hitung ulang" not in client.get("/kampanye/").content.decode()


def test_aturan_yang_berubah_dihitung_tanpa_alarm_walau_pesannya_hilang(dunia: Dunia, client: Client) -> None:
    catatan(dunia, metode="iud")
    hitung_yang_perlu()
    Kampanye.objects.update(metode=["implan"], perlu_hitung_ulang=True)
    hitung_yang_perlu()
    assert data(client, dunia.dppkb)["tercatat"] == 0
    assert hitung_ulang_semua() == []
    assert PenandaHitung.objects.get().selisih == []


def test_umur_yang_bertambah_mengubah_etag(dunia: Dunia, client: Client) -> None:
    hitung_yang_perlu()
    client.force_login(dunia.dppkb)
    etag = []
    for menit in (1, 90):
        PenandaHitung.objects.update(diperiksa_pada=Now() - dt.timedelta(minutes=menit))
        lupakan()
        etag.append(client.get("/dasbor/data.json")["ETag"])
    assert etag[0] != etag[1]
