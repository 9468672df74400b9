"""The sample of a month as a list to walk by, and how far it is done. The number of queries depends on no row."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Prefetch

from akseptor.kunjungan.sampel import sampel
from akseptor.models import Kunjungan, Pelayanan
from kader.baris import lintas_wilayah
from kader.models import Wilayah


def penentu(kunjungan: Iterable[Kunjungan]) -> Kunjungan | None:
    """Return the visit that says how it stands: the last at which somebody was met, else the last."""
    urut = sorted(kunjungan, key=lambda k: (k.bertemu, k.tanggal, k.pk))
    return urut[-1] if urut else None


@dataclass(frozen=True)
class Kemajuan:
    """How many of the sample are done."""

    selesai: int = 0
    jumlah: int = 0

    def __add__(self, lain: "Kemajuan") -> "Kemajuan":
        return Kemajuan(self.selesai + lain.selesai, self.jumlah + lain.jumlah)

    @property
    def sisa(self) -> int:
        """How many still wait."""
        return self.jumlah - self.selesai


@dataclass(frozen=True)
class Rumah:
    """One door: the record, and the visits that stand."""

    pelayanan: Pelayanan
    kunjungan: list[Kunjungan]

    @property
    def terakhir(self) -> Kunjungan | None:
        """The visit that says how it stands."""
        return penentu(self.kunjungan)

    @property
    def selesai(self) -> bool:
        """Whether somebody was met."""
        return self.terakhir is not None and self.terakhir.bertemu

    @property
    def urutan(self) -> tuple[int, int, str]:
        """One walk: RW, then RT; where none is written, last."""
        akseptor = self.pelayanan.akseptor
        return _nomor(akseptor.rw), _nomor(akseptor.rt), akseptor.nama_istri


@dataclass
class SampelDesa:
    """The doors of one desa, in the order of a walk."""

    desa: Wilayah
    rumah: list[Rumah] = field(default_factory=list)

    @property
    def kemajuan(self) -> Kemajuan:
        """How far this desa is."""
        return Kemajuan(sum(r.selesai for r in self.rumah), len(self.rumah))


def _nomor(teks: str) -> int:
    return int(teks) if teks.isascii() and teks.isdigit() else 1000


def susun(desa: Iterable[Wilayah], bulan: dt.date) -> list[SampelDesa]:
    """Return the sample of some desa, those without any left out. Three queries."""
    nama = {d.kode: d for d in desa}
    terpilih = sampel(nama, bulan)
    semua = [pk for satu in terpilih.values() for pk in satu]
    baris = Pelayanan.objects.filter(pk__in=semua).select_related("akseptor", "faskes")
    per_desa = {kode: SampelDesa(d) for kode, d in nama.items()}
    kunjungan = Prefetch("kunjungan", Kunjungan.objects.berlaku().select_related("dicatat_oleh"), "kunjungan_berlaku")
    for p in baris.defer("akseptor__nik_istri", "akseptor__no_hp").prefetch_related(kunjungan):
        per_desa[p.desa_id].rumah.append(Rumah(p, p.kunjungan_berlaku))
    for satu in per_desa.values():
        satu.rumah.sort(key=lambda r: r.urutan)
    return [satu for satu in per_desa.values() if satu.rumah]


@lintas_wilayah("siapa yang menarik persetujuan tidak dikunjungi; yang keluar hanya jumlah pintu")
def kemajuan(kode_desa: Iterable[str], bulan: dt.date) -> Kemajuan:
    """Return how far the sample of some desa is, together. Two queries."""
    terpilih = [pk for satu in sampel(kode_desa, bulan).values() for pk in satu]
    bertemu = Kunjungan.objects.berlaku().filter(pelayanan__in=terpilih).order_by()
    selesai = {k.pelayanan_id for k in bertemu.only("pelayanan_id", "hasil") if k.bertemu}
    return Kemajuan(len(selesai), len(terpilih))
