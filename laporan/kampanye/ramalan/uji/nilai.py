"""Judging forecasts of simulated campaigns: coverage, calibration, error against two straight lines."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from zlib import crc32

from laporan.kampanye.ramalan.ramal import ramal
from laporan.kampanye.ramalan.simulasi import Pola
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


def nilai(satu: Tiruan, hari_ke: int, pola: Pola | None = None) -> tuple[Nilai | None, Pola | None]:
    """Forecast at the end of the n-th day and compare with the truth; None where it is called too early."""
    s = satu.pada(hari_ke)
    p, sendiri = ramal(s, pola)
    if not p.cukup_data:
        return None, sendiri
    per_hari = s.tercatat()
    tujuh = sum(n for t, n in per_hari.items() if (s.hari_ini - t).days < 7) / 7
    hasil = Nilai(
        di_bawah=satu.akhir < p.rendah,
        di_atas=satu.akhir > p.tinggi,
        galat=abs(p.median - satu.akhir),
        galat_lurus=abs(p.tercatat / hari_ke * LAMA - satu.akhir),
        galat_tujuh=abs(p.tercatat + tujuh * (LAMA - hari_ke) - satu.akhir),
        lebar=(p.tinggi - p.rendah) / max(p.median, 1),
        peluang=p.peluang,
        tercapai=satu.akhir >= s.target,
    )
    return hasil, sendiri


@dataclass(frozen=True)
class Rancangan:
    """What to simulate and when to forecast. `kecamatan`: judge those inside, which learn from the whole."""

    potong: tuple[int, ...] = (10, 20, 30)
    kali: int = 40
    benih: int = 1831
    skala: float = 1831
    kecamatan: bool = False


def uji(kebenaran: dict[str, Callable[[Acak], Watak]], r: Rancangan) -> Iterator[tuple[str, int, list[Nilai]]]:
    """Simulate `kali` campaigns of each truth; yield (truth, cut day, judgements). Seeded by truth, not by order."""
    for nama, buat in kebenaran.items():
        semua = [tirukan(buat, r.skala, crc32(f"{r.benih}:{nama}:{j}".encode())) for j in range(r.kali)]
        for hari_ke in r.potong:
            hasil = [n for satu in semua for n in _nilai(satu, hari_ke, r)]
            yield nama, hari_ke, [n for n in hasil if n is not None]


def _nilai(satu: Tiruan, hari_ke: int, r: Rancangan) -> Iterator[Nilai | None]:
    atas, pola = nilai(satu, hari_ke)
    if not r.kecamatan:
        yield atas
        return
    for anak in satu.anak:
        yield nilai(anak, hari_ke, pola)[0]


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
