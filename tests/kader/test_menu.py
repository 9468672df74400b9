"""Where she is: the entry that is open, or under which the open page lies."""

import pytest

from kader.enums import Peran
from kader.konteks import menu


@pytest.mark.parametrize(
    ("peran", "terbuka", "aktif"),
    [
        ("plkb", "laporan:daftar", {"Laporan": "page"}),
        ("plkb", "laporan:kelengkapan", {"Laporan": "true"}),
        ("plkb", "imp:desa", {"Laporan": "true"}),
        ("plkb", "kunjungan:daftar", {"Laporan": "true"}),
        ("kader", "akseptor:baru", {"Catat": "page"}),
        ("kader", "akseptor:rinci", {"Akseptor": "true"}),
        ("dppkb", "dasbor:wilayah", {"Capaian": "true"}),
        ("plkb", "beranda", {"Beranda": "page"}),
        ("plkb", "petugas:pengganti", {}),
        ("plkb", "", {}),
    ],
)
def test_menu_menyebut_tempatnya(peran, terbuka, aktif):
    assert {m.label: m.aktif for m in menu(Peran(peran), terbuka) if m.aktif} == aktif
