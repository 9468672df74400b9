"""Deadlines of a report, the close of its period, the exceptions to both. Days of Jakarta: they end at 23.59 WIB.

A level that passes reminds, or refuses where settings say so; the close refuses by default.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.conf import settings

from kader.cakupan import kode_leluhur
from kader.enums import Peran
from laporan.enums import StatusLaporan, TingkatTenggat
from laporan.models import LaporanBulanan, Pengecualian
from poskb.dasar.waktu import geser_bulan, hari_ini, tulis_bulan, tulis_tanggal

KADER, PLKB, KECAMATAN, KABUPATEN, TUTUP = TingkatTenggat
# Whose turn it is by the state of the report. What was returned is corrected within the officer's time.
GILIRAN = {StatusLaporan.DIKIRIM: PLKB, StatusLaporan.DIKEMBALIKAN: PLKB}
TINGKAT_PERAN = {Peran.PLKB: PLKB, Peran.KOORDINATOR: KECAMATAN, Peran.DPPKB: KABUPATEN}
LANGKAH = {
    Peran.KADER: "Bila masih perlu dikirim, sampaikan kepada petugas PLKB Anda: DPPKB dapat memberi pengecualian.",
    Peran.DPPKB: "Bila masih perlu diubah, beri dulu pengecualian lewat Laporan, lalu Pengecualian tenggat.",
}
LANGKAH_LAIN = "Bila masih perlu diubah, minta DPPKB memberi pengecualian untuk desa ini."


def tenggat(bulan: dt.date, tingkat: str = KADER) -> dt.date:
    """Return the last day of a level for the report of a month, as settings say. Levels: TingkatTenggat."""
    return geser_bulan(bulan, 1).replace(day=settings.TENGGAT_LAPORAN[tingkat])


@dataclass(frozen=True)
class Kalender:
    """Deadlines with the exceptions that were given. `longgar`: (area, month, level) to the last day agreed."""

    longgar: Mapping[tuple[str, dt.date, str], dt.date] = field(default_factory=dict)

    def sampai(self, kode: str, bulan: dt.date, tingkat: str) -> dt.date:
        """Return the last day of a level for an area: the ordinary one, or a later one of it or of an area above."""
        biasa = tenggat(bulan, tingkat)
        if not self.longgar:
            return biasa
        return max([biasa, *(self.longgar.get((k, bulan, tingkat), biasa) for k in kode_leluhur(kode))])

    def lewat(self, kode: str, bulan: dt.date, tingkat: str) -> bool:
        """Say whether that day is over."""
        return hari_ini() > self.sampai(kode, bulan, tingkat)

    def tutup(self, kode: str, bulan: dt.date) -> bool:
        """Say whether the report of a desa can only be read, because its period is over."""
        return TUTUP in settings.TENGGAT_MENOLAK and self.lewat(kode, bulan, TUTUP)

    def dibuka(self, kode: str, bulan: dt.date) -> bool:
        """Say whether an exception to the close is in force: it opens the month for everybody, whatever the level."""
        return tenggat(bulan, TUTUP) < self.sampai(kode, bulan, TUTUP) >= hari_ini()

    def halangan(self, kode: str, bulan: dt.date, tingkat: str | None) -> TingkatTenggat | None:
        """Return the deadline that refuses acts of a level today: the close, that level's own, or none."""
        if self.tutup(kode, bulan):
            return TUTUP
        if tingkat not in settings.TENGGAT_MENOLAK or self.dibuka(kode, bulan):
            return None
        return TingkatTenggat(tingkat) if self.lewat(kode, bulan, tingkat) else None


BIASA = Kalender()


def kalender(kode: Iterable[str], bulan: Iterable[dt.date] | None = None) -> Kalender:
    """Return the deadlines of these areas, of some months or of all. One query, however many areas."""
    daftar = Pengecualian.objects.belum_diakhiri().menyangkut(kode)
    if bulan is not None:
        daftar = daftar.filter(bulan__in=list(bulan))
    longgar: dict[tuple[str, dt.date, str], dt.date] = {}
    for wilayah, b, tingkat, sampai in daftar.order_by("sampai").values_list(
        "wilayah_id", "bulan", "tingkat", "sampai"
    ):
        longgar[wilayah, b, tingkat] = sampai
    return Kalender(longgar)


def tingkat_giliran(status: str | None) -> TingkatTenggat | None:
    """Return the level that has the report now; none once it is approved."""
    return None if status == StatusLaporan.DISETUJUI else GILIRAN.get(status, KADER)


def tenggat_sekarang(bulan: dt.date, status: str | None, kode: str = "", kal: Kalender = BIASA) -> dt.date | None:
    """Return the deadline of whose turn it is; none once approved. With `kode` and `kal`: exceptions included."""
    tingkat = tingkat_giliran(status)
    return tingkat and kal.sampai(kode, bulan, tingkat)


def lewat_tenggat(bulan: dt.date, status: str | None, kode: str = "", kal: Kalender = BIASA) -> bool:
    """Say whether whoever has the report now is late."""
    batas = tenggat_sekarang(bulan, status, kode, kal)
    return batas is not None and hari_ini() > batas


def kata_sisa(batas: dt.date) -> str:
    """Return how far away a last day is, in words."""
    hari = (batas - hari_ini()).days
    if hari < 0:
        return f"lewat {-hari} hari"
    return {0: "hari ini terakhir", 1: "besok terakhir"}.get(hari, f"{hari} hari lagi")


def halangan_waktu(laporan: LaporanBulanan, peran: str) -> str:
    """Return why a person of this role can do nothing with a report any more, with the next step; "" while she can.

    The one place that judges acts by the calendar. Costs a query only once an ordinary deadline that refuses is over.
    """
    bulan, kode = laporan.bulan, laporan.desa_id
    tingkat = tingkat_giliran(laporan.status) if peran == Peran.KADER else TINGKAT_PERAN.get(Peran(peran))
    if BIASA.halangan(kode, bulan, tingkat) is None:
        return ""
    kal = kalender([kode], [bulan])
    sebab = kal.halangan(kode, bulan, tingkat)
    if sebab is None:
        return ""
    apa = "Periode tutup: laporan {} ditutup" if sebab == TUTUP else "Lewat tenggat: laporan {} ditunggu sampai"
    saat = f"{tulis_tanggal(kal.sampai(kode, bulan, sebab))} pukul 23.59 WIB"
    return f"{apa.format(tulis_bulan(bulan))} {saat}. {LANGKAH.get(Peran(peran), LANGKAH_LAIN)}"
