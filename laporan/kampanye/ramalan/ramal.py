"""A triangle in, a forecast out. Pure: the same input gives the same output, to the last digit."""

import datetime as dt
from collections.abc import Mapping

import numpy as np

from laporan.kampanye.ramalan.hasil import (
    AKHIR,
    BELUM_MULAI,
    BERJALAN,
    MENUNGGU_SUSULAN,
    TERLALU_DINI,
    VERSI_MODEL,
    Hari,
    HariPekan,
    Perkiraan,
    Susulan,
    Titik,
)
from laporan.kampanye.ramalan.larik import TERLAMA, Larik, Tabel, tabelkan
from laporan.kampanye.ramalan.segitiga import Segitiga
from laporan.kampanye.ramalan.simulasi import Bayangan, Pola, bayangkan

# Too early: until each weekday was seen once, and until something is known at all.
HARI_MINIMUM, TERCATAT_MINIMUM = 7, 5
# While something is open no chance is certain: two thousand draws cannot tell less than this.
PASTI = 0.999
LENGKAP = 0.95
PITA = (0.1, 0.5, 0.9)


def ramal_bertingkat(induk: Segitiga, anak: Mapping[str, Segitiga]) -> tuple[Perkiraan, dict[str, Perkiraan]]:
    """Forecast an area and the areas inside it, which learn delay and weekdays from it where they are too small."""
    atas, pola = ramal(induk)
    return atas, {kode: ramal(s, pola)[0] for kode, s in anak.items()}


def ramal(s: Segitiga, induk: Pola | None = None) -> tuple[Perkiraan, Pola | None]:
    """Forecast one area; return also what it hands down (None when it could not learn)."""
    t = tabelkan(s)
    keadaan, alasan = _keadaan(s, int(t.kini.sum()))
    dasar = {
        "versi": VERSI_MODEL,
        "hari": s.hari_ini.isoformat(),
        "keadaan": keadaan,
        "cukup_data": not alasan,
        "alasan": alasan,
        "target": s.target,
        "tercatat": int(t.kini.sum()),
        "tercapai": bool(t.kini.sum() >= s.target),
        "tujuh_hari": _bulat(t.kini[: t.n][-7:].mean()) if t.n else None,
    }
    if alasan:
        return Perkiraan(**dasar), None
    b = bayangkan(t, induk)
    if keadaan == AKHIR:
        # Nothing is open: what is known is the result.
        b.akhir[:] = t.kini
    return Perkiraan(**dasar, **_angka(s, t, b, keadaan)), b.pola


def _keadaan(s: Segitiga, tercatat: int) -> tuple[str, str]:
    """Return the state, and why no forecast is made ("" when one is)."""
    if s.hari_ini < s.mulai:
        return BELUM_MULAI, (f"Kampanye belum mulai. Perkiraan dibuat setelah {HARI_MINIMUM} hari pelayanan selesai.")
    if s.tutup >= s.selesai:
        return (AKHIR if (s.tutup - s.selesai).days >= TERLAMA else MENUNGGU_SUSULAN), ""
    if s.hari_penuh < HARI_MINIMUM:
        return TERLALU_DINI, (
            f"Baru {s.hari_penuh} hari pelayanan yang selesai. Perkiraan dibuat setelah {HARI_MINIMUM} hari, "
            "supaya setiap hari dalam sepekan pernah terlihat."
        )
    if tercatat < TERCATAT_MINIMUM:
        return TERLALU_DINI, (
            f"Yang tercatat masih kurang dari {TERCATAT_MINIMUM} pasangan. Perkiraan dibuat setelah itu."
        )
    return BERJALAN, ""


def _angka(s: Segitiga, t: Tabel, b: Bayangan, keadaan: str) -> dict[str, object]:
    total = b.akhir.sum(axis=1)
    rendah, median, tinggi = _pita(total)
    lalu = b.akhir[:, : t.n]
    kurang = s.target - float(np.median(lalu.sum(axis=1)))
    sisa = s.lama - t.n
    return {
        "peluang": _peluang(total, s.target, keadaan),
        "median": median,
        "rata_rata": _bulat(total.mean()),
        "rendah": rendah,
        "tinggi": tinggi,
        "perlu_per_hari": _bulat(kurang / sisa) if sisa and kurang > 0 else None,
        "tujuh_hari_lengkap": _bulat(lalu[:, -7:].mean()),
        "susulan": _susulan(t, b),
        "hari_belum_lengkap": tuple(_hari(s, t, b, i) for i in range(t.n) if b.sampai[i] < LENGKAP),
        "hari_depan": tuple(_hari(s, t, b, i) for i in range(t.n, s.lama)),
        "jalur": _jalur(s, t, b),
        "pola": _pola(b),
    }


def _peluang(total: Larik, target: int, keadaan: str) -> float:
    p = float((total >= target).mean())
    return p if keadaan == AKHIR else round(min(max(p, 1 - PASTI), PASTI), 4)


def _susulan(t: Tabel, b: Bayangan) -> Susulan:
    rendah, tengah, tinggi = _pita(b.akhir[:, : t.n].sum(axis=1) - t.kini[: t.n].sum())
    sampai = [_bulat(100 * b.lambat[d]) for d in (0, 3, 7)]
    return Susulan(*sampai, tengah, rendah, tinggi)


def _hari(s: Segitiga, t: Tabel, b: Bayangan, i: int) -> Hari:
    rendah, tengah, tinggi = _pita(b.akhir[:, i])
    return Hari(_tanggal(s, i), int(t.kini[i]), tengah, _bulat(b.akhir[:, i].mean()), rendah, tinggi)


def _jalur(s: Segitiga, t: Tabel, b: Bayangan) -> tuple[Titik, ...]:
    tercatat = t.kini.cumsum()
    # Sums of draws, and not sums of bands: days go wrong together.
    pita = np.quantile(b.akhir.cumsum(axis=1), PITA, axis=0, method="inverted_cdf").astype(int)
    sudah = t.n if s.usai else t.n + 1
    return tuple(
        Titik(_tanggal(s, i), int(tercatat[i]) if i < sudah else None, int(tengah), int(rendah), int(tinggi))
        for i, (rendah, tengah, tinggi) in enumerate(pita.T)
    )


def _pola(b: Bayangan) -> tuple[HariPekan, ...]:
    rendah, tinggi = np.quantile(b.pekan, (PITA[0], PITA[2]), axis=0)
    rata = b.pekan.mean(axis=0)
    biasa = 1 / 7
    return tuple(
        HariPekan(
            hari=j,
            bagian=_bulat(100 * rata[j]),
            rendah=_bulat(100 * rendah[j]),
            tinggi=_bulat(100 * tinggi[j]),
            arah="ramai" if rendah[j] > biasa else "sepi" if tinggi[j] < biasa else "",
        )
        for j in range(7)
    )


def _pita(x: Larik) -> tuple[int, int, int]:
    rendah, tengah, tinggi = np.quantile(x, PITA, method="inverted_cdf")
    return int(rendah), int(tengah), int(tinggi)


def _tanggal(s: Segitiga, i: int) -> str:
    return (s.mulai + dt.timedelta(days=i)).isoformat()


def _bulat(x: float) -> float:
    return round(float(x), 1)
