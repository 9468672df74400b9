"""A phone and the line that it hangs on; a product of one's own for tests that fill it or break it."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.nyata.hp import Ponsel
from tests.peladen import Peladen
from tests.terowongan import Terowongan

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="module")
def peladen_sendiri(peladen: Peladen, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Peladen]:
    """The product once more, with the demo as it was made: what is done to it no other test sees."""
    nama = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
    satu = Peladen(tmp_path_factory.mktemp("sendiri"), f"{nama}_sendiri", asal=peladen)
    try:
        satu.mulai()
        yield satu
    finally:
        satu.hentikan()


@pytest.fixture
def jalur(peladen: Peladen) -> Iterator[Terowongan]:
    satu = Terowongan(peladen.url)
    yield satu
    satu.hentikan()


@pytest.fixture
def ponsel(peramban: "Browser", jalur: Terowongan, tmp_path: Path) -> Iterator[Ponsel]:
    satu = Ponsel(peramban, tmp_path / "profil", jalur)
    yield satu
    with contextlib.suppress(Exception):
        satu.matikan()
