"""Every migration must leave the running version at work: the rule of docs/operator.md, checked on its SQL."""

from pathlib import Path

import pytest
from django_migration_linter import MigrationLinter
from django_migration_linter.sql_analyser import analyse_sql_statements

# Written before the product was in use anywhere. Nothing is added here: a new one is made safe, or split in two.
SEBELUM_DIPAKAI = ["0003_kampanye_perlu_hitung", "0005_dibuka_kembali", "0011_capaian_rinci"]
APLIKASI = ["kader", "akseptor", "laporan"]


def test_tidak_ada_migrasi_yang_mengganggu_versi_yang_sedang_berjalan(transactional_db: None) -> None:
    pemeriksa = MigrationLinter(
        no_cache=True,
        include_apps=APLIKASI,
        ignore_name=SEBELUM_DIPAKAI,
        all_warnings_as_errors=True,
    )
    pemeriksa.lint_all_migrations()
    assert pemeriksa.nb_total > 20
    assert not pemeriksa.has_errors, "tests/operasi/test_migrasi_aman.py; docs/operator.md, Update"


def test_yang_dikecualikan_memang_ada() -> None:
    ada = {p.stem for a in APLIKASI for p in Path(a, "migrations").glob("0*.py")}
    assert set(SEBELUM_DIPAKAI) <= ada


@pytest.mark.parametrize(
    "perintah",
    [
        "ALTER TABLE akseptor_akseptor ADD COLUMN x integer NOT NULL",
        "ALTER TABLE akseptor_akseptor DROP COLUMN alamat",
        "ALTER TABLE akseptor_akseptor RENAME COLUMN alamat TO rumah",
        "ALTER TABLE akseptor_akseptor RENAME TO ibu",
        "CREATE INDEX x ON akseptor_akseptor (alamat)",
    ],
)
def test_pemeriksanya_melihat_yang_berbahaya(db: None, perintah: str) -> None:
    pemeriksa = MigrationLinter(no_cache=True, no_output=True, include_apps=APLIKASI)
    galat, _, peringatan = analyse_sql_statements(pemeriksa.sql_analyser_class, [perintah])
    assert galat or peringatan
