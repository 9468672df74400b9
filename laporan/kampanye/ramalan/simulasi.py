"""Draws of the future: what each service day of the campaign will have brought when all late records are in."""

from dataclasses import dataclass

import numpy as np

from laporan.kampanye.ramalan.larik import TERLAMA, Larik, Tabel
from laporan.kampanye.ramalan.terlambat import Keterlambatan, Undian, pelajari, undi
from laporan.kampanye.ramalan.tingkat import PEKAN, SEBARAN_DI_DALAM, Awalan, Cocok, Contoh, awalan_umum, cocokkan

BANYAK = 2_000
BENIH = 1831
REDAM = 0.95  # of the slope, per day ahead: a trend is not believed for ever
# What the last days before the end will bring shows in no day before: a factor of its own that grows over these days,
# sd of its log on the last one.
MENJELANG_AKHIR, RAGU_AKHIR = 8, 0.35


@dataclass(frozen=True)
class Pola:
    """What an area hands down to the areas inside it as their prior."""

    hazard: Larik
    awalan: Awalan


@dataclass(frozen=True)
class Bayangan:
    """`akhir[m, t]`: draws of the final number of each service day; `sampai[t]`: share arrived, expected, of days that
    are over; `pekan[m, 7]`: draws of the weekday's share; `lambat`: expected share arrived within so many days.
    """

    akhir: Larik
    sampai: Larik
    pekan: Larik
    lambat: Larik
    pola: Pola


def bayangkan(t: Tabel, induk: Pola | None = None) -> Bayangan:
    """Learn from the days that are over and draw all days of the campaign. The same table gives the same draws."""
    acak = np.random.Generator(np.random.PCG64(BENIH))
    k = pelajari(t) if induk is None else pelajari(t, induk.hazard, 2.0)
    undian = undi(k, acak, BANYAK)
    umur = np.minimum(t.umur, TERLAMA)
    f = undian.sampai[:, t.hari_pekan[: t.n], umur]
    rata = f.mean(axis=0)
    ragu = np.sqrt(f.var(axis=0) + k.gumpal * rata * (1 - rata)) / np.maximum(rata, 1e-4)
    awalan = awalan_umum() if induk is None else induk.awalan
    masuk = t.masuk.sum(axis=1)
    cocok = cocokkan(masuk, rata, ragu, t.hari_pekan[: t.n], t.libur[: t.n], awalan)
    x = cocok.undi(acak, BANYAK)
    lalu = _susulan(t, masuk, x, f, k, undian, acak)
    depan = _depan(t, x, undian, acak)
    pekan = np.exp(x.w)
    return Bayangan(
        akhir=np.concatenate([lalu, depan], axis=1),
        sampai=rata,
        pekan=pekan / pekan.sum(axis=1, keepdims=True),
        lambat=undian.sampai.mean(axis=(0, 1)),
        pola=_pola(k, cocok),
    )


def _susulan(
    t: Tabel, masuk: Larik, x: Contoh, f: Larik, k: Keterlambatan, u: Undian, acak: np.random.Generator
) -> Larik:
    """Draw the final number of the days that are over: what is known, plus what is still on its way, less losses."""
    n = t.n
    jarak = np.arange(n) - (n - 1.0)
    log_tingkat = x.m + x.u + x.w[:, t.hari_pekan[:n]] + x.b * jarak + x.h * t.libur[:n]
    tingkat = np.exp(np.clip(log_tingkat, -20, 12))
    # Each day's share has chance of its own: records come in clumps.
    ketat = 1 / k.gumpal - 1
    tiba = np.where(f < 1, acak.beta(np.maximum(ketat * f, 1e-3), np.maximum(ketat * (1 - f), 1e-3)), 1.0)
    r = 1 / x.a
    # Gamma-Poisson: the day's own level given what arrived of it.
    sendiri = acak.gamma(r + masuk, 1 / (r / tingkat + tiba))
    datang = masuk + acak.poisson(sendiri * (1 - tiba))
    tambah = np.maximum(datang, t.masuk_kini[:n]) - t.masuk_kini[:n]
    return _sesudah_hilang(t.kini[:n] + tambah, u.hilang[:, np.minimum(t.umur, TERLAMA)], acak)


def _depan(t: Tabel, x: Contoh, u: Undian, acak: np.random.Generator) -> Larik:
    """Draw the days to come (today among them); today is at least what is known of it."""
    n, lama = t.n, len(t.kini)
    h = lama - n
    if not h:
        return np.zeros((BANYAK, 0))
    hanyut = np.empty((BANYAK, h))
    kini = x.u[:, -1]
    for i in range(h):
        kini = x.p[:, 0] * kini + x.q[:, 0] * acak.standard_normal(BANYAK)
        hanyut[:, i] = kini
    condong = x.b * np.cumsum(REDAM ** np.arange(1, h + 1))
    akhir = RAGU_AKHIR * np.clip(1 - np.arange(h)[::-1] / MENJELANG_AKHIR, 0, 1) * acak.standard_normal((BANYAK, 1))
    log_tingkat = x.m + hanyut + condong + akhir + x.w[:, t.hari_pekan[n:]] + x.h * t.libur[n:]
    tingkat = np.exp(np.clip(log_tingkat, -20, 12))
    datang = acak.poisson(tingkat * acak.gamma(1 / x.a, x.a, size=(BANYAK, h)))
    tambah = np.maximum(datang, t.masuk_kini[n:]) - t.masuk_kini[n:]
    return _sesudah_hilang(t.kini[n:] + tambah, u.hilang[:, [0]], acak)


def _sesudah_hilang(jumlah: Larik, bagian: Larik, acak: np.random.Generator) -> Larik:
    jumlah = np.maximum(jumlah, 0).astype(np.int64)
    return (jumlah - acak.binomial(jumlah, np.clip(np.broadcast_to(bagian, jumlah.shape), 0, 1))).astype(float)


def _pola(k: Keterlambatan, cocok: Cocok) -> Pola:
    rata = cocok.bobot @ cocok.pusat
    pekan = rata[cocok.n : cocok.n + PEKAN]
    condong = float(rata[-3])
    awalan = Awalan(
        pekan=pekan - pekan.mean(),
        pola=((0.1, 0.4), (0.3, 0.4), (0.8, 0.2)),
        sebaran=SEBARAN_DI_DALAM,
        condong=(((condong, 0.004), 0.5), ((condong, 0.03), 0.5)),
    )
    return Pola(k.hazard, awalan)
