"""Records told one by one: the desa of the kader and of the officer who sign in to the demo."""

import datetime as dt
from dataclasses import dataclass

from akseptor.enums import MKJP, TAHAP_TERLAYANI, Metode, StatusPeserta, Tahap
from laporan.demo.orang import DESA_DRAF, DESA_KADER, DESA_SETUJU, DESA_SIAP, DESA_TUNGGU
from laporan.enums import StatusLaporan


@dataclass(frozen=True)
class Spek:
    """One record: what must be so; the rest is left to chance."""

    tahap: Tahap
    metode: str = Metode.IMPLAN
    tanggal: dt.date | None = None
    status: str = StatusPeserta.BARU
    alasan: str = ""
    tiba: dt.date | None = None  # when it reached the server, where it waited on the phone for long

    @property
    def dihitung(self) -> bool:
        """Whether the campaign counts it: every date below lies in its window."""
        return self.tahap in TAHAP_TERLAYANI and self.metode in MKJP and self.status == StatusPeserta.BARU


def juni(hari: int) -> dt.date:
    """A day of June 2021."""
    return dt.date(2021, 6, hari)


def juli(hari: int) -> dt.date:
    """A day of July 2021."""
    return dt.date(2021, 7, hari)


V, L = Tahap.TERVERIFIKASI, Tahap.DILAYANI
KISAH: dict[str, tuple[Spek, ...]] = {
    DESA_KADER: (
        Spek(V, Metode.IMPLAN, juni(22)),
        Spek(V, Metode.IUD, juni(24)),
        Spek(V, Metode.MOW, juni(25)),
        Spek(V, Metode.IMPLAN, juni(29)),
        Spek(
            Tahap.DIKEMBALIKAN,
            Metode.IUD,
            juni(30),
            alasan=(
                "Tanggal 30 Juni tidak ada di register KB puskesmas; di sana tertulis 29 Juni. "
                "Cocokkan dengan kartu peserta ibu, betulkan tanggalnya, lalu kirim lagi."
            ),
        ),
        Spek(L, Metode.SUNTIK, juli(1), StatusPeserta.GANTI_CARA),
        Spek(L, Metode.IMPLAN, juli(5)),
        Spek(L, Metode.IUD, juli(7)),
        Spek(Tahap.CALON, Metode.IMPLAN),
        Spek(Tahap.CALON, Metode.MOW),
        Spek(Tahap.DIRUJUK, Metode.IMPLAN),
        Spek(Tahap.DITUNDA, Metode.IUD, alasan="Ibu masih menunggu suami pulang dari luar kota."),
    ),
    DESA_TUNGGU: (
        Spek(V, Metode.IMPLAN, juni(21)),
        Spek(V, Metode.IUD, juni(23)),
        Spek(L, Metode.IMPLAN, juni(24)),
        Spek(L, Metode.IUD, juni(29)),
        Spek(L, Metode.MOW, juni(30)),
        Spek(L, Metode.IMPLAN, juli(6)),
        Spek(Tahap.CALON, Metode.IUD),
    ),
    DESA_SIAP: (
        Spek(V, Metode.IMPLAN, juni(18)),
        Spek(V, Metode.IMPLAN, juni(22)),
        Spek(V, Metode.IUD, juni(22)),
        Spek(V, Metode.MOP, juni(28)),
        Spek(L, Metode.IMPLAN, juli(6)),
        Spek(Tahap.DIRUJUK, Metode.IUD),
    ),
    DESA_SETUJU: (
        Spek(V, Metode.IMPLAN, juni(19)),
        Spek(V, Metode.IMPLAN, juni(21)),
        Spek(V, Metode.IUD, juni(23)),
        Spek(V, Metode.MOW, juni(24)),
        Spek(V, Metode.IUD, juni(30)),
        Spek(L, Metode.IMPLAN, juli(2)),
    ),
    DESA_DRAF: (
        Spek(L, Metode.IMPLAN, juni(23)),
        Spek(L, Metode.IUD, juni(29)),
        Spek(L, Metode.IMPLAN, juli(1)),
        Spek(Tahap.CALON, Metode.IMPLAN),
    ),
}
# Copied from the register before anybody asked: the officer's queue says so, and the kader can still ask.
TANPA_PERSETUJUAN = ((DESA_KADER, juli(5)), (DESA_TUNGGU, juni(29)))
STATUS_LAPORAN = {
    DESA_KADER: StatusLaporan.DIKEMBALIKAN,
    DESA_TUNGGU: StatusLaporan.DIKIRIM,
    DESA_SIAP: StatusLaporan.DIKIRIM,
    DESA_SETUJU: StatusLaporan.DISETUJUI,
    DESA_DRAF: StatusLaporan.DRAF,
}


def jumlah_dihitung() -> dict[str, int]:
    """Return how many couples of each told desa the campaign counts."""
    return {desa: sum(s.dihitung for s in kisah) for desa, kisah in KISAH.items()}
