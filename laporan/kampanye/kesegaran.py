"""How old the numbers are."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import DurationField, ExpressionWrapper, F
from django.db.models.functions import Now

from laporan.models import PenandaHitung

# Beat nudges every 5 seconds; four missed nudges mean that nobody counts.
BASI = dt.timedelta(seconds=20)


@dataclass(frozen=True)
class Kesegaran:
    """`umur`: time since the worker last looked whether anything must be counted; None when it never did."""

    umur: dt.timedelta | None
    selisih: int

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
        return f"{max(detik, 0)} detik"


def kesegaran() -> Kesegaran:
    """Ask the database how long ago the worker looked; real time, not the product's clock."""
    umur = ExpressionWrapper(Now() - F("diperiksa_pada"), output_field=DurationField())
    baris = PenandaHitung.objects.filter(id=1).annotate(umur=umur).values_list("umur", "selisih").first()
    return Kesegaran(*((baris[0], len(baris[1])) if baris else (None, 0)))
