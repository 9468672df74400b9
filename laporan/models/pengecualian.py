"""A deadline moved for one area and one month, by DPPKB."""

from collections.abc import Iterable
from typing import Self

from django.db import models
from django.db.models import Q

from kader.cakupan import QuerySetWilayah, kode_leluhur
from laporan.enums import TingkatTenggat
from poskb.dasar.waktu import Berbulan, hari_ini


class PengecualianQuerySet(QuerySetWilayah):
    """Exceptions, limited by the area they are given to."""

    jalur_kode = "wilayah__kode"

    def belum_diakhiri(self) -> Self:
        """Keep those that DPPKB has not taken back, expired or not: late is told from what was agreed."""
        return self.filter(diakhiri_pada__isnull=True)

    def berlaku(self) -> Self:
        """Keep those in force today."""
        return self.belum_diakhiri().filter(sampai__gte=hari_ini())

    def menyangkut(self, kode: Iterable[str]) -> Self:
        """Keep those given to one of these areas or to an area above one of them."""
        return self.filter(wilayah_id__in=sorted({atas for k in kode for atas in kode_leluhur(k)}))


class Pengecualian(Berbulan, models.Model):
    """Until `sampai` (included) the deadline of a level does not pass for the desa of an area, in one month.

    It begins when it is made and ends by itself, or earlier when DPPKB takes it back. Changed only through
    `laporan.bulanan.pengecualian`; never deleted.
    """

    wilayah = models.ForeignKey("kader.Wilayah", models.PROTECT, related_name="+")
    bulan = models.DateField(help_text="hari pertama bulan laporan")
    tingkat = models.CharField(max_length=10, choices=TingkatTenggat)
    sampai = models.DateField(help_text="hari terakhir, sampai 23.59 WIB")
    alasan = models.CharField(max_length=300)
    dibuat_pada = models.DateTimeField()
    dibuat_oleh = models.ForeignKey("kader.Pengguna", models.PROTECT, related_name="+")
    diakhiri_pada = models.DateTimeField(null=True, blank=True)
    diakhiri_oleh = models.ForeignKey("kader.Pengguna", models.PROTECT, null=True, blank=True, related_name="+")

    objects = PengecualianQuerySet.as_manager()

    class Meta:
        verbose_name = "pengecualian tenggat"
        verbose_name_plural = "pengecualian tenggat"
        ordering = ["-dibuat_pada", "-pk"]
        indexes = [models.Index(fields=["bulan", "wilayah"], name="pengecualian_bulan_wilayah")]
        constraints = [
            models.CheckConstraint(condition=Q(bulan__day=1), name="pengecualian_bulan_tanggal_satu"),
            models.CheckConstraint(
                condition=Q(tingkat__in=TingkatTenggat.values), name="pengecualian_tingkat_dikenal"
            ),
            models.CheckConstraint(condition=~Q(alasan=""), name="pengecualian_beralasan"),
            models.CheckConstraint(
                condition=Q(diakhiri_pada__isnull=True, diakhiri_oleh__isnull=True)
                | Q(diakhiri_pada__isnull=False, diakhiri_oleh__isnull=False),
                name="pengecualian_diakhiri_seseorang",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tingkat} {self.bulan:%Y-%m} {self.wilayah_id}"

    @property
    def masih_berlaku(self) -> bool:
        """Whether it moves anything today."""
        return self.diakhiri_pada is None and self.sampai >= hari_ini()
