"""The truths that the forecast is judged on. Some break its assumptions on purpose; half were never tuned on."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

LAMA = 44
Larik = NDArray[np.float64]
Acak = np.random.Generator


@dataclass(frozen=True)
class Watak:
    """How a simulated campaign behaves.

    `arus[t]`: expected inflow, relative; `pekan[7]`: weekday factors; `guncang`: sd of the shocks of days, `ikut`: how
    much of yesterday's shock stays; `ramai`: mean size of a mobile service, `keliling`: share of acceptors served by
    such; `rajin`, `lambat`: share of desa that send the same day, mean delay of the others; `mingguan`: share of desa
    that send once a week; `putus`: days without any signal, and the share of desa it hits; `keliru`: share of records
    taken away again, of which half come back; `pagu`: share of the pool that is there to be reached (None: no end).
    """

    arus: Larik
    pekan: Larik
    guncang: float
    ikut: float
    ramai: float
    keliling: float
    rajin: float
    lambat: float
    mingguan: float
    keliru: float
    putus: tuple[int, int, float] = (0, 0, 0.0)
    hari_kirim: int | None = None
    pagu: bool = False


def _biasa(acak: Acak) -> Watak:
    pekan = np.exp(acak.normal(0, 0.25, 7))
    pekan[6] *= acak.uniform(0.2, 0.8)
    return Watak(
        arus=np.ones(LAMA),
        pekan=pekan,
        guncang=acak.uniform(0.05, 0.25),
        ikut=acak.uniform(0, 0.6),
        ramai=acak.uniform(3, 8),
        keliling=acak.uniform(0.2, 0.6),
        rajin=acak.uniform(0.5, 0.8),
        lambat=acak.uniform(1.5, 4),
        mingguan=acak.uniform(0, 0.15),
        keliru=acak.uniform(0.01, 0.05),
    )


def _konstan(acak: Acak) -> Watak:
    return _biasa(acak)


def _tren(acak: Acak) -> Watak:
    return replace(_biasa(acak), arus=np.exp(acak.uniform(-0.03, 0.03) * np.arange(LAMA)))


def _pekan_kuat(acak: Acak) -> Watak:
    pekan = acak.permutation([0.05, 0.3, 0.5, 0.8, 1.2, 1.8, 2.3])
    return replace(_biasa(acak), pekan=pekan)


def _tersebar(acak: Acak) -> Watak:
    return replace(_biasa(acak), guncang=acak.uniform(0.4, 0.8), ramai=acak.uniform(10, 25), keliling=0.8)


def _pelapor_lambat(acak: Acak) -> Watak:
    return replace(_biasa(acak), rajin=acak.uniform(0.1, 0.3), lambat=acak.uniform(4, 8), mingguan=0.3)


def _lonjakan_akhir(acak: Acak) -> Watak:
    arus = np.ones(LAMA)
    hari = acak.integers(6, 13)
    arus[-hari:] = np.linspace(1, acak.uniform(1.5, 2.5), hari)
    return replace(_biasa(acak), arus=arus)


def _libur(acak: Acak) -> Watak:
    """A holiday that nobody told the forecast about: Idul Adha 2021 was day 33 of the campaign."""
    arus = np.ones(LAMA)
    mulai, hari = acak.integers(26, 35), acak.integers(2, 5)
    arus[mulai : mulai + hari] = acak.uniform(0.1, 0.4)
    return replace(_biasa(acak), arus=arus)


def _ganti_tingkat(acak: Acak) -> Watak:
    arus = np.ones(LAMA)
    arus[acak.integers(8, 36) :] = np.exp(acak.choice([-1, 1]) * acak.uniform(0.25, 0.6))
    return replace(_biasa(acak), arus=arus)


def _putus_sinyal(acak: Acak) -> Watak:
    return replace(_biasa(acak), putus=(int(acak.integers(5, 31)), int(acak.integers(3, 7)), acak.uniform(0.4, 0.9)))


def _lapor_sepekan_sekali(acak: Acak) -> Watak:
    return replace(_biasa(acak), mingguan=acak.uniform(0.5, 0.8), hari_kirim=int(acak.integers(0, 6)))


def _awal_ramai(acak: Acak) -> Watak:
    arus = 1 + acak.uniform(0.8, 2) * np.exp(-np.arange(LAMA) / acak.uniform(4, 12))
    return replace(_biasa(acak), arus=arus)


def _kuota_habis(acak: Acak) -> Watak:
    return replace(_biasa(acak), pagu=True)


def _dua_gelombang(acak: Acak) -> Watak:
    fase, panjang = acak.uniform(0, 2 * np.pi), acak.uniform(16, 28)
    return replace(
        _biasa(acak), arus=1 + acak.uniform(0.3, 0.7) * np.sin(fase + 2 * np.pi * np.arange(LAMA) / panjang)
    )


def _melandai_akhir(acak: Acak) -> Watak:
    arus = np.ones(LAMA)
    hari = acak.integers(6, 15)
    arus[-hari:] = np.linspace(1, acak.uniform(0.3, 0.7), hari)
    return replace(_biasa(acak), arus=arus)


def _campuran(acak: Acak) -> Watak:
    """Trend, strong week, slow reporters and clumps at once."""
    return replace(
        _pelapor_lambat(acak),
        arus=_tren(acak).arus,
        pekan=_pekan_kuat(acak).pekan,
        guncang=acak.uniform(0.2, 0.5),
        ramai=acak.uniform(5, 15),
    )


# The priors of the model were tuned on these ...
DISETEL: dict[str, Callable[[Acak], Watak]] = {
    "konstan": _konstan,
    "tren": _tren,
    "pekan kuat": _pekan_kuat,
    "tersebar": _tersebar,
    "pelapor lambat": _pelapor_lambat,
    "lonjakan akhir": _lonjakan_akhir,
    "libur": _libur,
    "awal ramai": _awal_ramai,
}
# ... and never on these. ("awal ramai" was one of them until its first figures showed that campaigns that tire were
# not thought of at all; it was then moved up.)
DISISIHKAN: dict[str, Callable[[Acak], Watak]] = {
    "ganti tingkat": _ganti_tingkat,
    "putus sinyal": _putus_sinyal,
    "lapor sepekan sekali": _lapor_sepekan_sekali,
    "kuota habis": _kuota_habis,
    "campuran": _campuran,
    # Added when the tuning was over, to have two that nobody had looked at.
    "dua gelombang": _dua_gelombang,
    "melandai di akhir": _melandai_akhir,
}
