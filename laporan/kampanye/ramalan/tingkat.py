"""The level of each day: what a day brings, weekday, slow drift and chance taken apart.

    y[t] ~ NegativeBinomial(mean F[t] * exp(m + u[t] + w[weekday] + b (t - now) + h holiday[t]), dispersion a)
    u[t] = p u[t-1] + N(0, q^2),   w ~ N(w0, s^2),   b ~ N(b0, c^2),   h ~ N(-0.7, 0.7^2)

The hyperparameters (p, q, a, s, c) lie on a grid; on each point the posterior is approximated by a Gaussian at its
mode (Laplace), and points are weighted by their approximate evidence: a small INLA.
"""

import itertools
import math
from dataclasses import dataclass

import numpy as np

from laporan.kampanye.ramalan.larik import Larik

PEKAN = 7
# (p, q), prior weight: steady; drifting slowly; shocks that pass in a week; drifting fast
HANYUT = (((0.99, 0.012), 0.5), ((0.99, 0.045), 0.25), ((0.8, 0.2), 0.2), ((0.99, 0.12), 0.05))
SEBARAN = ((0.015, 0.35), (0.09, 0.35), (0.6, 0.3))  # a, prior weight
# In a kecamatan one mobile service is half a week's work: days differ by more than chance.
SEBARAN_DI_DALAM = ((0.05, 0.25), (0.3, 0.35), (1.0, 0.25), (3.0, 0.15))
POLA = ((0.2, 0.5), (0.8, 0.5))  # s, prior weight
# (mean, sd) of b per day, prior weight: most campaigns keep their pace; of the others more tire than grow.
CONDONG = (((0.0, 0.004), 0.6), ((-0.012, 0.03), 0.4))
LIBUR = (-0.7, 0.7)
TINGKAT_AWAL = 1.5
LANGKAH, CUKUP_DEKAT = 30, 1e-3
_lgamma = np.vectorize(math.lgamma, otypes=[float])


@dataclass(frozen=True)
class Awalan:
    """Prior of what areas share, weekday effects and slope, which the area above hands down; and of the dispersion."""

    pekan: Larik
    pola: tuple[tuple[float, float], ...] = POLA
    sebaran: tuple[tuple[float, float], ...] = SEBARAN
    condong: tuple[tuple[tuple[float, float], float], ...] = CONDONG


def awalan_umum() -> Awalan:
    """Return the prior of an area with nothing above it."""
    return Awalan(np.zeros(PEKAN))


@dataclass(frozen=True)
class Cocok:
    """Gaussian posteriors per grid point k: `bobot[k]`, `pusat[k]` (u..., w, b, h, m), `presisi[k]`; p, q, a there."""

    bobot: Larik
    pusat: Larik
    presisi: Larik
    p: Larik
    q: Larik
    a: Larik
    n: int

    def undi(self, acak: np.random.Generator, banyak: int) -> "Contoh":
        """Draw parameters."""
        kisi = np.sort(acak.choice(len(self.bobot), size=banyak, p=self.bobot))
        z = acak.standard_normal((banyak, self.pusat.shape[1]))
        x = np.empty_like(z)
        for k in np.unique(kisi):
            ini = kisi == k
            akar = np.linalg.cholesky(self.presisi[k])
            x[ini] = self.pusat[k] + np.linalg.solve(akar.T, z[ini].T).T
        n = self.n
        u, w, (b, h, m) = x[:, :n], x[:, n : n + PEKAN], x[:, -3:].T[:, :, None]
        return Contoh(u, w, b, h, m, *(v[kisi][:, None] for v in (self.p, self.q, self.a)))


@dataclass(frozen=True)
class Contoh:
    """Draws, one per row: `u[m, t]`, `w[m, weekday]`; b, h, m, p, q, a as columns."""

    u: Larik
    w: Larik
    b: Larik
    h: Larik
    m: Larik
    p: Larik
    q: Larik
    a: Larik


