"""Signing in takes as long for a name that nobody has: no clock tells who works here.

Two ways: how often a password is hashed, with the hasher of production, and the processor time of the whole request,
with one that is so slow that everything else disappears beside it.
"""

import statistics
import time
from typing import Any

import pytest
from django.contrib.auth.hashers import BasePasswordHasher, make_password
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kader.akun.sandi import Argon2
from kader.models import Pengguna
from tests.alat import Dunia
from tests.kader.akun.conftest import SANDI

PELAN = "tests.kader.akun.test_lama_masuk.ArgonPelan"
# Known, unknown, deactivated, made but without a password yet, and a name that is none.
NAMA = ("kader", "tidak-ada", "tetangga", "jauh", "bukan nama", "０８１２３４５６７８９０")


class ArgonPelan(Argon2):
    """Ten times the work."""

    time_cost = 20


def siapkan(dunia: Dunia, settings: Any, hasher: str) -> None:
    settings.PASSWORD_HASHERS = [hasher, "django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    Pengguna.objects.filter(pk__in=[dunia.kader.pk, dunia.tetangga.pk]).update(password=make_password(SANDI))
    Pengguna.objects.filter(pk=dunia.tetangga.pk).update(is_active=False)


def coba(nama: str, sandi: str = "keliru-sekali-9") -> int:
    return Client().post("/masuk/", {"username": nama, "password": sandi}).status_code


@pytest.fixture
def hitung(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Which hasher worked, each time one does."""
    kerja: list[str] = []

    def catat(nama: str) -> None:
        asli = getattr(Argon2, nama)

        def bungkus(self: BasePasswordHasher, *isi: Any, **lain: Any) -> Any:
            kerja.append(f"{self.algorithm} t={self.time_cost} m={self.memory_cost} p={self.parallelism}")
            return asli(self, *isi, **lain)

        monkeypatch.setattr(Argon2, nama, bungkus)

    for nama in ("encode", "verify"):
        catat(nama)
    return kerja


def test_sandi_dihitung_sekali_untuk_setiap_nama(dunia: Dunia, settings: Any, hitung: list[str]) -> None:
    from poskb import settings as asli

    siapkan(dunia, settings, asli.PASSWORD_HASHERS[0])
    for nama in NAMA:
        hitung.clear()
        assert coba(nama) == 422, nama
        assert hitung == ["argon2 t=2 m=19456 p=1"], nama
    # And with the right one.
    hitung.clear()
    assert coba("kader", SANDI) == 302
    assert len(hitung) == 1
    hitung.clear()
    assert coba("tetangga", SANDI) == 403
    assert len(hitung) == 1


def test_nama_tidak_mengubah_yang_ditanyakan_kepada_basis_data(dunia: Dunia, settings: Any) -> None:
    siapkan(dunia, settings, "django.contrib.auth.hashers.MD5PasswordHasher")
    tanya = {}
    for nama in NAMA:
        with CaptureQueriesContext(connection) as kueri:
            coba(nama)
        tanya[nama] = [(k["sql"].split()[0], k["sql"].count("kader_")) for k in kueri]
    assert len(set(map(str, tanya.values()))) == 1, tanya


def test_waktu_prosesor_sama(dunia: Dunia, settings: Any) -> None:
    """Wide bounds, which a busy machine does not leave: without the hash a try takes a tenth of the time."""
    siapkan(dunia, settings, PELAN)
    coba("kader")

    def lama(nama: str) -> float:
        mulai = time.thread_time()
        assert coba(nama) == 422
        return time.thread_time() - mulai

    # Turn by turn, so that whatever slows the machine down meets them all.
    putaran = [{nama: lama(nama) for nama in NAMA[:4]} for _ in range(3)]
    tengah = {nama: statistics.median(p[nama] for p in putaran) for nama in NAMA[:4]}
    assert max(tengah.values()) < 2.5 * min(tengah.values()), tengah
