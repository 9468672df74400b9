"""A tile map: areas on a grid, each near its place and beside its neighbours. Pure and deterministic.

Every grid of a fitting size is tried with the assignment that moves the centres least (Hungarian algorithm, Kuhn and
Munkres). The one is taken in which the fewest neighbours part, then the one with the fewest empty tiles.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

Titik = tuple[float, float]
# More columns than this make tiles too narrow for a name on a phone.
KOLOM_TERBANYAK = 6


@dataclass(frozen=True)
class Petak:
    """Place of a tile, from the upper left corner: 1, 1."""

    kolom: int
    baris: int


def susun_petak(titik: Mapping[str, Titik]) -> dict[str, Petak]:
    """Return the tile of every area. `titik`: longitude and latitude of its centre, by code."""
    return dict(_susun(tuple(sorted(titik.items()))))


@lru_cache(maxsize=16)
def _susun(titik: tuple[tuple[str, Titik], ...]) -> tuple[tuple[str, Petak], ...]:
    if not titik:
        return ()
    letak = datar([t for _, t in titik])
    tetangga = pasangan_tetangga(letak)
    calon = []
    for kolom in range(1, min(KOLOM_TERBANYAK, len(titik)) + 1):
        terkecil = math.ceil(len(titik) / kolom)
        for baris in range(terkecil, terkecil + 3):
            petak, geser = _tempatkan(letak, kolom, baris)
            putus = sum(jarak(petak[a], petak[b]) > 1 for a, b in tetangga)
            calon.append((putus, kolom * baris, geser, kolom, petak))
    terbaik = min(calon, key=lambda c: c[:4])[4]
    return tuple((kode, p) for (kode, _), p in zip(titik, terbaik, strict=True))


def jarak(a: Petak, b: Petak) -> int:
    """Return how many steps of a king lie between two tiles: 1 touches."""
    return max(abs(a.kolom - b.kolom), abs(a.baris - b.baris))


def datar(titik: Sequence[Titik]) -> list[Titik]:
    """Put longitudes and latitudes on a plane that reads from the upper left, in equal lengths."""
    sempit = math.cos(math.radians(sum(t[1] for t in titik) / len(titik)))
    return [(bujur * sempit, -lintang) for bujur, lintang in titik]


def pasangan_tetangga(letak: Sequence[Titik]) -> list[tuple[int, int]]:
    """Return the pairs with nobody between them (Gabriel graph): who are neighbours, told from centres alone."""
    hasil = []
    for a, b in combinations(range(len(letak)), 2):
        tengah = ((letak[a][0] + letak[b][0]) / 2, (letak[a][1] + letak[b][1]) / 2)
        jari = math.dist(letak[a], letak[b]) / 2
        if all(math.dist(tengah, letak[k]) >= jari for k in range(len(letak)) if k not in (a, b)):
            hasil.append((a, b))
    return hasil


def _tempatkan(letak: Sequence[Titik], kolom: int, baris: int) -> tuple[list[Petak], float]:
    """Return the tiles of a grid that lie nearest in sum, and how far the centres moved (squared)."""
    skala = [_skala([t[n] for t in letak], banyak) for n, banyak in enumerate((kolom, baris))]
    petak = [Petak(k, b) for b in range(1, baris + 1) for k in range(1, kolom + 1)]
    biaya = [[(skala[0][i] - p.kolom) ** 2 + (skala[1][i] - p.baris) ** 2 for p in petak] for i in range(len(letak))]
    pilih = tugaskan_termurah(biaya)
    return [petak[j] for j in pilih], round(sum(biaya[i][j] for i, j in enumerate(pilih)), 9)


def _skala(nilai: list[float], banyak: int) -> list[float]:
    awal, lebar = min(nilai), max(nilai) - min(nilai)
    return [1 + (banyak - 1) * ((n - awal) / lebar if lebar else 0.5) for n in nilai]


def tugaskan_termurah(biaya: Sequence[Sequence[float]]) -> list[int]:
    """Return for each row the column that makes the whole cheapest; there are at least as many columns as rows."""
    banyak = len(biaya[0])
    # Potentials of rows and columns; index 0 is the row that is being placed.
    u, v = [0.0] * (len(biaya) + 1), [0.0] * (banyak + 1)
    milik, jalan = [0] * (banyak + 1), [0] * (banyak + 1)
    for baris in range(1, len(biaya) + 1):
        milik[0] = baris
        kolom = _perluas(biaya, u, v, milik, jalan)
        while kolom:
            milik[kolom] = milik[jalan[kolom]]
            kolom = jalan[kolom]
    hasil = [0] * len(biaya)
    for kolom, baris in enumerate(milik):
        if kolom and baris:
            hasil[baris - 1] = kolom - 1
    return hasil


def _perluas(
    biaya: Sequence[Sequence[float]], u: list[float], v: list[float], milik: list[int], jalan: list[int]
) -> int:
    """Find the cheapest way to a free column, changing the potentials; return that column."""
    sisa = [math.inf] * len(v)
    pakai = [False] * len(v)
    kini = 0
    while milik[kini]:
        pakai[kini] = True
        baris, turun, lanjut = milik[kini], math.inf, 0
        for j in range(1, len(v)):
            if pakai[j]:
                continue
            harga = biaya[baris - 1][j - 1] - u[baris] - v[j]
            if harga < sisa[j]:
                sisa[j], jalan[j] = harga, kini
            if sisa[j] < turun:
                turun, lanjut = sisa[j], j
        for j in range(len(v)):
            if pakai[j]:
                u[milik[j]] += turun
                v[j] -= turun
            else:
                sisa[j] -= turun
        kini = lanjut
    return kini
