"""What the days of the week bring, from the full days of a campaign, and what that asks of one day. Pure."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from poskb.dasar.waktu import HARI

# Fewer days or acceptors than these tell nothing of a weekday.
HARI_CUKUP, AKSEPTOR_CUKUP = 14, 30


@dataclass(frozen=True)
class HariPekan:
    """One day of the week: `rata` acceptors a day over `banyak` full days (None without); `kini`: it is today's."""

    nama: str
    rata: float | None
    banyak: int
    lebar: float
    kini: bool


def pola_pekan(per_hari: Mapping[dt.date, int], hari_ini: dt.date) -> list[HariPekan]:
    """Return Monday to Sunday, or nothing while it is too early to tell.

    Today is not over and is left out. `lebar`: percent of the busiest day.
    """
    penuh = [n for hari, n in per_hari.items() if hari < hari_ini]
    if len(penuh) < HARI_CUKUP or sum(penuh) < AKSEPTOR_CUKUP:
        return []
    per_nama: list[list[int]] = [[] for _ in HARI]
    for hari, n in per_hari.items():
        if hari < hari_ini:
            per_nama[hari.weekday()].append(n)
    rata = [sum(n) / len(n) if n else None for n in per_nama]
    puncak = max((r for r in rata if r), default=0)
    return [
        HariPekan(
            nama, r, len(n), round(100 * r / puncak, 2) if r and puncak else 0, hari_ini.weekday() == HARI.index(nama)
        )
        for nama, r, n in zip(HARI, rata, per_nama, strict=True)
    ]


def bobot_hari(pola: Sequence[HariPekan], hari_ini: dt.date, selesai: dt.date) -> float:
    """Return how much of the mean need per day today should bring, after the days of the week that are left.

    1.4: 1.4 times the mean of the days from `hari_ini` to `selesai`, both counted, so that the needs of all of them
    still add up to what is missing. 1.0 while no pattern is known, or when none of these days ever brought anything.
    """
    if not pola:
        return 1.0
    sisa = [pola[(hari_ini + dt.timedelta(days=n)).weekday()].rata or 0 for n in range((selesai - hari_ini).days + 1)]
    return sisa[0] * len(sisa) / sum(sisa) if any(sisa) else 1.0
