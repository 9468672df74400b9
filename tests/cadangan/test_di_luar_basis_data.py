"""A dump is whole only while nothing that counts lies outside the database."""

from django.apps import apps
from django.db import models


def test_tidak_ada_berkas_di_luar_basis_data() -> None:
    bidang = [f for m in apps.get_models() for f in m._meta.get_fields() if isinstance(f, models.FileField)]
    assert bidang == []


def test_setiap_model_ada_di_skema_yang_dicadangkan() -> None:
    """`manifes.TABEL` reads plain tables of every schema; a partitioned or foreign one would need a word there."""
    assert {m._meta.db_tablespace for m in apps.get_models()} <= {""}
    assert all(m._meta.managed for m in apps.get_models())
