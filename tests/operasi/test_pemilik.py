"""The login that compose.yaml's Postgres makes for the product: owner of its database, and nothing of the server."""

import contextlib
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg2
import pytest

from poskb.jalankan.postgres import PROGRAM
from tests.peladen import sambung, url_basisdata

AKAR = Path(__file__).resolve().parent.parent.parent
NAMA = f"uji_pemilik_{os.environ.get('PYTEST_XDIST_WORKER', 'gw0')}"
SANDI = "s4ndi'rahasia"
SUPERUSER = "ALTER ROLE postgres PASSWORD NULL;\n"


def buang() -> None:
    with contextlib.closing(sambung()) as s, s.cursor() as k:
        k.execute(f"DROP DATABASE IF EXISTS {NAMA} WITH (FORCE)")
        k.execute(f"DROP ROLE IF EXISTS {NAMA}")


@pytest.fixture
def url() -> Iterator[str]:
    """The two files, in the order of the image, by the psql that it has; names of this test instead of the product's."""
    buang()
    pemilik = (AKAR / "deploy/postgres/pemilik.sql").read_text()
    assert SUPERUSER in pemilik
    pemilik = re.sub(r"\bposkb\b", NAMA, pemilik.replace(SUPERUSER, ""))
    try:
        for isi in ((AKAR / "poskb/dasar/peran_db.sql").read_text(), pemilik):
            subprocess.run(
                [str(PROGRAM / "psql"), "-v", "ON_ERROR_STOP=1", "-qX", "-d", url_basisdata("postgres")],
                input=isi,
                env=os.environ | {"SANDI_POSTGRES": SANDI},
                text=True,
                check=True,
            )
        yield re.sub(r"//[^@]*@", f"//{NAMA}:s4ndi%27rahasia@", url_basisdata(NAMA))
    finally:
        buang()


def test_bukan_superuser_tetapi_cukup_untuk_produk(url: str) -> None:
    lingkungan = {n: v for n, v in os.environ.items() if n != "POSKB_PERAN_DB"}
    lingkungan |= {"DATABASE_URL": url, "POSKB_DEMO": "1", "POSKB_AWALAN_PERAN": "poskb"}
    hasil = subprocess.run(
        [sys.executable, "manage.py", "migrate", "-v", "0"],
        cwd=AKAR,
        env=lingkungan,
        capture_output=True,
        text=True,
        check=False,
    )
    assert hasil.returncode == 0, hasil.stderr
    with contextlib.closing(psycopg2.connect(url)) as s, s.cursor() as k:
        k.execute("SET ROLE poskb_web; RESET ROLE")
        k.execute(
            "SELECT rolsuper, rolcreaterole, rolbypassrls, rolreplication, rolcreatedb FROM pg_roles"
            " WHERE rolname = current_user"
        )
        assert k.fetchone() == (False, False, False, False, True)
        for dilarang in ("COPY (SELECT 1) TO PROGRAM 'true'", "ALTER SYSTEM SET log_statement = 'all'"):
            s.rollback()
            s.autocommit = True
            with pytest.raises(psycopg2.errors.InsufficientPrivilege):
                k.execute(dilarang)
