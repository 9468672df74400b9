"""Which role a process acts as, and that it does not start where the database would not hold it."""

import os
import re
import secrets
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import connection

from poskb.dasar import peran_db
from tests.peladen import sambung, url_basisdata

WEB = "import poskb.wsgi; from django.db import connection as c; k = c.cursor(); k.execute('SELECT current_user'); print(k.fetchone()[0])"
PEKERJA = "import django; django.setup(); from poskb.celery import sebagai_pekerja; sebagai_pekerja(); print('jalan')"


@pytest.mark.parametrize(
    ("argv", "peran"),
    [
        (["manage.py", "migrate"], "pemilik"),
        (["manage.py", "siapkan"], "pemilik"),
        (["manage.py", "hitung_ulang"], "pekerja"),
        (["manage.py", "shell"], "pekerja"),
        (["manage.py"], "pekerja"),
        (["manage.py", "runserver"], "web"),
    ],
)
def test_peran_perintah(argv: list[str], peran: str) -> None:
    assert peran_db.peran_perintah(argv) == peran


@pytest.fixture
def login(transactional_db: None) -> Iterator[dict[str, str]]:
    """Logins of an operator with two (docs/keamanan-basis-data.md): each may take on one role."""
    sandi = secrets.token_hex(8)
    nama = {p: f"uji_{p}_{os.getpid()}" for p in ("web", "pekerja", "lain")}
    with sambung() as admin, admin.cursor() as cursor:
        for peran, satu in nama.items():
            anggota = "" if peran == "lain" else f" IN ROLE {peran_db.nama_peran(peran)}"
            cursor.execute(f"CREATE ROLE {satu} LOGIN PASSWORD '{sandi}'{anggota}")
    url = url_basisdata(connection.settings_dict["NAME"])
    try:
        yield {p: re.sub(r"//[^@]*@", f"//{satu}:{sandi}@", url) for p, satu in nama.items()} | {"pemilik": url}
    finally:
        with sambung() as admin, admin.cursor() as cursor:
            for satu in nama.values():
                cursor.execute(f"DROP ROLE {satu}")
        admin.close()


