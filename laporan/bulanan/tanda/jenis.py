"""The kinds of flags, and what a flag is."""

import uuid
from dataclasses import dataclass

from django.db.models import TextChoices


class Jenis(TextChoices):
    """Kinds in the order in which they are shown: those of the numbers first, then those of the records."""

    IMBANG = "imbang", "PUS tidak seimbang"
    LONJAKAN = "lonjakan", "Angka jauh berubah"
    BEDA = "beda", "Beda dari catatan"
    SUSULAN = "susulan", "Mungkin terhitung dua kali"
    DUPLIKAT = "duplikat", "Mungkin ganda"
    MENYUSUL = "menyusul", "NIK menyusul"
    PERSETUJUAN = "persetujuan", "Tanpa persetujuan"
    TERLAMBAT = "terlambat", "Datang terlambat"
    HP = "hp", "Nomor HP sama"


# Said, but no reason to wait: a family often shares one phone.
SEKADAR_DIKETAHUI = frozenset({Jenis.HP})
URUTAN = {jenis: n for n, jenis in enumerate(Jenis)}


@dataclass(frozen=True)
class Tanda:
    """One flag: what, how much, what to do. `tempat`: where on the page of the report it is found.

    `pelayanan`: the records it speaks of; none when it speaks of one number.
    """

    jenis: Jenis
    kalimat: str
    tempat: str
    pelayanan: tuple[uuid.UUID, ...] = ()

    @property
    def menahan(self) -> bool:
        """Whether it wants a look of its own: its records are not verified together with the clean ones."""
        return self.jenis not in SEKADAR_DIKETAHUI

    @property
    def banyak(self) -> int:
        """How many numbers or records it speaks of."""
        return len(self.pelayanan) or 1
