"""What the wall screen says of an area, short enough to be read from across the room."""

import datetime as dt
from dataclasses import dataclass

from akseptor.enums import Tahap
from laporan.kampanye.isi import hari_terakhir
from laporan.kampanye.papan import Baris, Papan

# A desa from which nothing has come for so many days is worth a call.
DIAM = dt.timedelta(days=7)


@dataclass(frozen=True)
class Layar:
    """`belum_diperiksa`: recorded, not verified yet; `desa_diam`: nothing arrived from them for seven days."""

    wilayah: list[Baris]
    metode: list[Baris]
    menunggu: int
    belum_diperiksa: int
    dikembalikan: int
    nik_menyusul: int
    desa: int
    desa_diam: int

    @property
    def kolom(self) -> list[list[Baris | None]]:
        """The areas in two columns of the same length: None fills the last place."""
        n = -(-len(self.wilayah) // 2)
        return [self.wilayah[:n], [*self.wilayah[n:], *[None] * (2 * n - len(self.wilayah))]]


def susun_layar(papan: Papan) -> Layar:
    """Return the words and numbers of the slides."""
    isi = papan.isi
    desa = [hari_terakhir(isi, kode) for kode in isi["terakhir"]]
    return Layar(
        # By name, where one looks for one's own; how far each is says its bar.
        wilayah=sorted(papan.per_wilayah(), key=lambda b: b.nama),
        metode=papan.per_metode(),
        menunggu=sum(isi["tahap"][t] for t in (Tahap.CALON, Tahap.DIRUJUK)),
        belum_diperiksa=isi["tercatat"] - isi["terverifikasi"],
        dikembalikan=isi["tahap"][Tahap.DIKEMBALIKAN],
        nik_menyusul=isi["mutu"]["nik_menyusul"],
        desa=len(desa),
        desa_diam=sum(1 for hari in desa if hari is None or papan.hari_ini - hari >= DIAM),
    )
