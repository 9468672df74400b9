"""Campaigns, what is counted for them and final figures; weights of areas; the monthly report and what hangs on it."""

from laporan.models.bobot import BobotWilayah
from laporan.models.bulanan import Formulir, LaporanBulanan
from laporan.models.capaian import Capaian, Cuplikan, CuplikanHarian, PenandaHitung, PerluHitung
from laporan.models.ekspor import BerkasEkspor, Ekspor
from laporan.models.imp import KelasImp
from laporan.models.kampanye import Kampanye, Target
from laporan.models.kegiatan import FotoKegiatan, Kegiatan, MacamKegiatan
from laporan.models.pengecualian import Pengecualian
from laporan.models.penutupan import AngkaAkhir, Penutupan
from laporan.models.pesan import Pesan
from laporan.models.ramalan import Ramalan
from laporan.models.siga import InputSiga

__all__ = [
    "AngkaAkhir",
    "BerkasEkspor",
    "BobotWilayah",
    "Capaian",
    "Cuplikan",
    "CuplikanHarian",
    "Ekspor",
    "Formulir",
    "FotoKegiatan",
    "InputSiga",
    "Kampanye",
    "Kegiatan",
    "KelasImp",
    "LaporanBulanan",
    "MacamKegiatan",
    "PenandaHitung",
    "Pengecualian",
    "Penutupan",
    "PerluHitung",
    "Pesan",
    "Ramalan",
    "Target",
]
