"""Loading areas and places: complete, repeatable, and never over what DPPKB edited."""

import io

import pytest
from django.core.management import call_command

from kader.models import Faskes, Wilayah

pytestmark = pytest.mark.django_db


def muat() -> str:
    keluar = io.StringIO()
    call_command("muat_wilayah", stdout=keluar)
    return keluar.getvalue()


def test_lengkap():
    muat()
    assert Wilayah.objects.get(induk=None).nama == "Purwakarta"
    assert Wilayah.objects.kecamatan().exclude(lintang=None).exclude(bujur=None).count() == 17
    assert Wilayah.objects.desa().count() == 192
    assert Wilayah.objects.filter(jenis="kelurahan").count() == 9
    assert Faskes.objects.count() == 26
    assert all(d.kode.startswith(d.induk_id + ".") for d in Wilayah.objects.exclude(induk=None))


def test_diulang_hanya_membuat_yang_belum_ada():
    muat()
    Wilayah.objects.filter(pk="32.14.01.1001").update(nama="Nama baru")
    Faskes.objects.filter(nama="Puskesmas Plered").update(aktif=False, alamat="Alamat baru")
    Faskes.objects.create(nama="Gempungan", jenis="bergerak", wilayah_id="32.14.04")
    Faskes.objects.get(nama="Puskesmas Maniis").delete()
    assert "0 baru; faskes: 1 baru" in muat()
    assert Wilayah.objects.get(pk="32.14.01.1001").nama == "Nama baru"
    plered = Faskes.objects.get(nama="Puskesmas Plered")
    assert (plered.aktif, plered.alamat) == (False, "Alamat baru")
    assert Faskes.objects.count() == 27
