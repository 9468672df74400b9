"""The forecast as a function: boundaries, properties, what it says when it cannot say much."""

import datetime as dt
import json
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from laporan.kampanye.ramalan.larik import TERLAMA, tabelkan
from laporan.kampanye.ramalan.ramal import ramal, ramal_bertingkat
from laporan.kampanye.ramalan.segitiga import Segitiga
from laporan.kampanye.ramalan.uji.kebenaran import DISETEL
from laporan.kampanye.ramalan.uji.tiruan import tirukan

MULAI, SELESAI = dt.date(2021, 6, 18), dt.date(2021, 7, 31)


def hari(n: int) -> dt.date:
    """The n-th day of the campaign, from 1."""
    return MULAI + dt.timedelta(days=n - 1)


def rata(per_hari: int, sampai: int, *, target: int = 1831, terlambat: int = 0) -> Segitiga:
    """Equal days up to one that is over; of each day some are known a day later."""
    perubahan = {(hari(n), hari(n)): per_hari - terlambat for n in range(1, min(sampai, 44) + 1)}
    if terlambat:
        perubahan |= {(hari(n), hari(n + 1)): terlambat for n in range(1, min(sampai - 1, 44) + 1)}
    return Segitiga(perubahan, MULAI, SELESAI, target, hari(sampai), usai=True)


def test_sebelum_mulai() -> None:
    p, pola = ramal(replace(rata(0, 1), perubahan={}, hari_ini=dt.date(2021, 6, 1), usai=False))
    assert (p.keadaan, p.cukup_data, p.peluang, p.median, pola) == ("belum_mulai", False, None, None, None)
    assert "belum mulai" in p.alasan


@pytest.mark.parametrize(
    ("n", "usai", "cukup"), [(1, True, False), (6, True, False), (7, False, False), (7, True, True), (8, False, True)]
)
def test_terlalu_dini_sampai_tujuh_hari_selesai(n: int, usai: bool, cukup: bool) -> None:
    p, _ = ramal(replace(rata(40, n), usai=usai))
    assert (p.cukup_data, p.keadaan) == (cukup, "berjalan" if cukup else "terlalu_dini")
    assert bool(p.alasan) != cukup
    assert (p.median is None) != cukup


@pytest.mark.parametrize(("tercatat", "cukup"), [(0, False), (4, False), (5, True)])
def test_yang_hampir_tidak_tercatat_tidak_diramal(tercatat: int, cukup: bool) -> None:
    p, _ = ramal(Segitiga({(hari(3), hari(3)): tercatat}, MULAI, SELESAI, 100, hari(20), usai=True))
    assert p.cukup_data == cukup
    assert "kurang dari 5" in p.alasan or cukup


def test_kampanye_selesai_tanpa_satu_pun() -> None:
    p, _ = ramal(Segitiga({}, MULAI, SELESAI, 100, hari(45), usai=True))
    assert (p.keadaan, p.median, p.rendah) == ("menunggu_susulan", 0, 0)
    assert p.peluang == 0.001


def test_hari_rata_diteruskan() -> None:
    p, _ = ramal(rata(40, 20))
    assert p.rendah < 44 * 40 < p.tinggi
    assert p.median == pytest.approx(44 * 40, rel=0.1)
    assert p.hari_depan[0].tanggal == "2021-07-08"
    assert len(p.hari_depan) == 24
    assert p.tujuh_hari == 40


def test_hari_terakhir_yang_belum_lengkap_dilengkapi() -> None:
    """Half of each day arrives the next morning: yesterday's 20 are 40."""
    p, _ = ramal(rata(40, 20, terlambat=20))
    assert p.hari_belum_lengkap[-1].tanggal == "2021-07-07"
    assert p.hari_belum_lengkap[-1].tercatat == 20
    assert p.hari_belum_lengkap[-1].perkiraan == pytest.approx(40, abs=6)
    assert p.susulan.menyusul == pytest.approx(20, abs=8)
    assert p.tujuh_hari < 38 < p.tujuh_hari_lengkap
    assert p.median == pytest.approx(44 * 40, rel=0.12)


