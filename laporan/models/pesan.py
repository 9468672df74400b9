"""Reminders of reports that an officer sends to a kader with her own phone."""

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from kader.cakupan import QuerySetWilayah
from laporan.enums import JenisPesan, StatusLaporan, StatusPesan
from laporan.models.bulanan import LaporanBulanan
from poskb.dasar.waktu import Berbulan


class PesanQuerySet(QuerySetWilayah):
    """Reminders, limited by the desa whose report they ask for: whoever is its officer today has them."""

    def menunggu(self) -> Self:
        """Keep what the officer still has to send: what the report has overtaken since this morning is left out."""
        selesai = LaporanBulanan.objects.filter(
            desa=OuterRef("desa"),
            bulan=OuterRef("bulan"),
            status__in=[StatusLaporan.DIKIRIM, StatusLaporan.DISETUJUI],
        )
        return self.filter(~Exists(selesai), status=StatusPesan.MENUNGGU)


class Pesan(Berbulan, models.Model):
    """One reminder to one kader about one month. Made and outdated by `laporan.bulanan.pengingat`.

    `hari` is the day of the calendar of reminders that it belongs to, not the day on which the worker ran: the same
    reminder is one row however often, late or concurrently it is computed. The text names nobody and counts nothing.
    """

    untuk = models.ForeignKey("kader.Pengguna", models.CASCADE, related_name="+")
    desa = models.ForeignKey("kader.Wilayah", models.PROTECT, related_name="+")
    bulan = models.DateField(help_text="hari pertama bulan laporan")
    jenis = models.CharField(max_length=12, choices=JenisPesan)
    hari = models.DateField()
    teks = models.CharField(max_length=500)
    status = models.CharField(max_length=12, choices=StatusPesan, default=StatusPesan.MENUNGGU)
    dibuat_pada = models.DateTimeField()
    ditandai_pada = models.DateTimeField(null=True, blank=True)
    ditandai_oleh = models.ForeignKey("kader.Pengguna", models.PROTECT, null=True, blank=True, related_name="+")

    objects = PesanQuerySet.as_manager()

    class Meta:
        verbose_name = "pesan pengingat"
        verbose_name_plural = "pesan pengingat"
        ordering = ["desa", "-hari", "-pk"]
        indexes = [models.Index(fields=["status", "desa"], name="pesan_status_desa")]
        constraints = [
            models.UniqueConstraint(fields=["untuk", "desa", "bulan", "jenis", "hari"], name="pesan_sekali"),
            models.CheckConstraint(condition=Q(status__in=StatusPesan.values), name="pesan_status_dikenal"),
            models.CheckConstraint(condition=Q(jenis__in=JenisPesan.values), name="pesan_jenis_dikenal"),
            models.CheckConstraint(
                condition=Q(ditandai_pada__isnull=True, ditandai_oleh__isnull=True)
                | Q(ditandai_pada__isnull=False, ditandai_oleh__isnull=False),
                name="pesan_ditandai_seseorang",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.jenis} {self.bulan:%Y-%m} {self.desa_id}"
