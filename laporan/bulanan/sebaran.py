"""How many desa stand where with a month, in words and as one bar; the district's board, a row per kecamatan."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kader.models import Wilayah
from laporan.bulanan.hitung import NOL, Hitungan
from laporan.bulanan.papan import BELUM, LABEL, Baris
from laporan.enums import StatusLaporan

# From what is done to what has not begun: the bar fills from the left.
URUT = (StatusLaporan.DISETUJUI, StatusLaporan.DIKIRIM, StatusLaporan.DIKEMBALIKAN, StatusLaporan.DRAF, BELUM)


@dataclass(frozen=True)
class Ruas:
    """A piece of the bar: a state that occurs, how often, and where it lies in percent of the width."""

    status: str
    label: str
    banyak: int
    mulai: float
    lebar: float


@dataclass(frozen=True)
class Sebaran:
    """Where the desa of an area stand. `lewat`: how many are late, whoever has the report."""

    jumlah: int
    ruas: list[Ruas]
    lewat: int

    @property
    def disetujui(self) -> int:
        return next((r.banyak for r in self.ruas if r.status == StatusLaporan.DISETUJUI), 0)

    @property
    def kalimat(self) -> str:
        """The bar for who cannot see it."""
        return ", ".join(f"{r.banyak} {r.label.lower()}" for r in self.ruas)


def sebaran(baris: Sequence[Baris]) -> Sebaran:
    """Count the states of some rows of the board. No query."""
    ada = Counter(b.status for b in baris)
    ruas, mulai = [], 0.0
    for status in URUT:
        if not ada[status]:
            continue
        lebar = 100 * ada[status] / len(baris)
        ruas.append(Ruas(status, LABEL[status], ada[status], mulai, lebar))
        mulai += lebar
    return Sebaran(len(baris), ruas, sum(b.lewat for b in baris))


@dataclass(frozen=True)
class BarisKecamatan:
    """One kecamatan in one month. `oleh`: who holds it up, in words; "" when it is done."""

    kecamatan: Wilayah
    sebaran: Sebaran
    hitungan: Hitungan
    oleh: str = ""


def per_kecamatan(baris: Sequence[Baris], oleh: Mapping[str, str]) -> list[BarisKecamatan]:
    """Return a row per kecamatan: the one with most late desa on top, what is done last. `oleh` by code. No query."""
    kelompok: dict[str, list[Baris]] = {}
    for b in baris:
        kelompok.setdefault(b.desa.induk_id, []).append(b)
    hasil = [
        BarisKecamatan(milik[0].desa.induk, sebaran(milik), sum((b.hitungan for b in milik), NOL), oleh.get(kode, ""))
        for kode, milik in kelompok.items()
    ]
    return sorted(
        hasil,
        key=lambda k: (k.sebaran.disetujui == k.sebaran.jumlah, -k.sebaran.lewat, k.kecamatan.kode),
    )
