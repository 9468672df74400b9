"""The map of an area: a tile for each area below, by how much of its own share is reached."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from kader.models import BatasWilayah, Wilayah
from laporan.kampanye.papan import Baris
from laporan.kampanye.petak import Petak, susun_petak

# Classes of coverage in percent of the own share; more than the whole is a class of its own.
BATAS_KELAS = (25, 50, 75, 100)
# Of an area without a share of the target: nothing to be measured by.
TANPA_TARGET = 0
NAMA_KELAS = ("di bawah 25 %", "25 sampai 50 %", "50 sampai 75 %", "75 sampai 100 %", "100 % atau lebih")
# Where a long name may break: before a consonant and its vowel ("Ba-ba-kan-ci-kao").
SUKU = re.compile(r"(?<=\w[a-z])(?=(?:ng|ny|(?<!n)g|[bcdfhjklmprstwyz])[aiueo])")


@dataclass(frozen=True)
class Ubin:
    """One tile. `petak` is None where nobody knows the place: then tiles stand in rows. `kelas`: 0 to 5."""

    baris: Baris
    kelas: int
    petak: Petak | None

    @property
    def nama(self) -> str:
        """The name with soft hyphens, so that a narrow tile breaks it where a reader would."""
        return SUKU.sub("\u00ad", self.baris.nama)


@dataclass(frozen=True)
class Peta:
    """The tiles, and what their classes mean with how many there are of each. `ada_batas`: boundaries are loaded."""

    ubin: list[Ubin]
    kunci: list[tuple[int, str, int]]
    ada_batas: bool

    @property
    def letak_dikenal(self) -> bool:
        return bool(self.ubin) and all(u.petak for u in self.ubin)


def kelas(persen: float | None) -> int:
    """Return the class of a coverage, 1 (least) to 5; TANPA_TARGET where there is none."""
    return TANPA_TARGET if persen is None else 1 + sum(persen >= batas for batas in BATAS_KELAS)


def susun_peta(baris: Iterable[Baris]) -> Peta:
    """Put the areas below on the map, in the order of their codes; one query."""
    baris = sorted(baris, key=lambda b: b.kode)
    ada = Exists(BatasWilayah.objects.filter(pk=OuterRef("pk")))
    tempat = Wilayah.objects.filter(kode__in=[b.kode for b in baris]).annotate(ada_batas=ada)
    titik, batas = {}, []
    for kode, lintang, bujur, punya in tempat.values_list("kode", "lintang", "bujur", "ada_batas"):
        batas.append(punya)
        if lintang is not None and bujur is not None:
            titik[kode] = (float(bujur), float(lintang))
    # All or none: half a map would put the others nowhere.
    petak = susun_petak(titik) if len(titik) == len(baris) else {}
    ubin = [Ubin(b, kelas(b.persen), petak.get(b.kode)) for b in baris]
    jumlah = Counter(u.kelas for u in ubin)
    kunci = [(n, nama, jumlah[n]) for n, nama in enumerate(NAMA_KELAS, start=1)]
    if jumlah[TANPA_TARGET]:
        kunci.append((TANPA_TARGET, "tanpa target", jumlah[TANPA_TARGET]))
    return Peta(ubin, kunci, ada_batas=bool(batas) and all(batas))
