"""The district with one running campaign that has its shares."""

import pytest

from tests.alat import Dunia
from tests.kampanye.halaman.alat import dunia_berbagi


@pytest.fixture
def d(db: None) -> Dunia:
    return dunia_berbagi()