def jalankan(kode: str, url: str, **env: str) -> subprocess.CompletedProcess:
    lingkungan = {k: v for k, v in os.environ.items() if k != "POSKB_PERAN_DB"}
    lingkungan |= {"DATABASE_URL": url, "POSKB_DEMO": "1", "DJANGO_SETTINGS_MODULE": "poskb.settings"} | env
    return subprocess.run([sys.executable, "-c", kode], env=lingkungan, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("ganti", ["1", "0"])
def test_web_dan_pekerja_dengan_login_masing_masing(login: dict[str, str], ganti: str) -> None:
    web = jalankan(WEB, login["web"], POSKB_GANTI_PERAN=ganti)
    assert web.returncode == 0, web.stderr
    assert (web.stdout.strip() == "poskb_web") == (ganti == "1")
    pekerja = jalankan(PEKERJA, login["pekerja"], POSKB_GANTI_PERAN=ganti)
    assert pekerja.stdout.strip() == "jalan", pekerja.stderr


def test_satu_login_pemilik_memakai_kedua_peran(login: dict[str, str]) -> None:
    assert jalankan(WEB, login["pemilik"]).stdout.strip() == "poskb_web"
    assert jalankan(PEKERJA, login["pemilik"]).stdout.strip() == "jalan"
    # What serves requests cannot be told to be something else.
    assert jalankan(WEB, login["pemilik"], POSKB_PERAN_DB="pemilik").stdout.strip() == "poskb_web"


@pytest.mark.parametrize(
    ("kode", "siapa", "ganti", "sebab"),
    [
        (WEB, "pemilik", "0", "is not held by row-level security"),
        (WEB, "lain", "1", "cannot act as the database role poskb_web"),
        (WEB, "lain", "0", "is not a member of poskb_web"),
        (WEB, "pekerja", "1", "cannot act as the database role poskb_web"),
        (PEKERJA, "web", "1", "cannot act as the database role poskb_pekerja"),
        (PEKERJA, "web", "0", "is not a member of poskb_pekerja"),
    ],
)
def test_menolak_jalan(login: dict[str, str], kode: str, siapa: str, ganti: str, sebab: str) -> None:
    hasil = jalankan(kode, login[siapa], POSKB_GANTI_PERAN=ganti)
    assert hasil.returncode != 0
    assert sebab in hasil.stderr
    assert "docs/keamanan-basis-data.md" in hasil.stderr


def test_menolak_jalan_tanpa_pagar(login: dict[str, str]) -> None:
    hasil = jalankan(WEB, url_basisdata("postgres"))
    assert "no table has row-level security" in hasil.stderr
    assert hasil.returncode != 0


def test_basis_data_yang_sedang_mati_tidak_menghentikan_start() -> None:
    hasil = jalankan("import poskb.wsgi", "postgresql://x@127.0.0.1:9/x")
    assert hasil.returncode == 0, hasil.stderr


def test_awalan_peran_harus_nama_biasa() -> None:
    hasil = jalankan("import django; django.setup()", "postgresql://x@127.0.0.1:9/x", POSKB_AWALAN_PERAN="x; DROP")
    assert "POSKB_AWALAN_PERAN" in hasil.stderr


def test_periksa_web(db: None, settings: object) -> None:
    settings.PERAN_DB = "web"
    assert "not held by row-level security" in peran_db.kekurangan()
    settings.PERAN_DB = "pemilik"
    assert peran_db.kekurangan() == ""


def test_pastikan_menghentikan(transactional_db: None, settings: object) -> None:
    settings.PERAN_DB = "web"
    with pytest.raises(ImproperlyConfigured):
        peran_db.pastikan()


# --- making the roles -----------------------------------------------------------------------------------------------
@pytest.fixture
def awalan(settings: object) -> Iterator[str]:
    """Roles that no other test knows."""
    settings.AWALAN_PERAN = f"uji{os.getpid()}"
    yield settings.AWALAN_PERAN
    with sambung() as admin, admin.cursor() as cursor:
        for peran in ("web", "pekerja"):
            cursor.execute(f"DROP ROLE IF EXISTS {settings.AWALAN_PERAN}_{peran}")
    admin.close()


def test_peran_dibuat_bersamaan_dari_banyak_basis_data(awalan: str) -> None:
    """Several databases of a cluster are migrated at the same moment, and again."""
    sql = peran_db.sql_peran()

    def buat(nama: str) -> None:
        sambungan = sambung(nama)
        sambungan.autocommit = False
        try:
            with sambungan.cursor() as cursor:
                cursor.execute(sql)
            sambungan.commit()
        finally:
            sambungan.close()

    with ThreadPoolExecutor(8) as utas:
        list(utas.map(buat, ["postgres", "template1"] * 8))
    with sambung() as admin, admin.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_roles WHERE rolname LIKE %s AND NOT rolcanlogin", [f"{awalan}_%"])
        assert cursor.fetchone() == (2,)
    admin.close()


def test_sql_untuk_administrator(awalan: str, capsys: pytest.CaptureFixture) -> None:
    call_command("peran_basis_data", untuk="aplikasi_web")
    keluar = capsys.readouterr().out
    assert f"{awalan}_web" in keluar
    assert "'aplikasi_web'" in keluar
    with pytest.raises(ValueError, match="plain name"):
        peran_db.sql_peran("x'; DROP TABLE y")


def test_peran_yang_melewati_pagar_ditolak(awalan: str) -> None:
    with sambung() as admin, admin.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {awalan}_web BYPASSRLS")
        with pytest.raises(Exception, match="melewati row-level security"):
            cursor.execute(peran_db.sql_peran())
    admin.close()
