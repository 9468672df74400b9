"""The monthly report of a desa and the form it follows."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Q

from kader.cakupan import QuerySetWilayah
from laporan.enums import StatusLaporan
from poskb.dasar.waktu import Berbulan


class Formulir(models.Model):
    """The parts of the monthly report as data: `isi` is checked by `laporan/bulanan/formulir.py`.

    A new version is a new row; a report keeps the version with which it was opened.
    """

    versi = models.CharField(max_length=20, unique=True)
    berlaku_mulai = models.DateField(help_text="bulan pertama yang memakai versi ini")
    isi = models.JSONField()

    class Meta:
        verbose_name = "formulir laporan"
        verbose_name_plural = "formulir laporan"
        ordering = ["-berlaku_mulai"]

    def __str__(self) -> str:
        return self.versi


class LaporanQuerySet(QuerySetWilayah):
    """Reports, limited by their desa."""

    def ditulis(self) -> Self:
        """Keep what somebody has written; the rest is only opened."""
        return self.filter(versi__gte=1)

    def bulan(self, bulan: dt.date) -> Self:
        """Keep the reports of a month."""
        return self.filter(bulan=bulan)


class LaporanDitulis(models.Manager.from_queryset(LaporanQuerySet)):
    """What everybody means by a report: one that somebody has written."""

    def get_queryset(self) -> LaporanQuerySet:
        return super().get_queryset().ditulis()


class LaporanBulanan(Berbulan, models.Model):
    """One desa, one month. Approved means read-only, in the database too (triggers of migration 0006).

    `versi` 0 is a month that was opened and that nobody has written in yet ("belum"): it says that a report is due,
    and is none. `objects` leaves it out, so that no list takes it for a draft; `semua` has it.

    `isi`: what the kader fills, by field key. `alasan_selisih`: why a reported number differs from the counted one.
    `catatan_bagian`: the officer's reason per part at the last return. `dihitung`: counts frozen at approval, and
    under "catatan" the services that the approval locks. `dibuka_*`: the last reopening; without a new one, by a
    koordinator or DPPKB with a reason, the database lets no report out of "disetujui".
    """

    desa = models.ForeignKey("kader.Wilayah", models.PROTECT, related_name="+")
    bulan = models.DateField(help_text="hari pertama bulan laporan")
    formulir = models.ForeignKey("laporan.Formulir", models.PROTECT, related_name="+")
    status = models.CharField(max_length=12, choices=StatusLaporan, default=StatusLaporan.DRAF)
    isi = models.JSONField(default=dict)
    alasan_selisih = models.JSONField(default=dict)
    catatan_bagian = models.JSONField(default=dict)
    dihitung = models.JSONField(default=dict)
    nihil = models.BooleanField(default=False, help_text="tidak ada kegiatan dan akseptor baru bulan ini")
    versi = models.PositiveIntegerField(default=1, help_text="naik satu setiap perubahan; 0 berarti baru dibuka")
    diubah_pada = models.DateTimeField()
    dikirim_pada = models.DateTimeField(null=True, blank=True)
    dikirim_oleh = models.ForeignKey("kader.Pengguna", models.PROTECT, null=True, blank=True, related_name="+")
    disetujui_pada = models.DateTimeField(null=True, blank=True)
    disetujui_oleh = models.ForeignKey("kader.Pengguna", models.PROTECT, null=True, blank=True, related_name="+")
    dibuka_pada = models.DateTimeField(null=True, blank=True)
    dibuka_oleh = models.ForeignKey("kader.Pengguna", models.PROTECT, null=True, blank=True, related_name="+")
    # The database knows the default too: a process of the version before inserts without this column.
    alasan_buka = models.CharField(max_length=500, blank=True, default="", db_default="")

    # The first one is what Django itself uses (admin, dumpdata): it must hide nothing.
    semua = LaporanQuerySet.as_manager()
    objects = LaporanDitulis()

    class Meta:
        verbose_name = "laporan bulanan"
        verbose_name_plural = "laporan bulanan"
        ordering = ["-bulan", "desa"]
        constraints = [
            models.UniqueConstraint(fields=["desa", "bulan"], name="laporan_sekali_per_desa_bulan"),
            models.CheckConstraint(condition=Q(bulan__day=1), name="laporan_bulan_tanggal_satu"),
            models.CheckConstraint(condition=Q(status__in=StatusLaporan.values), name="laporan_status_dikenal"),
            models.CheckConstraint(
                condition=Q(status=StatusLaporan.DISETUJUI, disetujui_oleh__isnull=False, disetujui_pada__isnull=False)
                | ~Q(status=StatusLaporan.DISETUJUI) & Q(disetujui_oleh__isnull=True, disetujui_pada__isnull=True),
                name="laporan_disetujui_punya_petugas",
            ),
            models.CheckConstraint(
                condition=Q(dibuka_pada__isnull=True, dibuka_oleh__isnull=True, alasan_buka="")
                | Q(dibuka_pada__isnull=False, dibuka_oleh__isnull=False) & ~Q(alasan_buka=""),
                name="laporan_dibuka_beralasan",
            ),
            models.CheckConstraint(
                condition=Q(versi__gte=1)
                | Q(status=StatusLaporan.DRAF, nihil=False, isi={}, alasan_selisih={}, catatan_bagian={}),
                name="laporan_dibuka_berarti_kosong",
            ),
        ]

    def __str__(self) -> str:
        return f"Laporan {self.nama_bulan} {self.desa_id}"
