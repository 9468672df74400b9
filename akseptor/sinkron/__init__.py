"""What a phone kept and now sends: a batch in, a receipt for every record out (docs/sinkron.md)."""

from akseptor.models import Pelayanan
from akseptor.sinkron import akseptor, tahap
from akseptor.sinkron.jenis import daftarkan, jumlah_diterima
from akseptor.sinkron.kumpulan import PALING_BANYAK, terima_kumpulan

daftarkan("akseptor", akseptor.terima, hitung=Pelayanan)
daftarkan("tahap", tahap.terima)

__all__ = ["PALING_BANYAK", "daftarkan", "jumlah_diterima", "terima_kumpulan"]
