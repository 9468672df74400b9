"""The final figure of a campaign, frozen when DPPKB closes it."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from kader.cakupan import QuerySetWilayah


class PenutupanQuerySet(QuerySetWilayah):
    """Closings, limited by the area of their campaign."""

    jalur_kode = "kampanye__wilayah__kode"

    def berlaku(self) -> Self:
        """Keep those that were not undone."""
        return self.filter(dibuka_pada__isnull=True)


class Penutupan(models.Model):
    """One closing: when, by whom, with which note. Undone (`dibuka_*`) it stays: a figure once told can be explained.

    Changed only through `laporan.kelola.penutupan`.
    """

    kampanye = models.ForeignKey("laporan.Kampanye", models.PROTECT, related_name="penutupan")
    target = models.PositiveIntegerField(help_text="target kampanye saat ditutup")
    ditutup_pada = models.DateTimeField()
    ditutup_oleh = models.ForeignKey("kader.Pengguna", models.PROTECT, related_name="+")
    catatan = models.CharField(max_length=500)
    dibuka_pada = models.DateTimeField(null=True, blank=True)
    dibuka_oleh = models.ForeignKey("kader.Pengguna", models.PROTECT, null=True, blank=True, related_name="+")
    alasan_dibuka = models.CharField(max_length=500, blank=True)

    objects = PenutupanQuerySet.as_manager()

    class Meta:
        verbose_name = "penutupan kampanye"
        verbose_name_plural = "penutupan kampanye"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kampanye"], condition=Q(dibuka_pada__isnull=True), name="penutupan_satu_yang_berlaku"
            ),
            models.CheckConstraint(
                condition=Q(dibuka_pada__isnull=True, dibuka_oleh__isnull=True, alasan_dibuka="")
                | Q(dibuka_pada__isnull=False, dibuka_oleh__isnull=False) & ~Q(alasan_dibuka=""),
                name="penutupan_dibuka_beralasan",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kampanye_id} {self.ditutup_pada:%Y-%m-%d}"


class AngkaAkhirQuerySet(QuerySetWilayah):
    """Final figures, limited by desa."""


class AngkaAkhir(models.Model):
    """What one desa had of one method when the campaign was closed. Written once, never changed."""

    penutupan = models.ForeignKey("laporan.Penutupan", models.CASCADE, related_name="angka")
    desa = models.ForeignKey("kader.Wilayah", models.PROTECT, related_name="+")
    metode = models.CharField(max_length=10)
    tercatat = models.PositiveIntegerField()
    terverifikasi = models.PositiveIntegerField()

    objects = AngkaAkhirQuerySet.as_manager()

    class Meta:
        verbose_name = "angka akhir"
        verbose_name_plural = "angka akhir"
        constraints = [
            models.UniqueConstraint(fields=["penutupan", "desa", "metode"], name="angka_akhir_sekali"),
            models.CheckConstraint(
                condition=Q(terverifikasi__lte=F("tercatat")), name="angka_akhir_terverifikasi_di_dalam"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.penutupan_id} {self.desa_id} {self.metode}: {self.tercatat}"
