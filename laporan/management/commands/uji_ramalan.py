"""Backtest of the forecast over simulated campaigns of known truth. docs/ramalan.md explains the tables."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from laporan.kampanye.ramalan.uji.kebenaran import DISETEL, DISISIHKAN
from laporan.kampanye.ramalan.uji.nilai import Nilai, Rancangan, Ringkas, ringkas, uji

LIPUTAN = (0.75, 0.85)
KEPALA = (
    f"{'kebenaran':<22}{'hari':>5}{'dalam pita':>12}{'di bawah':>10}{'di atas':>9}"
    f"{'lebar':>8}{'galat':>9}{'lurus':>9}{'7 hari':>9}"
)


class Command(BaseCommand):
    """Exit code 1 when the band of the truths together covers less than 75 or more than 85 %, or a line errs less."""

    help = "Uji ramalan pada kampanye tiruan: liputan pita 80 %, kalibrasi peluang, galat terhadap garis lurus."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take how many campaigns per truth, the seed, the size, the cut days."""
        parser.add_argument("--kali", type=int, default=40, help="kampanye tiruan per kebenaran (bawaan 40)")
        parser.add_argument("--benih", type=int, default=1831, help="benih acak: benih sama, hasil sama")
        parser.add_argument("--skala", type=float, default=1831, help="akseptor sekampanye, kira-kira (bawaan 1831)")
        parser.add_argument("--kecamatan", action="store_true", help="nilai 15 kecamatan di dalamnya")
        parser.add_argument("--potong", type=int, nargs="+", default=[10, 20, 30], help="hari perkiraan dibuat")

    def handle(self, *args: object, **opsi: Any) -> None:
        """Simulate, forecast, print."""
        self.stdout.write(KEPALA)
        rancangan = Rancangan(
            tuple(opsi["potong"]), opsi["kali"], opsi["benih"], opsi["skala"], kecamatan=opsi["kecamatan"]
        )
        disetel = self._uji(DISETEL, rancangan)
        disisihkan = self._uji(DISISIHKAN, rancangan)
        salah = []
        for judul, kelompok in (
            ("disetel", [disetel]),
            ("disisihkan", [disisihkan]),
            ("semua", [disetel, disisihkan]),
        ):
            for hari in opsi["potong"]:
                r = ringkas([n for k in kelompok for n in k[hari]])
                self._baris(judul.upper(), hari, r)
                self._kalibrasi(r)
                if judul == "semua":
                    salah += _salah(hari, r)
        for s in salah:
            self.stderr.write(s)
        if salah:
            sys.exit(1)
        self.stdout.write("Liputan 75-85 % pada setiap hari, dan galat lebih kecil daripada kedua garis.")

    def _uji(self, kebenaran: dict, rancangan: Rancangan) -> dict[int, list[Nilai]]:
        semua: dict[int, list[Nilai]] = {hari: [] for hari in rancangan.potong}
        for nama, hari, hasil in uji(kebenaran, rancangan):
            semua[hari] += hasil
            if hasil:
                self._baris(nama, hari, ringkas(hasil))
        return semua

    def _baris(self, nama: str, hari: int, r: Ringkas) -> None:
        self.stdout.write(
            f"{nama:<22}{hari:>5}{r.kena:>12.1%}{r.di_bawah:>10.1%}{r.di_atas:>9.1%}"
            f"{r.lebar:>8.2f}{r.galat:>9.1f}{r.galat_lurus:>9.1f}{r.galat_tujuh:>9.1f}"
        )

    def _kalibrasi(self, r: Ringkas) -> None:
        kelas = "  ".join(f"{p:.0%}: {y:.0%} ({n})" for p, y, n in r.kalibrasi)
        self.stdout.write(f"{'':<8}peluang disebut: tercapai (banyak)  {kelas}   Brier {r.brier:.3f}")


def _salah(hari: int, r: Ringkas) -> list[str]:
    salah = []
    if not LIPUTAN[0] <= r.kena <= LIPUTAN[1]:
        salah.append(f"Hari {hari}: pita 80 % meliputi {r.kena:.1%}, seharusnya 75 sampai 85 %.")
    if r.galat >= min(r.galat_lurus, r.galat_tujuh):
        salah.append(f"Hari {hari}: galat {r.galat:.1f} tidak lebih kecil daripada garis lurus atau 7 hari terakhir.")
    return salah
