"""The audit of dependencies: a hole is a hole, and silence is never "none"."""

import json
import os
import subprocess
import sys

import pytest

from tests.audit import AKAR, BERLUBANG, BERSIH, TIDAK_TAHU, baca_npm, baca_pip

LUBANG = {"id": "PYSEC-1", "fix_versions": ["2.0"], "aliases": [], "description": "x"}
BERSIH_PIP = {"name": "django", "version": "5.2.19", "vulns": []}


@pytest.mark.parametrize(
    ("paket", "kode"),
    [
        ([BERSIH_PIP], BERSIH),
        ([BERSIH_PIP | {"vulns": [LUBANG]}], BERLUBANG),
        ([BERSIH_PIP, {"name": "x", "skip_reason": "Dependency not found on PyPI"}], TIDAK_TAHU),
        ([BERSIH_PIP | {"vulns": [LUBANG]}, {"name": "x", "skip_reason": "y"}], BERLUBANG),
        ([], TIDAK_TAHU),
    ],
)
def test_pip(paket: list, kode: int) -> None:
    assert baca_pip(json.dumps({"dependencies": paket, "fixes": []}), "").kode == kode


@pytest.mark.parametrize("keluar", ["", "null", "[]", "{}", '{"dependencies": [{"name": "x"}]}', "ERROR: timed out"])
def test_yang_bukan_jawaban_pip_tidak_bersih(keluar: str) -> None:
    assert baca_pip(keluar, "ERROR: ConnectionError").kode == TIDAK_TAHU


def npm(lubang: int = 0, **ubah: object) -> str:
    jumlah = {"info": 0, "low": 0, "moderate": 0, "high": lubang, "critical": 0}
    isi = {
        "vulnerabilities": {"x": {"severity": "high", "range": "<2"}} if lubang else {},
        "metadata": {"vulnerabilities": jumlah, "dependencies": {"total": 150}},
    }
    return json.dumps(isi | ubah)


@pytest.mark.parametrize(
    ("keluar", "kode"),
    [
        (npm(), BERSIH),
        (npm(1), BERLUBANG),
        (npm(error={"code": "ENOAUDIT"}), TIDAK_TAHU),
        (npm(message="404 Not Found"), TIDAK_TAHU),
        ('{"metadata": {}}', TIDAK_TAHU),
        ("", TIDAK_TAHU),
    ],
)
def test_npm(keluar: str, kode: int) -> None:
    assert baca_npm(keluar, "").kode == kode


def test_tanpa_jaringan_ia_berkata_begitu() -> None:
    """The real command with a line that leads nowhere."""
    mati = "http://127.0.0.1:9"
    jalan = {"HTTPS_PROXY": mati, "HTTP_PROXY": mati, "https_proxy": mati, "http_proxy": mati, "NO_PROXY": ""}
    jalan |= {
        "no_proxy": "",
        "npm_config_fetch_retries": "0",
        "npm_config_proxy": mati,
        "npm_config_https_proxy": mati,
    }
    hasil = subprocess.run(
        [sys.executable, "-m", "tests.audit"],
        cwd=AKAR,
        env=os.environ | jalan,
        capture_output=True,
        text=True,
        check=False,
    )
    assert hasil.returncode == TIDAK_TAHU, hasil.stdout + hasil.stderr
    assert "Python (.venv, pip-audit): NOT AUDITED" in hasil.stdout
    assert "front end (package-lock.json, npm audit): NOT AUDITED" in hasil.stdout
