"""Places of service."""

from django.db import models

from kader.cakupan import QuerySetWilayah
from kader.enums import JenisFaskes


class FaskesQuerySet(QuerySetWilayah):
    """Places of service, limited by the kecamatan they stand in."""

    jalur_kode = "wilayah__kode"

    def aktif(self) -> "FaskesQuerySet":
        """Keep the ones that can be chosen."""
        return self.filter(aktif=True)


class Faskes(models.Model):
    """A place where a method is given. Served women may go to any place of the kabupaten."""

    nama = models.CharField(max_length=120)
    jenis = models.CharField(max_length=12, choices=JenisFaskes)
    wilayah = models.ForeignKey("kader.Wilayah", models.PROTECT, related_name="faskes")
    alamat = models.CharField(max_length=200, blank=True)
    aktif = models.BooleanField(default=True)

    objects = FaskesQuerySet.as_manager()

    class Meta:
        verbose_name = "faskes"
        verbose_name_plural = "faskes"
        ordering = ["nama"]
        constraints = [models.UniqueConstraint(fields=["nama", "wilayah"], name="faskes_nama_sekali_per_wilayah")]

    def __str__(self) -> str:
        return self.nama
