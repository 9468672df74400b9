"""The reading API of other offices: keys, scope, every answer against its description."""

import datetime as dt

import pytest
from django.test import Client
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate
from pytest_django import DjangoAssertNumQueries, Settings

from kader import token
from kader.models import Jejak, TokenApi, Wilayah
from laporan.api.openapi import gambaran
from laporan.kampanye.hitung import hitung_ulang_semua
from laporan.kampanye.target import bagi_rata_per_desa
from poskb.dasar.tolak import Ditolak
from tests.alat import CITEKO, KABUPATEN, NAGROG, PLERED, WANAYASA, Dunia, buat_dunia, cakupan, catatan, token_kantor

HARI = dt.date(2021, 7, 8)
DESKRIPSI = gambaran("https://poskb.example/api/v1")


@pytest.fixture
def dunia(db: None) -> Dunia:
    satu = buat_dunia()
    bagi_rata_per_desa(satu.kampanye)
    catatan(satu, dt.date(2021, 6, 20), tahap="terverifikasi")
    catatan(satu, dt.date(2021, 7, 5))
    catatan(satu, dt.date(2021, 7, 5), desa=NAGROG, metode="iud")
    catatan(satu, dt.date(2021, 7, 6), status_peserta="ganti_cara")
    hitung_ulang_semua()
    return satu


def tanya(client: Client, teks: str, jalur: str) -> object:
    return client.get(f"/api/v1/{jalur}", headers={"Authorization": f"Bearer {teks}"})


def cocok(skema: str, isi: object) -> None:
    rujukan = {"$ref": f"#/components/schemas/{skema}", "components": DESKRIPSI["components"]}
    Draft202012Validator(rujukan).validate(isi)


def test_gambarannya_openapi_yang_sah_dan_menyebut_setiap_rute(client: Client) -> None:
    jawaban = client.get("/api/v1/openapi.json")
    validate(jawaban.json())
    from laporan.urls_api import urlpatterns

    rute = {"/" + str(p.pattern).replace("<int:pk>", "{id}") for p in urlpatterns} - {"/openapi.json"}
    assert set(jawaban.json()["paths"]) == rute


def test_setiap_jawaban_sesuai_gambarannya(dunia: Dunia, client: Client) -> None:
    teks, pk = token_kantor(dunia, boleh_desa=True), dunia.kampanye.pk
    for skema, jalur in (
        ("DaftarKampanye", "kampanye/"),
        ("Capaian", f"kampanye/{pk}/capaian/"),
        ("Capaian", f"kampanye/{pk}/capaian/?wilayah={CITEKO}"),
        ("DaftarWilayah", f"kampanye/{pk}/wilayah/?tingkat=desa"),
        ("DataValueSet", f"kampanye/{pk}/dataValueSets/"),
        ("DataValueSet", f"kampanye/{pk}/dataValueSets/?periode=harian&tingkat=desa"),
    ):
        jawaban = tanya(client, teks, jalur)
        assert jawaban.status_code == 200, jalur
        cocok(skema, jawaban.json())
    # The description is not so wide that anything fits.
    with pytest.raises(Exception, match="required property"):
        cocok("Capaian", {})


def test_angkanya_sama_dengan_dasbor(dunia: Dunia, client: Client) -> None:
    api = tanya(client, token_kantor(dunia), f"kampanye/{dunia.kampanye.pk}/capaian/").json()
    client.force_login(dunia.dppkb)
    dasbor = client.get("/dasbor/data.json").json()
    # Without the right to desa their number is told, not which.
    assert (api["desa_diam"], api["jumlah_desa_diam"]) == ([], 2)
    assert api | {"desa_diam": dasbor["desa_diam"]} == {k: v for k, v in dasbor.items() if k not in ("basi", "umur")}
    assert (api["tercatat"], api["terverifikasi"], api["semua"]) == (3, 1, 4)


