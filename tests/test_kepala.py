"""What every answer tells the browser, and what an installation refuses to start with."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from tests.alat import Dunia, buat_dunia, catatan

AKAR = Path(__file__).resolve().parent.parent
AMAN = {
    "POSKB_SECRET_KEY": "kalimat-panjang-untuk-uji-0123456789-abcdefghijklmnopqrstuv",
    "POSKB_KUNCI_DATA": "b" * 40,
    "POSKB_KUNCI_INDEKS": "c" * 40,
    "POSKB_KUNCI_TETAP": "d" * 40,
    "POSKB_HOSTS": "poskb.example",
}


@pytest.fixture
def dunia(db: None) -> Dunia:
    call_command("muat_formulir", verbosity=0)
    return buat_dunia()


@pytest.mark.parametrize(
    ("alamat", "siapa"),
    [
        ("/masuk/", None),
        ("/sw.js", None),
        ("/luring/", None),
        ("/tidak-ada/", None),
        ("/", "kader"),
        ("/akseptor/baru/", "kader"),
        ("/admin/", "admin"),
        ("/laporan/", "kader"),
    ],
)
def test_kebijakan_halaman(dunia: Dunia, client: Client, alamat: str, siapa: str | None) -> None:
    if siapa:
        client.force_login(getattr(dunia, siapa))
    j = client.get(alamat)
    kebijakan = dict(bagian.partition(" ")[::2] for bagian in j["Content-Security-Policy"].split("; "))
    assert "unsafe" not in j["Content-Security-Policy"]
    assert "http" not in j["Content-Security-Policy"]
    for nama in ("default-src", "frame-ancestors", "base-uri", "object-src"):
        assert kebijakan[nama] == "'none'"
    for nama in ("script-src", "style-src", "form-action", "connect-src", "worker-src"):
        assert kebijakan[nama] == "'self'"
    assert "Content-Security-Policy-Report-Only" not in j
    assert ("camera=()" in j.get("Permissions-Policy", "")) == (alamat != "/sw.js")
    assert j["X-Content-Type-Options"] == "nosniff"
    assert j["X-Frame-Options"] == "DENY"
    assert j["Referrer-Policy"] == "same-origin"
    assert j["Cross-Origin-Opener-Policy"] == "same-origin"
    assert j["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.parametrize("alamat", ["/akseptor/baru/?kerangka=1", "/sw.js"])
def test_belum_berubah_membiarkan_kebijakan_yang_disimpan_browser(dunia: Dunia, client: Client, alamat: str) -> None:
    """A browser puts the headers of a 304 on its stored copy: a policy for "no page" would take the page's script."""
    client.force_login(dunia.kader)
    satu = client.get(alamat)
    dua = client.get(alamat, headers={"If-None-Match": satu["ETag"]})
    assert dua.status_code == 304
    kebijakan = "Content-Security-Policy"
    assert {n: dua[n] for n in (kebijakan, "Permissions-Policy") if n in dua} == {}
    assert "script-src 'self'" in satu[kebijakan]


def test_yang_bukan_halaman_tidak_memuat_apa_pun(dunia: Dunia, client: Client) -> None:
    client.force_login(dunia.kader)
    assert client.get("/hp/data.json")["Content-Security-Policy"].startswith("default-src 'none'; base-uri")


def test_berkas_sendiri_dan_sebagai_bagian_halaman(db: None, client: Client) -> None:
    """Opened by itself a file has a policy; as a part of a page it obeys the page's, and costs a thin line nothing."""
    assert client.get("/static/tidak-ada.svg")["Content-Security-Policy"].startswith("default-src 'none'")
    for tujuan, ada in (("document", True), ("empty", True), ("image", False), ("script", False)):
        jawaban = client.get("/static/tidak-ada.svg", headers={"Sec-Fetch-Dest": tujuan})
        assert ("Content-Security-Policy" in jawaban) == ada
        assert jawaban["X-Content-Type-Options"] == "nosniff"


def test_kue_dan_hsts_dengan_tls(dunia: Dunia) -> None:
    """In a process of its own: cookies are named when the settings are read."""
    perintah = (
        "import django; django.setup()\n"
        "from django.conf import settings as s\n"
        "from django.test import RequestFactory\n"
        "from poskb.dasar.kepala import kebijakan\n"
        "assert (s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME) == ('__Host-sessionid', '__Host-csrftoken')\n"
        "assert s.SESSION_COOKIE_SECURE and s.CSRF_COOKIE_SECURE and s.SESSION_COOKIE_HTTPONLY\n"
        "from kader.akun import kenal\n"
        "from django.http import HttpResponse\n"
        "jawaban = HttpResponse()\n"
        "kenal.tandai(RequestFactory().get('/'), jawaban, 'kader')\n"
        "kue = jawaban.cookies['__Secure-kenal']\n"
        "assert kue['secure'] and kue['httponly'] and kue['path'] == '/masuk/' and not kue['domain']\n"
        "assert s.SESSION_COOKIE_PATH == s.CSRF_COOKIE_PATH == '/' and not s.SESSION_COOKIE_DOMAIN\n"
        "assert s.SECURE_HSTS_SECONDS >= 31536000 and s.SECURE_SSL_REDIRECT and not s.DEBUG\n"
        "assert 'upgrade-insecure-requests' in kebijakan('text/html')\n"
    )
    hasil = jalankan([sys.executable, "-c", perintah], DJANGO_SETTINGS_MODULE="poskb.settings")
    assert hasil.returncode == 0, hasil.stderr


