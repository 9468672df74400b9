"""The forecast in words."""

import pytest

from laporan.kampanye.ramalan.kata import kalimat, kata_peluang
from laporan.kampanye.ramalan.ramal import ramal
from poskb.dasar.angka import angka
from tests.kampanye.ramalan.test_ramal import hari, rata


@pytest.mark.parametrize(
    ("peluang", "kata"),
    [
        (0.001, "hampir tidak mungkin (kurang dari 1 %)"),
        (0.03, "kemungkinan sangat kecil (sekitar 1 dari 20)"),
        (0.19, "kemungkinan kecil (sekitar 1 dari 5)"),
        (0.5, "bisa tercapai, bisa tidak (sekitar 1 dari 2)"),
        (0.78, "kemungkinan besar (sekitar 4 dari 5)"),
        (0.96, "kemungkinan sangat besar (sekitar 19 dari 20)"),
        (0.999, "hampir pasti (lebih dari 99 %)"),
    ],
)
def test_peluang_dalam_kata(peluang: float, kata: str) -> None:
    assert kata_peluang(peluang) == kata


def test_setiap_peluang_punya_kata_dan_tidak_pernah_nol_atau_seratus() -> None:
    for n in range(1001):
        kata = kata_peluang(n / 1000)
        assert "0 %" not in kata.replace("10 %", "")
        assert "100" not in kata


def test_pecahan_yang_sama_tidak_punya_dua_kata() -> None:
    """Never "1 dari 10" small here and very small there."""
    per_pecahan: dict[str, set[str]] = {}
    for n in range(10, 990):
        kelas, _, pecahan = kata_peluang(n / 1000).partition(" (sekitar ")
        per_pecahan.setdefault(pecahan, set()).add(kelas)
    assert {p: k for p, k in per_pecahan.items() if len(k) > 1} == {}
    assert len(per_pecahan) == 14


def test_angka_dibaca_di_sini() -> None:
    assert (angka(1831), angka(41.6, 1), angka(1234567)) == ("1.831", "41,6", "1.234.567")
    # Rounded, not cut off: the page beside it says 42,0 as well.
    assert (angka(41.96, 1), angka(-32), angka(0.04, 1)) == ("42,0", "-32", "0,0")


def test_kalimat_yang_terlalu_dini() -> None:
    assert kalimat(ramal(rata(40, 3))[0].sebagai_json())[0] == "Terlalu dini untuk diperkirakan."
    assert kalimat(ramal(rata(400, 6, target=500))[0].sebagai_json())[0] == "Target sudah tercapai."


def test_kalimat_di_tengah_kampanye() -> None:
    satu = kalimat(ramal(rata(40, 20, target=3000, terlambat=15))[0].sebagai_json())
    assert satu[0].startswith("Peluang mencapai target 3.000: hampir tidak mungkin")
    assert satu[1].startswith("Perkiraan akhir 1.")
    assert "dengan keyakinan 80 % antara" in satu[1]
    assert "sudah dilayani tetapi belum tercatat" in satu[2]
    # What is needed and the weekdays are told by the page's own rules, once.
    assert not any(k.startswith(("Perlu", "Pola")) for k in satu)


def test_kalimat_yang_tercapai_dan_yang_berakhir() -> None:
    tercapai = kalimat(ramal(rata(60, 30, target=500))[0].sebagai_json())
    assert tercapai[0] == "Target 500 sudah tercapai: 1.800 pasangan tercatat."
    assert not any(k.startswith("Perlu") for k in tercapai)
    from dataclasses import replace

    akhir = replace(rata(40, 44), hari_ini=hari(44 + 60))
    assert kalimat(ramal(akhir)[0].sebagai_json()) == ["Target 1.831 tidak tercapai: 1.760 pasangan tercatat."]
