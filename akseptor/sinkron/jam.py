"""The clock of a phone: noticed and told, not believed."""

import datetime as dt
from dataclasses import dataclass

from poskb.dasar.waktu import jam_nyata, sekarang

LONGGAR = dt.timedelta(minutes=10)
# Older than this by the phone's own clock is a clock that was changed in between, not a record that waited.
TERLAMA = dt.timedelta(days=366)
# So long a file may have lain before somebody brought it in; a phone that is further behind has a wrong clock.
TERSIMPAN_TERLAMA = dt.timedelta(days=31)


def baca_saat(teks: object) -> dt.datetime | None:
    """Read an ISO moment with its zone; None for anything else."""
    if not isinstance(teks, str):
        return None
    try:
        saat = dt.datetime.fromisoformat(teks)
    except ValueError:
        return None
    return saat if saat.tzinfo and 1970 < saat.year < 9998 else None


@dataclass(frozen=True)
class Jam:
    """`hp`: what the phone's clock said when it sent, or None. `tersimpan`: what was sent lay somewhere since."""

    hp: dt.datetime | None
    tersimpan: bool = False

    @property
    def selisih(self) -> dt.timedelta | None:
        """How far the phone is behind (positive) or ahead of the real time."""
        return jam_nyata() - self.hp if self.hp else None

    @property
    def pesan(self) -> str:
        """The sentence for a wrong clock; empty when it is right or unknown."""
        if self.selisih is None or abs(self.selisih) <= LONGGAR:
            return ""
        menit = int(abs(self.selisih).total_seconds() // 60)
        jauh = f"{menit // 1440} hari" if menit >= 2880 else f"{menit // 60} jam" if menit >= 120 else f"{menit} menit"
        arah = "terlambat" if self.selisih > dt.timedelta(0) else "terlalu cepat"
        return (
            f"Jam HP ini {arah} {jauh}. Betulkan di pengaturan HP (tanggal dan waktu otomatis), "
            "lalu periksa tanggal pelayanan yang baru Anda catat."
        )

    def saat_dicatat(self, teks: object) -> dt.datetime:
        """When a record was written, by the product's clock: its age by the phone's clock is all that is believed."""
        kini, dicatat = sekarang(), baca_saat(teks)
        if dicatat is None:
            return kini
        umur = (self.hp or kini) - dicatat + self._lama_tersimpan
        return kini - umur if dt.timedelta(0) <= umur <= TERLAMA else kini

    @property
    def _lama_tersimpan(self) -> dt.timedelta:
        nol = dt.timedelta(0)
        return self.selisih if self.tersimpan and self.selisih and nol < self.selisih <= TERSIMPAN_TERLAMA else nol
