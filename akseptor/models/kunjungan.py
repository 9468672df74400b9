"""An officer at the door: what she found of a record."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Q

from akseptor.enums import HasilKunjungan
from kader.cakupan import QuerySetWilayah

PANJANG_CATATAN = 200


class KunjunganQuerySet(QuerySetWilayah):
    """Home visits, limited by the desa where the couple lives."""

    jalur_kode = "pelayanan__desa__kode"

    def berlaku(self) -> Self:
        """Keep what was not taken back."""
        return self.filter(ditarik_pada__isnull=True)


class Kunjungan(models.Model):
    """One visit for one service. Where it was is where the service's couple lives: kept there, not a second time.

    Changed only through `akseptor.actions`; what is taken back stays, out of every list and count.
    `dari_sampel`: the service stood in the month's sample on that day, so the visit keeps its place there.
    """

    pelayanan = models.ForeignKey("akseptor.Pelayanan", models.CASCADE, related_name="kunjungan")
    tanggal = models.DateField("tanggal kunjungan")
    hasil = models.CharField(max_length=20, choices=HasilKunjungan)
    catatan = models.CharField(max_length=PANJANG_CATATAN, blank=True)
    dari_sampel = models.BooleanField(default=False)
    dicatat_oleh = models.ForeignKey("kader.Pengguna", models.PROTECT, related_name="+")
    dicatat_pada = models.DateTimeField()
    versi = models.PositiveIntegerField(default=1, help_text="naik satu setiap perubahan")
    ditarik_pada = models.DateTimeField(null=True, blank=True)
    ditarik_oleh = models.ForeignKey("kader.Pengguna", models.PROTECT, null=True, blank=True, related_name="+")
    alasan_tarik = models.CharField(max_length=PANJANG_CATATAN, blank=True)

    objects = KunjunganQuerySet.as_manager()

    class Meta:
        verbose_name = "kunjungan rumah"
        verbose_name_plural = "kunjungan rumah"
        ordering = ["-tanggal", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["pelayanan", "tanggal"],
                condition=Q(ditarik_pada__isnull=True),
                name="kunjungan_sekali_per_hari",
            ),
            models.CheckConstraint(condition=Q(hasil__in=HasilKunjungan.values), name="kunjungan_hasil_dikenal"),
            models.CheckConstraint(
                condition=~Q(hasil=HasilKunjungan.PERLU_DIPERBAIKI) | ~Q(catatan=""),
                name="kunjungan_perbaikan_dijelaskan",
            ),
            models.CheckConstraint(
                condition=Q(ditarik_pada__isnull=True, ditarik_oleh__isnull=True, alasan_tarik="")
                | Q(ditarik_pada__isnull=False, ditarik_oleh__isnull=False) & ~Q(alasan_tarik=""),
                name="kunjungan_ditarik_beralasan",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_hasil_display()} {self.tanggal}"

    @property
    def orang_id(self) -> uuid.UUID:
        """Whose data the row holds, for the history."""
        return self.pelayanan.akseptor_id

    @property
    def bertemu(self) -> bool:
        """Whether somebody was met, so that nobody has to go again."""
        return self.hasil != HasilKunjungan.TIDAK_BERTEMU

    @property
    def ditarik(self) -> bool:
        """Whether it was taken back."""
        return self.ditarik_pada is not None
