"""What the worker computed. Every row here may be deleted: `hitung_ulang_semua` makes it again from the records."""

from django.db import models

from kader.cakupan import QuerySetWilayah


class CapaianQuerySet(QuerySetWilayah):
    """Daily numbers, limited by desa."""


class Capaian(models.Model):
    """Numbers of one campaign, desa, service day and method. See `laporan/kampanye/progres.py` for the rule."""

    kampanye = models.ForeignKey("laporan.Kampanye", models.CASCADE, related_name="+")
    desa = models.ForeignKey("kader.Wilayah", models.PROTECT, related_name="+")
    tanggal = models.DateField()
    metode = models.CharField(max_length=10)
    tercatat = models.PositiveIntegerField(help_text="pasangan yang dihitung")
    terverifikasi = models.PositiveIntegerField(help_text="di antaranya sudah diverifikasi")
    semua = models.PositiveIntegerField(help_text="semua pelayanan metode ini, apa pun status pesertanya")

    objects = CapaianQuerySet.as_manager()

    class Meta:
        verbose_name = "capaian"
        verbose_name_plural = "capaian"
        constraints = [
            models.UniqueConstraint(fields=["kampanye", "desa", "tanggal", "metode"], name="capaian_sekali"),
            models.CheckConstraint(
                condition=models.Q(terverifikasi__lte=models.F("tercatat"), tercatat__lte=models.F("semua")),
                name="capaian_terverifikasi_di_dalam_tercatat",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.desa_id} {self.tanggal} {self.metode}"


class CuplikanQuerySet(QuerySetWilayah):
    """Snapshots, limited by their area."""

    jalur_kode = "wilayah__kode"


class Cuplikan(models.Model):
    """All that the dashboard of one area shows, in one row: reading it costs the same at any number of services."""

    kampanye = models.ForeignKey("laporan.Kampanye", models.CASCADE, related_name="+")
    wilayah = models.ForeignKey("kader.Wilayah", models.PROTECT, related_name="+")
    isi = models.JSONField()
    versi = models.PositiveIntegerField(default=1, help_text="naik satu bila isinya berubah")
    dihitung_pada = models.DateTimeField()

    objects = CuplikanQuerySet.as_manager()

    class Meta:
        verbose_name = "cuplikan"
        verbose_name_plural = "cuplikan"
        constraints = [models.UniqueConstraint(fields=["kampanye", "wilayah"], name="cuplikan_sekali")]

    def __str__(self) -> str:
        return f"{self.kampanye_id} {self.wilayah_id}"


class PerluHitung(models.Model):
    """A mark: this desa's day must be counted again. Written with the change, removed with the new number.

    Insert only, without a uniqueness: two requests that mark the same day never wait for each other.
    """

    desa = models.ForeignKey("kader.Wilayah", models.CASCADE, related_name="+", db_constraint=False)
    tanggal = models.DateField()

    class Meta:
        verbose_name = "yang perlu dihitung"
        verbose_name_plural = "yang perlu dihitung"

    def __str__(self) -> str:
        return f"{self.desa_id} {self.tanggal}"


class PenandaHitung(models.Model):
    """One row: when the worker last looked for marks, and what the last full recount found.

    `diperiksa_pada` is real time (the database's), not the product's clock, because it measures an age.
    """

    id = models.SmallIntegerField(primary_key=True, default=1)
    diperiksa_pada = models.DateTimeField(null=True)
    hitung_penuh_pada = models.DateTimeField(null=True)
    selisih = models.JSONField(default=list, help_text="perbedaan yang ditemukan hitung ulang penuh terakhir")

    class Meta:
        verbose_name = "penanda hitung"
        verbose_name_plural = "penanda hitung"
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="penanda_hitung_satu_baris")]

    def __str__(self) -> str:
        return "penanda hitung"
