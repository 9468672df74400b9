"""That a report was typed into the national system, and with which numbers."""

from django.db import models

from kader.cakupan import QuerySetWilayah


class InputSigaQuerySet(QuerySetWilayah):
    """Ticks, limited by the desa of their report."""

    jalur_kode = "laporan__desa__kode"


class InputSiga(models.Model):
    """The tick *sudah diinput ke SIGA* of one report. A table of its own: an approved report is read-only.

    `angka`: the reported numbers at that moment by key (`laporan.ekspor.isi.angka`). `versi`: the report's then; while
    it is the same, nothing has changed.
    """

    laporan = models.OneToOneField("laporan.LaporanBulanan", models.CASCADE, primary_key=True, related_name="siga")
    oleh = models.ForeignKey("kader.Pengguna", models.PROTECT, related_name="+")
    pada = models.DateTimeField()
    versi = models.PositiveIntegerField()
    angka = models.JSONField()

    objects = InputSigaQuerySet.as_manager()

    class Meta:
        verbose_name = "tanda SIGA"
        verbose_name_plural = "tanda SIGA"

    def __str__(self) -> str:
        return f"SIGA {self.laporan_id}"
