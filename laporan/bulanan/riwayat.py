"""What a report takes over from the months before: starting values and "until last month"."""

import datetime as dt
from dataclasses import dataclass

from laporan.bulanan.formulir import baca, kunci_lalu, kunci_lapor
from laporan.bulanan.hitung import per_bulan
from laporan.enums import StatusLaporan
from laporan.models import LaporanBulanan
from poskb.dasar.waktu import geser_bulan

SdBulan = dict[str, int | None]


@dataclass(frozen=True)
class Riwayat:
    """`sebelumnya`: the latest earlier report, if any. `sd_lalu`: by method, None where nothing earlier says it."""

    sebelumnya: LaporanBulanan | None
    sd_lalu: SdBulan

    @property
    def isi(self) -> dict[str, int]:
        """The values of the latest earlier report."""
        return self.sebelumnya.isi if self.sebelumnya else {}


def riwayat(kode_desa: str, bulan: dt.date, metode: tuple[str, ...]) -> Riwayat:
    """Return what the months before say, in four queries at most.

    "Until last month" is 0 in January. Later it is last month's "until this month", hence a walk through the year's
    reports; a month without a report breaks the chain, and from there the number is typed.
    """
    lama = LaporanBulanan.objects.filter(desa_id=kode_desa, bulan__lt=bulan)
    sebelumnya = lama.order_by("-bulan").select_related("formulir").first()
    if bulan.month == 1:
        return Riwayat(sebelumnya, dict.fromkeys(metode, 0))
    januari = bulan.replace(month=1)
    if sebelumnya is None or sebelumnya.bulan != geser_bulan(bulan, -1):
        return Riwayat(sebelumnya, dict.fromkeys(metode))
    setahun = {laporan.bulan: laporan for laporan in lama.filter(bulan__gte=januari)}
    dihitung = per_bulan(kode_desa, januari, sebelumnya.bulan)
    return Riwayat(sebelumnya, sd_bulan_lalu(bulan, setahun, dihitung, metode))


def sd_bulan_lalu(
    bulan: dt.date,
    setahun: dict[dt.date, LaporanBulanan],
    dihitung: dict[dt.date, dict[str, int]],
    metode: tuple[str, ...],
) -> SdBulan:
    """Return "until last month" of one desa from the year's earlier reports and counts. No query."""
    sd: SdBulan = dict.fromkeys(metode, 0)
    januari = bulan.replace(month=1)
    while januari < bulan:
        sd = _sd_bulan_ini(setahun.get(januari), sd, dihitung.get(januari, {}), metode)
        januari = geser_bulan(januari, 1)
    return sd


def _sd_bulan_ini(
    laporan: LaporanBulanan | None, sd_lalu: SdBulan, dihitung: dict[str, int], metode: tuple[str, ...]
) -> SdBulan:
    """Carry the sums over one month. No report: nothing is known after it."""
    if laporan is None:
        return dict.fromkeys(metode)
    lalu, ini = sd_lalu, dihitung
    if laporan.status == StatusLaporan.DISETUJUI:
        lalu, ini = laporan.dihitung["sd_lalu"], laporan.dihitung["baru"]
    hasil: SdBulan = {}
    for m in metode:
        awal = lalu.get(m)
        awal = laporan.isi.get(kunci_lalu(m)) if awal is None else awal
        hasil[m] = None if awal is None else awal + laporan.isi.get(kunci_lapor(m), ini.get(m, 0))
    return hasil


def isi_awal(laporan: LaporanBulanan, asal: Riwayat) -> dict[str, int]:
    """Return the values a new report starts from."""
    return {k: asal.isi[k] for k in baca(laporan.formulir.isi).dibawa if k in asal.isi}
