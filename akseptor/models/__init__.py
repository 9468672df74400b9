"""Akseptor (the couple), Persetujuan (its consent), Pelayanan (a service)."""

from akseptor.models.akseptor import Akseptor
from akseptor.models.pelayanan import Pelayanan
from akseptor.models.persetujuan import Persetujuan

__all__ = ["Akseptor", "Pelayanan", "Persetujuan"]
