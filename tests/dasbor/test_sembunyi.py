"""Small counts stay hidden from who knows the desa's total, every RW, the rule and the tables of other days.

The attackers are tried out whole: every desa of a few RW that could have led to what is printed.
"""

from collections import defaultdict
from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from laporan.kampanye.sembunyi import TERKECIL, Selang, Tersembunyi, sembunyikan

RW = st.sampled_from(["RW 1", "RW 2", "RW 3", "RW 4", "RW 5", ""])
Cetak = tuple[tuple[tuple[str, int], ...], bool]


def cetak(isi: Tersembunyi) -> Cetak:
    return tuple((rw, s.dari) for rw, s in isi.tampil.items()), isi.lain


def semua_desa(rw: int, jumlah: int) -> Iterator[tuple[int, ...]]:
    """Every way to spread a total over so many RW."""
    for awal in product(range(jumlah + 1), repeat=rw - 1):
        if sum(awal) <= jumlah:
            yield (*awal, jumlah - sum(awal))


def datang(isi: tuple[int, ...]) -> list[str]:
    return [str(i) for i, n in enumerate(isi) for _ in range(n)]


@given(st.lists(RW, max_size=120))
def test_yang_kurang_dari_lima_tidak_pernah_tampil(daftar: list[str]) -> None:
    isi = sembunyikan(daftar)
    for rw, selang in isi.tampil.items():
        assert selang.dari >= TERKECIL
        assert selang.dari <= daftar[: isi.jumlah].count(rw) <= selang.sampai


@given(st.lists(RW, max_size=120))
def test_mengurangi_dari_jumlah_desa_tidak_membuka_apa_pun(daftar: list[str]) -> None:
    """What is hidden may, told from print and total, hold several numbers and five or more."""
    isi = sembunyikan(daftar)
    if not isi.lain:
        return
    terbanyak = isi.jumlah - sum(s.dari for s in isi.tampil.values())
    tersedikit = max(0, isi.jumlah - sum(s.sampai for s in isi.tampil.values()))
    assert terbanyak >= TERKECIL
    assert terbanyak > tersedikit or len(set(daftar[: isi.jumlah]) - set(isi.tampil)) > 1


@pytest.mark.parametrize(("rw", "jumlah"), [(2, 40), (3, 30), (4, 20)])
def test_penyerang_yang_tahu_aturannya_tidak_dapat_memastikan_angka_kecil(rw: int, jumlah: int) -> None:
    for total in range(0, jumlah + 1, TERKECIL):
        kelompok: dict[Cetak, list[tuple[int, ...]]] = defaultdict(list)
        for isi in semua_desa(rw, total):
            kelompok[cetak(sembunyikan(datang(isi)))].append(isi)
        for (tampil, _), calon in kelompok.items():
            nama = {n for n, _ in tampil}
            for n in range(rw):
                mungkin = {c[n] for c in calon}
                # None at all may be known: it speaks of nobody.
                assert str(n) in nama or mungkin == {0} or len(mungkin) > 1, (total, tampil, n, mungkin)


@pytest.mark.parametrize("rw", [2, 3])
def test_membandingkan_dua_hari_tidak_membuka_tambahannya(rw: int) -> None:
    """Between two tables lie five women; how many of them live in one RW is never certain where it is 1 to 4.

    Who compares knows the order of the tables and all desa that could have printed both.
    """
    for total in (5, 10, 15):
        kelompok: dict[tuple[Cetak, Cetak], list[tuple[int, ...]]] = defaultdict(list)
        for lama in semua_desa(rw, total):
            for tambah in semua_desa(rw, TERKECIL):
                urut = datang(lama) + datang(tambah)
                kelompok[cetak(sembunyikan(urut[:total])), cetak(sembunyikan(urut))].append(tambah)
        for (dulu, kini), calon in kelompok.items():
            for n in range(rw):
                mungkin = {c[n] for c in calon}
                assert len(mungkin) > 1 or mungkin <= {0, TERKECIL}, (dulu, kini, n, mungkin)


@settings(max_examples=60)
@given(st.lists(RW, min_size=1, max_size=60), RW)
def test_satu_orang_lagi_tidak_menggerakkan_tabel_di_antara_lima(daftar: list[str], baru: str) -> None:
    dulu, kini = sembunyikan(daftar), sembunyikan([*daftar, baru])
    if (len(daftar) + 1) % TERKECIL:
        assert dulu == kini


def test_contoh() -> None:
    assert sembunyikan(["a"] * 4) == Tersembunyi(0, {}, lain=False)
    assert sembunyikan(["a"] * 7 + ["b"] * 3) == Tersembunyi(10, {"a": Selang(5, 9)}, lain=True)
    assert sembunyikan(["a"] * 5 + ["b"] * 5) == Tersembunyi(10, {"a": Selang(5, 9), "b": Selang(5, 9)}, lain=False)
    # The last four do not count yet.
    assert sembunyikan(["a"] * 11 + ["b"] * 8) == Tersembunyi(15, {"a": Selang(10, 14)}, lain=True)
    assert sembunyikan(["a"] * 11 + ["b"] * 9).tampil == {"a": Selang(10, 14), "b": Selang(5, 9)}
