"""The class of a desa's IMP, as its officer set it. No score: the official thresholds are not known to us."""

from typing import Self

from django.db import models
from django.db.models import Q

from kader.cakupan import QuerySetWilayah
from laporan.enums import TingkatImp


class KelasImpQuerySet(QuerySetWilayah):
    """Classes, limited by their desa."""

    def terkini(self) -> Self:
        """Keep the present class of every desa: the last from which it holds, the last written on one day."""
        return self.order_by("desa_id", "-mulai", "-pk").distinct("desa_id")


class KelasImp(models.Model):
    """One decision: class, from which day, why, by whom. A row is never changed; another class is another row."""

    desa = models.ForeignKey("kader.Wilayah", models.PROTECT, related_name="+")
    kelas = models.CharField(max_length=12, choices=TingkatImp)
    mulai = models.DateField(help_text="hari pertama berlaku")
    alasan = models.CharField(max_length=500)
    ditetapkan_oleh = models.ForeignKey("kader.Pengguna", models.PROTECT, related_name="+")
    ditetapkan_pada = models.DateTimeField()

    objects = KelasImpQuerySet.as_manager()

    class Meta:
        verbose_name = "kelas IMP"
        verbose_name_plural = "kelas IMP"
        ordering = ["-mulai", "-pk"]
        indexes = [models.Index(fields=["desa", "-mulai", "-id"], name="kelas_imp_terkini")]
        constraints = [
            models.CheckConstraint(condition=Q(kelas__in=TingkatImp.values), name="kelas_imp_dikenal"),
            models.CheckConstraint(condition=~Q(alasan=""), name="kelas_imp_beralasan"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kelas_display()} {self.desa_id} {self.mulai}"
