"""The flags of one month, of one desa or of two hundred, in the same few queries."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings

from laporan.bulanan.formulir import Susunan, baca
from laporan.bulanan.tanda.angka import Angka, tanda_angka
from laporan.bulanan.tanda.catatan import Catatan, catatan_bulan, tanda_catatan
from laporan.bulanan.tanda.jenis import Jenis, Tanda
from laporan.enums import StatusLaporan
from laporan.models import Formulir, LaporanBulanan
from poskb.dasar.waktu import geser_bulan

BERBICARA = (StatusLaporan.DIKIRIM, StatusLaporan.DISETUJUI)


@dataclass(frozen=True)
class TandaDesa:
    """What is to be looked at in one desa's month: the flags, and every record that the month counts."""

    tanda: tuple[Tanda, ...] = ()
    catatan: tuple[Catatan, ...] = ()

    @property
    def menahan(self) -> list[Tanda]:
        """The flags that want a look of their own."""
        return [t for t in self.tanda if t.menahan]

    @property
    def bersih(self) -> bool:
        """Whether nothing wants a look of its own."""
        return not self.menahan

    @property
    def catatan_bersih(self) -> list[Catatan]:
        """The records that may be verified together."""
        return [c for c in self.catatan if c.bersih]

    @property
    def per_jenis(self) -> list[tuple[Jenis, int]]:
        """How many of each kind, in the order of the kinds."""
        banyak: Counter[Jenis] = Counter()
        for t in self.tanda:
            banyak[t.jenis] += t.banyak
        return [(jenis, banyak[jenis]) for jenis in Jenis if banyak[jenis]]


def tanda_bulan(kode_desa: Sequence[str], bulan: dt.date) -> dict[str, TandaDesa]:
    """Return {kode desa: flags} of the reports that wait for the officer; others have none.

    Four queries, however many desa and months.
    """
    laporan = _laporan(kode_desa, bulan)
    catatan = catatan_bulan(kode_desa, bulan)
    susunan = _susunan({deret[-1].formulir for deret in laporan.values()})
    hasil = {}
    for kode, (*lalu, ini) in laporan.items():
        milik = catatan.get(kode, [])
        dihitung = dict(Counter(c.metode for c in milik))
        angka = Angka(bulan, ini.isi, dihitung, ini.alasan)
        dulu = [Angka(x.bulan, x.isi, x.dihitung) for x in lalu]
        tanda = [*tanda_angka(susunan[ini.formulir], angka, dulu), *tanda_catatan(milik)]
        hasil[kode] = TandaDesa(tuple(tanda), tuple(milik))
    return hasil


@dataclass(frozen=True)
class Bulan:
    """A stored month, as much of it as is compared."""

    bulan: dt.date
    status: str
    formulir: int
    isi: dict[str, int]
    alasan: dict[str, str]
    dihitung: dict[str, int] | None


def _laporan(kode_desa: Sequence[str], bulan: dt.date) -> dict[str, list[Bulan]]:
    """Return {kode desa: its months that were sent or approved, this one last} where this one waits. One query."""
    sejak = geser_bulan(bulan, -settings.TANDA_LAPORAN["lonjakan_bulan"])
    baris = LaporanBulanan.objects.filter(desa_id__in=kode_desa, bulan__range=(sejak, bulan), status__in=BERBICARA)
    per_desa: dict[str, list[Bulan]] = defaultdict(list)
    kolom = ("desa_id", "bulan", "status", "formulir_id", "isi", "alasan_selisih", "dihitung__baru")
    for kode, *nilai in baris.order_by("bulan").values_list(*kolom):
        per_desa[kode].append(Bulan(*nilai))
    return {k: d for k, d in per_desa.items() if (d[-1].bulan, d[-1].status) == (bulan, StatusLaporan.DIKIRIM)}


def _susunan(formulir: set[int]) -> dict[int, Susunan]:
    """Return the forms that these reports follow. One query."""
    return {pk: baca(isi) for pk, isi in Formulir.objects.filter(pk__in=formulir).values_list("pk", "isi")}