def test_hari_ini_belum_selesai_tidak_menurunkan_ramalan() -> None:
    """At 08.00 WIB nothing of today is known; the forecast is yesterday's."""
    kemarin, _ = ramal(rata(40, 20))
    pagi, _ = ramal(replace(rata(40, 20), hari_ini=hari(21), usai=False))
    assert pagi.median == pytest.approx(kemarin.median, rel=0.01)
    assert pagi.hari_depan[0].tanggal == hari(21).isoformat()
    ramai = rata(40, 20).perubahan | {(hari(21), hari(21)): 150}
    siang, _ = ramal(replace(rata(40, 20), perubahan=ramai, hari_ini=hari(21), usai=False))
    assert siang.hari_depan[0].tercatat == 150
    assert siang.hari_depan[0].perkiraan >= 148  # some may still be taken away
    assert siang.median > pagi.median + 80


def test_target_sudah_tercapai() -> None:
    p, _ = ramal(rata(60, 30, target=500))
    assert (p.tercapai, p.peluang, p.perlu_per_hari) == (True, 0.999, None)
    assert p.median > 3.2 * 500


def test_selesai_menunggu_yang_terlambat() -> None:
    p, _ = ramal(rata(40, 44, terlambat=10))
    assert (p.keadaan, p.hari_depan, p.perlu_per_hari) == ("menunggu_susulan", (), None)
    assert p.rendah >= p.tercatat - 60
    assert p.susulan.menyusul == pytest.approx(10, abs=10)
    assert 0 < p.peluang < 1


@pytest.mark.parametrize(("target", "peluang"), [(44 * 40, 1.0), (44 * 40 + 1, 0.0)])
def test_sesudah_semua_masuk_hasilnya_pasti(target: int, peluang: float) -> None:
    p, _ = ramal(replace(rata(40, 44, target=target), hari_ini=SELESAI + dt.timedelta(days=TERLAMA)))
    assert (p.keadaan, p.peluang, p.rendah, p.median, p.tinggi) == ("akhir", peluang, 1760, 1760, 1760)
    sehari_lebih_dulu, _ = ramal(
        replace(rata(40, 44, target=target), hari_ini=SELESAI + dt.timedelta(days=TERLAMA - 1))
    )
    assert sehari_lebih_dulu.keadaan == "menunggu_susulan"


def test_koreksi_mengurangi() -> None:
    """Every day loses a quarter of what it had, three days later."""
    s = rata(40, 25)
    hilang = {(hari(n), hari(n + 3)): -10 for n in range(1, 23)}
    p, _ = ramal(replace(s, perubahan=s.perubahan | hilang))
    q, _ = ramal(s)
    assert p.median == pytest.approx(0.75 * q.median, rel=0.12)
    assert p.hari_belum_lengkap == () or p.hari_belum_lengkap[-1].perkiraan < 40


def test_yang_di_luar_jendela_dan_yang_belum_terjadi_diabaikan() -> None:
    s = rata(40, 20)
    asing = {(hari(0), hari(3)): 500, (hari(45), hari(45)): 500, (hari(3), hari(21)): 500}
    assert ramal(replace(s, perubahan=s.perubahan | asing))[0] == ramal(s)[0]
    assert tabelkan(replace(s, perubahan={(hari(5), hari(2)): 3})).masuk[4, 0] == 3


def test_pola_pekan_terlihat() -> None:
    perubahan = {
        (hari(n), hari(n)): 0 if hari(n).weekday() == 6 else 80 if hari(n).weekday() == 1 else 30 for n in range(1, 29)
    }
    p, _ = ramal(Segitiga(perubahan, MULAI, SELESAI, 1831, hari(28), usai=True))
    assert [x.arah for x in p.pola][1] == "ramai"
    assert [x.arah for x in p.pola][6] == "sepi"
    assert sum(x.bagian for x in p.pola) == pytest.approx(100, abs=0.5)
    minggu = next(h for h in p.hari_depan if dt.date.fromisoformat(h.tanggal).weekday() == 6)
    selasa = next(h for h in p.hari_depan if dt.date.fromisoformat(h.tanggal).weekday() == 1)
    assert minggu.tinggi < selasa.rendah


