"""Weekday pattern and silent desa: pure rules at their edges."""

import datetime as dt

import pytest

from laporan.kampanye.laju import Laju
from laporan.kampanye.mutu import MutuWilayah, kode_diam, paling_terlambat, per_tunda
from laporan.kampanye.pekan import bobot_hari, pola_pekan
from laporan.models import Kampanye

MULAI = dt.date(2021, 6, 18)  # a Friday
KAMPANYE = Kampanye(mulai=MULAI, selesai=dt.date(2021, 7, 31))


def hari(n: int) -> dt.date:
    return MULAI + dt.timedelta(days=n)


def test_pola_pekan_dari_hari_penuh() -> None:
    # Fridays 10, everything else 2; the 22nd day is a Friday and not over.
    per_hari = {hari(n): 10 if n % 7 == 0 else 2 for n in range(22)}
    pola = pola_pekan(per_hari, hari(21))
    assert [h.nama for h in pola] == ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"]
    jumat = pola[4]
    assert (jumat.rata, jumat.banyak, jumat.lebar, jumat.kini) == (10, 3, 100, True)
    assert [h.kini for h in pola].count(True) == 1
    assert (pola[0].rata, pola[0].lebar) == (2, 20)


def test_terlalu_dini_tidak_mengatakan_apa_pun() -> None:
    assert pola_pekan({hari(n): 100 for n in range(14)}, hari(13)) == []
    assert pola_pekan({hari(n): 100 for n in range(15)}, hari(14)) != []
    assert pola_pekan({hari(n): 1 for n in range(29)}, hari(29)) == []
    assert pola_pekan({}, MULAI) == []


def test_permintaan_hari_ini_menurut_hari_yang_tersisa() -> None:
    pola = pola_pekan({hari(n): 10 if n % 7 == 0 else 2 for n in range(22)}, hari(21))
    # From Friday to Thursday the week brings 22: Friday 10 of them, against a mean of 22/7.
    assert bobot_hari(pola, hari(21), hari(27)) == pytest.approx(10 * 7 / 22)
    assert bobot_hari(pola, hari(22), hari(27)) == 1.0
    # On the last day it is all of the rest; the asked of all days adds up to the rest, from any day on.
    assert bobot_hari(pola, hari(27), hari(27)) == 1.0
    rest = [bobot_hari(pola, hari(n), hari(43)) / (44 - n) for n in range(21, 44)]
    bagian, sisa = [], 1.0
    for b in rest:
        bagian.append(sisa * b)
        sisa -= sisa * b
    assert (sum(bagian), sisa) == (pytest.approx(1), pytest.approx(0))


def test_tanpa_pola_setiap_hari_diminta_sama() -> None:
    assert bobot_hari([], hari(3), hari(43)) == 1.0
    # Only Fridays ever brought anything and none is left.
    pola = pola_pekan({hari(n): 20 if n % 7 == 0 else 0 for n in range(22)}, hari(22))
    assert bobot_hari(pola, hari(22), hari(26)) == 1.0
    assert bobot_hari(pola, hari(44), hari(43)) == 1.0


def test_desa_diam_tujuh_hari() -> None:
    isi = {"terakhir": {"a": hari(10).isoformat(), "b": hari(9).isoformat(), "c": None}}
    assert kode_diam(isi, KAMPANYE, hari(16)) == {"b": (hari(9), 7), "c": (None, 16)}
    assert kode_diam(isi, KAMPANYE, hari(17)) == {"a": (hari(10), 7), "b": (hari(9), 8), "c": (None, 17)}


def test_sebelum_tujuh_hari_kampanye_tidak_ada_yang_diam() -> None:
    isi = {"terakhir": {"a": None, "b": dt.date(2021, 5, 1).isoformat()}}
    assert kode_diam(isi, KAMPANYE, hari(6)) == {}
    assert set(kode_diam(isi, KAMPANYE, hari(7))) == {"a", "b"}
    assert kode_diam(isi, KAMPANYE, KAMPANYE.selesai + dt.timedelta(days=1)) == {}


def test_tunda_dalam_persen() -> None:
    mutu = {"tunda_0": 3, "tunda_3": 1, "tunda_7": 0, "tunda_lama": 0}
    assert [(t.jumlah, t.persen) for t in per_tunda({"mutu": mutu})] == [(3, 75.0), (1, 25.0), (0, 0.0), (0, 0.0)]
    assert {t.persen for t in per_tunda({"mutu": dict.fromkeys(mutu, 0)})} == {0}


def test_yang_paling_terlambat_tidak_dinamai_dari_sedikit_catatan() -> None:
    def satu(nama: str, tercatat: int, minggu: int, lama: int = 0) -> MutuWilayah:
        return MutuWilayah("", nama, tercatat, 0, 0, minggu, lama)

    banyak = satu("Banyak", 40, 3, 2)
    assert (banyak.terlambat, banyak.persen) == (5, 12.5)
    assert paling_terlambat([satu("Sedikit", 1, 1), satu("Sembilan", 9, 4), banyak]) is banyak
    assert paling_terlambat([satu("Sedikit", 9, 9), satu("Tepat", 50, 0)]) is None
    assert paling_terlambat([]) is None


def test_kurang_dari_satu_per_hari() -> None:
    def satu_tiap(perlu: float | None) -> int | None:
        return Laju(1, 1, perlu, None, 0).satu_tiap

    assert [satu_tiap(n) for n in (None, 1.0, 2.5, 0.5, 0.3, 4 / 24)] == [None, None, None, 2, 3, 6]
