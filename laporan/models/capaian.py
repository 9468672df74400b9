"""What the worker computed. Every row here may be deleted: `hitung_ulang_semua` makes it again from the records."""

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import DateField, Exists, F, OuterRef, Q, Sum
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from akseptor.enums import TAHAP_TERLAYANI, Tahap
from kader.cakupan import QuerySetWilayah

if TYPE_CHECKING:
    from laporan.models.kampanye import Kampanye


class CapaianQuerySet(QuerySetWilayah):
    """Daily numbers, limited by desa."""

    def jumlahkan(self, *kunci: str) -> Self:
        """Add up per `kunci`: tercatat, terverifikasi inside it, and all services that happened."""
        return (
            self.order_by()
            .values_list(*kunci)
            .annotate(
                n=Sum("tercatat"),
                v=Sum("tercatat", filter=Q(tahap=Tahap.TERVERIFIKASI), default=0),
                s=Sum("jumlah", filter=Q(tahap__in=TAHAP_TERLAYANI), default=0),
            )
        )


class Capaian(models.Model):
    """Numbers of one campaign, desa and day by method, status, stage and kind of place: `laporan/kampanye/progres.py`.

    The day is the service date; for what has none yet (calon, dirujuk) the day it reached the server.
    """

    kampanye = models.ForeignKey("laporan.Kampanye", models.CASCADE, related_name="+")
    desa = models.ForeignKey("kader.Wilayah", models.PROTECT, related_name="+")
    tanggal = models.DateField()
    metode = models.CharField(max_length=10, blank=True)
    status_peserta = models.CharField(max_length=12, blank=True)
    tahap = models.CharField(max_length=14)
    tempat = models.CharField(max_length=12, blank=True, help_text="jenis faskes")
    jumlah = models.PositiveIntegerField(help_text="semua pelayanan")
    tercatat = models.PositiveIntegerField(help_text="pasangan yang dihitung")
    nik_menyusul = models.PositiveIntegerField(help_text="di antara yang dihitung")
    # Of those counted, by days from the service to its arrival at the server.
    tunda_0 = models.PositiveIntegerField(help_text="sampai di server pada hari pelayanan")
    tunda_3 = models.PositiveIntegerField(help_text="sesudah 1 sampai 3 hari")
    tunda_7 = models.PositiveIntegerField(help_text="sesudah 4 sampai 7 hari")
    tunda_lama = models.PositiveIntegerField(help_text="sesudah lebih dari 7 hari")
    terakhir = models.DateField(help_text="hari terakhir ada yang sampai di server")

    objects = CapaianQuerySet.as_manager()

    class Meta:
        verbose_name = "capaian"
        verbose_name_plural = "capaian"
        constraints = [
            models.UniqueConstraint(
                fields=["kampanye", "desa", "tanggal", "metode", "status_peserta", "tahap", "tempat"],
                name="capaian_sekali",
            ),
            models.CheckConstraint(condition=Q(tercatat__lte=models.F("jumlah")), name="capaian_tercatat_di_dalam"),
        ]

    def __str__(self) -> str:
        return f"{self.desa_id} {self.tanggal} {self.metode} {self.tahap}"


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


class CuplikanHarianQuerySet(CuplikanQuerySet):
    """Snapshots of past days, limited by their area."""

    def pada(self, tanggal: dt.date) -> Self:
        """Keep what was known at the end of a day: per area the last one not after it."""
        kemudian = CuplikanHarian.objects.filter(
            kampanye=OuterRef("kampanye"), wilayah=OuterRef("wilayah"), hari__gt=OuterRef("hari"), hari__lte=tanggal
        )
        return self.filter(~Exists(kemudian), hari__lte=tanggal)

    def sudah_berjalan(self, kampanye: "Kampanye") -> Self:
        """Keep the days of a campaign on which it had begun, by the rule of that day: its window may lie ahead now."""
        pusat = self.filter(kampanye=kampanye, wilayah=kampanye.wilayah_id)
        return pusat.annotate(mulai_saat_itu=Cast(KT("isi__aturan__mulai"), DateField())).filter(
            mulai_saat_itu__lte=F("hari")
        )


class CuplikanHarian(models.Model):
    """The last snapshot of an area on a day, kept: what was reported then can be shown and explained later.

    Written beside `Cuplikan` while the day lasts and never after it. Unlike the other tables here it cannot be made
    again from the records, which do not know what they were; `disusun` marks rows that were, by approximation.
    """

    kampanye = models.ForeignKey("laporan.Kampanye", models.CASCADE, related_name="+")
    wilayah = models.ForeignKey("kader.Wilayah", models.PROTECT, related_name="+")
    hari = models.DateField()
    isi = models.JSONField()
    versi = models.PositiveIntegerField()
    dihitung_pada = models.DateTimeField()
    disusun = models.BooleanField(default=False, help_text="disusun kemudian dari catatan, bukan dicatat hari itu")

    objects = CuplikanHarianQuerySet.as_manager()

    class Meta:
        verbose_name = "cuplikan harian"
        verbose_name_plural = "cuplikan harian"
        constraints = [models.UniqueConstraint(fields=["kampanye", "wilayah", "hari"], name="cuplikan_harian_sekali")]

    def __str__(self) -> str:
        return f"{self.kampanye_id} {self.wilayah_id} {self.hari}"


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
    # A process of the version before inserts without it.
    jumlah_selisih = models.PositiveIntegerField(default=0, db_default=0, help_text="semuanya; yang disimpan terbatas")

    class Meta:
        verbose_name = "penanda hitung"
        verbose_name_plural = "penanda hitung"
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="penanda_hitung_satu_baris")]

    def __str__(self) -> str:
        return "penanda hitung"
