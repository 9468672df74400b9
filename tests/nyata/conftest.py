"""A phone and the line that it hangs on."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.nyata.hp import Ponsel
from tests.peladen import Peladen
from tests.terowongan import Terowongan

if TYPE_CHECKING:
    from playwright.sync_api import Browser


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
