"""Wilayah and its BatasWilayah, Faskes, Pengguna, Penugasan, Jejak, TokenApi, PemakaianJatah."""

from kader.models.batas import BatasWilayah
from kader.models.faskes import Faskes
from kader.models.jatah import PemakaianJatah
from kader.models.jejak import Jejak
from kader.models.pengguna import Pengguna
from kader.models.penugasan import Penugasan
from kader.models.token import TokenApi
from kader.models.wilayah import Wilayah

__all__ = ["BatasWilayah", "Faskes", "Jejak", "PemakaianJatah", "Pengguna", "Penugasan", "TokenApi", "Wilayah"]
