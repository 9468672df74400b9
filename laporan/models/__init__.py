"""Kampanye and what is counted for it; Formulir and LaporanBulanan."""

from laporan.models.bulanan import Formulir, LaporanBulanan
from laporan.models.capaian import Capaian, Cuplikan, PenandaHitung, PerluHitung
from laporan.models.kampanye import Kampanye, Target

__all__ = [
    "Capaian",
    "Cuplikan",
    "Formulir",
    "Kampanye",
    "LaporanBulanan",
    "PenandaHitung",
    "PerluHitung",
    "Target",
]
