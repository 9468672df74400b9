"""Dated evidence of one of the six roles of the IMP, and the kinds that can be chosen."""

import datetime as dt
import uuid
from typing import Self

from django.db import models
from django.db.models import Q

from akseptor.rahasia import BitaRahasia
from kader.cakupan import QuerySetWilayah
from laporan.enums import PeranBhakti
from poskb.dasar.waktu import awal_bulan, geser_bulan

ORANG_TERBANYAK = 9999


class MacamKegiatan(models.Model):
    """A kind of activity, in the field's words. Data of DPPKB: one that is no longer used is switched off."""

    kode = models.SlugField(primary_key=True, max_length=40, help_text="tetap, misalnya penyuluhan-kelompok")
    peran_bhakti = models.PositiveSmallIntegerField("peran bhakti", choices=PeranBhakti)
    nama = models.CharField(max_length=60, unique=True)
    urutan = models.PositiveSmallIntegerField(default=100, help_text="kecil tampil lebih dulu")
    utama = models.BooleanField(default=False, help_text="tampil sebagai ubin besar di atas formulir")
    aktif = models.BooleanField(default=True, help_text="bisa dipilih untuk kegiatan baru")

    class Meta:
        verbose_name = "macam kegiatan"
        verbose_name_plural = "macam kegiatan"
        ordering = ["peran_bhakti", "urutan", "kode"]
        constraints = [
            models.CheckConstraint(condition=Q(peran_bhakti__in=PeranBhakti.values), name="macam_kegiatan_peran"),
            models.CheckConstraint(condition=~Q(kode="") & ~Q(nama=""), name="macam_kegiatan_bernama"),
        ]

    def __str__(self) -> str:
        return self.nama


class KegiatanQuerySet(QuerySetWilayah):
    """Activities, limited by their desa."""

    def berlaku(self) -> Self:
        """Keep what was not removed."""
        return self.filter(dihapus_pada__isnull=True)

    def pada_bulan(self, bulan: dt.date) -> Self:
        """Keep those of the month that starts on that day. A range of days: the index on (desa, tanggal) serves it."""
        return self.filter(tanggal__gte=bulan, tanggal__lt=geser_bulan(bulan, 1))


class Kegiatan(models.Model):
    """One activity on one day in one desa. No name of a woman belongs here, the note included.

    Three dates: done, written down, received by the server. Changed only through `laporan.kegiatan.actions`; what is
    removed stays, out of every list and count, and can be put back.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    desa = models.ForeignKey("kader.Wilayah", models.PROTECT, related_name="+")
    macam = models.ForeignKey(MacamKegiatan, models.PROTECT, related_name="+")
    tanggal = models.DateField()
    tempat = models.CharField(max_length=100, blank=True)
    jumlah_orang = models.PositiveSmallIntegerField("jumlah orang")
    catatan = models.CharField(max_length=500, blank=True)
    dicatat_oleh = models.ForeignKey("kader.Pengguna", models.PROTECT, related_name="+")
    dicatat_pada = models.DateTimeField(help_text="ditulis, menurut HP atau server")
    diterima_pada = models.DateTimeField(help_text="sampai di server")
    versi = models.PositiveIntegerField(default=1, help_text="naik satu setiap perubahan")
    sidik = models.CharField(max_length=64, blank=True, default="", help_text="isi kiriman pertama HP")
    sidik_foto = models.CharField(
        "foto",
        max_length=64,
        blank=True,
        default="",
        db_default="",
        help_text="SHA-256 foto yang dikirim; kosong: tidak ada",
    )
    dihapus_pada = models.DateTimeField(null=True, blank=True)
    dihapus_oleh = models.ForeignKey("kader.Pengguna", models.PROTECT, null=True, blank=True, related_name="+")
    alasan_hapus = models.CharField(max_length=200, blank=True)

    objects = KegiatanQuerySet.as_manager()

    class Meta:
        verbose_name = "kegiatan"
        verbose_name_plural = "kegiatan"
        ordering = ["-tanggal", "-diterima_pada", "id"]
        indexes = [models.Index(fields=["desa", "tanggal"], name="kegiatan_desa_tanggal")]
        constraints = [
            models.CheckConstraint(condition=Q(jumlah_orang__lte=ORANG_TERBANYAK), name="kegiatan_jumlah_wajar"),
            models.CheckConstraint(condition=Q(versi__gte=1), name="kegiatan_versi_dari_satu"),
            models.CheckConstraint(
                condition=Q(dihapus_pada__isnull=True, dihapus_oleh__isnull=True, alasan_hapus="")
                | Q(dihapus_pada__isnull=False, dihapus_oleh__isnull=False),
                name="kegiatan_dihapus_oleh_seseorang",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.macam_id} {self.tanggal} {self.desa_id}"

    @property
    def dihapus(self) -> bool:
        """Whether it was removed."""
        return self.dihapus_pada is not None

    @property
    def bulan(self) -> dt.date:
        """The month that it belongs to."""
        return awal_bulan(self.tanggal)


class FotoKegiatan(models.Model):
    """The photo of an activity, whole and small, encrypted as NIK is: faces are on it. In a table of its own, so that
    no list loads it; gone for good when the photo is removed. Written only by `laporan.kegiatan.actions`."""

    kegiatan = models.OneToOneField(Kegiatan, models.CASCADE, primary_key=True, related_name="foto")
    isi = BitaRahasia()
    kecil = BitaRahasia()

    class Meta:
        verbose_name = "foto kegiatan"
        verbose_name_plural = "foto kegiatan"

    def __str__(self) -> str:
        return str(self.kegiatan_id)