def test_dhis2_menurut_bulan_dan_hari(dunia: Dunia, client: Client) -> None:
    def nilai(tanya_apa: str) -> set:
        jawaban = tanya(
            client, token_kantor(dunia, boleh_desa=True), f"kampanye/{dunia.kampanye.pk}/dataValueSets/{tanya_apa}"
        )
        semua = jawaban.json()["dataValues"]
        # Two campaigns of the same days must not overwrite each other there.
        assert {v.pop("attributeOptionCombo") for v in semua} == {f"POSKB_K{dunia.kampanye.pk}"}
        return {tuple(v.values()) for v in semua}

    assert nilai("") == {
        ("POSKB_TERCATAT", "202106", PLERED, "POSKB_IMPLAN", "1"),
        ("POSKB_TERVERIFIKASI", "202106", PLERED, "POSKB_IMPLAN", "1"),
        ("POSKB_PELAYANAN", "202106", PLERED, "POSKB_IMPLAN", "1"),
        ("POSKB_TERCATAT", "202107", PLERED, "POSKB_IMPLAN", "1"),
        ("POSKB_PELAYANAN", "202107", PLERED, "POSKB_IMPLAN", "2"),
        ("POSKB_TERCATAT", "202107", WANAYASA, "POSKB_IUD", "1"),
        ("POSKB_PELAYANAN", "202107", WANAYASA, "POSKB_IUD", "1"),
    }
    assert ("POSKB_TERCATAT", "20210705", NAGROG, "POSKB_IUD", "1") in nilai("?periode=harian&tingkat=desa")


@pytest.mark.parametrize(
    "kepala", ["", "Bearer ", "Bearer poskb_keliru", "Basic cG9za2I6eA==", "Bearer poskb_" + "x" * 5000, "Bearer \x00"]
)
def test_tanpa_token_yang_sah_tidak_ada_yang_terbuka(dunia: Dunia, client: Client, kepala: str) -> None:
    client.force_login(dunia.dppkb)  # a session opens nothing here
    for jalur in ("kampanye/", f"kampanye/{dunia.kampanye.pk}/capaian/"):
        jawaban = client.get(f"/api/v1/{jalur}", headers={"Authorization": kepala})
        assert jawaban.status_code == 401
        assert "DPPKB" in jawaban.json()["pesan"]
        assert jawaban["WWW-Authenticate"].startswith("Bearer")


def test_token_tidak_membuka_halaman_orang(dunia: Dunia, client: Client) -> None:
    teks = token_kantor(dunia)
    for url in ("/dasbor/data.json", "/akseptor/", "/"):
        assert client.get(url, headers={"Authorization": f"Bearer {teks}"}).status_code in (302, 401)


def test_token_habis_masa_dan_dicabut(dunia: Dunia, client: Client, settings: Settings) -> None:
    teks = token_kantor(dunia, sampai=HARI)
    assert tanya(client, teks, "kampanye/").status_code == 200
    settings.HARI_INI = "2021-07-09"
    assert tanya(client, teks, "kampanye/").status_code == 401
    settings.HARI_INI = "2021-07-08"
    client.force_login(dunia.dppkb)
    assert client.post(f"/kantor-lain/{TokenApi.objects.get().pk}/cabut/").status_code == 302
    assert tanya(client, teks, "kampanye/").status_code == 401


def test_wilayah_token_membatasi_dan_desa_tertutup_tanpa_izin(dunia: Dunia, client: Client) -> None:
    teks, pk = token_kantor(dunia, PLERED), dunia.kampanye.pk
    satu = tanya(client, teks, f"kampanye/{pk}/capaian/").json()
    assert (satu["wilayah"]["kode"], satu["tercatat"], satu["per_wilayah"]) == (PLERED, 2, [])
    for jalur, status in (
        (f"capaian/?wilayah={WANAYASA}", 404),
        (f"capaian/?wilayah={KABUPATEN}", 404),
        (f"capaian/?wilayah={CITEKO}", 403),
        ("wilayah/?tingkat=desa", 403),
        ("dataValueSets/?tingkat=desa", 403),
        ("wilayah/?tingkat=rw", 400),
        # A part never goes out under the code of the whole.
        ("wilayah/?tingkat=kabupaten", 404),
        ("dataValueSets/?tingkat=kabupaten", 404),
        ("dataValueSets/?periode=tahunan", 400),
        ("dataValueSets/?tanggal=2021-07-01", 400),
        ("capaian/?tanggal=besok", 400),
        ("capaian/?tanggal=2021-07-09", 400),
        ("capaian/?wilayah=%00", 404),
    ):
        jawaban = tanya(client, teks, f"kampanye/{pk}/{jalur}")
        assert jawaban.status_code == status, jalur
        cocok("Galat", jawaban.json())
    assert {v["orgUnit"] for v in tanya(client, teks, f"kampanye/{pk}/dataValueSets/").json()["dataValues"]} == {
        PLERED
    }
    assert tanya(client, teks, "kampanye/999/capaian/").status_code == 404


