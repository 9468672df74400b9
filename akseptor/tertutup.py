"""Couples whose data may no longer be used: the consent was withdrawn, or the data was erased (docs/hak-subjek.md)."""

from akseptor.models import Akseptor
from poskb.dasar.tolak import Ditolak

NAMA_HAPUS = "Dihapus atas permintaan"
DITARIK = (
    "Ibu ini menarik persetujuannya, jadi datanya tidak boleh dipakai atau diubah lagi. Bila ibu setuju lagi, buka "
    "catatannya dan catat persetujuan yang baru."
)
DIHAPUS = (
    "Data ibu ini sudah dihapus dari server, jadi catatan ini tidak dapat diterima atau diubah lagi. Hapus juga dari "
    "HP. Bila ibu ingin dilayani lagi, catat sebagai akseptor baru dengan persetujuannya."
)


def kalimat_tertutup(akseptor: Akseptor) -> str:
    """Return why nothing may be done with a couple's data, with the next step; empty while it may be used."""
    if akseptor.dihapus_pada is not None:
        return DIHAPUS
    return DITARIK if akseptor.ditarik_pada is not None else ""


def periksa_terbuka(akseptor: Akseptor) -> None:
    """Raise Ditolak for a couple whose data may no longer be used."""
    if kalimat := kalimat_tertutup(akseptor):
        raise Ditolak(kalimat)
