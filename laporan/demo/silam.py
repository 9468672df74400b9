"""How the reports of the months before June fared: most approved in time, some late, returned or never written."""

import datetime as dt
from dataclasses import dataclass

from laporan.demo.acak import Acak
from laporan.demo.diam import DESA_DIAM
from laporan.demo.orang import DESA_DRAF, DESA_KADER, DESA_PLKB, DESA_SETUJU, DESA_SIAP
from laporan.demo.rencana import BELUM
from laporan.enums import StatusLaporan

MARET, APRIL, MEI = (dt.date(2021, bulan, 1) for bulan in (3, 4, 5))
SILAM = (MARET, APRIL, MEI)
# The report that is reopened after it was typed into SIGA.
DIBUKA = (DESA_SIAP, APRIL)


@dataclass(frozen=True)
class Nasib:
    """What became of one report. `telat`: sent after the kader's day. `ulang`: returned once, then approved."""

    status: str = StatusLaporan.DISETUJUI
    telat: bool = False
    nihil: bool = False
    ulang: bool = False


BIASA = Nasib()
# Months are few at first and more later: people learn.
BAGIAN = {
    MARET: ((Nasib(BELUM), 9), (Nasib(StatusLaporan.DRAF), 2), (Nasib(StatusLaporan.DIKEMBALIKAN), 3)),
    APRIL: ((Nasib(BELUM), 5), (Nasib(StatusLaporan.DRAF), 1), (Nasib(StatusLaporan.DIKEMBALIKAN), 2)),
    MEI: ((Nasib(BELUM), 3), (Nasib(StatusLaporan.DRAF), 1), (Nasib(StatusLaporan.DIKEMBALIKAN), 3)),
}
LAINNYA = {
    MARET: ((Nasib(telat=True), 26), (Nasib(nihil=True), 4), (Nasib(ulang=True), 12)),
    APRIL: ((Nasib(telat=True), 19), (Nasib(nihil=True), 3), (Nasib(ulang=True), 9)),
    MEI: ((Nasib(telat=True), 14), (Nasib(nihil=True), 2), (Nasib(ulang=True), 7)),
}
# The desa of the officer who signs in: one of each, so that her year tells something.
PASTI = {
    (DESA_DRAF, MARET): Nasib(BELUM),
    (DESA_DRAF, APRIL): Nasib(telat=True),
    (DESA_DRAF, MEI): Nasib(telat=True),
    (DESA_KADER, MARET): Nasib(ulang=True),
    (DESA_SETUJU, APRIL): Nasib(ulang=True),
    **{(desa, MEI): Nasib(BELUM) for desa in list(DESA_DIAM)[:2]},
}


def susun_silam(acak: Acak, desa: list[str]) -> dict[tuple[str, dt.date], Nasib]:
    """Deal the fates out: {(kode desa, month): Nasib}."""
    hasil = {(d, b): BIASA for d in desa for b in SILAM}
    for bulan in SILAM:
        bebas = [d for d in desa if d not in DESA_PLKB and (d, bulan) not in PASTI]
        acak.shuffle(bebas)
        for nasib, banyak in (*BAGIAN[bulan], *LAINNYA[bulan]):
            hasil |= dict.fromkeys([(d, bulan) for d in bebas[:banyak]], nasib)
            bebas = bebas[banyak:]
    return hasil | PASTI
