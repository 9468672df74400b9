"""Counts below desa level that may be shown: never under 5, and not to be found out by subtracting. Pure.

What is printed: some RW with a step of five ("5-9", "10-14"); the others are not named. Who reads it also knows the
desa's total, which RW there are, this rule, and what was printed before. Against that:

1. *Under 5 is not shown.*
2. *Subtracting.* The table stands for a multiple of five and every step begins at one, so what is left for the RW
   that are not shown is, at most, five or more: none of them is known to hold a certain number, nor by print and
   total to hold less than five. Exact numbers would need a second RW hidden beside a lonely small one; steps do not.
3. *Comparing days.* A number that moves by one while the desa grows by one names that woman's RW. So the table stands
   still until five more have arrived, and counts those first that arrived first: what comes late changes no earlier
   table. Steps blur the difference of two tables as well.
4. *Comparing campaigns.* Two whose windows share a day differ by whom only one of them counts: the table is printed
   for the one that was made first (`laporan.kampanye.per_rw`).

Not claimed: a changed rule of a campaign makes another table; an unlisted RW may be known to hold none; a table that
lists one RW alone may tell that the last five all live there; and a record that is corrected or cancelled can move an
earlier table.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

TERKECIL = 5


@dataclass(frozen=True)
class Selang:
    """A count told in a step: from `dari` to `sampai`, both included."""

    dari: int
    sampai: int


@dataclass(frozen=True)
class Tersembunyi:
    """What may be printed. `jumlah`: how many the table stands for; `lain`: some are in RW that are not shown."""

    jumlah: int
    tampil: dict[str, Selang]
    lain: bool


def langkah(n: int) -> Selang:
    """Return the step of five in which a number lies."""
    return Selang(n - n % TERKECIL, n - n % TERKECIL + TERKECIL - 1)


def sembunyikan(menurut_datang: Sequence[str]) -> Tersembunyi:
    """Return what may be printed of a desa. `menurut_datang`: the RW of each counted couple, first arrival first."""
    jumlah = len(menurut_datang) - len(menurut_datang) % TERKECIL
    hitung = Counter(menurut_datang[:jumlah])
    tampil = {rw: langkah(n) for rw, n in sorted(hitung.items()) if n >= TERKECIL}
    return Tersembunyi(jumlah, tampil, lain=len(tampil) < len(hitung))
