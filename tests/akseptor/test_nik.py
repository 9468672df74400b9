"""NIK: structure is an error, disagreement a warning (domain.md)."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akseptor import nik

HARI = dt.date(2021, 7, 8)


@pytest.mark.parametrize(
    "teks",
    ["3214995203900001", "3214991203900001", "3214990101000001", "3214997112999999", "3214993112999999"],
)
def test_struktur_benar_diterima(teks: str) -> None:
    assert nik.periksa_struktur(teks) == ""


@pytest.mark.parametrize(
    ("teks", "kata"),
    [
        ("", "hanya berisi angka"),
        ("321499520390000", "15 angka"),
        ("32149952039000011", "17 angka"),
        ("32149952039000a1", "hanya berisi angka"),
        ("٣٢١٤٩٩٥٢٠٣٩٠٠٠٠١", "hanya berisi angka"),
        ("1111111111111111", "diulang"),
        ("3214995200900001", "bulan"),
        ("3214995213900001", "bulan"),
        ("3214990003900001", "tanggal lahir"),
        ("3214993203900001", "tanggal lahir"),
        ("3214994003900001", "tanggal lahir"),
        ("3214997203900001", "tanggal lahir"),
        ("3214995203900000", "0000"),
    ],
)
def test_setiap_aturan_keras_menolak_dengan_kalimat(teks: str, kata: str) -> None:
    assert kata in nik.periksa_struktur(teks)


@pytest.mark.parametrize(
    ("teks", "lahir", "perempuan"),
    [
        ("3214995203900001", dt.date(1990, 3, 12), True),
        ("3214991203900001", dt.date(1990, 3, 12), False),
        ("3214994101000001", dt.date(2000, 1, 1), True),
        ("3214997112990001", dt.date(1999, 12, 31), True),
        # 8 July 2021 is today, 9 July is tomorrow: a birth in the future is read in the other century.
        ("3214994807210001", dt.date(2021, 7, 8), True),
        ("3214994907210001", dt.date(1921, 7, 9), True),
        ("3214995203050001", dt.date(2005, 3, 12), True),
        ("3214995203400001", dt.date(1940, 3, 12), True),
        # 29 February: 2000 has one.
        ("3214996902000001", dt.date(2000, 2, 29), True),
    ],
)
def test_tanggal_lahir_dan_abad(teks: str, lahir: dt.date, perempuan: bool) -> None:
    assert nik.tanggal_lahir(teks, HARI) == lahir
    assert nik.perempuan(teks) is perempuan


def test_tanggal_yang_tidak_ada_tidak_terbaca_tetapi_bukan_galat_struktur() -> None:
    assert nik.periksa_struktur("3214997102900001") == ""
    assert nik.tanggal_lahir("3214997102900001", HARI) is None
    assert [p.kode for p in nik.peringatan("3214997102900001", dt.date(1990, 2, 28), HARI, "32.14")] == [
        "nik_tanggal_lahir"
    ]


@pytest.mark.parametrize(
    ("teks", "lahir", "kode"),
    [
        ("3214995203900001", dt.date(1990, 3, 12), []),
        ("3214991203900001", dt.date(1990, 3, 12), ["nik_laki_laki"]),
        ("3214995203900001", dt.date(1990, 12, 3), ["nik_tanggal_lahir"]),
        ("3273995203900001", dt.date(1990, 3, 12), ["nik_wilayah"]),
        ("3273991203900001", dt.date(1991, 3, 12), ["nik_laki_laki", "nik_tanggal_lahir", "nik_wilayah"]),
    ],
)
def test_yang_tidak_cocok_hanya_peringatan(teks: str, lahir: dt.date, kode: list[str]) -> None:
    assert [p.kode for p in nik.peringatan(teks, lahir, HARI, "32.14")] == kode


def test_samaran_hanya_empat_angka_terakhir() -> None:
    assert nik.samarkan("3214995203901234") == "•••• 1234"


def test_pemisah_dibuang() -> None:
    assert nik.bersihkan(" 3214.99-520390 0001\t") == "3214995203900001"


@given(st.text(max_size=40))
def test_teks_apa_pun_tidak_menggagalkan(teks: str) -> None:
    bersih = nik.bersihkan(teks)
    if not nik.periksa_struktur(bersih):
        nik.peringatan(bersih, None, HARI, "32.14")


@given(st.dates(dt.date(1960, 1, 1), dt.date(2010, 12, 31)), st.booleans(), st.integers(1, 9999))
def test_tanggal_lahir_terbaca_kembali(lahir: dt.date, perempuan: bool, seri: int) -> None:
    teks = f"321499{lahir.day + 40 * perempuan:02d}{lahir:%m%y}{seri:04d}"
    assert nik.periksa_struktur(teks) == ""
    assert nik.tanggal_lahir(teks, HARI) == lahir
    assert nik.perempuan(teks) is perempuan
