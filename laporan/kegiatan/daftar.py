"""Lists and sums of one month. Reads only; the number of queries does not depend on the number of rows."""

import datetime as dt
from dataclasses import dataclass, field

from django.db.models import Count, Sum

from kader.cakupan import Cakupan
from kader.models import Wilayah
from laporan.enums import PeranBhakti
from laporan.models import Kegiatan
from laporan.models.kegiatan import KegiatanQuerySet


@dataclass(frozen=True)
class Jumlah:
    """How many activities, with how many people in them."""

    kegiatan: int = 0
    orang: int = 0

    def __add__(self, lain: "Jumlah") -> "Jumlah":
        return Jumlah(self.kegiatan + lain.kegiatan, self.orang + lain.orang)


NOL = Jumlah()


@dataclass
class Rekap:
    """Sums by role, every role named. `desa` is None for a whole list."""

    desa: Wilayah | None = None
    per_peran: dict[int, Jumlah] = field(default_factory=lambda: dict.fromkeys(PeranBhakti.values, NOL))

    @property
    def jumlah(self) -> Jumlah:
        """All roles together."""
        return sum(self.per_peran.values(), NOL)

    @property
    def baris(self) -> list[tuple[str, Jumlah]]:
        """(name of the role, sums), in the order of the roles."""
        return [(PeranBhakti(p).label, j) for p, j in self.per_peran.items()]


@dataclass
class RekapKecamatan:
    """The desa of one kecamatan."""

    kecamatan: Wilayah
    desa: list[Rekap] = field(default_factory=list)

    @property
    def jumlah(self) -> Jumlah:
        """All desa together."""
        return sum((d.jumlah for d in self.desa), NOL)

    @property
    def tanpa(self) -> int:
        """How many desa wrote nothing down."""
        return sum(not d.jumlah.kegiatan for d in self.desa)


def yang_berlaku(cakupan: Cakupan, bulan: dt.date, desa: Wilayah | None = None) -> KegiatanQuerySet:
    """Return the activities of a month in a scope, or in one desa of it; newest first."""
    baris = Kegiatan.objects.dalam(cakupan).berlaku().pada_bulan(bulan)
    return baris.filter(desa=desa) if desa else baris


def yang_dihapus(cakupan: Cakupan, bulan: dt.date, desa: Wilayah | None = None) -> KegiatanQuerySet:
    """Return what was removed from that month, the last removed first."""
    baris = Kegiatan.objects.dalam(cakupan).pada_bulan(bulan).filter(dihapus_pada__isnull=False)
    baris = baris.select_related("macam", "dihapus_oleh").order_by("-dihapus_pada", "pk")
    return baris.filter(desa=desa) if desa else baris


def rekap(baris: KegiatanQuerySet) -> Rekap:
    """Sum a list by role, in one query."""
    hasil = Rekap()
    for peran, jumlah in jumlahkan(baris, "macam__peran_bhakti"):
        hasil.per_peran[peran] = jumlah
    return hasil


def rekap_per_desa(cakupan: Cakupan, bulan: dt.date) -> list[RekapKecamatan]:
    """Sum every desa of a scope by role, desa without any included. Two queries."""
    desa = Wilayah.objects.desa().dalam(cakupan).select_related("induk").order_by("kode")
    per_desa = {d.kode: Rekap(d) for d in desa}
    for kode, peran, jumlah in jumlahkan(yang_berlaku(cakupan, bulan), "desa_id", "macam__peran_bhakti"):
        per_desa[kode].per_peran[peran] = jumlah
    kelompok: dict[str, RekapKecamatan] = {}
    for satu in per_desa.values():
        kelompok.setdefault(satu.desa.induk_id, RekapKecamatan(satu.desa.induk)).desa.append(satu)
    return list(kelompok.values())


def jumlahkan(baris: KegiatanQuerySet, *kunci: str) -> list[tuple]:
    """Return (*keys, Jumlah) per group."""
    kelompok = baris.order_by().values_list(*kunci).annotate(n=Count("pk"), orang=Sum("jumlah_orang"))
    return [(*satu[:-2], Jumlah(*satu[-2:])) for satu in kelompok]
