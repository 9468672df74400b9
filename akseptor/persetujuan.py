"""The text that the kader reads out before anything is written down. A new wording is a new version."""

VERSI = "2021-1"
TEKS = {
    "2021-1": (
        "Ibu, saya mencatat nama, NIK, alamat, dan alat KB Ibu untuk pelayanan KB dan laporan desa. Data ini "
        "dirahasiakan; hanya petugas KB yang bertugas di desa ini yang membukanya. Ikut KB itu sukarela, dan Ibu "
        "boleh meminta data ini dilihat, diperbaiki, atau dihapus. Apakah Ibu setuju datanya dicatat?"
    ),
}


def teks_berlaku() -> str:
    """Return the wording in force."""
    return TEKS[VERSI]
