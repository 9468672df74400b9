"""Numbers of couples or people per desa, by which a target can be shared. Brought by DPPKB: we ship none."""

from django.db import models

from kader.cakupan import QuerySetWilayah
from laporan.enums import MacamBobot


class BobotWilayahQuerySet(QuerySetWilayah):
    """Weights, limited by desa."""

    jalur_kode = "wilayah__kode"


class BobotWilayah(models.Model):
    """One desa's weight of one kind, with its source and year. Loaded whole, never mixed from two sources."""

    wilayah = models.ForeignKey("kader.Wilayah", models.PROTECT, related_name="+")
    macam = models.CharField(max_length=10, choices=MacamBobot)
    jumlah = models.PositiveIntegerField()
    sumber = models.CharField(max_length=200)
    tahun = models.PositiveSmallIntegerField(help_text="keadaan tahun berapa")
    dimuat_pada = models.DateTimeField()
    dimuat_oleh = models.ForeignKey(
        "kader.Pengguna", models.PROTECT, null=True, blank=True, related_name="+", help_text="kosong: lewat perintah"
    )

    objects = BobotWilayahQuerySet.as_manager()

    class Meta:
        verbose_name = "bobot wilayah"
        verbose_name_plural = "bobot wilayah"
        constraints = [
            models.UniqueConstraint(fields=["wilayah", "macam"], name="bobot_sekali_per_wilayah"),
            models.CheckConstraint(condition=models.Q(macam__in=MacamBobot.values), name="bobot_macam_dikenal"),
            models.CheckConstraint(condition=~models.Q(sumber=""), name="bobot_bersumber"),
        ]

    def __str__(self) -> str:
        return f"{self.wilayah_id} {self.macam}: {self.jumlah}"
