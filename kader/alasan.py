"""A reason that others will read: short, on one line, and without anybody's number."""

from poskb.dasar.log import ANGKA_PANJANG
from poskb.dasar.tolak import Ditolak


def periksa_alasan(alasan: str, *, kosong: str, terpanjang: int) -> str:
    """Return the reason tidied. `kosong`: what to say when there is none; `terpanjang`: letters at most.

    Raises Ditolak for none, too long a one, or one with a number that looks like a NIK or a phone.
    """
    alasan = " ".join(alasan.replace("\x00", "").split())
    if not alasan:
        raise Ditolak(kosong)
    if len(alasan) > terpanjang:
        raise Ditolak(f"Alasan paling panjang {terpanjang} huruf. Persingkat, lalu simpan lagi.")
    if ANGKA_PANJANG.search(alasan):
        raise Ditolak("Jangan tulis NIK atau nomor HP dalam alasan. Hapus nomornya, lalu simpan lagi.")
    return alasan
