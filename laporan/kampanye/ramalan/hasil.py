"""What comes out of a forecast: plain values that JSON can carry."""

from dataclasses import asdict, dataclass
from typing import Any

# Rises with every change of the model: a stored forecast says which one made it.
VERSI_MODEL = 1

BELUM_MULAI, TERLALU_DINI, BERJALAN, MENUNGGU_SUSULAN, AKHIR = (
    "belum_mulai",
    "terlalu_dini",
    "berjalan",
    "menunggu_susulan",
    "akhir",
)


@dataclass(frozen=True)
class Hari:
    """A service day: known now, and what it will have brought when late records are in. `rendah`..`tinggi`: 80 %."""

    tanggal: str
    tercatat: int
    perkiraan: int
    rata_rata: float
    rendah: int
    tinggi: int


@dataclass(frozen=True)
class Titik:
    """A point of the curve, summed from the first day to this one. `tercatat` is None for days to come."""

    tanggal: str
    tercatat: int | None
    perkiraan: int
    rendah: int
    tinggi: int


@dataclass(frozen=True)
class HariPekan:
    """A weekday (0 is Monday): its share of a week, in percent. `arah`: "ramai", "sepi", "" when not sure."""

    hari: int
    bagian: float
    rendah: float
    tinggi: float
    arah: str


@dataclass(frozen=True)
class Susulan:
    """How late records arrive: percent known within so many days of the service; `menyusul`: served, not yet known."""

    hari_sama: float
    tiga_hari: float
    tujuh_hari: float
    menyusul: int
    menyusul_rendah: int
    menyusul_tinggi: int


@dataclass(frozen=True)
class Perkiraan:
    """The forecast of one area on one day. What cannot be told yet is None or empty; `alasan` then says why.

    `median`, `rendah`, `tinggi`: the final number, 80 % band. `peluang`: of reaching the target, 0 and 1 only when
    nothing is open any more. `perlu_per_hari`: what each day left must bring (today is left while it is not over),
    after late records; None when nothing is needed or no day is left. `tujuh_hari`: a day's mean of the last seven
    that are over, as known; `tujuh_hari_lengkap`: after late records.
    """

    versi: int
    hari: str
    keadaan: str
    cukup_data: bool
    alasan: str
    target: int
    tercatat: int
    tercapai: bool
    peluang: float | None = None
    median: int | None = None
    rata_rata: float | None = None
    rendah: int | None = None
    tinggi: int | None = None
    perlu_per_hari: float | None = None
    tujuh_hari: float | None = None
    tujuh_hari_lengkap: float | None = None
    susulan: Susulan | None = None
    hari_belum_lengkap: tuple[Hari, ...] = ()
    hari_depan: tuple[Hari, ...] = ()
    jalur: tuple[Titik, ...] = ()
    pola: tuple[HariPekan, ...] = ()

    def sebagai_json(self) -> dict[str, Any]:
        """Return it as JSON keeps it."""
        return asdict(self) | {n: [asdict(x) for x in getattr(self, n)] for n in _DAFTAR}


_DAFTAR = ("hari_belum_lengkap", "hari_depan", "jalur", "pola")
