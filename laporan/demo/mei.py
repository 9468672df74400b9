"""Records of new acceptors of May: for some desa, all of the month; and late ones that count in June ("susulan")."""

import calendar
import datetime as dt

from akseptor.enums import Metode, Tahap
from akseptor.models import Pelayanan
from laporan.demo.acak import Acak
from laporan.demo.buku import Buku
from laporan.demo.kisah import Spek
from laporan.demo.lapor import Lapor
from laporan.demo.orang import DESA_SETUJU, DESA_TUNGGU, KECAMATAN
from laporan.demo.silam import MEI, Nasib
from laporan.enums import StatusLaporan

BANYAK_LUAR = 36
# Served in May, written down at once, arrived weeks later: one waits for the officer, one stands in approved June.
SUSULAN = (
    (DESA_TUNGGU, Spek(Tahap.DILAYANI, Metode.IMPLAN, dt.date(2021, 5, 27), tiba=dt.date(2021, 6, 28))),
    (DESA_SETUJU, Spek(Tahap.TERVERIFIKASI, Metode.IUD, dt.date(2021, 5, 29), tiba=dt.date(2021, 6, 24))),
)


def desa_bercatatan(acak: Acak, silam: dict[tuple[str, dt.date], Nasib], desa: list[str]) -> set[str]:
    """Choose the desa whose new acceptors of May are written down one by one."""
    bisa = [d for d in desa if silam[d, MEI].status == StatusLaporan.DISETUJUI and not silam[d, MEI].nihil]
    dekat = [d for d in bisa if d.startswith(KECAMATAN + ".")]
    luar = [d for d in bisa if d not in dekat]
    return {*dekat, *acak.sample(luar, BANYAK_LUAR)}


def catat_mei(buku: Buku, desa: str, baru: dict[str, int]) -> list[Pelayanan]:
    """Write the new acceptors of a desa, all verified: its May is approved."""
    hari = calendar.monthrange(MEI.year, MEI.month)[1]
    spek = [
        Spek(Tahap.TERVERIFIKASI, metode, buku.acak.hari_antara(MEI, MEI.replace(day=hari)))
        for metode, banyak in baru.items()
        for _ in range(banyak)
    ]
    return [buku.catat(desa, s) for s in spek]


def catat_susulan(buku: Buku, lapor: Lapor) -> None:
    """Write the late ones; the approved June holds its own."""
    for desa, spek in SUSULAN:
        satu = buku.catat(desa, spek)
        if satu.tahap == Tahap.TERVERIFIKASI:
            lapor.tambah_susulan(satu)
