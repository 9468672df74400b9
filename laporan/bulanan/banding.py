"""Helps to find why PUS does not balance: each part beside last month's, and what would explain the difference.

Only hints. Nothing is changed, and a number that happens to fit need not be the wrong one.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from laporan.bulanan import imbang
from laporan.bulanan.formulir import Susunan
from laporan.models import LaporanBulanan
from poskb.dasar.waktu import tulis_bulan


@dataclass(frozen=True)
class Baris:
    """One number of the rule. `dugaan`: why it may be the one, or empty."""

    kunci: str
    label: str
    lalu: int | None
    kini: int | None
    dugaan: str = ""

    @property
    def ubah(self) -> int | None:
        """By how much it moved; None while one of the two is missing."""
        return None if self.lalu is None or self.kini is None else self.kini - self.lalu


@dataclass(frozen=True)
class Banding:
    """`jumlah` is the key of PUS. `bulan_lalu` is empty where there is no earlier report to compare with."""

    jumlah: str
    bulan_lalu: str
    baris: list[Baris]
    selisih: int | None
    selisih_lalu: int | None

    @property
    def dugaan(self) -> list[Baris]:
        """The numbers to look at first."""
        return [b for b in self.baris if b.dugaan]

    @property
    def warisan(self) -> bool:
        """Whether last month was off by the same: then look there."""
        return bool(self.selisih) and self.selisih == self.selisih_lalu


def banding(susunan: Susunan, isi: Mapping[str, int | None], lalu: LaporanBulanan | None) -> Banding | None:
    """Compare what is filled in with an earlier report; None for a form without the rule."""
    if not susunan.imbang_jumlah:
        return None
    ada = {k: n for k, n in isi.items() if n is not None}
    isi_lalu = lalu.isi if lalu else {}
    beda = imbang.selisih(susunan, ada)
    baris = [
        Baris(k, _nama(susunan, k), isi_lalu.get(k), ada.get(k)) for k in (susunan.imbang_jumlah, *susunan.imbang_dari)
    ]
    return Banding(
        jumlah=susunan.imbang_jumlah,
        bulan_lalu=tulis_bulan(lalu.bulan) if lalu else "",
        baris=[_duga(b, beda, b.kunci == susunan.imbang_jumlah) for b in baris] if beda else baris,
        selisih=beda,
        selisih_lalu=imbang.selisih(susunan, isi_lalu),
    )


def _nama(susunan: Susunan, kunci: str) -> str:
    """Call a number as on the page; a method says that its active users are meant."""
    label = susunan.isian[kunci].label
    return f"PA {label.split(' (')[0]}" if kunci.startswith("pa_") else label


def _duga(b: Baris, beda: int, ini_jumlah: bool) -> Baris:  # noqa: FBT001
    """Say of a number why it alone would explain the difference. PUS weighs the other way round than its parts."""
    seharusnya = None if b.kini is None else b.kini - beda if ini_jumlah else b.kini + beda
    if seharusnya is None or seharusnya < 0:
        return b
    if b.lalu == seharusnya:
        arah = "naik" if b.kini > b.lalu else "turun"
        kalimat = f"{b.label} {arah} {abs(beda)}, selisihnya juga {abs(beda)}: periksa {b.label} dulu."
    elif terbalik(b.kini, seharusnya):
        kalimat = f"{b.label} {b.kini}: bila seharusnya {seharusnya}, cocok. Mungkin angkanya terbalik."
    else:
        return b
    return Baris(b.kunci, b.label, b.lalu, b.kini, kalimat)


def terbalik(satu: int, lain: int) -> bool:
    """Whether two numbers differ by two neighbouring digits that changed places (36 and 63, 120 and 210)."""
    a, b = str(satu), str(lain)
    if len(a) != len(b) or a == b:
        return False
    beda = [i for i in range(len(a)) if a[i] != b[i]]
    return len(beda) == 2 and beda[1] - beda[0] == 1 and a[beda[0]] == b[beda[1]] and a[beda[1]] == b[beda[0]]
