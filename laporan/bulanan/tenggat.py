"""Deadlines of a report: shown, never enforced."""

import datetime as dt

from django.conf import settings

from laporan.enums import StatusLaporan
from poskb.dasar.waktu import geser_bulan, hari_ini


def tenggat(bulan: dt.date, tingkat: str = "kader") -> dt.date:
    """Return the last day in time for the report of a month. Levels: kader, plkb, kecamatan, kabupaten."""
    return geser_bulan(bulan, 1).replace(day=settings.TENGGAT_LAPORAN[tingkat])


def tenggat_sekarang(bulan: dt.date, status: str | None) -> dt.date | None:
    """Return the deadline of whose turn it is: the officer's once sent, none once approved, else the kader's."""
    if status == StatusLaporan.DISETUJUI:
        return None
    return tenggat(bulan, "plkb" if status == StatusLaporan.DIKIRIM else "kader")


def lewat_tenggat(bulan: dt.date, status: str | None) -> bool:
    """Say whether whoever has the report now is late."""
    batas = tenggat_sekarang(bulan, status)
    return batas is not None and hari_ini() > batas
