"""The backtest itself: seeded, and a small one that notices a forecast that has gone wrong."""

from io import StringIO

import pytest
from django.core.management import call_command

from laporan.kampanye.ramalan.uji.kebenaran import DISETEL, DISISIHKAN
from laporan.kampanye.ramalan.uji.nilai import Rancangan, ringkas, uji
from laporan.kampanye.ramalan.uji.tiruan import tirukan


def test_tiruan_menurut_benih() -> None:
    satu, sama, lain = (tirukan(DISETEL["konstan"], 500, benih) for benih in (1, 1, 2))
    assert satu == sama
    assert satu.akhir != lain.akhir
    assert satu.akhir == sum(satu.pada(300).tercatat().values())
    assert satu.pada(20).perubahan.items() <= satu.segitiga.perubahan.items()


@pytest.mark.parametrize("nama", [*DISETEL, *DISISIHKAN])
def test_setiap_kebenaran_punya_susulan_dan_koreksi(nama: str) -> None:
    satu = tirukan((DISETEL | DISISIHKAN)[nama], 2_000, 3)
    assert any(k > s for s, k in satu.segitiga.perubahan)
    assert min(satu.segitiga.perubahan.values()) < 0
    assert 300 < satu.akhir < 9_000


def test_liputan_dan_galat_pada_uji_kecil() -> None:
    """Loose: 3 campaigns of each truth. `manage.py uji_ramalan` has the real figures."""
    hasil = uji(DISETEL | DISISIHKAN, Rancangan(potong=(10, 25), kali=3, benih=11))
    r = ringkas([n for _, _, semua in hasil for n in semua])
    assert 0.65 < r.kena < 0.92
    assert r.brier < 0.2, "0.25 is to say 50 % always"
    assert r.galat < min(r.galat_lurus, r.galat_tujuh)


def test_kecamatan_dinilai_dengan_pola_kabupaten() -> None:
    satu = tirukan(DISETEL["konstan"], 1_000, 4)
    assert sum(a.akhir for a in satu.anak) == satu.akhir
    [(_, _, hasil)] = uji({"konstan": DISETEL["konstan"]}, Rancangan(potong=(20,), kali=2, kecamatan=True))
    assert 20 < len(hasil) <= 30
    assert ringkas(hasil).kena > 0.5


def test_perintah_mencetak_tabel() -> None:
    keluar = StringIO()
    with pytest.raises(SystemExit):
        # One campaign of each truth covers anything but 75 to 85 %.
        call_command("uji_ramalan", kali=1, potong=[20], skala=300.0, stdout=keluar, stderr=StringIO())
    assert "pelapor lambat" in keluar.getvalue()
    assert "peluang disebut: tercapai" in keluar.getvalue()
