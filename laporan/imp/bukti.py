"""What a desa wrote down in twelve months, per role: plain counts, no judgement."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Sum
from django.db.models.functions import TruncMonth

from laporan.enums import PeranBhakti
from laporan.kegiatan.daftar import NOL, Jumlah
from laporan.models import Kegiatan
from poskb.dasar.waktu import awal_bulan, geser_bulan

LAMA = 12


@dataclass(frozen=True)
class BulanBukti:
    """One role in one month. `berjalan`: the month is not over."""

    bulan: dt.date
    jumlah: Jumlah
    berjalan: bool


@dataclass(frozen=True)
class BuktiPeran:
    """One role over the months, oldest first."""

    peran: PeranBhakti
    bulan: list[BulanBukti]

    @property
    def jumlah(self) -> Jumlah:
        """All months together."""
        return sum((b.jumlah for b in self.bulan), NOL)

    @property
    def tanpa(self) -> int:
        """How many months that are over have none."""
        return sum(not b.jumlah.kegiatan and not b.berjalan for b in self.bulan)


def bukti(kode_desa: str, hari_ini: dt.date) -> list[BuktiPeran]:
    """Return the evidence of the running month and the eleven before it, every role and month named. One query."""
    ini = awal_bulan(hari_ini)
    bulan = [geser_bulan(ini, n - LAMA + 1) for n in range(LAMA)]
    baris = Kegiatan.objects.berlaku().filter(desa_id=kode_desa, tanggal__gte=bulan[0], tanggal__lte=hari_ini)
    kelompok = baris.order_by().annotate(awal=TruncMonth("tanggal")).values_list("macam__peran_bhakti", "awal")
    ada = {(p, b): Jumlah(n, orang) for p, b, n, orang in kelompok.annotate(n=Count("pk"), orang=Sum("jumlah_orang"))}
    return [
        BuktiPeran(p, [BulanBukti(b, ada.get((p.value, b), NOL), berjalan=b == ini) for b in bulan])
        for p in PeranBhakti
    ]