def cocokkan(y: Larik, sampai: Larik, ragu: Larik, pekan: Larik, libur: Larik, awalan: Awalan) -> Cocok:
    """Fit the days that are over. `sampai`, `ragu`: expected share arrived, and its coefficient of variation."""
    n = len(y)
    x = rancangan(pekan, libur, np.arange(n) - (n - 1.0))
    kisi = list(itertools.product(HANYUT, awalan.sebaran, awalan.pola, awalan.condong))
    hanyut, a, s, condong = (np.array([titik[j][0] for titik in kisi]) for j in range(4))
    (ikut, q), (b, c) = hanyut.T, condong.T
    log_awal = np.log([math.prod(bobot for _, bobot in titik) for titik in kisi])
    mula = math.log((y.sum() + 0.5) / (sampai.sum() + 0.1))
    m = np.tile(np.concatenate([np.zeros(n), awalan.pekan, [0, LIBUR[0], mula]]), (len(kisi), 1))
    m[:, -3] = b
    p = np.stack([_presisi_awal(n, *satu) for satu in zip(ikut, q, s, c, strict=True)])
    # An uncertain share of arrivals is one more reason to differ from the level.
    r = 1 / (a[:, None] + ragu[None, :] ** 2)
    lihat = np.log(np.maximum(sampai, 1e-4))
    pusat, presisi = _modus(y, x, lihat, r, m, p)
    beda = pusat - m
    log_bukti = (
        log_awal
        + _log_nb(y, np.exp(_prediktor(pusat, x, lihat)), r).sum(axis=1)
        - 0.5 * np.einsum("ki,kij,kj->k", beda, p, beda)
        + 0.5 * (np.linalg.slogdet(p)[1] - np.linalg.slogdet(presisi)[1])
    )
    bobot = np.exp(log_bukti - log_bukti.max())
    return Cocok(bobot / bobot.sum(), pusat, presisi, ikut, q, a, n)


def rancangan(pekan: Larik, libur: Larik, jarak: Larik) -> Larik:
    """Return the design matrix of days that are over, beside the identity: weekday, slope, holiday, mean."""
    return np.concatenate([np.eye(PEKAN)[pekan], jarak[:, None], libur[:, None], np.ones((len(pekan), 1))], axis=1)


def _presisi_awal(n: int, ikut: float, q: float, s: float, c: float) -> Larik:
    p = np.zeros((n + PEKAN + 3, n + PEKAN + 3))
    beda = np.eye(n) - ikut * np.eye(n, k=-1)
    beda[0, 0] = math.sqrt(1 - ikut**2)  # the first day is drawn from where the level may be at any time
    p[:n, :n] = beda.T @ beda / q**2
    i = np.arange(n, n + PEKAN + 3)
    p[i, i] = [1 / s**2] * PEKAN + [1 / c**2, 1 / LIBUR[1] ** 2, 1 / TINGKAT_AWAL**2]
    return p


def _modus(y: Larik, x: Larik, lihat: Larik, r: Larik, m: Larik, p: Larik) -> tuple[Larik, Larik]:
    """Newton's method for all grid points at once; the log posterior is concave. Return modes and precisions."""
    n = len(y)
    t = m.copy()
    i = np.arange(n)
    for _ in range(LANGKAH):
        mu = np.exp(np.clip(_prediktor(t, x, lihat), -30, 15))
        lereng = (y - mu) * r / (r + mu)
        lengkung = mu * r * (r + y) / (r + mu) ** 2
        h = p.copy()
        silang = lengkung[:, :, None] * x
        h[:, i, i] += lengkung
        h[:, :n, n:] += silang
        h[:, n:, :n] += silang.transpose(0, 2, 1)
        h[:, n:, n:] += x.T @ silang
        turun = np.concatenate([lereng, lereng @ x], axis=1) - (p @ (t - m)[..., None])[..., 0]
        arah = np.linalg.solve(h, turun[..., None])[..., 0]
        t += arah * np.minimum(1, 2 / np.maximum(np.abs(arah).max(axis=1, keepdims=True), 1e-12))
        if np.abs(arah).max() < CUKUP_DEKAT:
            break
    return t, h


def _prediktor(t: Larik, x: Larik, lihat: Larik) -> Larik:
    n = x.shape[0]
    return t[:, :n] + t[:, n:] @ x.T + lihat


def _log_nb(y: Larik, mu: Larik, r: Larik) -> Larik:
    return _lgamma(y + r) - _lgamma(r) - _lgamma(y + 1) + r * np.log(r / (r + mu)) + y * np.log(mu / (r + mu))
