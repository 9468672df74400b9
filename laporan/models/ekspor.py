"""What somebody asked to be made, how far it is, and the file for as long as it lives."""

import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from akseptor.rahasia import BitaRahasia
from kader.cakupan import Cakupan
from poskb.dasar.waktu import Berbulan


class JenisEkspor(models.TextChoices):
    """What can be asked for. Who may, and how it is made, stands in `laporan/ekspor/jenis.py`."""

    BULAN = "bulan", "Laporan semua desa (XLSX)"
    REKAP_PDF = "rekap_pdf", "Rekap (PDF)"
    REKAP_XLSX = "rekap_xlsx", "Rekap (XLSX)"
    CETAK = "cetak", "Cetakan semua desa (PDF)"
    AKSEPTOR = "akseptor", "Daftar akseptor bernama (XLSX)"


class KeadaanEkspor(models.TextChoices):
    """How far it is."""

    MENUNGGU = "menunggu", "Menunggu giliran"
    BERJALAN = "berjalan", "Sedang dibuat"
    SELESAI = "selesai", "Siap diunduh"
    GAGAL = "gagal", "Gagal"
    KEDALUWARSA = "kedaluwarsa", "Kedaluwarsa"


BELUM_SELESAI = (KeadaanEkspor.MENUNGGU, KeadaanEkspor.BERJALAN)


class EksporQuerySet(models.QuerySet):
    """Exports: they belong to their maker, not to an area."""

    def milik(self, pengguna: models.Model) -> "EksporQuerySet":
        """Keep what this person asked for, newest first."""
        return self.filter(oleh_id=pengguna.pk).order_by("-dibuat_pada", "-id")

    def dapat_diunduh(self) -> "EksporQuerySet":
        """Keep what is ready and has not expired, by the clock of the database."""
        return self.filter(keadaan=KeadaanEkspor.SELESAI, kedaluwarsa_pada__gt=Now())


class Ekspor(Berbulan, models.Model):
    """One request. The row is the truth, a message to the worker only a nudge.

    `wilayah`: code of the part of her area she chose; empty means all of it. `denyut`: real time at which the worker
    last said that it works on it; `percobaan` counts how often one began and is the fence between two of them.
    `isi_wilayah`: what the file holds, so that who no longer has one of these areas cannot fetch it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    oleh = models.ForeignKey("kader.Pengguna", models.CASCADE, related_name="+")
    jenis = models.CharField(max_length=12, choices=JenisEkspor)
    bulan = models.DateField()
    wilayah = models.CharField(max_length=13, blank=True)
    alasan = models.CharField(max_length=300, blank=True)
    # The database knows the default too: a process of the version before inserts without this column.
    isi_wilayah = models.TextField(
        blank=True, default="", db_default="", help_text="kode wilayah yang ada di berkas, dipisah spasi"
    )
    keadaan = models.CharField(max_length=12, choices=KeadaanEkspor, default=KeadaanEkspor.MENUNGGU)
    selesai = models.PositiveIntegerField(default=0, help_text="langkah yang sudah selesai")
    jumlah = models.PositiveIntegerField(default=0, help_text="langkah seluruhnya; 0: belum diketahui")
    percobaan = models.PositiveSmallIntegerField(default=0)
    pesan = models.CharField(max_length=300, blank=True, help_text="mengapa gagal")
    nama_berkas = models.CharField(max_length=80, blank=True)
    ukuran = models.PositiveIntegerField(default=0, help_text="bita")
    dibuat_pada = models.DateTimeField(help_text="menurut jam produk")
    denyut = models.DateTimeField(null=True, blank=True)
    kedaluwarsa_pada = models.DateTimeField(null=True, blank=True, help_text="menurut jam basis data")

    objects = EksporQuerySet.as_manager()

    class Meta:
        verbose_name = "ekspor"
        verbose_name_plural = "ekspor"
        ordering = ["-dibuat_pada"]
        indexes = [
            models.Index(fields=["oleh", "-dibuat_pada"], name="ekspor_milik"),
            models.Index(
                fields=["dibuat_pada"], name="ekspor_belum", condition=Q(keadaan__in=["menunggu", "berjalan"])
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(keadaan__in=KeadaanEkspor.values), name="ekspor_keadaan_dikenal"),
            models.CheckConstraint(condition=Q(jenis__in=JenisEkspor.values), name="ekspor_jenis_dikenal"),
            models.CheckConstraint(condition=Q(bulan__day=1), name="ekspor_bulan_tanggal_satu"),
        ]

    def __str__(self) -> str:
        return f"{self.get_jenis_display()} {self.nama_bulan}"

    def boleh_diunduh(self, cakupan: Cakupan) -> bool:
        """Say whether all that the file holds lies in a scope: assignments end, a file does not know."""
        kode = self.isi_wilayah.split()
        return bool(kode) and all(cakupan.memuat(k) for k in kode)

    @property
    def belum(self) -> bool:
        """Whether it is still being made."""
        return self.keadaan in BELUM_SELESAI


class BerkasEkspor(models.Model):
    """The file, encrypted as NIK is: a dump alone reveals none. In Postgres, so that every web process reads it
    whatever host made it; in a table of its own, so that no list loads it."""

    ekspor = models.OneToOneField(Ekspor, models.CASCADE, primary_key=True, related_name="berkas")
    isi = BitaRahasia()

    class Meta:
        verbose_name = "berkas ekspor"
        verbose_name_plural = "berkas ekspor"

    def __str__(self) -> str:
        return str(self.ekspor_id)
