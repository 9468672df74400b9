"""A simulated campaign: desa that serve in sessions and one by one, kader with habits of sending, corrections."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from laporan.kampanye.ramalan.segitiga import Segitiga
from laporan.kampanye.ramalan.uji.kebenaran import LAMA, Acak, Larik, Watak

DESA, DESA_SEKECAMATAN = 60, 4
HARI_NOL = dt.date(2021, 1, 1)


@dataclass(frozen=True)
class Tiruan:
    """`segitiga`: everything that will ever be known (cut it with `pada`); `akhir`: the true final number; `anak`: the
    same of the kecamatan inside.
    """

    segitiga: Segitiga
    akhir: int
    anak: "tuple[Tiruan, ...]" = ()

    def pada(self, hari_ke: int) -> Segitiga:
        """Return what was known at the end of the n-th day."""
        return self.segitiga.pada(self.segitiga.mulai + dt.timedelta(days=hari_ke - 1))


@dataclass(frozen=True)
class Peristiwa:
    """Arrivals (+1) and losses (-1), one per element: service day, day known, desa."""

    hari: Larik
    kapan: Larik
    n: Larik
    desa: Larik


def tirukan(buat: Callable[[Acak], Watak], skala: float, benih: int) -> Tiruan:
    """Simulate one campaign of about `skala` acceptors. Targets are drawn around it, for the chance to vary."""
    acak = np.random.Generator(np.random.PCG64(benih))
    watak = buat(acak)
    mulai = HARI_NOL + dt.timedelta(days=int(acak.integers(0, 365)))
    jumlah = skala * np.exp(acak.normal(0, 0.35))
    hari, desa = _dilayani(watak, jumlah, mulai.weekday(), acak)
    kirim = _dikirim(watak, hari, desa, mulai.weekday(), acak)
    semua = _dengan_koreksi(watak, hari, kirim, desa, acak)
    target = jumlah * np.exp(acak.normal(0, 0.25))
    kecamatan = semua.desa // DESA_SEKECAMATAN
    anak = []
    for k in range(DESA // DESA_SEKECAMATAN):
        bagian = semua.n[kecamatan == k].sum() / max(semua.n.sum(), 1)
        anak.append(_susun(semua, kecamatan == k, mulai, target * bagian * np.exp(acak.normal(0, 0.2))))
    return replace(_susun(semua, kecamatan >= 0, mulai, target), anak=tuple(anak))


def _susun(p: Peristiwa, pakai: Larik, mulai: dt.date, target: float) -> Tiruan:
    perubahan: dict[tuple[dt.date, dt.date], int] = {}
    for s, k, n in zip(p.hari[pakai].tolist(), p.kapan[pakai].tolist(), p.n[pakai].tolist(), strict=True):
        sel = (mulai + dt.timedelta(days=s), mulai + dt.timedelta(days=k))
        perubahan[sel] = perubahan.get(sel, 0) + n
    segitiga = Segitiga(
        perubahan={sel: n for sel, n in perubahan.items() if n},
        mulai=mulai,
        selesai=mulai + dt.timedelta(days=LAMA - 1),
        target=max(round(target), 1),
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


def _dengan_koreksi(w: Watak, hari: Larik, kirim: Larik, desa: Larik, acak: Acak) -> Peristiwa:
    """Add that some records are returned by the officer after a few days; half of these come back corrected."""
    salah = np.flatnonzero(acak.random(len(hari)) < w.keliru)
    keluar = kirim[salah] + acak.geometric(0.25, len(salah))
    balik = acak.random(len(salah)) < 0.5
    masuk = keluar[balik] + acak.geometric(0.3, balik.sum())
    ulang = salah[balik]
    return Peristiwa(
        hari=np.concatenate([hari, hari[salah], hari[ulang]]),
        kapan=np.concatenate([kirim, keluar, masuk]),
        n=np.repeat([1, -1, 1], [len(hari), len(salah), len(ulang)]),
        desa=np.concatenate([desa, desa[salah], desa[ulang]]),
    )
