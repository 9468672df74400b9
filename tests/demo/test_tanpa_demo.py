"""Where no demo may be, and what it leaves alone."""

import io

import pytest
from django.core.management import CommandError, call_command

from kader.models import Pengguna
from laporan.models import Cuplikan, Kampanye

pytestmark = pytest.mark.django_db


def jalankan(perintah: str) -> None:
    call_command(perintah, stdout=io.StringIO())


def test_di_luar_mode_demo_tidak_ada_orang_demo(settings):
    settings.DEMO, settings.HARI_INI = False, "2021-07-08"
    jalankan("siapkan")
    assert not Pengguna.objects.exists()
    assert Cuplikan.objects.count() == 210
    assert Kampanye.objects.get().pembagian.count() == 192
    with pytest.raises(CommandError, match="hanya untuk mode demo"):
        jalankan("buat_demo")
    assert not Pengguna.objects.exists()


def test_kampanye_yang_diubah_dppkb_tetap(settings):
    settings.DEMO = False
    jalankan("siapkan")
    Kampanye.objects.update(nama="Nama lain", target=2000)
    jalankan("muat_kampanye")
    assert [(k.nama, k.target) for k in Kampanye.objects.all()] == [("Nama lain", 2000)]


def test_jam_sebelum_cerita_ditolak(settings):
    settings.DEMO, settings.HARI_INI = True, "2021-07-07"
    with pytest.raises(CommandError, match="8 Juli 2021"):
        jalankan("siapkan")
    assert not Pengguna.objects.exists()
