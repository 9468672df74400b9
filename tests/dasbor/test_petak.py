"""The tile map: every kecamatan has a tile, and who is a neighbour on the ground is one on the grid."""

import random

import pytest

from kader.management.commands.muat_wilayah import baca
from laporan.kampanye.petak import Petak, datar, jarak, pasangan_tetangga, susun_petak, tugaskan_termurah

TITIK = {b["kode"]: (float(b["bujur"]), float(b["lintang"])) for b in baca("kecamatan_titik.csv")}
JATILUHUR, PLERED, WANAYASA, BOJONG, MANIIS, CAMPAKA, SUKASARI = (
    f"32.14.{n}" for n in ("03", "04", "09", "11", "07", "02", "15")
)


def test_setiap_kecamatan_punya_petak_sendiri() -> None:
    petak = susun_petak(TITIK)
    assert set(petak) == set(TITIK)
    assert len(set(petak.values())) == 17
    # Narrow enough for a phone, with few holes.
    assert max(p.kolom for p in petak.values()) == 4
    assert max(p.baris for p in petak.values()) == 5


def test_tetangga_tetap_bersebelahan() -> None:
    """At most one of the 28 neighbouring pairs parts, and none by more than one tile."""
    petak = susun_petak(TITIK)
    kode = sorted(TITIK)
    pasangan = pasangan_tetangga(datar([TITIK[k] for k in kode]))
    assert len(pasangan) == 28
    jauh = [jarak(petak[kode[a]], petak[kode[b]]) for a, b in pasangan]
    assert sum(n > 1 for n in jauh) <= 1
    assert max(jauh) <= 2


def test_arah_mata_angin_tetap() -> None:
    petak = susun_petak(TITIK)
    assert petak[CAMPAKA].baris < petak[BOJONG].baris  # north is up
    assert petak[SUKASARI].kolom < petak[JATILUHUR].kolom < petak[WANAYASA].kolom  # west is left
    assert petak[MANIIS].kolom < petak[PLERED].kolom


def test_urutan_masukan_tidak_mengubah_peta() -> None:
    terbalik = dict(reversed(TITIK.items()))
    assert susun_petak(terbalik) == susun_petak(TITIK)


@pytest.mark.parametrize("banyak", [0, 1, 2, 3, 7, 30])
def test_berapa_pun_wilayahnya(banyak: int) -> None:
    acak = random.Random(banyak)
    titik = {str(n): (107 + acak.random(), -6 - acak.random()) for n in range(banyak)}
    petak = susun_petak(titik)
    assert len(set(petak.values())) == banyak
    assert all(1 <= p.kolom <= 6 and p.baris >= 1 for p in petak.values())


def test_titik_yang_sama_tetap_dapat_petak_masing_masing() -> None:
    assert set(susun_petak(dict.fromkeys("abc", (107.4, -6.5))).values()) >= {Petak(1, 1)}
    assert len(set(susun_petak(dict.fromkeys("abcde", (107.4, -6.5))).values())) == 5


def test_penempatan_termurah_sama_dengan_mencoba_semua() -> None:
    from itertools import permutations

    acak = random.Random(1831)
    for _ in range(40):
        biaya = [[acak.randrange(50) for _ in range(6)] for _ in range(4)]
        pilih = tugaskan_termurah(biaya)
        assert len(set(pilih)) == 4
        murah = min(sum(biaya[i][j] for i, j in enumerate(p)) for p in permutations(range(6), 4))
        assert sum(biaya[i][j] for i, j in enumerate(pilih)) == murah
