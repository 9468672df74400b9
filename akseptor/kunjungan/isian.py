"""What an officer writes about a visit, and what is wrong with it."""

import datetime as dt
from dataclasses import dataclass

from akseptor.enums import TAHAP_TERLAYANI, HasilKunjungan
from akseptor.models import Pelayanan
from akseptor.models.kunjungan import PANJANG_CATATAN
from kader.alasan import kesalahan_teks
from poskb.dasar.waktu import tulis_tanggal

BELUM_DILAYANI = "Yang dikunjungi hanya ibu yang pelayanannya sudah tercatat. Catatan ini belum begitu."


@dataclass(frozen=True)
class IsianKunjungan:
    """One visit as it was typed, checked for shape only."""

    tanggal: dt.date
    hasil: str
    catatan: str = ""


def bisa_dikunjungi(pelayanan: Pelayanan) -> bool:
    """Whether there is something to confirm: a service that has happened and stands."""
    return pelayanan.tahap in TAHAP_TERLAYANI


def kesalahan(isian: IsianKunjungan, pelayanan: Pelayanan, hari_ini: dt.date) -> dict[str, str]:
    """Return {field: sentence} of everything that is wrong; nothing when it can be written."""
    return {nama: kalimat for nama, kalimat in _semua(isian, pelayanan, hari_ini) if kalimat}


def _semua(isian: IsianKunjungan, pelayanan: Pelayanan, hari_ini: dt.date) -> list[tuple[str, str]]:
    return [("tanggal", _tanggal(isian, pelayanan, hari_ini)), ("catatan", _catatan(isian))]


def _tanggal(isian: IsianKunjungan, pelayanan: Pelayanan, hari_ini: dt.date) -> str:
    if isian.tanggal > hari_ini:
        return "Tanggal ini belum tiba. Catat kunjungan sesudah dilaksanakan."
    if pelayanan.tanggal and isian.tanggal < pelayanan.tanggal:
        return f"Sebelum pelayanannya ({tulis_tanggal(pelayanan.tanggal)}). Periksa tanggal kunjungan."
    return ""


def _catatan(isian: IsianKunjungan) -> str:
    if isian.hasil == HasilKunjungan.PERLU_DIPERBAIKI and not isian.catatan:
        return "Tulis apa yang perlu diperbaiki, tanpa nama dan nomor."
    return kesalahan_teks(isian.catatan, terpanjang=PANJANG_CATATAN)
