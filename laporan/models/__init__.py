"""Kampanye and what is counted for it; Formulir and LaporanBulanan; Kegiatan; KelasImp."""

from laporan.models.bulanan import Formulir, LaporanBulanan
from laporan.models.capaian import Capaian, Cuplikan, PenandaHitung, PerluHitung
from laporan.models.imp import KelasImp
from laporan.models.kampanye import Kampanye, Target
from laporan.models.kegiatan import Kegiatan, MacamKegiatan

__all__ = [
    "Capaian",
    "Cuplikan",
    "Formulir",
    "Kampanye",
    "Kegiatan",
    "KelasImp",
    "LaporanBulanan",
    "MacamKegiatan",
    "PenandaHitung",
    "PerluHitung",
    "Target",
]
