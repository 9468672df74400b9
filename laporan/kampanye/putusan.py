"""Is the pace enough? One answer for page, paper, picture, message and wall.

The last days are always incomplete, so a pace that only counts what has arrived says "not enough" beside a forecast
that says the opposite. Where the forecast tells the pace after late records, that one decides, and both are told.
"""

from dataclasses import dataclass
from typing import Any

from kader.enums import Tingkat
from laporan.kampanye.papan import Papan
from poskb.dasar.angka import angka


@dataclass(frozen=True)
class Putusan:
    """`tercatat`: a day's mean of the last seven as known; `lengkap`: after late records, None where nobody knows.

    `mungkin`: whether the forecast gives the target at least one half; None where there is no forecast.
    """

    tercatat: float
    lengkap: float | None
    perlu: float
    mungkin: bool | None = None

    @property
    def cukup(self) -> bool:
        """Whether it is enough, and the forecast, which also knows which days are left, does not say otherwise."""
        return self._cukup and self.mungkin is not False

    @property
    def di_batas(self) -> bool:
        """Whether pace and forecast disagree: it may be enough or not."""
        return self.mungkin is not None and self.mungkin != self._cukup

    @property
    def _cukup(self) -> bool:
        return self.laju >= self.perlu

    @property
    def laju(self) -> float:
        """The pace that decides."""
        return self.tercatat if self.lengkap is None else self.lengkap

    @property
    def dua_angka(self) -> bool:
        """Whether late records change the number that is told."""
        return self.lengkap is not None and angka(self.lengkap, 1) != angka(self.tercatat, 1)

    @property
    def kata_laju(self) -> str:
        """The pace that decides: "sekitar 45,8 per hari setelah yang terlambat masuk (tercatat 41,3)"."""
        if not self.dua_angka:
            return f"{angka(self.tercatat, 1)} per hari"
        return (
            f"sekitar {angka(self.lengkap, 1)} per hari setelah yang terlambat masuk "
            f"(tercatat {angka(self.tercatat, 1)})"
        )

    @property
    def kata(self) -> str:
        """The whole answer in a sentence."""
        cukup = "di batas cukup" if self.di_batas else "cukup" if self.cukup else "belum cukup"
        return f"Laju tujuh hari terakhir {cukup} untuk sampai target: {self.kata_laju}, perlu {angka(self.perlu, 1)}."


def putusan(papan: Papan, ramalan: dict[str, Any] | None) -> Putusan | None:
    """Return the answer of a board with its forecast; None when there is nothing to compare, or no longer.

    Before the first day and after the last no day can be asked for anything, nor once the campaign is closed. Of a
    past day without a kept forecast nothing is judged: the pace alone, with late records missing, would say "not
    enough" where that day's own page had not.
    """
    laju = papan.laju
    if laju.rata_rata is None or laju.perlu_per_hari is None or papan.akhir:
        return None
    if papan.lalu and ramalan is None and papan.cuplikan.wilayah.tingkat != Tingkat.DESA:
        return None
    ramalan = ramalan or {}
    return Putusan(
        laju.rata_rata, ramalan.get("tujuh_hari_lengkap"), laju.perlu_per_hari, ramalan.get("lebih_mungkin")
    )
