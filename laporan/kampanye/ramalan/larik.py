"""The triangle as arrays: rows are service days that are over, columns are delays in days."""

import datetime as dt
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from laporan.kampanye.ramalan.segitiga import Segitiga

# Delays longer than this are counted as this long: what arrives more than six weeks late is not forecast.
TERLAMA = 42

Larik = NDArray[np.float64]


@dataclass(frozen=True)
class Tabel:
    """`masuk`, `keluar`: what came and what was taken away, [service day, delay], up to the last day that is over.

    A cell is one day of reporting of one service day; inside it only the sum is known. `umur`: days since service.
    `dasar`: known at that moment; `kini`: known now, today's arrivals included, for every day of the campaign.
    """

    masuk: Larik
    keluar: Larik
    umur: NDArray[np.int64]
    kini: Larik
    masuk_kini: Larik
    hari_pekan: NDArray[np.int64]
    libur: Larik

    @property
    def n(self) -> int:
        """Number of service days that are over."""
        return len(self.umur)

    @property
    def dasar(self) -> Larik:
        """Known at the end of the last day that is over, by service day."""
        return (self.masuk - self.keluar).sum(axis=1)

    @property
    def terlihat(self) -> NDArray[np.bool_]:
        """Which cells lie in the past."""
        return np.arange(TERLAMA + 1)[None, :] <= self.umur[:, None]


def tabelkan(s: Segitiga) -> Tabel:
    """Turn a triangle into arrays. What became known before the service day counts as known on it."""
    n, lama = s.hari_penuh, s.lama
    isi = np.zeros((n, TERLAMA + 1))
    kini = np.zeros(lama)
    hari_ini = np.zeros(lama)
    for (tanggal, diketahui), jumlah in s.perubahan.items():
        i = (tanggal - s.mulai).days
        if not 0 <= i < lama or diketahui > s.hari_ini:
            continue
        kini[i] += jumlah
        if i < n and diketahui <= s.tutup:
            isi[i, min(max((diketahui - tanggal).days, 0), TERLAMA)] += jumlah
        else:
            hari_ini[i] += jumlah
    masuk = np.maximum(isi, 0)
    masuk_kini = np.maximum(hari_ini, 0)
    masuk_kini[:n] += masuk.sum(axis=1)
    tanggal = [s.mulai + dt.timedelta(days=i) for i in range(lama)]
    return Tabel(
        masuk=masuk,
        keluar=np.maximum(-isi, 0),
        umur=(s.tutup - s.mulai).days - np.arange(n),
        kini=kini,
        masuk_kini=masuk_kini,
        hari_pekan=np.array([t.weekday() for t in tanggal]),
        libur=np.array([float(t in s.libur) for t in tanggal]),
    )
