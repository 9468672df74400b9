"""What somebody sees when we failed: a page of ours with the next step, and whether trying again will do."""

from unittest import mock

import pytest
from django.db import InterfaceError, OperationalError
from django.test import Client

from tests.alat import buat_dunia


@pytest.fixture
def kader(db: None) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(buat_dunia().kader)
    return client


@pytest.mark.parametrize(
    ("sebab", "status", "kata"),
    [
        (OperationalError("server closed the connection: NIK 3214995203907777"), 503, "sibuk atau terputus sebentar"),
        (InterfaceError("connection already closed"), 503, "sibuk atau terputus sebentar"),
        (RuntimeError("NIK 3214995203907777"), 500, "Ada yang salah di pihak kami"),
    ],
)
def test_halaman_dan_json(kader: Client, sebab: Exception, status: int, kata: str) -> None:
    with mock.patch("akseptor.views.daftar.render", side_effect=sebab):
        halaman = kader.get("/akseptor/")
        json = kader.get("/akseptor/", headers={"Accept": "application/json"})
    assert (halaman.status_code, json.status_code) == (status, status)
    isi = halaman.content.decode()
    assert kata in isi
    assert kata in json.json()["pesan"]
    assert "Ke beranda" in isi
    assert "css/poskb" in isi
    assert "3214995203907777" not in isi + json.content.decode()
    # A front server and the phone read from it that the same once more will do.
    assert halaman.get("Retry-After") == json.get("Retry-After") == ("10" if status == 503 else None)
