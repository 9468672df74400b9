"""Which areas a person may see today: the one place that limits by area.

Every list starts with `.dalam(request.cakupan)` and every object is fetched from such a list, so that what lies
outside is not found (404).
"""

import re
from dataclasses import dataclass
from typing import Self

from django.db.models import Q, QuerySet

from kader.enums import Peran, Tingkat

# Kabupaten, kecamatan, desa as Kemendagri writes them: "32.14", "32.14.01", "32.14.01.2001". ASCII digits only.
KODE = re.compile(r"[0-9]{2}\.[0-9]{2}(?:\.[0-9]{2}(?:\.[0-9]{4})?)?")


# Below a desa there is nothing.
PANJANG_DESA = 13


def di_bawah(kode: str, *, jalur: str = "kode") -> Q:
    """Return the condition "lies in the area of this code". `jalur` is the lookup path to the code column.

    Of a desa only equality: Postgres lets that use an index also under row-level security, where what compares
    patterns must wait until the rows are allowed.
    """
    if len(kode) >= PANJANG_DESA:
        return Q(**{jalur: kode})
    # A plain prefix would let 32.14.1 see 32.14.12: the dot ends the segment.
    return Q(**{jalur: kode}) | Q(**{f"{jalur}__startswith": kode + "."})


def kode_leluhur(kode: str) -> list[str]:
    """Return the code itself and those of all areas above it, widest first."""
    ruas = kode.split(".")
    return [".".join(ruas[:n]) for n in range(1, len(ruas) + 1)]


# Each level adds a segment to the code.
CONTOH_KODE = {Tingkat.KABUPATEN: "32.14", Tingkat.KECAMATAN: "32.14.01", Tingkat.DESA: "32.14.01.2001"}


def panjang_kode(tingkat: Tingkat) -> int:
    """Return how many characters of a desa's code name the area of this level in which it lies."""
    return len(CONTOH_KODE[tingkat])


@dataclass(frozen=True)
class Cakupan:
    """A role and the codes of the areas it covers. No code means: sees nothing."""

    peran: Peran
    kode: tuple[str, ...]

    def memuat(self, kode: str) -> bool:
        """Say whether the area of that code lies inside; what is no code, whoever sent it, lies nowhere."""
        return KODE.fullmatch(kode) is not None and any(
            kode == batas or kode.startswith(batas + ".") for batas in self.kode
        )

    def syarat(self, jalur: str) -> Q:
        """Return the condition for the code column at `jalur`."""
        if not self.kode:
            return Q(pk__in=[])
        syarat = Q()
        for kode in self.kode:
            syarat |= di_bawah(kode, jalur=jalur)
        return syarat


class QuerySetWilayah(QuerySet):
    """A queryset that knows where its rows lie. Subclasses name the path to the area's code."""

    jalur_kode = "desa__kode"

    def dalam(self, cakupan: Cakupan) -> Self:
        """Keep the rows inside a scope."""
        return self.filter(cakupan.syarat(self.jalur_kode))

    def di(self, kode: str) -> Self:
        """Keep the rows inside the area of a code."""
        return self.filter(di_bawah(kode, jalur=self.jalur_kode))
