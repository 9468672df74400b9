"""What was forecast on each day. Kept, so that a day of the past can be shown again."""

import datetime as dt
from typing import Self

from django.db import models

from kader.cakupan import QuerySetWilayah
from laporan.models.kampanye import Kampanye


class RamalanQuerySet(QuerySetWilayah):
    """Forecasts, limited by their area."""

    jalur_kode = "wilayah__kode"

    def terakhir(self, kampanye: Kampanye | int, kode: str, hari: dt.date) -> Self:
        """Keep the one of an area that held on a day: made on it, or the last before (a night without a worker)."""
        return self.filter(kampanye=kampanye, wilayah=kode, hari__lte=hari).order_by("-hari")[:1]


class Ramalan(models.Model):
    """The last forecast of one campaign and area that was made on a day. `isi`: `Perkiraan.sebagai_json()`."""

    kampanye = models.ForeignKey("laporan.Kampanye", models.CASCADE, related_name="+")
    wilayah = models.ForeignKey("kader.Wilayah", models.PROTECT, related_name="+")
    hari = models.DateField(help_text="hari perkiraan dibuat")
    isi = models.JSONField()
    sidik = models.CharField(max_length=64, help_text="masukan dan versi model yang menghasilkannya")
    dihitung_pada = models.DateTimeField()

    objects = RamalanQuerySet.as_manager()

    class Meta:
        verbose_name = "ramalan"
        verbose_name_plural = "ramalan"
        constraints = [models.UniqueConstraint(fields=["kampanye", "wilayah", "hari"], name="ramalan_sekali_sehari")]

    def __str__(self) -> str:
        return f"{self.kampanye_id} {self.wilayah_id} {self.hari}"
