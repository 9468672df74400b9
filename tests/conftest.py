"""Fixtures that every test may use. Tests marked `nyata` run on real parts and see only what is committed."""

import io
import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from unittest import mock

import pytest

from poskb.dasar import antrean
from tests import peramban as chromium
from tests.peladen import Peladen

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page


@pytest.fixture(autouse=True)
def hari_dipatok(settings: Any) -> None:
    """Every test lives on the demo's day; one about the clock takes the pin away itself."""
    settings.HARI_INI = "2021-07-08"
    # Queries that are counted do not depend on who was here within the hour; tests about that switch it on.
    settings.JEDA_TERLIHAT_MENIT = 0


class Siapa:
    """Everybody."""

    def __contains__(self, nama: object) -> bool:
        return True


@pytest.fixture(autouse=True)
def masuk_ringan(settings: Any) -> None:
    """Signing in is cheap and needs no second factor; tests of just that (tests/kader/akun) take this back."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.AKUN_DEMO = Siapa()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Tests that commit are cleaned up by TRUNCATE, which the product's history refuses: let go in test databases only.

    tests/kader/test_jejak_tetap.py puts the lock back and tries it.
    """
    from django.db import connection

    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE kader_jejak DISABLE TRIGGER jejak_tidak_dikosongkan")


@pytest.fixture(autouse=True)
def masuk_paksa_bukan_masuk(monkeypatch: pytest.MonkeyPatch) -> None:
    """`force_login` is a test's short cut, not somebody's sign-in: the history keeps quiet about it."""
    from django.test import Client

    asli = Client.force_login

    def diam(self: Client, *args: Any, **kwargs: Any) -> None:
        with mock.patch("kader.jejak_masuk.catat_masuk"):
            asli(self, *args, **kwargs)

    monkeypatch.setattr(Client, "force_login", diam)


@pytest.fixture(autouse=True)
def antrean_lupa() -> None:
    """No test waits for the message of another."""
    antrean.BERANGKAT.clear()


@pytest.fixture(autouse=True)
def sekejap_lupa() -> None:
    """No test is shown the numbers of another."""
    from tests.alat import lupakan

    lupakan()


@pytest.fixture(scope="module")
def demo_sekali(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The demo for all tests of a file, which takes seconds to make: what one of them does is rolled back after it.

    Only for files whose every test wants it: it lies in the database until the last of them has run.
    """
    from django.core.management import call_command
    from django.db import transaction
    from django.test import override_settings

    hash_ringan = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    dipatok = override_settings(DEMO=True, HARI_INI="2021-07-08", PASSWORD_HASHERS=hash_ringan)
    with django_db_blocker.unblock(), transaction.atomic():
        with dipatok:
            call_command("siapkan", stdout=io.StringIO())
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="session")
def peladen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Peladen]:
    """The product on real parts, with the demo in it: `.url`, `.manage()`, `.hentikan_worker()` and so on."""
    nama = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
    satu = Peladen(tmp_path_factory.mktemp("peladen"), nama)
    try:
        satu.mulai()
        yield satu
    finally:
        satu.hentikan()


@pytest.fixture
def sehat_lagi(peladen: Peladen) -> Iterator[Peladen]:
    """For tests that take a part away: whatever they did, the next test finds everything running."""
    try:
        yield peladen
    finally:
        peladen.mulai_redis()
        for layanan in (peladen.web, peladen.worker, peladen.beat):
            layanan.mulai()
        peladen.tunggu_sehat()


@pytest.fixture(scope="session")
def peramban() -> "Iterator[Browser]":
    """A real Chromium. Where none can be had the test is skipped, but never in CI."""
    jalur = chromium.cari()
    if jalur is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(chromium.TANPA)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        # Playwright's loop is marked as running in this thread until the session ends, though nothing of it runs
        # while a test does: Django would refuse its ORM to every test that comes after the first with a browser.
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
        satu = playwright.chromium.launch(executable_path=jalur, args=chromium.BENDERA)
        yield satu
        satu.close()


@pytest.fixture
def konteks(peramban: "Browser", peladen: Peladen) -> "Iterator[BrowserContext]":
    """A fresh profile of an ordinary phone, with the product as its base address."""
    satu = peramban.new_context(
        base_url=peladen.url, viewport={"width": 360, "height": 640}, locale="id-ID", timezone_id="Asia/Jakarta"
    )
    satu.set_default_timeout(30_000)
    yield satu
    satu.close()


@pytest.fixture
def halaman(konteks: "BrowserContext") -> "Page":
    """A page of that phone."""
    return konteks.new_page()
