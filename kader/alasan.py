"""Short texts that others will read: reasons and notes. They hold nobody's number."""

from django.core.exceptions import ValidationError

from poskb.dasar.log import ANGKA_PANJANG
from poskb.dasar.tolak import Ditolak

TANPA_NOMOR = "Jangan tulis NIK atau nomor HP di sini. Hapus nomornya, lalu simpan lagi."


def kesalahan_teks(teks: str, *, terpanjang: int) -> str:
    """Return what is wrong with such a text, with the next step; empty when nothing is."""
    if ANGKA_PANJANG.search(teks):
        return TANPA_NOMOR
    if "\x00" in teks:
        return "Ada tanda yang tidak dapat disimpan. Tulis ulang dengan papan ketik biasa."
    if len(teks) > terpanjang:
        return f"Paling panjang {terpanjang} huruf. Persingkat, lalu simpan lagi."
    return ""


def tanpa_nomor(teks: str) -> None:
    """Validate a field of a form. Raises ValidationError for a number that looks like a NIK or a phone."""
    if ANGKA_PANJANG.search(teks):
        raise ValidationError(TANPA_NOMOR)


def periksa_teks(alasan: str, *, terpanjang: int) -> None:
    """Raise Ditolak for a reason in which `kesalahan_teks` finds something wrong."""
    if galat := kesalahan_teks(alasan, terpanjang=terpanjang):
        raise Ditolak(f"Alasan: {galat[0].lower()}{galat[1:]}")


def periksa_alasan(alasan: str, *, kosong: str, terpanjang: int) -> str:
    """Return a reason tidied, on one line. `kosong`: what to say when there is none; `terpanjang`: letters at most.

    Raises Ditolak for none, or as `periksa_teks`.
    """
    alasan = " ".join(alasan.replace("\x00", "").split())
    if not alasan:
        raise Ditolak(kosong)
    periksa_teks(alasan, terpanjang=terpanjang)
    return alasan
