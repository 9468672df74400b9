"""A campaign and its targets. Dates, target, methods and statuses are data, never an `if`."""

import datetime as dt
from collections.abc import Iterable
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Case, F, Q, When

from akseptor.enums import MKJP, Metode, StatusPeserta
from kader.cakupan import Cakupan, QuerySetWilayah, kode_leluhur
from kader.enums import JenisFaskes
from laporan.enums import CaraBagi

# What decides which services count. A column that is added here is asked, told, compared and kept with the numbers.
ATURAN = ("mulai", "selesai", "metode", "status_peserta", "jenis_tempat", "tempat")

# A campaign on a day, in the order in which dashboards prefer it.
BERJALAN, LEWAT, DATANG = range(3)


def metode_bawaan() -> list[str]:
    """The long-acting methods."""
    return [str(m) for m in MKJP]


def status_bawaan() -> list[str]:
    """Only new acceptors: ganti cara is not baru."""
    return [str(StatusPeserta.BARU)]


class KampanyeQuerySet(QuerySetWilayah):
    """Campaigns, limited by the area they are for."""

    jalur_kode = "wilayah__kode"

    def dalam(self, cakupan: Cakupan) -> Self:
        """Keep the campaigns inside a scope, and those of an area around it: they count for its desa too."""
        di_atas = sorted({atas for kode in cakupan.kode for atas in kode_leluhur(kode)})
        return self.filter(cakupan.syarat(self.jalur_kode) | Q(wilayah__in=di_atas))

    def bersamaan(self, kampanye: "Kampanye") -> Self:
        """Keep the others of its area whose window shares a day with its own."""
        lain = self.filter(wilayah=kampanye.wilayah_id, mulai__lte=kampanye.selesai, selesai__gte=kampanye.mulai)
        return lain.exclude(pk=kampanye.pk)

    def lebih_dulu(self, kampanye: "Kampanye", kode: str) -> Self:
        """Keep those made before it that count some of its days in the area of a code."""
        bertemu = self.filter(mulai__lte=kampanye.selesai, selesai__gte=kampanye.mulai, pk__lt=kampanye.pk)
        return bertemu.filter(wilayah__in=kode_leluhur(kode))

    def utama(self, hari: dt.date, kode: Iterable[str]) -> Self:
        """Keep the one that dashboards of these areas open with on a day; it must be counted and cover one of them.

        Running before over before to come; of those that run for the widest area the one that was made first, so that
        a campaign made later, inside it, changes nothing that was shown of a day.
        """
        di_atas = {atas for satu in kode for atas in kode_leluhur(satu)}
        keadaan = Case(
            When(mulai__lte=hari, selesai__gte=hari, then=BERJALAN), When(mulai__lte=hari, then=LEWAT), default=DATANG
        )
        return (
            self.filter(sudah_dihitung=True, wilayah__in=di_atas)
            .annotate(keadaan=keadaan)
            .order_by(
                "keadaan",
                # A code sorts before those inside it.
                Case(When(keadaan=BERJALAN, then="wilayah")),
                Case(When(keadaan=LEWAT, then="selesai")).desc(nulls_last=True),
                Case(When(keadaan=DATANG, then="mulai")),
                "pk",
            )[:1]
        )


class Kampanye(models.Model):
    """A window of days in which new acceptors of some methods are counted against a target."""

    nama = models.CharField(max_length=100)
    wilayah = models.ForeignKey("kader.Wilayah", models.PROTECT, related_name="+")
    mulai = models.DateField(help_text="hari pertama yang dihitung")
    selesai = models.DateField(help_text="hari terakhir yang dihitung")
    target = models.PositiveIntegerField()
    metode = ArrayField(models.CharField(max_length=10, choices=Metode), default=metode_bawaan)
    status_peserta = ArrayField(models.CharField(max_length=12, choices=StatusPeserta), default=status_bawaan)
    # Places that count: of these kinds, and these (keys of Faskes, which are never deleted). Both empty: all.
    # The database knows the defaults too: a process of the version before inserts without these columns.
    jenis_tempat = ArrayField(
        models.CharField(max_length=12, choices=JenisFaskes), default=list, db_default=[], blank=True
    )
    tempat = ArrayField(models.BigIntegerField(), default=list, db_default=[], blank=True)

    # How the shares came about; the page says it in words.
    cara_bagi = models.CharField(
        max_length=10, choices=CaraBagi, default=CaraBagi.RATA, db_default=CaraBagi.RATA, editable=False
    )
    sumber_bagi = models.CharField(
        max_length=250, blank=True, default="", db_default="", editable=False, help_text="sumber bobotnya"
    )
    versi = models.PositiveIntegerField(
        default=1, db_default=1, editable=False, help_text="naik satu setiap perubahan"
    )

    # A new campaign or a changed rule: the worker recounts it at its next look, also when the message got lost.
    perlu_hitung_ulang = models.BooleanField(default=True, editable=False)
    sudah_dihitung = models.BooleanField(default=False, editable=False)

    objects = KampanyeQuerySet.as_manager()

    class Meta:
        verbose_name = "kampanye"
        verbose_name_plural = "kampanye"
        constraints = [
            models.CheckConstraint(condition=Q(selesai__gte=F("mulai")), name="kampanye_selesai_sesudah_mulai"),
            models.CheckConstraint(condition=Q(target__gt=0), name="kampanye_punya_target"),
        ]

    def __str__(self) -> str:
        return self.nama

    @property
    def kata_bagian(self) -> str:
        """How the target was shared, in a sentence for the page."""
        kata = {
            CaraBagi.RATA: "dibagi sama rata per desa, karena jumlah PUS per desa belum diketahui",
            CaraBagi.TANGAN: "diatur DPPKB",
        }.get(CaraBagi(self.cara_bagi), f"dibagi menurut {self.get_cara_bagi_display()}, sumber: {self.sumber_bagi}")
        return f"Bagian target {kata}."

    @property
    def lama(self) -> int:
        """Number of days, both ends included."""
        return (self.selesai - self.mulai).days + 1

    def hari(self) -> list[dt.date]:
        """Every day of the window."""
        return [self.mulai + dt.timedelta(days=n) for n in range(self.lama)]


class TargetQuerySet(QuerySetWilayah):
    """Shares of a target, limited by their desa."""

    jalur_kode = "desa__kode"

    def per_desa(self, kampanye: Kampanye) -> Self:
        """Keep the shares of a campaign."""
        return self.filter(kampanye=kampanye)


class Target(models.Model):
    """Share of one desa in a campaign's target. What lies above is the sum."""

    kampanye = models.ForeignKey("laporan.Kampanye", models.CASCADE, related_name="pembagian")
    desa = models.ForeignKey("kader.Wilayah", models.PROTECT, related_name="+")
    jumlah = models.PositiveIntegerField()

    objects = TargetQuerySet.as_manager()

    class Meta:
        verbose_name = "target desa"
        verbose_name_plural = "target desa"
        constraints = [models.UniqueConstraint(fields=["kampanye", "desa"], name="target_sekali_per_desa")]

    def __str__(self) -> str:
        return f"{self.desa_id}: {self.jumlah}"
