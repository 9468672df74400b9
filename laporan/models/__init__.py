"""Kampanye and what is counted for it; Formulir, LaporanBulanan and what hangs on it; Kegiatan; KelasImp."""

from laporan.models.bulanan import Formulir, LaporanBulanan
from laporan.models.capaian import Capaian, Cuplikan, PenandaHitung, PerluHitung
from laporan.models.ekspor import BerkasEkspor, Ekspor
from laporan.models.imp import KelasImp
from laporan.models.kampanye import Kampanye, Target
from laporan.models.kegiatan import Kegiatan, MacamKegiatan
from laporan.models.pengecualian import Pengecualian
from laporan.models.pesan import Pesan
from laporan.models.ramalan import Ramalan
from laporan.models.siga import InputSiga

__all__ = [
    "BerkasEkspor",
    "Capaian",
    "Cuplikan",
    "Ekspor",
    "Formulir",
    "InputSiga",
    "Kampanye",
    "Kegiatan",
    "KelasImp",
    "LaporanBulanan",
    "MacamKegiatan",
    "PenandaHitung",
    "Pengecualian",
    "PerluHitung",
    "Pesan",
    "Ramalan",
    "Target",
]
