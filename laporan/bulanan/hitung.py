"""New acceptors of a month, counted from the records. The one definition that report, board and approval share."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q

from akseptor.enums import StatusPeserta, Tahap
from akseptor.models import Pelayanan
from akseptor.models.pelayanan import PelayananQuerySet
from poskb.dasar.waktu import geser_bulan


@dataclass(frozen=True)
class Hitungan:
    """How many records count, and how many of them an officer has verified."""

    tercatat: int = 0
    terverifikasi: int = 0

    def __add__(self, lain: "Hitungan") -> "Hitungan":
        return Hitungan(self.tercatat + lain.tercatat, self.terverifikasi + lain.terverifikasi)


NOL = Hitungan()


def yang_dihitung(bulan: dt.date, sampai: dt.date | None = None) -> PelayananQuerySet:
    """Return the services that count as new acceptors from one month through another, by service day.

    A range of days, not year and month: the index on (desa, tanggal) serves it.
    """
    akhir = geser_bulan(sampai or bulan, 1)
    return Pelayanan.objects.terlayani().filter(
        status_peserta=StatusPeserta.BARU, tanggal__gte=bulan, tanggal__lt=akhir
    )


HITUNG = {"tercatat": Count("pk"), "terverifikasi": Count("pk", filter=Q(tahap=Tahap.TERVERIFIKASI))}


def akseptor_baru(kode_desa: Iterable[str], bulan: dt.date) -> dict[str, dict[str, Hitungan]]:
    """Return {kode desa: {metode: Hitungan}} of a month, in one query. What has none is missing."""
    pelayanan = yang_dihitung(bulan).filter(desa_id__in=list(kode_desa)).order_by()
    hasil: dict[str, dict[str, Hitungan]] = defaultdict(dict)
    for baris in pelayanan.values("desa_id", "metode").annotate(**HITUNG):
        hasil[baris["desa_id"]][baris["metode"]] = Hitungan(baris["tercatat"], baris["terverifikasi"])
    return dict(hasil)


def per_bulan(kode_desa: str, bulan: dt.date, sampai: dt.date) -> dict[dt.date, dict[str, int]]:
    """Return {month: {metode: count}} of one desa from a month through another, in one query."""
    return per_desa_bulan([kode_desa], bulan, sampai).get(kode_desa, {})


def per_desa_bulan(
    kode_desa: Iterable[str], bulan: dt.date, sampai: dt.date
) -> dict[str, dict[dt.date, dict[str, int]]]:
    """Return {kode desa: {month: {metode: count}}} from a month through another, in one query."""
    hasil: dict[str, dict[dt.date, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    baris = yang_dihitung(bulan, sampai).filter(desa_id__in=list(kode_desa)).order_by()
    baris = baris.values_list("desa_id", "tanggal__year", "tanggal__month", "metode").annotate(Count("pk"))
    for desa, tahun, nomor, metode, n in baris:
        hasil[desa][dt.date(tahun, nomor, 1)][metode] = n
    return {desa: dict(bulanan) for desa, bulanan in hasil.items()}


def jumlah(hitungan: dict[str, Hitungan]) -> Hitungan:
    """Add the methods up."""
    return sum(hitungan.values(), NOL)
