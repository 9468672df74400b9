"""The balance rule helps to find what is off: beside last month, and which change alone explains it. It changes nothing."""

import pytest

from laporan.bulanan.banding import banding, terbalik
from laporan.bulanan.formulir import baca
from laporan.models import LaporanBulanan
from tests.laporan.bulanan import pabrik
from tests.laporan.bulanan.pabrik import DESA, MEI

URL = f"/laporan/{DESA}/2021-06/"
# Balanced: 100 = 60 + 5 + 10 + 15 + 10.
SEIMBANG = {"pus": 100, "pa_suntik": 60, "hamil": 5, "ias": 10, "iat": 15, "tial": 10}


def bandingkan(lalu: dict | None, **kini: int):
    susunan = baca(pabrik.formulir().isi)
    nol = dict.fromkeys((susunan.imbang_jumlah, *susunan.imbang_dari), 0)
    laporan = None if lalu is None else LaporanBulanan(bulan=MEI, isi=nol | SEIMBANG | lalu)
    return banding(susunan, nol | SEIMBANG | kini, laporan)


@pytest.mark.parametrize(
    ("kini", "selisih", "dugaan"),
    [
        ({"iat": 3}, 12, ["IAT turun 12, selisihnya juga 12: periksa IAT dulu."]),
        ({"iat": 27}, -12, ["IAT naik 12, selisihnya juga 12: periksa IAT dulu."]),
        ({"pus": 112}, 12, ["PUS naik 12, selisihnya juga 12: periksa PUS dulu."]),
        ({"pus": 88}, -12, ["PUS turun 12, selisihnya juga 12: periksa PUS dulu."]),
        ({"iat": 9, "tial": 4}, 12, []),
        ({"iat": 9, "ias": 16}, 0, []),
        ({}, 0, []),
    ],
)
def test_satu_perubahan_yang_sama_dengan_selisih_disebut(c, kini, selisih, dugaan):
    hasil = bandingkan({}, **kini)
    assert (hasil.selisih, [b.dugaan for b in hasil.dugaan]) == (selisih, dugaan)


def test_angka_terbalik_hanya_disebut_bila_memang_cocok(c):
    # 60 was 69 last month, and 96 is written: 27 too much, and 27 is what turning its digits round takes away.
    lalu = {"pus": 130, "pa_suntik": 90}
    hasil = bandingkan(lalu, pus=109, pa_suntik=96)
    assert [b.dugaan for b in hasil.dugaan] == ["PA Suntik 96: bila seharusnya 69, cocok. Mungkin angkanya terbalik."]
    # Divisible by 9 as well, but nothing turned round would fit.
    assert bandingkan(lalu, pus=118).dugaan == []


@pytest.mark.parametrize(
    ("satu", "lain", "ya"),
    [
        *[(36, 63, True), (1258, 1528, True), (1258, 1285, True), (36, 36, False), (121, 211, True)],
        *[(123, 321, False), (10, 1, False), (63, 54, False), (5, 6, False)],
    ],
)
def test_terbalik_berarti_dua_angka_bersebelahan(satu, lain, ya):
    assert terbalik(satu, lain) is ya


def test_selisih_bulan_lalu_yang_terbawa_disebut(c):
    assert bandingkan({"iat": 9}, iat=9).warisan is True
    assert bandingkan({}, iat=9).warisan is False


def test_tanpa_laporan_sebelumnya_dan_angka_yang_belum_ada(c):
    hasil = bandingkan(None, iat=3)
    assert (hasil.bulan_lalu, {b.lalu for b in hasil.baris}, hasil.dugaan) == ("", {None}, [])
    susunan = baca(pabrik.formulir().isi)
    hasil = banding(susunan, {"pus": 5, "iat": None}, None)
    assert (hasil.selisih, hasil.baris[0].kini, hasil.baris[1].kini) == (None, 5, None)
    isi = pabrik.formulir().isi | {"imbang": None}
    assert banding(baca(isi), {}, None) is None


def test_halaman_menyebutnya_untuk_kader_dan_petugas_dan_tidak_mengubah_angka(c):
    pabrik.draf(c, MEI, pabrik.isian(**SEIMBANG))
    laporan = pabrik.draf(c, satu=pabrik.isian(**SEIMBANG | {"iat": 3}))
    sebelum = pabrik.potret()
    for siapa in (c.kader, c.plkb):
        teks = pabrik.masuk(siapa).get(URL).content.decode()
        assert "periksa IAT dulu" in teks
        assert 'data-kunci="iat" data-label="IAT" data-lalu="15" class="duga"' in teks
    assert pabrik.potret() == sebelum
    assert laporan.isi["iat"] == 3


def test_yang_baru_diketik_yang_dibandingkan_saat_ditolak(c):
    pabrik.draf(c, MEI, pabrik.isian(**SEIMBANG))
    data = pabrik.ketikan(pabrik.isian(**SEIMBANG | {"tial": 4}), 0)
    jawab = pabrik.masuk(c.kader).post(URL + "kirim/", data)
    teks = jawab.content.decode()
    assert jawab.status_code == 422
    assert "TIAL turun 6, selisihnya juga 6: periksa TIAL dulu." in teks
    assert not LaporanBulanan.objects.filter(bulan__month=6).exists()
