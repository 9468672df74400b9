"""Wilayah and its BatasWilayah, Faskes, Pengguna, Penugasan, Jejak, TokenApi."""

from kader.models.batas import BatasWilayah
from kader.models.faskes import Faskes
from kader.models.jejak import Jejak
from kader.models.pengguna import Pengguna
from kader.models.penugasan import Penugasan
from kader.models.token import TokenApi
from kader.models.wilayah import Wilayah

__all__ = ["BatasWilayah", "Faskes", "Jejak", "Pengguna", "Penugasan", "TokenApi", "Wilayah"]
