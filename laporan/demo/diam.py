"""Desa from which nothing was heard for longer than `HARI_DIAM` days."""

import datetime as dt

from laporan.demo.buku import Buku
from poskb.dasar.waktu import WIB, hari_wib

# None of them has sent June. Their records stand, told on fewer days: the campaign counts the same.
DESA_DIAM = ("32.14.01.1003", "32.14.08.2008", "32.14.06.2003", "32.14.07.2006", "32.14.04.2015")
TERAKHIR = dt.date(2021, 6, 22)
PAGI = dt.datetime.combine(TERAKHIR, dt.time(8), tzinfo=WIB)
# Two weeks fit into one working day.
RAPAT = 60


def diamkan(buku: Buku) -> None:
    """Let everything of these desa happen by their last day, in the order in which it happened."""
    for p in buku.pelayanan:
        if p.desa_id in DESA_DIAM:
            p.tanggal = p.tanggal and min(p.tanggal, TERAKHIR)
            p.dicatat_pada, p.diterima_pada = rapatkan(p.dicatat_pada), rapatkan(p.diterima_pada)
            p.diverifikasi_pada = p.diverifikasi_pada and rapatkan(p.diverifikasi_pada)
    for s in buku.persetujuan:
        if s.akseptor.desa_id in DESA_DIAM:
            s.diberikan_pada = rapatkan(s.diberikan_pada)
    for j in buku.jejak:
        if j.wilayah_id in DESA_DIAM:
            j.pada = rapatkan(j.pada)


def rapatkan(saat: dt.datetime) -> dt.datetime:
    """Return the moment, or one of the last day when it lies after its morning."""
    return saat if saat <= PAGI else PAGI + (saat - PAGI) / RAPAT


def sesudah_diam(desa: str, saat: dt.date | dt.datetime) -> bool:
    """Whether nothing more is heard of a desa on that day."""
    hari = hari_wib(saat) if isinstance(saat, dt.datetime) else saat
    return desa in DESA_DIAM and hari > TERAKHIR
