"""What an officer should look at before she signs: automatic flags, explained and linked. Reads only."""

from laporan.bulanan.tanda.bulan import TandaDesa, tanda_bulan
from laporan.bulanan.tanda.jenis import Jenis, Tanda

__all__ = ["Jenis", "Tanda", "TandaDesa", "tanda_bulan"]
