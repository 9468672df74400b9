"""Consent of the couple to the processing of its data (UU 27/2022)."""

import uuid

from django.db import models

from kader.cakupan import QuerySetWilayah


class PersetujuanQuerySet(QuerySetWilayah):
    """Consents, limited by the couple's desa."""

    jalur_kode = "akseptor__desa__kode"


class Persetujuan(models.Model):
    """Who agreed, when, to which text, how. Provable, hence a row of its own that is never changed."""

    akseptor = models.ForeignKey("akseptor.Akseptor", models.CASCADE, related_name="persetujuan")
    versi_teks = models.CharField(max_length=20)
    cara = models.CharField(max_length=20, default="lisan")
    diberikan_pada = models.DateTimeField()
    dicatat_oleh = models.ForeignKey("kader.Pengguna", models.PROTECT, related_name="+")

    objects = PersetujuanQuerySet.as_manager()

    class Meta:
        verbose_name = "persetujuan"
        verbose_name_plural = "persetujuan"

    def __str__(self) -> str:
        return f"{self.versi_teks} ({self.cara})"

    @property
    def orang_id(self) -> uuid.UUID:
        """Whose data the row holds, for the history."""
        return self.akseptor_id
