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


@pytest.mark.parametrize("hari", range(100))
def test_setiap_angka_hari_dan_bulan(hari: int) -> None:
    """The whole table: 1-31 for men, 41-71 for women, 1-12 for months, nothing else."""
    for bulan in range(100):
        sah = (1 <= hari <= 31 or 41 <= hari <= 71) and 1 <= bulan <= 12
        assert (nik.periksa_struktur(f"321499{hari:02d}{bulan:02d}900001") == "") is sah, (hari, bulan)


@pytest.mark.parametrize(
    ("teks", "kalimat"),
    [
        ("3214abc203900001", "NIK hanya berisi angka. Periksa lagi di KTP atau KK."),
        ("32149952039000011", "NIK harus 16 angka; yang ditulis 17 angka. Periksa lagi di KTP atau KK."),
        (
            "7777777777777777",
            "NIK ini hanya satu angka yang diulang. Salin dari KTP atau KK, atau pilih NIK menyusul.",
        ),
        (
            "3214995213900001",
            "Angka ke-9 dan ke-10 NIK adalah bulan lahir; 13 bukan bulan. Periksa lagi di KTP atau KK.",
        ),
        (
            "3214997203900001",
            "Angka ke-7 dan ke-8 NIK adalah tanggal lahir; 72 tidak mungkin. Periksa lagi di KTP atau KK.",
        ),
        ("3214995203900000", "Empat angka terakhir NIK tidak mungkin 0000. Periksa lagi di KTP atau KK."),
    ],
)
def test_kalimat_penolakan_menyebut_langkah_berikutnya(teks: str, kalimat: str) -> None:
    assert nik.periksa_struktur(teks) == kalimat


@pytest.mark.parametrize("angka", ["٣", "３", "३", "²", "Ⅷ", "𝟑"])
def test_angka_yang_bukan_ascii_bukan_nik(angka: str) -> None:
    teks = "3214995203900001".replace("3", angka)
    assert "hanya berisi angka" in nik.periksa_struktur(teks)


@given(st.text("0123456789", min_size=16, max_size=16))
def test_enam_belas_angka_apa_pun_terbaca_atau_ditolak(teks: str) -> None:
    if nik.periksa_struktur(teks):
        return
    lahir = nik.tanggal_lahir(teks, HARI)
    assert lahir is None or (lahir <= HARI and lahir.year % 100 == int(teks[10:12]))
    kode = [p.kode for p in nik.peringatan(teks, lahir, HARI, "32.14")]
    assert ("nik_laki_laki" in kode) is not nik.perempuan(teks)
    assert ("nik_tanggal_lahir" in kode) is (lahir is None)
    assert ("nik_wilayah" in kode) is not teks.startswith("3214")
    assert nik.samarkan(teks) == f"•••• {teks[-4:]}"


@pytest.mark.parametrize(
    ("lahir", "pada", "umur"),
    [
        (dt.date(1990, 7, 8), HARI, 31),
        (dt.date(1990, 7, 9), HARI, 30),
        (dt.date(2000, 2, 29), dt.date(2021, 2, 28), 20),
        (dt.date(2000, 2, 29), dt.date(2021, 3, 1), 21),
    ],
)
def test_umur_bertambah_pada_hari_ulang_tahun(lahir: dt.date, pada: dt.date, umur: int) -> None:
    assert nik.usia(lahir, pada) == umur
