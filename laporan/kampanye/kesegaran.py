"""How old the numbers are."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import DurationField, ExpressionWrapper, F, QuerySet
from django.db.models.functions import Now

from laporan.models import PenandaHitung

# Beat nudges every 5 seconds; four missed nudges mean that nobody counts.
BASI = dt.timedelta(seconds=20)


@dataclass(frozen=True)
class Kesegaran:
    """`umur`: time since the worker last looked whether anything must be counted; None when it never did."""

    umur: dt.timedelta | None

    @property
    def basi(self) -> bool:
        """Whether what is shown may be behind the records."""
        return self.umur is None or self.umur > BASI

    @property
    def kata(self) -> str:
        """The age in words: "12 detik", "5 menit", "3 jam"."""
        if self.umur is None:
            return "belum pernah"
        detik = int(self.umur.total_seconds())
        for satuan, panjang in (("hari", 86_400), ("jam", 3_600), ("menit", 60)):
            if detik >= panjang:
                return f"{detik // panjang} {satuan}"
        # In tens once it is old: open dashboards need not be drawn anew for every second.
        return f"{max(detik, 0) if detik < 20 else detik // 10 * 10} detik"


def umur_penanda() -> QuerySet[PenandaHitung]:
    """Return the one row with `umur`, how long ago the worker looked; real time, not the product's clock."""
    umur = ExpressionWrapper(Now() - F("diperiksa_pada"), output_field=DurationField())
    return PenandaHitung.objects.filter(id=1).annotate(umur=umur)


def kesegaran() -> Kesegaran:
    """Ask the database how old the numbers are."""
    return Kesegaran(umur_penanda().values_list("umur", flat=True).first())
