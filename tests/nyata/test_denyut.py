"""What compose.yaml's healthchecks ask of worker and beat: green while each lives, red when it or its Redis is gone."""

import subprocess
import sys

import pytest

from poskb.celery import UMUR_DETAK
from poskb.jalankan.proses import tunggu
from tests.peladen import Peladen


def denyut(peladen: Peladen, nama: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "poskb.jalankan.denyut", nama],
        env=peladen.env,
        capture_output=True,
        text=True,
        timeout=10,  # what the healthcheck waits
        check=False,
    )


@pytest.mark.parametrize("nama", ["worker", "beat"])
def test_hijau_selama_hidup_dan_merah_setelah_mati(sehat_lagi: Peladen, nama: str) -> None:
    assert denyut(sehat_lagi, nama).returncode == 0
    getattr(sehat_lagi, nama).hentikan()
    assert tunggu(lambda: denyut(sehat_lagi, nama).returncode == 1, detik=UMUR_DETAK + 10)
    assert denyut(sehat_lagi, {"worker": "beat", "beat": "worker"}[nama]).returncode == 0


def test_redis_mati_terlihat_tanpa_sandinya(sehat_lagi: Peladen) -> None:
    sehat_lagi.hentikan_redis()
    for nama in ("worker", "beat"):
        hasil = denyut(sehat_lagi, nama)
        assert hasil.returncode == 1
        assert (hasil.stdout.count("\n"), hasil.stderr) == (1, "")
        assert "redis://" not in hasil.stdout
