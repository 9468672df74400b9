"""The reminder: a date, never an expiry, and words that tell a shared phone nothing."""

import datetime as dt
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from akseptor.enums import Metode
from akseptor.models import Pelayanan
from akseptor.pengingat import tanggal_pengingat, tautan_pengingat
from tests.alat import buat_dunia, catatan


@pytest.mark.parametrize(
    ("metode", "tanggal", "tahap", "hasil"),
    [
        ("implan", dt.date(2021, 7, 8), "dilayani", dt.date(2024, 7, 8)),
        ("implan", dt.date(2020, 2, 29), "terverifikasi", dt.date(2023, 2, 28)),
        ("iud", dt.date(2020, 2, 29), "dilayani", dt.date(2028, 2, 28)),
        ("mow", dt.date(2021, 7, 8), "dilayani", None),
        ("mop", dt.date(2021, 7, 8), "dilayani", None),
        ("suntik", dt.date(2021, 7, 8), "dilayani", None),
        ("implan", None, "calon", None),
        ("implan", dt.date(2021, 7, 8), "batal", None),
        ("", None, "calon", None),
    ],
)
def test_tanggal(metode: str, tanggal: dt.date | None, tahap: str, hasil: dt.date | None) -> None:
    assert tanggal_pengingat(Pelayanan(metode=metode, tanggal=tanggal, tahap=tahap)) == hasil


@pytest.mark.django_db
def test_pesan_tidak_menyebut_orang_dan_cara(client: Client) -> None:
    dunia = buat_dunia()
    p = catatan(dunia)
    client.force_login(dunia.kader)
    halaman = client.get(f"/akseptor/{p.akseptor_id}/").content.decode()
    assert tautan_pengingat().replace("&", "&amp;") in halaman
    assert "kontrol sekitar Juli 2024" in halaman
    assert client.get("/hp/data.json").json()["pengingat"] == tautan_pengingat()
    alamat = urlsplit(tautan_pengingat())
    (teks,) = parse_qs(alamat.query)["text"]
    assert (alamat.netloc, alamat.path) == ("wa.me", "/")
    terlarang = [p.akseptor.nama_istri, p.akseptor.nama_suami, "kb", "kontrasepsi", *Metode.values, *Metode.labels]
    assert [kata for kata in terlarang if kata.lower() in teks.lower().replace("kabar", "")] == []