def test_libur_yang_diketahui_menurunkan_harinya() -> None:
    iduladha = frozenset({dt.date(2021, 7, 20)})
    biasa, _ = ramal(rata(40, 25))
    libur, _ = ramal(replace(rata(40, 25), libur=iduladha))
    pada = {h.tanggal: h.perkiraan for h in libur.hari_depan}
    assert pada["2021-07-20"] < 0.75 * pada["2021-07-19"]
    assert libur.median < biasa.median


def test_kecamatan_kecil_belajar_dari_kabupaten() -> None:
    """The small one saw nothing late yet; what the district knows of delays holds for it too."""
    kecil = Segitiga({(hari(n), hari(n)): 1 for n in range(2, 15, 2)}, MULAI, SELESAI, 50, hari(15), usai=True)
    lima_hari = {(hari(n), hari(n + 5)): 30 for n in range(1, 11)}
    kabupaten = replace(rata(30, 15), perubahan=rata(30, 15).perubahan | lima_hari)
    sendiri, _ = ramal(kecil)
    _, anak = ramal_bertingkat(kabupaten, {"a": kecil})
    assert anak["a"].susulan.tiga_hari < sendiri.susulan.tiga_hari - 5
    assert sum(x.tinggi - x.rendah for x in anak["a"].pola) < sum(x.tinggi - x.rendah for x in sendiri.pola)


def test_lebih_banyak_hari_lebih_sempit() -> None:
    lebar = {10: 0.0, 20: 0.0, 30: 0.0, 44: 0.0}
    for benih in range(6):
        satu = tirukan(DISETEL["konstan"], 1831, benih)
        for n in lebar:
            p, _ = ramal(satu.pada(n))
            lebar[n] += (p.tinggi - p.rendah) / p.median
    assert lebar[10] > lebar[20] > lebar[30] > lebar[44]


@st.composite
def segitiga(draw: st.DrawFn) -> Segitiga:
    """Any triangle: gaps, bursts, corrections, sizes from a desa to a province; today over or not."""
    lama = draw(st.integers(1, 60))
    n = draw(st.integers(0, lama + 50))
    besar = draw(st.sampled_from([1, 5, 60, 2_000]))
    perubahan = draw(
        st.dictionaries(
            st.tuples(st.integers(1, lama), st.integers(0, 50)).map(lambda t: (hari(t[0]), hari(t[0] + t[1]))),
            st.integers(-besar // 3, besar),
            max_size=60,
        )
    )
    return Segitiga(
        perubahan=perubahan,
        mulai=MULAI,
        selesai=hari(lama),
        target=draw(st.integers(1, 30 * besar)),
        hari_ini=hari(n),
        usai=draw(st.booleans()),
        libur=frozenset(draw(st.sets(st.integers(1, lama).map(hari), max_size=2))),
    )


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(segitiga())
def test_sifat_setiap_ramalan(s: Segitiga) -> None:
    p, _ = ramal(s)
    assert ramal(s)[0] == p, "the same input, the same output"
    assert json.loads(json.dumps(p.sebagai_json(), allow_nan=False)) == p.sebagai_json()
    assert p.tercatat == sum(s.tercatat().values())
    if not p.cukup_data:
        assert p.alasan
        assert p.median is p.peluang is None
        return
    assert p.rendah <= p.median <= p.tinggi
    assert all(x.rendah <= x.perkiraan <= x.tinggi for x in (*p.hari_belum_lengkap, *p.hari_depan, *p.jalur))
    assert len(p.jalur) == s.lama
    for medan in ("rendah", "perkiraan", "tinggi"):
        kurva = [getattr(x, medan) for x in p.jalur]
        assert p.keadaan == "akhir" or kurva == sorted(kurva)
    assert (p.jalur[-1].rendah, p.jalur[-1].perkiraan, p.jalur[-1].tinggi) == (p.rendah, p.median, p.tinggi)
    assert 0 < p.peluang < 1 or p.keadaan == "akhir"
    assert abs(sum(x.bagian for x in p.pola) - 100) < 1
