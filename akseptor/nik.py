"""NIK: structure, birth date, warnings, mask. Pure functions on text; a NIK is never a number.

16 digits: region of first registration (6), birth date DDMMYY with DD+40 for women (6), serial (4). Never corrected
once issued, so only structure is an error; disagreement is a warning that the kader can confirm (domain.md, NIK).
"""

import datetime as dt
import re
from dataclasses import dataclass

PANJANG = 16
USIA_SUBUR = range(15, 50)


@dataclass(frozen=True)
class Peringatan:
    """Something to look at again. `kode` names the kind, `medan` the form field, `pesan` the sentence."""

    kode: str
    medan: str
    pesan: str


def bersihkan(teks: str) -> str:
    """Return the text without the spaces, dots and dashes people put between the digits."""
    return re.sub(r"[\s.\-]", "", teks)


def periksa_struktur(nik: str) -> str:
    """Return why this cannot be a NIK, as a sentence with the next step; empty when it can be one."""
    if not (nik.isascii() and nik.isdigit()):
        return "NIK hanya berisi angka. Periksa lagi di KTP atau KK."
    if len(nik) != PANJANG:
        return f"NIK harus 16 angka; yang ditulis {len(nik)} angka. Periksa lagi di KTP atau KK."
    if len(set(nik)) == 1:
        return "NIK ini hanya satu angka yang diulang. Salin dari KTP atau KK, atau pilih NIK menyusul."
    hari, bulan = int(nik[6:8]), int(nik[8:10])
    if not 1 <= bulan <= 12:
        return f"Angka ke-9 dan ke-10 NIK adalah bulan lahir; {nik[8:10]} bukan bulan. Periksa lagi di KTP atau KK."
    if not (1 <= hari <= 31 or 41 <= hari <= 71):
        return f"Angka ke-7 dan ke-8 NIK adalah tanggal lahir; {nik[6:8]} tidak mungkin. Periksa lagi di KTP atau KK."
    if nik[12:] == "0000":
        return "Empat angka terakhir NIK tidak mungkin 0000. Periksa lagi di KTP atau KK."
    return ""


def perempuan(nik: str) -> bool:
    """Say whether the NIK was issued to a woman."""
    return int(nik[6:8]) > 40


def tanggal_lahir(nik: str, hari_ini: dt.date) -> dt.date | None:
    """Read the birth date; None for a day that no calendar has (31 February).

    The year has two digits: of the centuries that do not lie in the future, the one whose age is nearest to 15-49.
    """
    hari, bulan, tahun = int(nik[6:8]) % 40, int(nik[8:10]), int(nik[10:12])
    calon = []
    for abad in (1900, 2000):
        try:
            tanggal = dt.date(abad + tahun, bulan, hari)
        except ValueError:
            continue
        if tanggal <= hari_ini:
            calon.append(tanggal)
    return min(calon, key=lambda t: _jauh_dari_subur(usia(t, hari_ini)), default=None)


def _jauh_dari_subur(tahun: int) -> int:
    return max(USIA_SUBUR.start - tahun, tahun - USIA_SUBUR.stop + 1, 0)


def usia(lahir: dt.date, pada: dt.date) -> int:
    """Return the age in full years on a day."""
    return pada.year - lahir.year - ((pada.month, pada.day) < (lahir.month, lahir.day))


def peringatan(nik: str, lahir: dt.date | None, hari_ini: dt.date, kode_kabupaten: str) -> list[Peringatan]:
    """Return what does not agree between a well-formed wife's NIK and the rest. `kode_kabupaten` is like "32.14"."""
    daftar = []
    if not perempuan(nik):
        daftar.append(
            Peringatan("nik_laki_laki", "nik_istri", "NIK ini milik laki-laki. Yang dicatat adalah NIK istri.")
        )
    menurut_nik = tanggal_lahir(nik, hari_ini)
    if menurut_nik is None or (lahir and menurut_nik != lahir):
        daftar.append(
            Peringatan("nik_tanggal_lahir", "nik_istri", "Tanggal lahir di NIK tidak sama dengan tanggal lahir isian.")
        )
    if nik[:4] != kode_kabupaten.replace(".", ""):
        daftar.append(Peringatan("nik_wilayah", "nik_istri", "NIK ini terbit di luar kabupaten ini."))
    return daftar


def samarkan(nik: str, *, sisa: int = 4) -> str:
    """Return the NIK, or another number, for lists and pages: only the last few digits."""
    return "•••• " + nik[-sisa:]
