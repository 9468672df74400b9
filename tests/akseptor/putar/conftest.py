"""What the keys are rotated over."""

import io

import pytest
from django.core.management import call_command

from tests.alat import Dunia, buat_dunia


@pytest.fixture
def dunia(db: None) -> Dunia:
    call_command("muat_formulir", verbosity=0, stdout=io.StringIO())
    call_command("muat_macam_kegiatan", stdout=io.StringIO())
    return buat_dunia()
