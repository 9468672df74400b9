"""The building itself: templates, migrations, settings."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader
from django.template.loader import get_template

AKAR = Path(__file__).resolve().parent.parent
TEMPLAT = sorted((AKAR / "templates").rglob("*.html"))
KODE = [p for nama in ("poskb", "kader", "akseptor", "laporan") for p in (AKAR / nama).rglob("*.py")]
NAMA_TEMPLAT = [str(p.relative_to(AKAR / "templates")) for p in TEMPLAT]
DIPAKAI_DJANGO = {"500.html"}


@pytest.mark.parametrize("nama", NAMA_TEMPLAT)
def test_templat_terbaca_dan_dipakai(nama: str) -> None:
    get_template(nama)
    isi = "\n".join(p.read_text() for p in [*TEMPLAT, *KODE])
    assert nama in DIPAKAI_DJANGO or f'"{nama}"' in isi, f"{nama} is used by nobody"


@pytest.mark.parametrize("templat", TEMPLAT, ids=NAMA_TEMPLAT)
def test_templat_tanpa_gaya_dan_skrip_sebaris(templat: Path) -> None:
    isi = templat.read_text()
    assert not re.search(r"\sstyle=|\son[a-z]+=|<style", isi)
    assert not re.search(r"<script(?![^>]*\ssrc=)", isi)
    assert not re.search(r"(src|href)=\"https?://", isi), "no third party is asked for anything"


def test_tidak_ada_yang_membaca_folder_bersama() -> None:
    salah = [str(p) for p in [*KODE, *TEMPLAT] if "../shared" in p.read_text()]
    assert salah == []


def test_migrasi_lurus_dan_bernama(db: None) -> None:
    graf = MigrationLoader(None, ignore_no_migrations=True).graph
    for app in ("kader", "akseptor", "laporan"):
        assert len(graf.leaf_nodes(app)) == 1
    assert not list(AKAR.glob("*/migrations/*_auto_*.py"))


def test_migrasi_dapat_dibalik(transactional_db: None) -> None:
    call_command("migrate", "laporan", "0001", verbosity=0)
    call_command("migrate", "akseptor", "0001", verbosity=0)
    call_command("migrate", verbosity=0)


def test_jam_hanya_ditanya_di_satu_tempat() -> None:
    pola = re.compile(r"datetime\.now\(|date\.today\(|timezone\.now\(|localdate\(")
    salah = [p.name for p in KODE if p.name != "waktu.py" and pola.search(p.read_text())]
    assert salah == []


@pytest.mark.parametrize("rahasia", ["", "demo-only-not-a-secret-0123456789abcdef0123456789abcdef", "pendek"])
def test_produksi_menolak_rahasia_bawaan(rahasia: str) -> None:
    env = {k: v for k, v in os.environ.items() if not k.startswith("POSKB_")}
    env |= {
        "POSKB_SECRET_KEY": rahasia,
        "POSKB_KUNCI_DATA": "x" * 40,
        "POSKB_KUNCI_INDEKS": "y" * 40,
        "POSKB_KUNCI_TETAP": "z" * 40,
    }
    hasil = subprocess.run(
        [sys.executable, "manage.py", "check"], cwd=AKAR, env=env, capture_output=True, text=True, check=False
    )
    assert hasil.returncode != 0
    assert "POSKB_SECRET_KEY must be set" in hasil.stderr


def test_yang_disandikan_hanya_lewat_kolomnya() -> None:
    """Ciphertext that no column class knows of would be forgotten by `putar_kunci`."""
    # An envelope is sealed by the phone that hands it over, to a key that no rotation of these touches.
    milik = {"akseptor/rahasia.py", "akseptor/putar.py", "akseptor/models/titipan.py"}
    pola = re.compile(r"\bsandi\(|\bFernet|models\.BinaryField\(")
    salah = [
        nama
        for p in KODE
        if (nama := str(p.relative_to(AKAR))) not in milik
        and "/migrations/" not in nama
        and pola.search(p.read_text())
    ]
    assert salah == []


@pytest.mark.parametrize("templat", TEMPLAT, ids=NAMA_TEMPLAT)
def test_judul_halaman_tanpa_orang(templat: Path) -> None:
    """Titles stay in histories and on the tabs of a shared screen."""
    for judul in re.findall(r"{% block judul %}(.*?){% endblock %}", templat.read_text()):
        assert not re.search(r"istri|suami|nik|no_hp|alamat|akseptor\.", judul), judul
