"""How late records arrive, and how many are taken away again; learnt from the triangle, with what is unsure about it.

Delay by reverse-time hazards: g[d] = share of what has arrived within d days that took exactly d. Then the share that
has arrived within a days is F[a] = prod over d > a of (1 - g[d]). Delays that nobody can have seen yet (d > age of the
campaign) keep their prior, scaled by how late the seen ones are.
"""

from dataclasses import dataclass

import numpy as np

from laporan.kampanye.ramalan.larik import TERLAMA, Larik, Tabel

# Prior of the delay: half the same day, the rest after 2.5 days in the mean, a fifth of those after 8. Broad: one
# late record per delay outweighs half of it.
SAMA_HARI, CEPAT, LAMBAT, BAGIAN_LAMBAT = 0.55, 2.5, 9.0, 0.25
BOBOT_AWAL = 1.0
# From this delay on, one factor learnt from all seen delays scales the prior.
EKOR, BOBOT_EKOR = 3, 3.0
# Weight of "all weekdays are alike", in late records per delay.
BOBOT_RASIO = 3.0
# Weight of what a reporting day tells, per day of its age: habits of reporting change slowly.
INGATAN = 0.97
# Clumping: a kader sends ten at once. Intra-class correlation, prior value and its weight in record pairs.
GUMPAL, BOBOT_GUMPAL = 0.05, 50.0
# Taken away per known record and day, by delay: (first delay, prior rate); the prior weighs so many record-days.
# What is on its way depends on common causes too (signal, a holiday of the officers): sd of the log of that share.
BERSAMA = 0.1
HILANG, BOBOT_HILANG = ((1, 0.004), (4, 0.002), (11, 0.0002)), 300.0


@dataclass(frozen=True)
class Keterlambatan:
    """`alfa`, `beta`: Beta posterior of the hazards g[d].

    `ekor`: the factor of the tail (observed, expected). `rasio[weekday of service, d]`: factor on that weekday (what
    is served on a Saturday may wait for Friday's meeting). `gumpal`: clumping. `alfa_hilang`, `beta_hilang`: Gamma
    posterior of the rates at which known records are taken away, per bucket of HILANG.
    """

    alfa: Larik
    beta: Larik
    ekor: tuple[float, float]
    gumpal: float
    rasio: Larik
    alfa_hilang: Larik
    beta_hilang: Larik

    @property
    def hazard(self) -> Larik:
        """Expected hazards."""
        return self.alfa / (self.alfa + self.beta)


def hazard_awal() -> Larik:
    """Return the prior's hazards by delay; the first, g[0], is 1 by definition and unused."""
    d = np.arange(TERLAMA + 1)
    p = np.where(d == 0, SAMA_HARI, 0.0)
    for rata, bagian in ((CEPAT, 1 - BAGIAN_LAMBAT), (LAMBAT, BAGIAN_LAMBAT)):
        geo = np.where(d > 0, (1 / rata) * (1 - 1 / rata) ** np.maximum(d - 1, 0), 0.0)
        p = p + (1 - SAMA_HARI) * bagian * geo / geo.sum()
    return p / p.cumsum()


def pelajari(t: Tabel, awal: Larik | None = None, bobot: float = BOBOT_AWAL) -> Keterlambatan:
    """Learn delays and losses. `awal`: prior hazards (of the area above); `bobot`: its weight in late records."""
    g0 = hazard_awal() if awal is None else awal
    terlihat = t.terlihat
    kumulatif = t.masuk.cumsum(axis=1)
    ingat = INGATAN ** np.maximum(t.umur[:, None] - np.arange(TERLAMA + 1)[None, :], 0)
    gumpal = _gumpal(t, kumulatif, g0)
    # Clumped records tell as much as fewer independent ones. Weighed by the mean of the days: by each day's own number
    # a day on which many came late would weigh less than one on which few did.
    rata = (terlihat * kumulatif).sum(axis=0) / np.maximum(terlihat.sum(axis=0), 1)
    w = terlihat * ingat / (1 + np.maximum(rata - 1, 0) * gumpal)
    x, n = (w * t.masuk).sum(axis=0), (w * kumulatif).sum(axis=0)
    x[0] = n[0] = 0.0
    ekor = (BOBOT_EKOR + x[EKOR:].sum(), BOBOT_EKOR + (g0 * n)[EKOR:].sum())
    g = g0.copy()
    g[EKOR:] = np.clip(g0[EKOR:] * ekor[0] / ekor[1], 1e-5, 0.6)
    return Keterlambatan(
        alfa=bobot + x,
        beta=bobot * (1 - g) / np.maximum(g, 1e-6) + n - x + 1e-6,
        ekor=ekor,
        gumpal=gumpal,
        rasio=_rasio(t, w * t.masuk, w * kumulatif * x / np.maximum(n, 1e-9)),
        **_hilang(t, terlihat),
    )


