"""Wilayah, BatasWilayah, Faskes, Pengguna, Penugasan, Jejak, TokenApi, PemakaianJatah, and what signing in needs."""

from kader.models.alat_totp import AlatTotp
from kader.models.batas import BatasWilayah
from kader.models.faskes import Faskes
from kader.models.jatah import PemakaianJatah
from kader.models.jejak import Jejak
from kader.models.kode import KodeMasuk
from kader.models.pengguna import Pengguna
from kader.models.penugasan import Penugasan
from kader.models.percobaan import Percobaan
from kader.models.sesi import Sesi
from kader.models.token import TokenApi
from kader.models.wilayah import Wilayah

__all__ = [
    "AlatTotp",
    "BatasWilayah",
    "Faskes",
    "Jejak",
    "KodeMasuk",
    "PemakaianJatah",
    "Pengguna",
    "Penugasan",
    "Percobaan",
    "Sesi",
    "TokenApi",
    "Wilayah",
]
