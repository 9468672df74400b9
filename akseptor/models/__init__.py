"""Akseptor (the couple), Persetujuan (its consent), Pelayanan (a service), Kunjungan (an officer at its door),
PermintaanSubjek (what she asks about her data), TandaTerima (a change a phone sent), Titipan (what the phone of a
deactivated kader handed over).
"""

from akseptor.models.akseptor import Akseptor
from akseptor.models.kunjungan import Kunjungan
from akseptor.models.pelayanan import Pelayanan
from akseptor.models.permintaan import PermintaanSubjek
from akseptor.models.persetujuan import Persetujuan
from akseptor.models.tanda_terima import TandaTerima
from akseptor.models.titipan import Titipan

__all__ = ["Akseptor", "Kunjungan", "Pelayanan", "PermintaanSubjek", "Persetujuan", "TandaTerima", "Titipan"]
