"""The balance rule: PUS = PA of all methods + H + IAS + IAT + TIAL."""

from laporan.bulanan.formulir import Susunan
from poskb.dasar.angka import angka


def selisih(susunan: Susunan, isi: dict[str, int]) -> int | None:
    """Return PUS minus the sum of its parts; None while a number is still missing."""
    kunci = (susunan.imbang_jumlah, *susunan.imbang_dari)
    if not susunan.imbang_jumlah or any(k not in isi for k in kunci):
        return None
    return isi[susunan.imbang_jumlah] - sum(isi[k] for k in susunan.imbang_dari)


def kalimat(susunan: Susunan, isi: dict[str, int]) -> str:
    """Say by how much and in which direction it is off; empty when balanced or not yet known."""
    beda = selisih(susunan, isi)
    if not beda:
        return ""
    jumlah = isi[susunan.imbang_jumlah]
    arah = "lebih banyak" if beda > 0 else "lebih sedikit"
    return (
        f"PUS {angka(jumlah)} {arah} {angka(abs(beda))} daripada jumlah PA + H + IAS + IAT + TIAL, yaitu "
        f"{angka(jumlah - beda)}. "
        "Periksa lagi angkanya; jangan menambah baris hanya supaya cocok."
    )
