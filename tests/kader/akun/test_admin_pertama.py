"""The first admin, as the operator makes her (docs/operator.md, Install)."""

import io

import pytest
from django.core.management import call_command

from kader.enums import Peran
from kader.models import Pengguna


@pytest.mark.django_db
def test_createsuperuser_membuat_admin_tanpa_menanyakan_peran(monkeypatch: pytest.MonkeyPatch) -> None:
    """Seen: it asked for a role and named none; and any role but this one would not have been an admin."""
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "Gerimis-Teluk-71-Jendela")
    call_command(
        "createsuperuser", interactive=False, nama_masuk="Pengelola", nama="Pengelola Kabupaten", stdout=io.StringIO()
    )
    orang = Pengguna.objects.get(nama_masuk="pengelola")
    assert (orang.peran, orang.nama) == (Peran.ADMIN, "Pengelola Kabupaten")
    assert orang.check_password("Gerimis-Teluk-71-Jendela")
