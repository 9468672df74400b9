"""The flags of one month, of one desa or of two hundred, in the same few queries."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings

from laporan.bulanan.bukti import per_desa
from laporan.bulanan.formulir import baca
from laporan.bulanan.tanda.angka import Angka, Banding, tanda_angka
from laporan.bulanan.tanda.catatan import Catatan, catatan_bulan, tanda_catatan
from laporan.bulanan.tanda.jenis import Jenis, Tanda
from laporan.bulanan.tanda.susulan import tanda_susulan
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

    Ten queries at most, however many desa and months.
    """
    ini = _ini(kode_desa, bulan)
    catatan = catatan_bulan(list(ini), bulan)
    bukti = per_desa(list(ini), bulan)
    for kode, satu in ini.items():
        satu.angka.per_peran.update(bukti[kode])
        satu.angka.dihitung.update(Counter(c.metode for c in catatan.get(kode, ())))
    lalu, susulan = _lalu(ini, bulan), tanda_susulan(catatan, bulan)
    return {
        kode: TandaDesa(
            (
                *tanda_angka(satu.banding, satu.angka, lalu.get(kode, ())),
                *susulan.get(kode, ()),
                *tanda_catatan(catatan.get(kode, ())),
            ),
            tuple(catatan.get(kode, ())),
        )
        for kode, satu in ini.items()
    }


@dataclass(frozen=True)
class Ini:
    """A report that waits: its numbers, and the form by which they are compared."""

    banding: Banding
    angka: Angka


def _ini(kode_desa: Sequence[str], bulan: dt.date) -> dict[str, Ini]:
    """Return {kode desa: its report} of those that wait. Two queries."""
    menunggu = LaporanBulanan.objects.bulan(bulan).filter(desa_id__in=kode_desa, status=StatusLaporan.DIKIRIM)
    baris = list(menunggu.values_list("desa_id", "formulir_id", "isi", "alasan_selisih"))
    formulir = Formulir.objects.filter(pk__in={b[1] for b in baris}).values_list("pk", "isi")
    banding = {pk: Banding(baca(isi)) for pk, isi in formulir}
    return {kode: Ini(banding[nomor], Angka(isi, {}, alasan)) for kode, nomor, isi, alasan in baris}


def _lalu(ini: dict[str, Ini], bulan: dt.date) -> dict[str, list[Angka]]:
    """Return {kode desa: its months before that were sent or approved, oldest first} where a number has moved far
    since the last of them; the others need no more. Two queries.
    """
    sejak = geser_bulan(bulan, -settings.TANDA_LAPORAN["lonjakan_bulan"])
    lama = LaporanBulanan.objects.filter(bulan__gte=sejak, bulan__lt=bulan, status__in=BERBICARA)
    kolom = ("desa_id", "isi", "dihitung__baru")
    terakhir = lama.filter(desa_id__in=list(ini)).order_by("desa_id", "-bulan").distinct("desa_id")
    bergerak = [
        kode
        for kode, *angka in terakhir.values_list(*kolom)
        if ini[kode].banding.bergerak(ini[kode].angka, Angka(*angka))
    ]
    hasil: dict[str, list[Angka]] = defaultdict(list)
    for kode, *angka in lama.filter(desa_id__in=bergerak).order_by("bulan").values_list(*kolom):
        hasil[kode].append(Angka(*angka))
    return dict(hasil)
