"""Boundaries of areas, where an operator has loaded some. None are shipped: none of clear licence are ours."""

from django.db import models

from kader.cakupan import QuerySetWilayah


class BatasQuerySet(QuerySetWilayah):
    """Boundaries, limited by their area."""

    jalur_kode = "wilayah__kode"


class BatasWilayah(models.Model):
    """The outline of one area as checked by `kader.batas`: a GeoJSON geometry, longitude first."""

    wilayah = models.OneToOneField("kader.Wilayah", models.CASCADE, primary_key=True, related_name="batas")
    geometri = models.JSONField(help_text="Polygon atau MultiPolygon, bujur dahulu")
    dimuat_pada = models.DateTimeField()

    objects = BatasQuerySet.as_manager()

    class Meta:
        verbose_name = "batas wilayah"
        verbose_name_plural = "batas wilayah"

    def __str__(self) -> str:
        return f"batas {self.wilayah_id}"