def jalankan(perintah: list[str], **ubah: str) -> subprocess.CompletedProcess:
    env = {k: v for k, v in os.environ.items() if not k.startswith("POSKB_")} | AMAN | ubah
    return subprocess.run(perintah, cwd=AKAR, env=env, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("ubah", "kata"),
    [
        ({"POSKB_HOSTS": ""}, "POSKB_HOSTS must name"),
        ({"POSKB_HOSTS": "*"}, "POSKB_HOSTS must name"),
        ({"POSKB_HOSTS": ".example"}, "POSKB_HOSTS must name"),
        ({"POSKB_TLS": "0"}, "POSKB_TLS=0 would send NIK"),
        ({"POSKB_KUNCI_DATA": "b" * 40 + ",pendek"}, "POSKB_KUNCI_DATA must be set"),
        ({"POSKB_KUNCI_DATA": "b" * 40 + "," + "b" * 40}, "names one key twice"),
        ({"POSKB_KUNCI_TETAP": ""}, "POSKB_KUNCI_TETAP must be set"),
        ({"POSKB_KUNCI_TETAP": "demo-only-index-key-0123456789abcdef0123456789abcdef"}, "POSKB_KUNCI_TETAP must be"),
        ({"POSKB_KUNCI_INDEKS": "b" * 40}, "hold the same secret"),
        ({"POSKB_KUNCI_INDEKS": "e" * 40 + "," + "b" * 40}, "hold the same secret"),
        ({"POSKB_KUNCI_TETAP": "c" * 40}, "hold the same secret"),
        ({"POSKB_SECRET_KEY": "b" * 40}, "hold the same secret"),
    ],
)
def test_tidak_mulai_bila_tidak_aman(ubah: dict[str, str], kata: str) -> None:
    hasil = jalankan([sys.executable, "manage.py", "check"], **ubah)
    assert hasil.returncode != 0
    assert kata in hasil.stderr


@pytest.mark.parametrize(
    "ubah",
    [
        {},
        {"POSKB_TLS": "0", "POSKB_HOSTS": "localhost,127.0.0.1"},
        # An installation from before KUNCI_TETAP, with its index in rotation.
        {"POSKB_KUNCI_INDEKS": "e" * 40 + "," + "d" * 40},
    ],
)
def test_mulai_bila_aman(ubah: dict[str, str]) -> None:
    assert jalankan([sys.executable, "manage.py", "check"], **ubah).returncode == 0


@pytest.fixture(autouse=True)
def lingkungan_biasa(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test with a browser set in this process (tests/conftest.py) no installation has."""
    monkeypatch.delenv("DJANGO_ALLOW_ASYNC_UNSAFE", raising=False)


def deploy(**ubah: str) -> Any:
    perintah = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    return jalankan(perintah, **ubah)


def test_check_deploy_bersih() -> None:
    hasil = deploy(DATABASE_URL="postgresql://poskb@127.0.0.1/poskb", REDIS_URL="redis://127.0.0.1:6379/0")
    assert hasil.returncode == 0, hasil.stderr
    assert "no issues" in hasil.stdout + hasil.stderr


@pytest.mark.parametrize(
    ("ubah", "nomor"),
    [
        ({"DATABASE_URL": "postgresql://poskb@db.example/poskb"}, "poskb.W010"),
        ({"DATABASE_URL": "postgresql://poskb@db.example/poskb?sslmode=prefer"}, "poskb.W010"),
        ({"DATABASE_URL": "postgresql://poskb@db.example/poskb?sslmode=require"}, ""),
        ({"REDIS_URL": "redis://redis.example:6379/0"}, "poskb.W011"),
        ({"REDIS_URL": "rediss://redis.example:6379/0"}, ""),
        # The operator says whose network it is, host by host.
        ({"DATABASE_URL": "postgresql://poskb@postgres/poskb", "POSKB_JARINGAN_TERTUTUP": "postgres,redis"}, ""),
        ({"REDIS_URL": "redis://redis:6379/0", "POSKB_JARINGAN_TERTUTUP": "postgres,redis"}, ""),
        ({"REDIS_URL": "redis://redis.example:6379/0", "POSKB_JARINGAN_TERTUTUP": "redis"}, "poskb.W011"),
        ({"POSKB_DEMO": "1"}, "poskb.W012"),
    ],
)
def test_check_deploy_melihat_jalur_tanpa_tls(ubah: dict[str, str], nomor: str) -> None:
    aman = {"DATABASE_URL": "postgresql://poskb@127.0.0.1/poskb", "REDIS_URL": "redis://127.0.0.1:6379/0"}
    hasil = deploy(**(aman | ubah))
    assert (nomor in hasil.stderr and hasil.returncode != 0) if nomor else hasil.returncode == 0, hasil.stderr


def test_sesi_biasa_tetap_jalan(dunia: Dunia, client: Client) -> None:
    """Nothing of the headers stands in the way of a record."""
    client.force_login(dunia.plkb)
    assert client.get(f"/akseptor/{catatan(dunia).akseptor_id}/").status_code == 200
