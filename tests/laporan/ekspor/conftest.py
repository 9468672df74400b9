"""The village story, on its pinned day."""

import pytest

from tests.laporan.bulanan import pabrik


@pytest.fixture
def c(db, settings) -> pabrik.Cerita:
    """Everybody around one desa; today is 8 July 2021."""
    settings.HARI_INI = pabrik.HARI_INI
    settings.KODE_KABUPATEN = pabrik.KAB
    return pabrik.cerita()
