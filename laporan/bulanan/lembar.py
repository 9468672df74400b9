"""One sheet: a report with its form, what the records count, and what the months before say."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from laporan.bulanan.asal import Catatan, catatan_setahun
from laporan.bulanan.bukti import Bukti, baca_beku, per_peran
from laporan.bulanan.formulir import Susunan, baca, formulir_untuk, kunci_lalu, kunci_lapor, kunci_target
from laporan.bulanan.hitung import Hitungan, akseptor_baru
from laporan.bulanan.riwayat import Riwayat, isi_awal, riwayat
from laporan.enums import StatusLaporan
from laporan.models import LaporanBulanan
from poskb.dasar.tolak import Ditolak
from poskb.dasar.waktu import awal_bulan, baca_bulan, bulan_lalu, hari_ini, tulis_bulan


@dataclass(frozen=True)
class Lembar:
    """Everything that page, form and actions need to know of one desa's month."""

    laporan: LaporanBulanan
    susunan: Susunan
    asal: Riwayat
    hitungan: dict[str, Hitungan]
    kegiatan: Bukti

    @property
    def baru(self) -> bool:
        """Whether nobody has saved it yet, be the month opened or not."""
        return self.laporan.versi == 0

    @property
    def disetujui(self) -> bool:
        """Whether the numbers are frozen."""
        return self.laporan.status == StatusLaporan.DISETUJUI

    @cached_property
    def tercatat(self) -> dict[str, int]:
        """What the records count now, by method."""
        return {m: h.tercatat for m, h in self.hitungan.items()}

    @cached_property
    def dihitung(self) -> dict[str, int]:
        """What counts for this report: the records, or once approved what they counted then."""
        return self.laporan.dihitung["baru"] if self.disetujui else self.tercatat

    @cached_property
    def catatan(self) -> dict[str, Catatan]:
        """The records behind the cumulative numbers, by method; one query, for who shows them."""
        return catatan_setahun(self.laporan.desa_id, self.laporan.bulan)

    @property
    def bukti(self) -> Bukti | None:
        """The evidence that counts for this report; None where it was approved before there was such a part."""
        return baca_beku(self.laporan.dihitung) if self.disetujui else self.kegiatan

    def sd_lalu_diketahui(self, metode: str) -> int | None:
        """Return "until last month" where earlier reports say it; None where it is typed."""
        return (self.laporan.dihitung["sd_lalu"] if self.disetujui else self.asal.sd_lalu).get(metode)

    def sd_lalu(self, metode: str) -> int | None:
        """Return "until last month", known or typed."""
        diketahui = self.sd_lalu_diketahui(metode)
        return self.laporan.isi.get(kunci_lalu(metode)) if diketahui is None else diketahui

    def bulan_ini(self, metode: str) -> int:
        """Return the number reported for this month: the counted one unless the kader gave another."""
        return self.laporan.isi.get(kunci_lapor(metode), self.dihitung.get(metode, 0))

    def sd_ini(self, metode: str) -> int | None:
        """Return "until this month"; None while "until last month" is missing."""
        lalu = self.sd_lalu(metode)
        return None if lalu is None else lalu + self.bulan_ini(metode)

    def sisa(self, metode: str) -> int | None:
        """Return target minus "until this month"; negative when more than the target was reached."""
        target, sd_ini = self.laporan.isi.get(kunci_target(metode)), self.sd_ini(metode)
        return None if target is None or sd_ini is None else target - sd_ini


def periksa_bulan(bulan: dt.date) -> None:
    """Raise Ditolak for a month that has not begun."""
    if bulan > awal_bulan(hari_ini()):
        raise Ditolak(f"{tulis_bulan(bulan)} belum berjalan. Pilih bulan ini atau bulan sebelumnya.")


def pilih_bulan(teks: str) -> dt.date:
    """Return the month that was typed as YYYY-MM, for nothing the one that is being reported.

    Raises Ditolak with what to write instead, and for a month that has not begun.
    """
    try:
        bulan = baca_bulan(teks) if teks else bulan_lalu()
    except ValueError:
        raise Ditolak("Bulan ini tidak ada. Tulis sebagai tahun-bulan, misalnya 2021-06.") from None
    periksa_bulan(bulan)
    return bulan


def buka_laporan(kode_desa: str, bulan: dt.date) -> LaporanBulanan:
    """Return the report alone, for who asks where it stands; an unsaved one of version 0 where nobody has written.

    One query. Raises Ditolak for a month that has not begun.
    """
    periksa_bulan(bulan)
    baris = LaporanBulanan.semua.filter(desa_id=kode_desa, bulan=bulan)
    laporan = baris.select_related("formulir", "dikirim_oleh", "disetujui_oleh", "dibuka_oleh").first()
    return laporan or LaporanBulanan(desa_id=kode_desa, bulan=bulan, versi=0)


def buka(kode_desa: str, bulan: dt.date) -> Lembar:
    """Return the sheet of a month; reads only. Before the first save it starts from last month's values, unsaved.

    Raises Ditolak for a month that has not begun or that no form covers.
    """
    laporan = buka_laporan(kode_desa, bulan)
    if laporan.versi == 0:
        # The version in force now, not on the day when the month was opened: nobody has written in it.
        laporan.formulir = formulir_untuk(bulan)
    susunan = baca(laporan.formulir.isi)
    asal = riwayat(kode_desa, bulan, susunan.metode)
    if laporan.versi == 0:
        laporan.isi = isi_awal(laporan, asal)
    hitungan = akseptor_baru([kode_desa], bulan).get(kode_desa, {})
    return Lembar(laporan, susunan, asal, hitungan, per_peran(kode_desa, bulan))