def test_bertanya_lagi_dijawab_304_dan_tetap_murah(
    dunia: Dunia, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    teks = token_kantor(dunia)
    jalur = f"/api/v1/kampanye/{dunia.kampanye.pk}/capaian/"
    etag = tanya(client, teks, f"kampanye/{dunia.kampanye.pk}/capaian/")["ETag"]
    # key, how often it asked, campaign, snapshot, forecast, silent desa, closing; the last use was written just now
    with django_assert_num_queries(7):
        jawaban = client.get(jalur, headers={"Authorization": f"Bearer {teks}", "If-None-Match": etag})
    assert jawaban.status_code == 304


def test_token_terlihat_sekali_dan_tersimpan_sebagai_sidik(dunia: Dunia, client: Client) -> None:
    client.force_login(dunia.dppkb)
    isian = {"kantor": "Diskominfo", "keperluan": "papan", "wilayah": PLERED, "berlaku_sampai": "2021-12-31"}
    halaman = client.post("/kantor-lain/", isian).content.decode()
    baru = TokenApi.objects.get()
    teks = halaman.split('spellcheck="false">')[1].split("<")[0]
    assert tanya(client, teks, "kampanye/").status_code == 200
    assert teks not in client.get("/kantor-lain/").content.decode()
    assert teks not in str(TokenApi.objects.values()) + str(Jejak.objects.values())
    assert Jejak.objects.tentang(baru).get().alasan == "papan"
    assert baru.wilayah_id == PLERED


@pytest.mark.parametrize(
    ("ubah", "kata"),
    [
        ({"berlaku_sampai": "2021-07-07"}, "paling lama satu tahun"),
        ({"berlaku_sampai": "2023-07-08"}, "paling lama satu tahun"),
        ({"berlaku_sampai": "31-02-2022"}, "tidak ada di kalender"),
        ({"wilayah": CITEKO}, "tidak ada dalam daftar"),
        ({"kantor": ""}, "Tulis kantor"),
    ],
)
def test_isian_token_yang_keliru_kembali_dengan_kalimat(dunia: Dunia, client: Client, ubah: dict, kata: str) -> None:
    client.force_login(dunia.dppkb)
    isian = {"kantor": "Diskominfo", "keperluan": "papan", "wilayah": PLERED, "berlaku_sampai": "2021-12-31"} | ubah
    jawaban = client.post("/kantor-lain/", isian)
    assert jawaban.status_code == 422
    assert kata in jawaban.content.decode()
    assert "papan" in jawaban.content.decode()
    assert not TokenApi.objects.exists()


def test_wilayah_di_luar_tugas_ditolak_juga_oleh_aturannya(dunia: Dunia) -> None:
    with pytest.raises(Ditolak, match="di luar"):
        token.terbitkan(
            dunia.koordinator,
            cakupan(dunia.koordinator),
            kantor="x",
            keperluan="x",
            wilayah=Wilayah.objects.get(kode=WANAYASA),
            berlaku_sampai=HARI,
        )


def test_tanpa_https_ditolak_dengan_kalimat_bukan_dialihkan(dunia, settings) -> None:
    """A redirect would hide that the key has travelled in the open."""
    settings.TLS = settings.SECURE_SSL_REDIRECT = True
    client = Client()
    jawaban = client.get("/api/v1/kampanye/", headers={"Authorization": "Bearer poskb_x"})
    assert jawaban.status_code == 403
    assert "https://" in jawaban.json()["pesan"]
    assert client.get("/api/v1/kampanye/", secure=True).status_code == 401
    assert client.get("/masuk/").status_code == 301
