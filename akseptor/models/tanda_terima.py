"""Changes that a phone sent and that were made: sent again they change nothing."""

from typing import TYPE_CHECKING, Self

from django.db import models

from poskb.dasar.waktu import sekarang

if TYPE_CHECKING:
    from akseptor.sinkron.kiriman import Kiriman


class TandaTerimaQuerySet(models.QuerySet["TandaTerima"]):
    """Receipts of changes."""

    def ada(self, kiriman: "Kiriman") -> bool:
        """Whether this very change was made before."""
        return self._sama(kiriman).exists()

    def versi_hasil(self, kiriman: "Kiriman") -> int | None:
        """Return the version that this very change made; None when it was not made."""
        return self._sama(kiriman).values_list("versi_hasil", flat=True).first()

    def _sama(self, kiriman: "Kiriman") -> Self:
        return self.filter(catatan=kiriman.id, versi=kiriman.versi, sidik__in=kiriman.semua_sidik)

    def dari(self, kiriman: "Kiriman", versi_hasil: int) -> "TandaTerima":
        """Write down that it was made, in the transaction of the change."""
        satu, _ = self.get_or_create(
            catatan=kiriman.id,
            versi=kiriman.versi,
            sidik=kiriman.sidik,
            defaults={"versi_hasil": versi_hasil, "oleh": kiriman.oleh, "pada": sekarang()},
        )
        return satu


class TandaTerima(models.Model):
    """One change by its record, the version it stood on, and the keyed hash of what it said. No personal data."""

    catatan = models.UUIDField()
    versi = models.PositiveIntegerField(help_text="versi yang dilihat pengirim")
    sidik = models.CharField(max_length=64)
    versi_hasil = models.PositiveIntegerField()
    oleh = models.ForeignKey("kader.Pengguna", models.PROTECT, related_name="+")
    pada = models.DateTimeField()

    objects = TandaTerimaQuerySet.as_manager()

    class Meta:
        verbose_name = "tanda terima"
        verbose_name_plural = "tanda terima"
        constraints = [
            models.UniqueConstraint(fields=["catatan", "versi", "sidik"], name="tanda_terima_sekali"),
        ]

    def __str__(self) -> str:
        return f"{self.catatan} versi {self.versi}"
