"""Desa from which nothing was heard for longer than `HARI_DIAM` days."""

import datetime as dt

from laporan.demo.buku import Buku
from poskb.dasar.waktu import WIB

# Desa and the last day of June on which it was heard. None of them has sent June. Their records stand, told on fewer
# days, all in the campaign's window: it counts the same.
DESA_DIAM = {"32.14.01.1003": 20, "32.14.08.2008": 21, "32.14.06.2003": 19, "32.14.07.2006": 22, "32.14.04.2015": 22}
# Two weeks fit into one working day.
RAPAT = 60


def diamkan(buku: Buku) -> None:
    """Let everything of these desa happen by their last day, in the order in which it happened."""
    for p in buku.pelayanan:
        if p.desa_id in DESA_DIAM:
            p.tanggal = p.tanggal and min(p.tanggal, terakhir(p.desa_id))
            p.dicatat_pada, p.diterima_pada = rapatkan(p.desa_id, p.dicatat_pada), rapatkan(p.desa_id, p.diterima_pada)
            p.diverifikasi_pada = p.diverifikasi_pada and rapatkan(p.desa_id, p.diverifikasi_pada)
    for s in buku.persetujuan:
        if s.akseptor.desa_id in DESA_DIAM:
            s.diberikan_pada = rapatkan(s.akseptor.desa_id, s.diberikan_pada)
    for j in buku.jejak:
        if j.wilayah_id in DESA_DIAM:
            j.pada = rapatkan(j.wilayah_id, j.pada)


def terakhir(desa: str) -> dt.date:
    """Return the last day on which a silent desa was heard."""
    return dt.date(2021, 6, DESA_DIAM[desa])


def rapatkan(desa: str, saat: dt.datetime) -> dt.datetime:
    """Return the moment, or one of the last day when it lies after its morning."""
    pagi = dt.datetime.combine(terakhir(desa), dt.time(8), tzinfo=WIB)
    return saat if saat <= pagi else pagi + (saat - pagi) / RAPAT


def sesudah_diam(desa: str, hari: dt.date) -> bool:
    """Whether nothing more is heard of a desa on that day."""
    return desa in DESA_DIAM and hari > terakhir(desa)
