"""What the phone of a deactivated kader handed over: sealed, until her officer takes it (docs/luring.md)."""

from typing import Self

from django.db import models

from kader.cakupan import QuerySetWilayah


class TitipanQuerySet(QuerySetWilayah):
    """Hand-overs, limited by the desa where she acted."""

    def menunggu(self) -> Self:
        """Keep those that hold records somebody must still look at."""
        return self.filter(selesai_pada__isnull=True)


class Titipan(models.Model):
    """One envelope (akseptor/cadangan.py). Its content goes when every record of it was received, or is given up.

    `sidik`: keyed hash of its records, so that the same sent twice is one row.
    """

    kader = models.ForeignKey("kader.Pengguna", models.PROTECT, related_name="titipan")
    desa = models.ForeignKey("kader.Wilayah", models.PROTECT, related_name="+")
    berkas = models.BinaryField(editable=False)
    jumlah = models.PositiveIntegerField()
    sidik = models.CharField(max_length=64, editable=False)
    diterima_pada = models.DateTimeField()
    diambil_oleh = models.ForeignKey("kader.Pengguna", models.PROTECT, null=True, related_name="+")
    diambil_pada = models.DateTimeField(null=True)
    selesai_pada = models.DateTimeField(null=True)

    objects = TitipanQuerySet.as_manager()

    class Meta:
        verbose_name = "titipan"
        verbose_name_plural = "titipan"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["kader", "sidik"], name="titipan_sekali")]
        indexes = [
            models.Index(fields=["desa"], condition=models.Q(selesai_pada__isnull=True), name="titipan_menunggu")
        ]

    def __str__(self) -> str:
        return f"{self.jumlah} catatan"
