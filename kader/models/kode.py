"""One-time codes by which a person sets her first or a new password."""

from typing import Self

from django.db import models
from django.db.models import Q


class KodeMasukQuerySet(models.QuerySet):
    """Codes."""

    def terbuka(self) -> Self:
        """Keep those that nobody has used, revoked or killed by wrong tries. Their time may be over."""
        return self.filter(ditutup_pada__isnull=True)


class KodeMasuk(models.Model):
    """A code, shown once to whoever issued it; kept as a keyed digest only. At most one is open for a person.

    `penunjuk` (the first digits) finds the row, so that wrong tries are counted on it. Times are the real clock's.
    """

    AKTIVASI, ATUR_ULANG = "aktivasi", "atur_ulang"
    KEPERLUAN = [(AKTIVASI, "aktivasi"), (ATUR_ULANG, "kata sandi baru")]
    DIPAKAI, DICABUT, HABIS, DIGANTI, SALAH = "dipakai", "dicabut", "habis waktu", "diganti", "terlalu sering keliru"

    untuk = models.ForeignKey("kader.Pengguna", models.CASCADE, related_name="kode_masuk")
    keperluan = models.CharField(max_length=12, choices=KEPERLUAN)
    penunjuk = models.CharField(max_length=4, editable=False)
    sidik = models.CharField(max_length=64, editable=False)
    salah = models.PositiveSmallIntegerField(default=0)
    dibuat_oleh = models.ForeignKey("kader.Pengguna", models.PROTECT, null=True, related_name="+")
    dibuat_pada = models.DateTimeField()
    berlaku_sampai = models.DateTimeField()
    ditutup_pada = models.DateTimeField(null=True)
    sebab = models.CharField(max_length=24, blank=True)

    objects = KodeMasukQuerySet.as_manager()

    class Meta:
        verbose_name = "kode masuk"
        verbose_name_plural = "kode masuk"
        constraints = [
            models.UniqueConstraint(
                fields=["untuk"], condition=Q(ditutup_pada__isnull=True), name="kode_masuk_satu_per_orang"
            ),
            models.UniqueConstraint(
                fields=["penunjuk"], condition=Q(ditutup_pada__isnull=True), name="kode_masuk_penunjuk_terbuka"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_keperluan_display()} {self.untuk_id}"
