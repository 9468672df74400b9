"""What goes into a forecast: of each service day, how many were known on each calendar day."""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace


@dataclass(frozen=True)
class Segitiga:
    """The reporting triangle of one area in one campaign.

    `perubahan`: {(service day, day on which it became known): change of the number counted on that service day}; the
    sum over the second is what is known. A change may be negative (returned, cancelled, moved). Days are calendar
    days of Asia/Jakarta. `hari_ini` is not over yet unless `usai`. `libur`: days known to be holidays, optional.
    """

    perubahan: Mapping[tuple[dt.date, dt.date], int]
    mulai: dt.date
    selesai: dt.date
    target: int
    hari_ini: dt.date
    usai: bool = False
    libur: frozenset[dt.date] = field(default_factory=frozenset)

    @property
    def lama(self) -> int:
        """Number of service days of the campaign."""
        return (self.selesai - self.mulai).days + 1

    @property
    def tutup(self) -> dt.date:
        """The last calendar day that is over: what a forecast learns from ends here."""
        return self.hari_ini if self.usai else self.hari_ini - dt.timedelta(days=1)

    @property
    def hari_penuh(self) -> int:
        """Number of service days that are over."""
        return min(max((self.tutup - self.mulai).days + 1, 0), self.lama)

    def tercatat(self) -> dict[dt.date, int]:
        """What is known now, by service day."""
        jumlah: dict[dt.date, int] = {}
        for (tanggal, diketahui), n in self.perubahan.items():
            if self.mulai <= tanggal <= self.selesai and diketahui <= self.hari_ini:
                jumlah[tanggal] = jumlah.get(tanggal, 0) + n
        return jumlah

    def pada(self, hari: dt.date) -> "Segitiga":
        """Return the triangle as it stood at the end of a day."""
        return replace(
            self, perubahan={k: n for k, n in self.perubahan.items() if k[1] <= hari}, hari_ini=hari, usai=True
        )

    def sidik(self) -> str:
        """Return a digest: two triangles with the same digest have the same forecast."""
        isi = [
            sorted((s.isoformat(), k.isoformat(), n) for (s, k), n in self.perubahan.items() if n),
            [self.mulai.isoformat(), self.selesai.isoformat(), self.target, self.hari_ini.isoformat(), self.usai],
            sorted(h.isoformat() for h in self.libur),
        ]
        return hashlib.sha256(json.dumps(isi).encode()).hexdigest()
