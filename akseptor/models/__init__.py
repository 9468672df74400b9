"""Akseptor (the couple), Persetujuan (its consent), Pelayanan (a service), TandaTerima (a change a phone sent)."""

from akseptor.models.akseptor import Akseptor
from akseptor.models.pelayanan import Pelayanan
from akseptor.models.persetujuan import Persetujuan
from akseptor.models.tanda_terima import TandaTerima

__all__ = ["Akseptor", "Pelayanan", "Persetujuan", "TandaTerima"]