def _rasio(t: Tabel, datang: Larik, harap: Larik) -> Larik:
    pekan = np.eye(7)[t.hari_pekan[: t.n]].T
    return (BOBOT_RASIO + pekan @ datang) / (BOBOT_RASIO + pekan @ harap)


def _gumpal(t: Tabel, kumulatif: Larik, g0: Larik) -> float:
    """Estimate the clumping by the excess of squared residuals over independent records (method of moments)."""
    lihat = t.terlihat[:, 1:8]
    x, n = t.masuk[:, 1:8], kumulatif[:, 1:8]
    g = ((x * lihat).sum(axis=0) + g0[1:8] * 5) / ((n * lihat).sum(axis=0) + 5)
    ragam = n * g * (1 - g)
    pakai = lihat & (n * g >= 1)
    lebih = np.where(pakai, (x - n * g) ** 2 / np.maximum(ragam, 1e-9) - 1, 0).sum()
    pasang = np.where(pakai, n - 1, 0).sum()
    return float(np.clip((GUMPAL * BOBOT_GUMPAL + lebih) / (BOBOT_GUMPAL + pasang), 0.002, 0.5))


def _hilang(t: Tabel, terlihat: Larik) -> dict[str, Larik]:
    diketahui = np.maximum((t.masuk - t.keluar).cumsum(axis=1) - (t.masuk - t.keluar), 0) * terlihat
    alfa, beta = [], []
    batas = [*(d for d, _ in HILANG), TERLAMA + 1]
    for (awal, laju), akhir in zip(HILANG, batas[1:], strict=True):
        alfa.append(laju * BOBOT_HILANG + t.keluar[:, awal:akhir].sum())
        beta.append(BOBOT_HILANG + diketahui[:, awal:akhir].sum())
    return {"alfa_hilang": np.array(alfa), "beta_hilang": np.array(beta)}


@dataclass(frozen=True)
class Undian:
    """Draws of the posterior.

    `sampai[m, weekday, a]`: share arrived within a days; `hilang[m, a]`: share of what is known at age a that will
    still be taken away.
    """

    sampai: Larik
    hilang: Larik


def undi(k: Keterlambatan, acak: np.random.Generator, banyak: int) -> Undian:
    """Draw delay distributions and losses."""
    g = acak.beta(k.alfa, k.beta, size=(banyak, TERLAMA + 1))
    # The common factor of the tail is as unsure as the records it was learnt from.
    faktor = acak.gamma(k.ekor[0], 1 / k.ekor[0], size=(banyak, 1))
    bebas = BOBOT_AWAL / k.alfa[EKOR:]  # 1 where nothing was seen, near 0 where much was
    g[:, EKOR:] = np.minimum(g[:, EKOR:] * faktor**bebas, 0.9)
    g = np.minimum(g[:, None, :] * k.rasio, 0.95)
    g[:, :, 0] = 0
    tinggal = np.cumprod((1 - g)[:, :, :0:-1], axis=2)[:, :, ::-1]
    lagi = 1 - np.concatenate([tinggal, np.ones((banyak, 7, 1))], axis=2)
    sampai = np.maximum(1 - lagi * np.exp(BERSAMA * acak.standard_normal((banyak, 1, 1))), 0.02)
    laju = acak.gamma(k.alfa_hilang, 1 / k.beta_hilang, size=(banyak, len(HILANG)))
    per_hari = np.zeros((banyak, TERLAMA + 1))
    for j, (awal, _) in enumerate(HILANG):
        per_hari[:, awal:] = laju[:, [j]]
    sisa = per_hari[:, ::-1].cumsum(axis=1)[:, ::-1]
    hilang = 1 - np.exp(-np.concatenate([sisa[:, 1:], np.zeros((banyak, 1))], axis=1))
    return Undian(sampai, hilang)
