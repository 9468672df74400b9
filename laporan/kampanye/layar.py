"""What the wall screen says of an area, short enough to be read from across the room."""

from dataclasses import dataclass

from akseptor.enums import Tahap
from laporan.kampanye.mutu import kode_diam
from laporan.kampanye.papan import Baris, Papan


@dataclass(frozen=True)
class Layar:
    """`belum_diperiksa`: recorded, not verified yet; `desa_diam`: silent, as the page says it."""

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
    return Layar(
        # By name, where one looks for one's own; how far each is says its bar.
        wilayah=sorted(papan.per_wilayah(), key=lambda b: b.nama),
        metode=papan.per_metode(),
        menunggu=sum(isi["tahap"][t] for t in (Tahap.CALON, Tahap.DIRUJUK)),
        belum_diperiksa=papan.belum_terverifikasi,
        dikembalikan=isi["tahap"][Tahap.DIKEMBALIKAN],
        nik_menyusul=isi["mutu"]["nik_menyusul"],
        desa=len(isi["terakhir"]),
        desa_diam=len(kode_diam(isi, papan.cuplikan.kampanye, papan.hari_ini)),
    )
