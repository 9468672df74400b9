"""A small district, and the doors as they are in production."""

from typing import Any

import pytest
from django.test import Client

from kader.models import Pengguna
from tests.alat import Dunia, buat_dunia

SANDI = "hujan-sawah-1831"


@pytest.fixture
def dunia(db: None) -> Dunia:
    return buat_dunia()


@pytest.fixture
def wajib_totp(settings: Any) -> None:
    """As outside the demo: nobody is spared the second factor."""
    settings.AKUN_DEMO = ()


def beri_sandi(orang: Pengguna, sandi: str = SANDI) -> Pengguna:
    """Let her have a password."""
    orang.set_password(sandi)
    orang.save(update_fields=["password"])
    return orang


def masuk(orang: Pengguna, sandi: str = SANDI, **kepala: str) -> Client:
    """Sign in over the page, as from a browser of her own."""
    client = Client(**kepala)
    jawaban = client.post("/masuk/", {"username": orang.nama_masuk, "password": sandi})
    assert jawaban.status_code == 302, jawaban.content.decode()
    return client
