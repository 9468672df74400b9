"""A service event: from calon to terverifikasi."""

import datetime as dt
import uuid
from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce, TruncDate

from akseptor.enums import MKJP, TAHAP_TERLAYANI, Metode, StatusPeserta, Tahap
from kader.cakupan import QuerySetWilayah
from poskb.dasar.waktu import WIB, hari_wib

LENGKAP = Q(tanggal__isnull=False, faskes__isnull=False) & ~Q(metode="") & ~Q(status_peserta="")


class PelayananQuerySet(QuerySetWilayah):
    """Services, limited by the desa where the couple lives."""

    def terlayani(self) -> Self:
        """Keep what has happened and stands: dilayani or terverifikasi."""
        return self.filter(tahap__in=TAHAP_TERLAYANI)

    def boleh_dipakai(self) -> Self:
        """Keep those of couples that neither withdrew their consent nor were erased."""
        return self.filter(akseptor__ditarik_pada__isnull=True, akseptor__dihapus_pada__isnull=True)

    def dengan_hari(self) -> Self:
        """Annotate `hari`, the day on which a service is counted, and `sampai`, the day it reached the server (WIB).

        What has no service date yet stands on the day it reached the server.
        """
        sampai = TruncDate("diterima_pada", tzinfo=WIB)
        return self.annotate(hari=Coalesce("tanggal", sampai), sampai=sampai)

    def mkjp(self) -> Self:
        """Keep the long-acting methods."""
        return self.filter(metode__in=MKJP)

    def pada_bulan(self, bulan: dt.date) -> Self:
        """Keep services of the month that starts on that day, by service date."""
        return self.filter(tanggal__year=bulan.year, tanggal__month=bulan.month)

    def lengkap_dengan_nama(self) -> Self:
        """Fetch couple, desa and place with the row: what lists show."""
        return self.select_related("akseptor", "desa__induk", "faskes")


class Pelayanan(models.Model):
    """A service, or one that is wanted. Three dates: served, written down, received by the server.

    `desa` and `pasangan` repeat the couple's, and the database keeps them equal by a composite foreign key with
    ON UPDATE CASCADE (migration 0002), so that counting reads one table.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    akseptor = models.ForeignKey("akseptor.Akseptor", models.CASCADE, related_name="pelayanan")
    desa = models.ForeignKey("kader.Wilayah", models.PROTECT, related_name="+")
    pasangan = models.UUIDField()
    tahap = models.CharField(max_length=14, choices=Tahap, default=Tahap.DILAYANI)
    metode = models.CharField(max_length=10, choices=Metode, blank=True)
    status_peserta = models.CharField(max_length=12, choices=StatusPeserta, blank=True)
    faskes = models.ForeignKey("kader.Faskes", models.PROTECT, null=True, blank=True, related_name="+")
    tanggal = models.DateField("tanggal pelayanan", null=True, blank=True)
    pascapersalinan = models.BooleanField(default=False, help_text="dalam 42 hari setelah melahirkan")
    pascakeguguran = models.BooleanField(default=False)
    perlu_perhatian_bidan = models.BooleanField(default=False)
    peringatan_dikonfirmasi = models.JSONField(default=list, blank=True)
    alasan_tahap = models.CharField("alasan", max_length=500, blank=True)
    dicatat_oleh = models.ForeignKey("kader.Pengguna", models.PROTECT, related_name="+")
    dicatat_pada = models.DateTimeField(help_text="ditulis, menurut HP atau server")
    diterima_pada = models.DateTimeField(help_text="sampai di server")
    diverifikasi_oleh = models.ForeignKey("kader.Pengguna", models.PROTECT, null=True, blank=True, related_name="+")
    diverifikasi_pada = models.DateTimeField(null=True, blank=True)
    versi = models.PositiveIntegerField(default=1, help_text="naik satu setiap perubahan catatan ini")
    # The database knows the default too: a process of the version before inserts without this column.
    sidik = models.CharField(max_length=64, blank=True, default="", db_default="", help_text="isi kiriman pertama HP")
    # Set and cleared by the database when that report is approved and reopened; while set, the row is locked.
    bulan_laporan = models.DateField(
        null=True, blank=True, editable=False, help_text="bulan laporan disetujui yang memuatnya"
    )

    objects = PelayananQuerySet.as_manager()

    class Meta:
        verbose_name = "pelayanan"
        verbose_name_plural = "pelayanan"
        ordering = ["-diterima_pada", "-id"]
        indexes = [
            models.Index(fields=["desa", "tanggal"], name="pelayanan_desa_tanggal"),
            models.Index(fields=["pasangan", "tanggal"], name="pelayanan_pasangan_tanggal"),
            models.Index(fields=["desa", "-diterima_pada", "-id"], name="pelayanan_daftar"),
            models.Index(
                fields=["desa", "bulan_laporan"],
                condition=Q(bulan_laporan__isnull=False),
                name="pelayanan_dilaporkan",
            ),
            models.Index(
                fields=["desa", "tanggal"],
                condition=Q(bulan_laporan__isnull=True, status_peserta=StatusPeserta.BARU),
                name="pelayanan_baru_belum_lapor",
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(tahap__in=Tahap.values), name="pelayanan_tahap_dikenal"),
            models.CheckConstraint(condition=Q(metode__in=["", *Metode.values]), name="pelayanan_metode_dikenal"),
            models.CheckConstraint(
                condition=Q(status_peserta__in=["", *StatusPeserta.values]), name="pelayanan_status_dikenal"
            ),
            models.CheckConstraint(
                condition=~Q(tahap__in=TAHAP_TERLAYANI) | LENGKAP, name="pelayanan_terlayani_berarti_lengkap"
            ),
            models.CheckConstraint(
                condition=Q(
                    tahap=Tahap.TERVERIFIKASI, diverifikasi_oleh__isnull=False, diverifikasi_pada__isnull=False
                )
                | ~Q(tahap=Tahap.TERVERIFIKASI) & Q(diverifikasi_oleh__isnull=True, diverifikasi_pada__isnull=True),
                name="pelayanan_verifikasi_punya_petugas",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_tahap_display()} {self.get_metode_display()}".strip()

    @property
    def orang_id(self) -> uuid.UUID:
        """Whose data the row holds, for the history."""
        return self.akseptor_id

    @property
    def hari_hitung(self) -> dt.date:
        """The day on which it is counted: `PelayananQuerySet.dengan_hari` says the same in SQL."""
        return self.tanggal or hari_wib(self.diterima_pada)

    @property
    def lengkap(self) -> bool:
        """Whether it holds all that a service that happened must have (the constraint of the table says the same)."""
        return bool(self.tanggal and self.faskes_id and self.metode and self.status_peserta)

    @property
    def dilaporkan(self) -> bool:
        """Whether it stands in an approved report: then nothing of it changes, by no path, until that is reopened."""
        return self.bulan_laporan is not None

    @property
    def terkunci(self) -> bool:
        """Whether the kader can no longer change it."""
        return self.dilaporkan or self.tahap in {Tahap.TERVERIFIKASI, Tahap.BATAL, Tahap.DITUNDA}
