"""The only place that asks the clock. Calendar of Asia/Jakarta; a setting can pin the day.

`settings.HARI_INI` ("YYYY-MM-DD") pins the calendar day while the time of day runs on, so that a demo lives inside
its campaign whenever it is started.
"""

import datetime as dt
from zoneinfo import ZoneInfo

from django.conf import settings

WIB = ZoneInfo("Asia/Jakarta")
BULAN = ("Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember").split()

# Years in which a day of the product's own time can be meant (not of a birth): all else is a slip.
TAHUN = range(2000, 2101)

HARI = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")


def dipatok() -> dt.date | None:
    """Return the day that the setting pins, or None. Raises ValueError for a setting that is no date."""
    return dt.date.fromisoformat(settings.HARI_INI) if settings.HARI_INI else None


def jam_nyata() -> dt.datetime:
    """Return the real time, whatever day is pinned: to compare somebody's clock with, never to date a record."""
    return dt.datetime.now(WIB)


def sekarang() -> dt.datetime:
    """Return now, aware, in Asia/Jakarta."""
    nyata = jam_nyata()
    patok = dipatok()
    return dt.datetime.combine(patok, nyata.timetz()) if patok else nyata


def hari_ini() -> dt.date:
    """Return today by the calendar of Asia/Jakarta."""
    return sekarang().date()


def hari_wib(saat: dt.datetime) -> dt.date:
    """Return the calendar day in Asia/Jakarta of an aware moment."""
    return saat.astimezone(WIB).date()


def awal_bulan(tanggal: dt.date) -> dt.date:
    """Return the first day of the month of a day."""
    return tanggal.replace(day=1)


def geser_bulan(bulan: dt.date, n: int) -> dt.date:
    """Return the first day of the month `n` months later (earlier for a negative n)."""
    urut = bulan.year * 12 + bulan.month - 1 + n
    return dt.date(urut // 12, urut % 12 + 1, 1)


def bulan_lalu() -> dt.date:
    """Return the first day of the last month that is over: the one that is being reported."""
    return geser_bulan(awal_bulan(hari_ini()), -1)


def baca_bulan(teks: str) -> dt.date:
    """Read "YYYY-MM" as the first day of that month.

    Raises ValueError for anything else ("2021-13", "2021-6"), and for a year outside TAHUN: nobody wrote anything down
    then, and there must be months before and after.
    """
    if len(teks) != 7 or teks[4] != "-" or not (teks[:4] + teks[5:]).isascii() or not (teks[:4] + teks[5:]).isdigit():
        raise ValueError("month is not YYYY-MM")
    if int(teks[:4]) not in TAHUN:
        raise ValueError("year is a slip")
    return dt.date(int(teks[:4]), int(teks[5:]), 1)


def tulis_tanggal(tanggal: dt.date) -> str:
    """Write a day as people read it: "8 Juli 2021"."""
    return f"{tanggal.day} {BULAN[tanggal.month - 1]} {tanggal.year}"


def tulis_tanggal_iso(teks: str) -> str:
    """Write "2021-07-08" as people read it; what is no such day comes back as it is."""
    try:
        return tulis_tanggal(dt.date.fromisoformat(teks))
    except ValueError:
        return teks


def tulis_bulan(bulan: dt.date) -> str:
    """Write a month as people read it: "Juni 2021"."""
    return f"{BULAN[bulan.month - 1]} {bulan.year}"


class Berbulan:
    """For what belongs to a month (`bulan`, its first day): the month in words and in addresses."""

    bulan: dt.date

    @property
    def nama_bulan(self) -> str:
        """The month as people read it: "Juni 2021"."""
        return tulis_bulan(self.bulan)

    @property
    def kode_bulan(self) -> str:
        """The month as addresses write it: "2021-06"."""
        return f"{self.bulan:%Y-%m}"


def tulis_saat(saat: dt.datetime) -> str:
    """Write a moment as people read it: "8 Juli 2021 pukul 09.05 WIB"."""
    return f"{tulis_tanggal(hari_wib(saat))} pukul {saat.astimezone(WIB):%H.%M} WIB"
