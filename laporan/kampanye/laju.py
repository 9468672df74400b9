"""Pace: what the numbers of a window say about today. Pure: days and numbers in, numbers out."""

import datetime as dt
from dataclasses import dataclass

from poskb.dasar.waktu import BULAN, tulis_tanggal

HARI_LAJU = 7


@dataclass(frozen=True)
class Laju:
    """`sisa_hari` counts today; `perlu_per_hari` is None outside the window or when the target is reached.

    It is what was needed when the day began: with today's own taken off, today would be asked for its share again
    with each one that comes. `sudah`: how many of today are recorded.

    `rata_rata` is acceptors a day over the last seven days of the window before today (fewer at its start; None
    before the first full day), because today is not over.
    """

    sisa: int
    sisa_hari: int
    perlu_per_hari: float | None
    rata_rata: float | None
    seharusnya: int
    sudah: int = 0

    @property
    def satu_tiap(self) -> int | None:
        """For less than one a day: one in how many days (rounded down: rather too early than too late)."""
        perlu = self.perlu_per_hari
        return int(1 / perlu) if perlu and perlu < 1 else None


def laju(mulai: dt.date, selesai: dt.date, target: int, per_hari: dict[dt.date, int], hari_ini: dt.date) -> Laju:
    """Return the pace on a day. `per_hari`: acceptors by service day. Before the start nothing is expected yet."""
    tercatat = sum(per_hari.values())
    sisa = max(target - tercatat, 0)
    lama = (selesai - mulai).days + 1
    sisa_hari = min(max((selesai - hari_ini).days + 1, 0), lama)
    sudah = per_hari.get(hari_ini, 0)
    perlu = perlu_per_hari(target, tercatat - sudah, sisa_hari, belum_mulai=hari_ini < mulai)
    akhir = min(hari_ini - dt.timedelta(days=1), selesai)
    awal = max(mulai, akhir - dt.timedelta(days=HARI_LAJU - 1))
    hari = (akhir - awal).days + 1
    jumlah = sum(n for t, n in per_hari.items() if awal <= t <= akhir)
    return Laju(
        sisa=sisa,
        sisa_hari=sisa_hari,
        perlu_per_hari=perlu if sisa else None,
        rata_rata=jumlah / hari if hari > 0 else None,
        seharusnya=seharusnya(mulai, selesai, target, hari_ini),
        sudah=sudah,
    )


def perlu_per_hari(target: int, tercatat: int, sisa_hari: int, *, belum_mulai: bool) -> float | None:
    """Return what every day left must bring; None without a target or a day left, and before the first day.

    `tercatat`: without those of today, which is one of the days left.
    """
    if belum_mulai or not (sisa_hari and target):
        return None
    return max(target - tercatat, 0) / sisa_hari


def kata_mulai(mulai: dt.date, hari_ini: dt.date, *, lalu: bool = False) -> str:
    """Say when what has not begun begins: "Mulai 1 September, 55 hari lagi."; empty from the first day on."""
    hari = (mulai - hari_ini).days
    if hari <= 0:
        return ""
    kapan = tulis_tanggal(mulai) if mulai.year != hari_ini.year else f"{mulai.day} {BULAN[mulai.month - 1]}"
    return f"Mulai {kapan}, {hari} hari {'sesudah hari itu' if lalu else 'lagi'}."


def seharusnya(mulai: dt.date, selesai: dt.date, target: int, hari_ini: dt.date) -> int:
    """Return what the straight line from nothing to the target asks for at the end of a day."""
    lama = (selesai - mulai).days + 1
    lewat = min(max((hari_ini - mulai).days + 1, 0), lama)
    return round(target * lewat / lama)
