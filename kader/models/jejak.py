"""Who did what to which row, when and why: the history of records, reports and campaigns."""

from django.db import models

from kader.cakupan import QuerySetWilayah


class JejakQuerySet(QuerySetWilayah):
    """Traces, limited by the area of what they speak of."""

    jalur_kode = "wilayah__kode"

    def tentang(self, objek: models.Model) -> "JejakQuerySet":
        """Keep the traces of one row, newest first."""
        return self.filter(jenis=objek._meta.model_name, kunci=str(objek.pk)).order_by("-pk")


class Jejak(models.Model):
    """One act. Written only by `kader.actions.catat_jejak`, in the transaction of the act; never changed."""

    pada = models.DateTimeField(help_text="menurut jam produk")
    oleh = models.ForeignKey("kader.Pengguna", models.PROTECT, null=True, related_name="+")
    peran = models.CharField(max_length=12, blank=True)
    tindakan = models.CharField(max_length=40)
    jenis = models.CharField(max_length=40, help_text="nama model")
    kunci = models.CharField(max_length=40)
    wilayah = models.ForeignKey("kader.Wilayah", models.PROTECT, null=True, related_name="+")
    alasan = models.TextField(blank=True)
    perubahan = models.JSONField(default=dict, help_text="nama kolom: [sebelum, sesudah]; kolom rahasia disamarkan")

    objects = JejakQuerySet.as_manager()

    class Meta:
        verbose_name = "jejak"
        verbose_name_plural = "jejak"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["jenis", "kunci", "-id"], name="jejak_per_baris")]

    def __str__(self) -> str:
        return f"{self.tindakan} {self.jenis} {self.kunci}"
