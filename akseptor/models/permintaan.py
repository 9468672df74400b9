"""What a woman asks about her own data, until when it must be answered, and what was answered (UU 27/2022)."""

import datetime as dt
import uuid
from typing import Self

from django.db import models
from django.db.models import F, Q

from akseptor.enums import BuktiDiri, JenisPermintaan, KeadaanPermintaan, SaluranPermintaan
from kader.cakupan import QuerySetWilayah

PANJANG_ISI, PANJANG_JAWABAN = 500, 1000
# Pasal 30 to 33 and 40 to 45 of UU 27/2022: at the latest 3 x 24 hours after the request was received.
BATAS = dt.timedelta(hours=72)
TERBUKA = Q(keadaan=KeadaanPermintaan.TERBUKA)


class PermintaanQuerySet(QuerySetWilayah):
    """Requests, limited by the desa where the couple lives."""

    jalur_kode = "akseptor__desa__kode"

    def terbuka(self) -> Self:
        """Keep what waits for an answer, the nearest deadline first."""
        return self.filter(TERBUKA).order_by("tenggat", "pk")

    def selesai(self) -> Self:
        """Keep what was answered, the newest first."""
        return self.exclude(TERBUKA).order_by("-selesai_pada", "-pk")


class PermintaanSubjek(models.Model):
    """One request of one person. Never deleted: that it was asked, and when it was answered, must be provable.

    `isi` and `jawaban` hold no name and no number; an erasure empties `isi`.
    """

    akseptor = models.ForeignKey("akseptor.Akseptor", models.PROTECT, related_name="permintaan")
    jenis = models.CharField(max_length=10, choices=JenisPermintaan)
    saluran = models.CharField("disampaikan lewat", max_length=10, choices=SaluranPermintaan)
    bukti_diri = models.CharField("dikenali dari", max_length=10, choices=BuktiDiri)
    isi = models.CharField("isi permintaan", max_length=PANJANG_ISI, blank=True)
    diterima_pada = models.DateTimeField(help_text="saat permintaan disampaikan; tenggat dihitung dari sini")
    tenggat = models.DateTimeField()
    keadaan = models.CharField(max_length=10, choices=KeadaanPermintaan, default=KeadaanPermintaan.TERBUKA)
    jawaban = models.CharField(max_length=PANJANG_JAWABAN, blank=True)
    dicatat_oleh = models.ForeignKey("kader.Pengguna", models.PROTECT, related_name="+")
    dicatat_pada = models.DateTimeField()
    selesai_oleh = models.ForeignKey("kader.Pengguna", models.PROTECT, null=True, blank=True, related_name="+")
    selesai_pada = models.DateTimeField(null=True, blank=True)

    objects = PermintaanQuerySet.as_manager()

    class Meta:
        verbose_name = "permintaan hak"
        verbose_name_plural = "permintaan hak"
        ordering = ["tenggat", "pk"]
        indexes = [models.Index(fields=["tenggat"], condition=TERBUKA, name="permintaan_terbuka")]
        constraints = [
            models.UniqueConstraint(
                fields=["akseptor", "jenis"], condition=TERBUKA, name="permintaan_satu_terbuka_per_jenis"
            ),
            models.CheckConstraint(condition=Q(jenis__in=JenisPermintaan.values), name="permintaan_jenis_dikenal"),
            models.CheckConstraint(condition=Q(tenggat=F("diterima_pada") + BATAS), name="permintaan_tenggat_3x24"),
            models.CheckConstraint(
                condition=TERBUKA & Q(selesai_oleh__isnull=True, selesai_pada__isnull=True, jawaban="")
                | Q(keadaan__in=[KeadaanPermintaan.DIPENUHI, KeadaanPermintaan.DITOLAK])
                & Q(selesai_oleh__isnull=False, selesai_pada__isnull=False)
                & ~Q(jawaban=""),
                name="permintaan_selesai_dijawab",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_jenis_display()} {self.pk}"

    @property
    def orang_id(self) -> uuid.UUID:
        """Whose data it concerns, for the history."""
        return self.akseptor_id

    @property
    def terbuka(self) -> bool:
        """Whether it waits for an answer."""
        return self.keadaan == KeadaanPermintaan.TERBUKA

    @property
    def tepat_waktu(self) -> bool | None:
        """Whether it was answered in time; None while it is open."""
        return self.selesai_pada <= self.tenggat if self.selesai_pada else None
