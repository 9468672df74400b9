"""A campaign of one kecamatan is offered in the district's list: choosing it leads to that kecamatan."""

import datetime as dt

import pytest
from django.test import Client

from laporan.kampanye.hitung import hitung_ulang_semua
from laporan.kampanye.target import bagi_rata_per_desa
from laporan.models import Kampanye
from tests.alat import CITEKO, KABUPATEN, PLERED, WANAYASA, Dunia, buat_dunia, catatan, token_kantor


@pytest.fixture
def dunia(db: None) -> Dunia:
    satu = buat_dunia()
    catatan(satu, dt.date(2021, 7, 1))
    return satu


@pytest.fixture
def pekan(dunia: Dunia) -> Kampanye:
    satu = Kampanye.objects.create(
        nama="Pekan Plered", wilayah_id=PLERED, target=20, mulai=dt.date(2021, 7, 1), selesai=dt.date(2021, 7, 31)
    )
    bagi_rata_per_desa(satu)
    hitung_ulang_semua()
    return satu


@pytest.mark.parametrize(
    ("dari", "ke"),
    [
        ("", f"{PLERED}/"),
        ("data.json", f"{PLERED}/data.json"),
        ("layar/", f"{PLERED}/layar/"),
        *((f"{KABUPATEN}/{a}", f"{PLERED}/{a}") for a in ("", "layar/", "tempat/", "ringkasan/")),
        *((f"{WANAYASA}/ringkasan.{a}", f"{PLERED}/ringkasan.{a}") for a in ("png", "pdf", "xlsx")),
    ],
)
def test_menuju_wilayah_kampanyenya(dunia: Dunia, pekan: Kampanye, client: Client, dari: str, ke: str) -> None:
    client.force_login(dunia.dppkb)
    jawaban = client.get(f"/dasbor/{dari}?kampanye={pekan.pk}")
    assert (jawaban.status_code, jawaban["Location"]) == (302, f"/dasbor/{ke}?kampanye={pekan.pk}")
    assert client.get(jawaban["Location"]).status_code == 200


def test_tidak_melewati_wilayah_tugasnya(dunia: Dunia, pekan: Kampanye, client: Client) -> None:
    client.force_login(dunia.koordinator)
    for kode in (KABUPATEN, WANAYASA):
        assert client.get(f"/dasbor/{kode}/?kampanye={pekan.pk}").status_code == 404
    # Of what lies inside hers nothing is turned away.
    for kode in (PLERED, CITEKO):
        assert client.get(f"/dasbor/{kode}/?kampanye={pekan.pk}").status_code == 200


def test_api_menyebut_kode_yang_benar(dunia: Dunia, pekan: Kampanye, client: Client) -> None:
    kepala = {"Authorization": f"Bearer {token_kantor(dunia)}"}
    url = f"/api/v1/kampanye/{pekan.pk}/capaian/"
    jawaban = client.get(url, headers=kepala)
    assert jawaban.status_code == 404
    assert f"hanya Kec. Plered. Minta dengan ?wilayah={PLERED}." in jawaban.json()["pesan"]
    assert client.get(f"{url}?wilayah={PLERED}", headers=kepala).status_code == 200


def test_layar_menolak_hari_lalu(dunia: Dunia, pekan: Kampanye, client: Client) -> None:
    client.force_login(dunia.koordinator)
    jawaban = client.get(f"/dasbor/{PLERED}/layar/?tanggal=2021-07-06")
    assert jawaban.status_code == 400
    assert "selalu menampilkan angka sekarang" in jawaban.content.decode()
    assert client.get(f"/dasbor/{PLERED}/layar/?tanggal=2021-07-08").status_code == 200
