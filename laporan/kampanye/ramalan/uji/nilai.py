"""Judging forecasts of simulated campaigns: coverage, calibration, error against two straight lines."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from zlib import crc32

from laporan.kampanye.ramalan.ramal import ramal
from laporan.kampanye.ramalan.uji.kebenaran import LAMA, Acak, Watak
from laporan.kampanye.ramalan.uji.tiruan import Tiruan, tirukan

KELAS = (0.05, 0.2, 0.4, 0.6, 0.8, 0.95)


@dataclass(frozen=True)
class Nilai:
    """One forecast against the truth: in the band or on which side out; absolute errors; chance and outcome."""

    di_bawah: bool
    di_atas: bool
    galat: float
    galat_lurus: float
    galat_tujuh: float
    lebar: float
    peluang: float
    tercapai: bool

    @property
    def kena(self) -> bool:
        """Whether the truth lies in the band."""
        return not (self.di_bawah or self.di_atas)


def nilai(satu: Tiruan, hari_ke: int) -> Nilai:
    """Forecast at the end of the n-th day and compare with the truth."""
    s = satu.pada(hari_ke)
    p, _ = ramal(s)
    per_hari = s.tercatat()
    tujuh = sum(n for t, n in per_hari.items() if (s.hari_ini - t).days < 7) / 7
    return Nilai(
        di_bawah=satu.akhir < p.rendah,
        di_atas=satu.akhir > p.tinggi,
        galat=abs(p.median - satu.akhir),
        galat_lurus=abs(p.tercatat / hari_ke * LAMA - satu.akhir),
        galat_tujuh=abs(p.tercatat + tujuh * (LAMA - hari_ke) - satu.akhir),
        lebar=(p.tinggi - p.rendah) / max(p.median, 1),
        peluang=p.peluang,
        tercapai=satu.akhir >= s.target,
    )


def uji(
    kebenaran: dict[str, Callable[[Acak], Watak]], potong: Iterable[int], kali: int, benih: int, skala: float
) -> Iterator[tuple[str, int, list[Nilai]]]:
    """Simulate `kali` campaigns of each truth; yield (truth, cut day, judgements). Seeded by truth, not by order."""
    for nama, buat in kebenaran.items():
        semua = [tirukan(buat, skala, crc32(f"{benih}:{nama}:{j}".encode())) for j in range(kali)]
        for hari_ke in potong:
            yield nama, hari_ke, [nilai(satu, hari_ke) for satu in semua if _cukup(satu, hari_ke)]


def _cukup(satu: Tiruan, hari_ke: int) -> bool:
    """Leave out what the forecast itself calls too early: tiny areas with almost nothing known."""
    return sum(satu.pada(hari_ke).tercatat().values()) >= 5


@dataclass(frozen=True)
class Ringkas:
    """Means of many judgements; `kalibrasi`: (mean chance said, share that reached, how many) per class."""

    banyak: int
    kena: float
    di_bawah: float
    di_atas: float
    galat: float
    galat_lurus: float
    galat_tujuh: float
    lebar: float
    brier: float
    kalibrasi: tuple[tuple[float, float, int], ...]


def ringkas(semua: list[Nilai]) -> Ringkas:
    """Sum up. Raises ZeroDivisionError for nothing."""

    def rata(medan: str) -> float:
        return sum(getattr(n, medan) for n in semua) / len(semua)

    kelas: dict[int, list[Nilai]] = {}
    for n in semua:
        kelas.setdefault(sum(n.peluang >= batas for batas in KELAS), []).append(n)
    return Ringkas(
        banyak=len(semua),
        **{m: rata(m) for m in ("kena", "di_bawah", "di_atas", "galat", "galat_lurus", "galat_tujuh", "lebar")},
        brier=sum((n.peluang - n.tercapai) ** 2 for n in semua) / len(semua),
        kalibrasi=tuple(
            (sum(n.peluang for n in k) / len(k), sum(n.tercapai for n in k) / len(k), len(k))
            for _, k in sorted(kelas.items())
        ),
    )
