"""Areas: kabupaten, kecamatan, desa in one table."""

from django.db import models

from kader.cakupan import QuerySetWilayah
from kader.enums import Tingkat


class WilayahQuerySet(QuerySetWilayah):
    """Areas, limited by their own code."""

    jalur_kode = "kode"

    def desa(self) -> "WilayahQuerySet":
        """Keep the desa and kelurahan."""
        return self.filter(tingkat=Tingkat.DESA)

    def kecamatan(self) -> "WilayahQuerySet":
        """Keep the kecamatan."""
        return self.filter(tingkat=Tingkat.KECAMATAN)


class Wilayah(models.Model):
    """An area. `kode` (Kemendagri, "32.14.01.2001") is the key and the path: a prefix is the area above."""

    kode = models.CharField(primary_key=True, max_length=13)
    nama = models.CharField(max_length=80)
    tingkat = models.CharField(max_length=10, choices=Tingkat)
    jenis = models.CharField(max_length=10, help_text="desa, kelurahan, kecamatan, kabupaten")
    induk = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="anak")
    lintang = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    bujur = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)

    objects = WilayahQuerySet.as_manager()

    class Meta:
        verbose_name = "wilayah"
        verbose_name_plural = "wilayah"
        ordering = ["kode"]

    def __str__(self) -> str:
        return self.nama_lengkap

    @property
    def nama_lengkap(self) -> str:
        """Name that cannot be mistaken: four desa names occur twice, so a desa is always "desa, kecamatan"."""
        if self.tingkat == Tingkat.DESA and self.induk:
            return f"{self.nama}, Kec. {self.induk.nama}"
        awalan = {Tingkat.KECAMATAN: "Kec. ", Tingkat.KABUPATEN: "Kab. "}.get(Tingkat(self.tingkat), "")
        return awalan + self.nama
