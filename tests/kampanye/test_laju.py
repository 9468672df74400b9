"""Pace, bars, shares: pure numbers."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laporan.kampanye.laju import kata_mulai, laju, seharusnya
from laporan.kampanye.papan import bar, persen
from laporan.kampanye.peta import kelas
from laporan.kampanye.target import bagi_sisa_terbesar

MULAI, SELESAI = dt.date(2021, 6, 18), dt.date(2021, 7, 31)


def hari(n: int) -> dt.date:
    return MULAI + dt.timedelta(days=n)


def test_sebelum_mulai_belum_ada_yang_diharapkan() -> None:
    satu = laju(MULAI, SELESAI, 1831, {}, dt.date(2021, 6, 1))
    assert (satu.sisa, satu.sisa_hari, satu.seharusnya, satu.rata_rata) == (1831, 44, 0, None)
    assert satu.perlu_per_hari is None
    assert kata_mulai(MULAI, dt.date(2021, 6, 1)) == "Mulai 18 Juni, 17 hari lagi."
    assert kata_mulai(MULAI, dt.date(2020, 12, 31)) == "Mulai 18 Juni 2021, 169 hari lagi."
    assert kata_mulai(MULAI, MULAI) == ""


def test_hari_pertama_belum_punya_rata_rata() -> None:
    satu = laju(MULAI, SELESAI, 1831, {MULAI: 30}, MULAI)
    assert (satu.sisa_hari, satu.rata_rata) == (44, None)


def test_rata_rata_tujuh_hari_penuh_tanpa_hari_ini() -> None:
    per_hari = {hari(n): 10 for n in range(20)} | {hari(20): 1}
    assert laju(MULAI, SELESAI, 1831, per_hari, hari(20)).rata_rata == 10


def test_rata_rata_di_awal_memakai_hari_yang_ada() -> None:
    assert laju(MULAI, SELESAI, 1831, {hari(0): 4, hari(1): 8}, hari(2)).rata_rata == 6


def test_yang_tercatat_hari_ini_tidak_mengubah_permintaan_hari_ini() -> None:
    """Ten a day, ten days left: whether none or eight of today are there, today was asked for ten."""
    pagi = laju(MULAI, SELESAI, 440, {hari(n): 10 for n in range(34)}, hari(34))
    siang = laju(MULAI, SELESAI, 440, {hari(n): 10 for n in range(34)} | {hari(34): 8}, hari(34))
    assert (pagi.perlu_per_hari, siang.perlu_per_hari) == (10, 10)
    assert (pagi.sudah, siang.sudah, siang.sisa) == (0, 8, 92)
    # What today has too much or too little is shared by the days that follow.
    besok = laju(MULAI, SELESAI, 440, {hari(n): 10 for n in range(34)} | {hari(34): 1}, hari(35))
    assert besok.perlu_per_hari == 11


def test_hari_terakhir_masih_satu_hari() -> None:
    satu = laju(MULAI, SELESAI, 100, {MULAI: 90}, SELESAI)
    assert (satu.sisa_hari, satu.perlu_per_hari, satu.seharusnya) == (1, 10, 100)


def test_sesudah_selesai_tidak_ada_yang_diminta() -> None:
    satu = laju(MULAI, SELESAI, 100, {SELESAI: 70}, dt.date(2021, 9, 1))
    assert (satu.sisa, satu.sisa_hari, satu.perlu_per_hari, satu.rata_rata) == (30, 0, None, 10)


def test_target_terlampaui() -> None:
    satu = laju(MULAI, SELESAI, 100, {MULAI: 320}, hari(5))
    assert (satu.sisa, satu.perlu_per_hari) == (0, None)


def test_garis_lurus_pada_8_juli() -> None:
    assert seharusnya(MULAI, SELESAI, 1831, dt.date(2021, 7, 8)) == 874


def test_bar_di_bawah_dan_di_atas_target() -> None:
    assert bar(50, 20, 100) == type(bar(0, 0, 1))(50, 20, 100)
    lewat = bar(320, 160, 100)
    assert (lewat.lebar_tercatat, lewat.lebar_terverifikasi, lewat.letak_target) == (100, 50, 31.25)
    assert bar(0, 0, 0).lebar_tercatat == 0


def test_persen_boleh_lebih_dari_seratus() -> None:
    assert persen(1017, 317) == 320.8
    assert persen(5, 0) is None
    # Never more than is there: neither a rounded 100 % nor a class that is not reached.
    assert persen(2999, 3000) == 99.9
    assert persen(2499, 10000) == 24.9
    assert persen(1, 3) == 33.3
    assert (kelas(persen(2999, 3000)), kelas(persen(3000, 3000)), kelas(persen(749, 1000))) == (4, 5, 3)


@given(
    st.integers(0, 10_000),
    st.dictionaries(st.text("abcdef", min_size=1, max_size=3), st.integers(0, 500), min_size=1).filter(
        lambda b: sum(b.values())
    ),
)
def test_pembagian_selalu_berjumlah_tepat(jumlah: int, bobot: dict[str, int]) -> None:
    bagian = bagi_sisa_terbesar(jumlah, bobot)
    assert sum(bagian.values()) == jumlah
    total = sum(bobot.values())
    for kunci, b in bobot.items():
        assert abs(bagian[kunci] - jumlah * b / total) < 1
        assert b or not bagian[kunci]


@pytest.mark.parametrize("bobot", [{"a": 0}, {"a": -1, "b": 2}])
def test_bobot_yang_tidak_masuk_akal_ditolak(bobot: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="weights"):
        bagi_sisa_terbesar(10, bobot)
