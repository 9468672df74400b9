"""Chance that always falls the same way, and the moments of the demo."""

import datetime as dt
import random
import uuid

from poskb.dasar.waktu import WIB, sekarang

BENIH = 1831
# The months before have a chance of their own: what they are told with changes nothing of the campaign.
BENIH_SILAM = 1381
# The day on which the demo is told; a clock pinned later shows the same records on a later day.
HARI = dt.date(2021, 7, 8)
# Monday to Sunday: services are given on working days, mobile teams go out on some Saturdays.
BOBOT_HARI = (1.0, 1.1, 1.15, 1.1, 0.85, 0.4, 0.15)


class Acak(random.Random):
    """The one source of chance of the demo."""

    def __init__(self, benih: int = BENIH) -> None:
        super().__init__(benih)
        self.hari_ini = HARI
        self.kini = min(sekarang(), dt.datetime.combine(HARI, dt.time(23, 59), tzinfo=WIB))

    def uuid(self) -> uuid.UUID:
        """Return the next key."""
        return uuid.UUID(int=self.getrandbits(128), version=4)

    def mujur(self, peluang: float) -> bool:
        """Say yes with a probability."""
        return self.random() < peluang

    def timbang(self, bobot: dict[str, float]) -> str:
        """Return one key by weight."""
        return self.choices(list(bobot), weights=list(bobot.values()))[0]

    def jam(self, hari: dt.date, dari: int = 8, sampai: int = 19) -> dt.datetime:
        """Return a moment of a day between two hours."""
        # Today has only begun when the demo is made, at whatever hour that is: nothing lies in the future.
        sampai = dari + 1 if hari >= self.hari_ini else sampai
        waktu = dt.time(self.randrange(dari, sampai), self.randrange(60), self.randrange(60), tzinfo=WIB)
        return self.batas(dt.datetime.combine(hari, waktu))

    def setelah(self, saat: dt.datetime, paling_lama: int) -> dt.datetime:
        """Return a moment in office hours up to so many days later, before today where that can be."""
        hari = saat.date()
        akhir = max(hari, min(hari + dt.timedelta(days=paling_lama), self.hari_ini - dt.timedelta(days=1)))
        calon = self.jam(self.hari_antara(hari, akhir), 8, 16)
        return self.batas(max(calon, saat + dt.timedelta(minutes=self.randrange(15, 50))))

    def batas(self, saat: dt.datetime) -> dt.datetime:
        """Return the moment, or now when it has not come yet."""
        return min(saat, self.kini)

    def hari_antara(self, awal: dt.date, akhir: dt.date) -> dt.date:
        """Return a day between two days, both included; Sundays are rare."""
        hari = [awal + dt.timedelta(days=n) for n in range(max((akhir - awal).days, 0) + 1)]
        return self.choices(hari, weights=[BOBOT_HARI[h.weekday()] for h in hari])[0]
