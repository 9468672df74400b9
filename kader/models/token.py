"""Keys by which other offices read aggregates."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Q

from kader.cakupan import Cakupan, QuerySetWilayah
from kader.enums import Peran


class TokenApiQuerySet(QuerySetWilayah):
    """Keys, limited by the area they open."""

    jalur_kode = "wilayah__kode"

    def berlaku(self, hari: dt.date) -> Self:
        """Keep the ones that open something on a day."""
        return self.filter(berlaku_sampai__gte=hari, dicabut_pada__isnull=True)


class TokenApi(models.Model):
    """A key of one office: for one area, until a day, revocable. Only its digest is kept; the key is shown once."""

    kantor = models.CharField("kantor", max_length=100)
    keperluan = models.CharField("keperluan", max_length=300)
    wilayah = models.ForeignKey("kader.Wilayah", models.PROTECT, related_name="+")
    boleh_desa = models.BooleanField("sampai desa", default=False)
    sidik = models.CharField(max_length=64, unique=True, editable=False)
    awal = models.CharField(max_length=12, editable=False, help_text="permulaan token, untuk mengenalinya")
    berlaku_sampai = models.DateField("berlaku sampai")
    dibuat_oleh = models.ForeignKey("kader.Pengguna", models.PROTECT, related_name="+")
    dibuat_pada = models.DateTimeField()
    dicabut_oleh = models.ForeignKey("kader.Pengguna", models.PROTECT, null=True, related_name="+")
    dicabut_pada = models.DateTimeField(null=True)
    terakhir_dipakai = models.DateTimeField(null=True, help_text="sampai jam yang sama")

    objects = TokenApiQuerySet.as_manager()

    class Meta:
        verbose_name = "token API"
        verbose_name_plural = "token API"
        ordering = ["-dibuat_pada", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(dicabut_pada__isnull=True, dicabut_oleh__isnull=True)
                | Q(dicabut_pada__isnull=False, dicabut_oleh__isnull=False),
                name="token_api_dicabut_oleh_seseorang",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kantor} ({self.awal}…)"

    @property
    def cakupan(self) -> Cakupan:
        """What it opens: aggregates of its area, as DPPKB sees them."""
        return Cakupan(Peran.DPPKB, (self.wilayah_id,))
