"""A simulated campaign: desa that serve in sessions and one by one, kader with habits of sending, corrections."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from laporan.kampanye.ramalan.segitiga import Segitiga
from laporan.kampanye.ramalan.uji.kebenaran import LAMA, Acak, Larik, Watak

DESA = 60
HARI_NOL = dt.date(2021, 1, 1)


@dataclass(frozen=True)
class Tiruan:
    """`segitiga`: everything that will ever be known (cut it with `pada`); `akhir`: the true final number."""

    segitiga: Segitiga
    akhir: int

    def pada(self, hari_ke: int) -> Segitiga:
        """Return what was known at the end of the n-th day."""
        return self.segitiga.pada(self.segitiga.mulai + dt.timedelta(days=hari_ke - 1))


def tirukan(buat: Callable[[Acak], Watak], skala: float, benih: int) -> Tiruan:
    """Simulate one campaign of about `skala` acceptors. The target is drawn around it, for the chance to vary."""
    acak = np.random.Generator(np.random.PCG64(benih))
    watak = buat(acak)
    mulai = HARI_NOL + dt.timedelta(days=int(acak.integers(0, 365)))
    jumlah = skala * np.exp(acak.normal(0, 0.35))
    hari, desa = _dilayani(watak, jumlah, mulai.weekday(), acak)
    kirim = _dikirim(watak, hari, desa, mulai.weekday(), acak)
    perubahan: dict[tuple[int, int], int] = {}
    _tambah(perubahan, hari, kirim, 1)
    _koreksi(perubahan, watak, hari, kirim, acak)
    segitiga = Segitiga(
        perubahan={
            (mulai + dt.timedelta(days=s), mulai + dt.timedelta(days=k)): n for (s, k), n in perubahan.items() if n
        },
        mulai=mulai,
        selesai=mulai + dt.timedelta(days=LAMA - 1),
        target=max(round(jumlah * np.exp(acak.normal(0, 0.25))), 1),
        hari_ini=mulai + dt.timedelta(days=LAMA + 200),
        usai=True,
    )
    return Tiruan(segitiga, sum(perubahan.values()))


def _dilayani(w: Watak, jumlah: float, hari_awal: int, acak: Acak) -> tuple[Larik, Larik]:
    """Return service day and desa of every acceptor."""
    guncang = np.zeros(LAMA)
    kini = 0.0
    for t in range(LAMA):
        kini = w.ikut * kini + acak.normal(0, w.guncang) * np.sqrt(1 - w.ikut**2)
        guncang[t] = kini
    arus = w.arus * w.pekan[(hari_awal + np.arange(LAMA)) % 7] * np.exp(guncang - w.guncang**2 / 2)
    harap = jumlah * arus / (w.arus * w.pekan.mean()).sum()
    besar = acak.dirichlet(np.full(DESA, 2.0))
    sisa = np.full(DESA, 1.6 * jumlah) * besar if w.pagu else None
    hari, desa = [], []
    for t in range(LAMA):
        bagian = besar if sisa is None else besar * np.maximum(sisa, 0) / np.maximum(1.6 * jumlah * besar, 1e-9) * 1.7
        satu = acak.poisson(harap[t] * (1 - w.keliling) * bagian)
        # A mobile service visits a few desa a day and brings many at once.
        banyak = np.zeros(DESA, dtype=int)
        for d in acak.choice(DESA, size=acak.poisson(harap[t] * w.keliling * bagian.sum() / w.ramai), p=besar):
            banyak[d] += 1 + acak.negative_binomial(2, 2 / (2 + w.ramai - 1))
        datang = satu + banyak
        if sisa is not None:
            sisa -= datang
        desa.append(np.repeat(np.arange(DESA), datang))
        hari.append(np.full(datang.sum(), t))
    return np.concatenate(hari), np.concatenate(desa)


def _dikirim(w: Watak, hari: Larik, desa: Larik, hari_awal: int, acak: Acak) -> Larik:
    """Return the day on which each record reached the server: habits of the desa, clumps of a day, lost signal."""
    macam = acak.choice(3, size=DESA, p=[w.rajin * (1 - w.mingguan), (1 - w.rajin) * (1 - w.mingguan), w.mingguan])
    hari_kirim = acak.integers(0, 7, DESA) if w.hari_kirim is None else np.full(DESA, w.hari_kirim)
    rata = w.lambat * np.exp(acak.normal(0, 0.4, DESA))
    # All that a desa served on one day mostly travels together.
    bersama = acak.geometric(1 / (1 + rata[None, :]), size=(LAMA, DESA)) - 1
    sendiri = acak.geometric(1 / (1 + rata[desa])) - 1
    lambat = np.where(acak.random(len(desa)) < 0.7, bersama[hari, desa], sendiri)
    lupa = np.where(acak.random(len(desa)) < 0.12, acak.geometric(0.4, len(desa)), 0)
    tunda = np.where(macam[desa] == 0, lupa, lambat)
    tunda = np.where(macam[desa] == 2, (hari_kirim[desa] - (hari_awal + hari)) % 7 + lupa, tunda)
    kirim = hari + tunda
    mulai, lama, kena = w.putus
    mati = (acak.random(DESA) < kena)[desa] & (kirim >= mulai) & (kirim < mulai + lama)
    return np.where(mati, mulai + lama, kirim)


def _koreksi(perubahan: dict[tuple[int, int], int], w: Watak, hari: Larik, kirim: Larik, acak: Acak) -> None:
    """Some records are returned by the officer after a few days; half of these come back corrected."""
    salah = acak.random(len(hari)) < w.keliru
    keluar = kirim[salah] + acak.geometric(0.25, salah.sum())
    _tambah(perubahan, hari[salah], keluar, -1)
    balik = acak.random(salah.sum()) < 0.5
    _tambah(perubahan, hari[salah][balik], keluar[balik] + acak.geometric(0.3, balik.sum()), 1)


def _tambah(perubahan: dict[tuple[int, int], int], hari: Larik, kapan: Larik, n: int) -> None:
    for s, k in zip(hari.tolist(), kapan.tolist(), strict=True):
        perubahan[s, k] = perubahan.get((s, k), 0) + n
