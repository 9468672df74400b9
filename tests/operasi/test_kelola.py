"""deploy/kelola: the environment of the units, read as systemd reads it, and nothing of production when told otherwise."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

KELOLA = Path(__file__).resolve().parent.parent.parent / "deploy/kelola"
UMUM = """
# a comment
; another
POSKB_SECRET_KEY='satu dua'
POSKB_KUNCI_DATA="a\\"b$c\\\\d"
POSKB_HOSTS=satu,dua   \n\
REDIS_URL=redis://:p&q;r$(touch%20x)@h:6379/0
DATABASE_URL=postgresql://poskb:a&b$c#d@db:5432/poskb?sslmode=require&sslrootcert=/etc/ca.pem
"""
CADANGAN = """POSKB_KUNCI_CADANGAN=kunci
DATABASE_URL=postgresql://pemilik:x&y@db:5432/poskb
"""
# Stands where setpriv does, and says what it was asked for.
PALSU = f"""#!{sys.executable}
import json, os, sys
print(json.dumps([sys.argv[1:], dict(os.environ)]))
"""


@pytest.fixture
def kelola(tmp_path: Path):
    (tmp_path / "poskb.env").write_text(UMUM)
    (tmp_path / "cadangan.env").write_text(CADANGAN)
    (tmp_path / "setpriv").write_text(PALSU)
    (tmp_path / "setpriv").chmod(0o755)

    def jalankan(*argumen: str, **env: str) -> "subprocess.CompletedProcess[str]":
        bersih = {"PATH": f"{tmp_path}:{os.environ['PATH']}", "POSKB_ETC": str(tmp_path)}
        return subprocess.run(
            [sys.executable, str(KELOLA), *argumen], env=bersih | env, capture_output=True, text=True, check=False
        )

    return jalankan


def baca(hasil: "subprocess.CompletedProcess[str]") -> tuple[list[str], dict[str, str]]:
    assert hasil.returncode == 0, hasil.stderr
    return json.loads(hasil.stdout)


def test_membaca_seperti_systemd_dan_tidak_menjalankan_apa_pun(kelola, tmp_path: Path) -> None:
    perintah, env = baca(kelola("hitung_ulang", "--kering"))
    assert perintah[-3:] == ["manage.py", "hitung_ulang", "--kering"]
    assert "--reuid=poskb" in perintah
    assert env["DATABASE_URL"].endswith("poskb:a&b$c#d@db:5432/poskb?sslmode=require&sslrootcert=/etc/ca.pem")
    assert env["REDIS_URL"] == "redis://:p&q;r$(touch%20x)@h:6379/0"
    assert (env["POSKB_SECRET_KEY"], env["POSKB_KUNCI_DATA"]) == ("satu dua", 'a"b$c\\d')
    assert env["POSKB_HOSTS"] == "satu,dua"
    # The key of backups reaches the two commands that need it.
    assert "POSKB_KUNCI_CADANGAN" not in env


@pytest.mark.parametrize("perintah", ["cadangkan", "pulihkan"])
def test_cadangan_mendapat_kunci_pemilik_dan_pengguna_sendiri(kelola, perintah: str) -> None:
    isi, env = baca(kelola(perintah, "x"))
    assert "--reuid=poskb-cadangan" in isi
    assert env["POSKB_KUNCI_CADANGAN"] == "kunci"
    assert env["DATABASE_URL"] == "postgresql://pemilik:x&y@db:5432/poskb"


@pytest.mark.parametrize("perintah", ["pulihkan", "siapkan", "hitung_ulang"])
def test_yang_sudah_disetel_menang(kelola, perintah: str) -> None:
    """A restore that is tried out must never reach production."""
    lain = "postgresql://poskb@db/poskb_baru"
    assert baca(kelola(perintah, DATABASE_URL=lain))[1]["DATABASE_URL"] == lain


def test_ke_basis_data_lain_di_server_yang_sama(kelola) -> None:
    _, env = baca(kelola("--ke", "poskb_baru", "pulihkan", "FILE"))
    assert env["DATABASE_URL"] == "postgresql://pemilik:x&y@db:5432/poskb_baru"
    isi, env = baca(kelola("--ke", "poskb_baru", "siapkan"))
    assert isi[-2:] == ["manage.py", "siapkan"]
    assert env["DATABASE_URL"].endswith("@db:5432/poskb_baru?sslmode=require&sslrootcert=/etc/ca.pem")
    assert kelola("--ke", "poskb_baru").returncode == 2
    assert kelola("--ke", "a/b", "siapkan").returncode == 2


@pytest.mark.parametrize("isi", ["REDIS_URL=redis://h\n", "export DATABASE_URL=x\n", "DATABASE_URL\n"])
def test_tanpa_basis_data_atau_dengan_baris_lain_berhenti(kelola, tmp_path: Path, isi: str) -> None:
    """manage.py would go on with postgres@127.0.0.1/poskb."""
    (tmp_path / "poskb.env").write_text(isi)
    hasil = kelola("siapkan")
    assert (hasil.returncode, hasil.stdout) == (2, "")
    assert "poskb.env" in hasil.stderr or "DATABASE_URL" in hasil.stderr


def test_berkas_yang_tidak_ada_disebut(kelola, tmp_path: Path) -> None:
    (tmp_path / "cadangan.env").unlink()
    hasil = kelola("pulihkan", "x")
    assert (hasil.returncode, "cadangan.env" in hasil.stderr) == (2, True)
