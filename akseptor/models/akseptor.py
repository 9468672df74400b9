"""The couple, keyed by the wife."""

import uuid

from django.db import models
from django.db.models import Q

from akseptor import nik
from akseptor.rahasia import IndeksHp, TeksRahasia, indeks_buta
from kader.cakupan import QuerySetWilayah


class AkseptorQuerySet(QuerySetWilayah):
    """Couples, limited by the desa where they live."""


class Akseptor(models.Model):
    """A couple and where it lives. NIK, phone and address are ciphertext at rest.

    `pasangan` names the couple across rows: rows with one NIK, or said to be the same person, share it, and the
    campaign counts a `pasangan` once. Changed only through `akseptor.actions`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    pasangan = models.UUIDField(db_index=True)
    desa = models.ForeignKey("kader.Wilayah", models.PROTECT, related_name="akseptor")
    nama_istri = models.CharField(max_length=100)
    nik_istri = TeksRahasia("NIK istri", blank=True)
    nik_indeks = models.CharField(max_length=64, null=True, blank=True, db_index=True)  # noqa: DJ001  null: no NIK yet
    nik_menyusul = models.BooleanField("NIK menyusul", default=False)
    alasan_nik_menyusul = models.CharField("alasan NIK menyusul", max_length=200, blank=True)
    tanggal_lahir_istri = models.DateField()
    nama_suami = models.CharField(max_length=100, blank=True)
    no_hp = TeksRahasia("nomor HP", blank=True)
    hp_indeks = IndeksHp(dari="no_hp")
    rw = models.CharField("RW", max_length=3, blank=True)
    rt = models.CharField("RT", max_length=3, blank=True)
    alamat = TeksRahasia(blank=True)
    jumlah_anak = models.PositiveSmallIntegerField(null=True, blank=True)
    # Somebody must still say whether this is the same person as another row.
    perlu_tinjau_duplikat = models.BooleanField(default=False)

    objects = AkseptorQuerySet.as_manager()

    class Meta:
        verbose_name = "akseptor"
        verbose_name_plural = "akseptor"
        indexes = [
            # All that akseptor/duplikat.py reads of the women of one birth date, in a few pages.
            models.Index(
                fields=["tanggal_lahir_istri"],
                # The desa is read too: under row-level security every row is asked where it lies.
                include=["id", "nama_istri", "nama_suami", "desa"],
                name="akseptor_lahir_nama_desa",
            ),
            models.Index(fields=["hp_indeks"], name="akseptor_hp"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(nik_indeks__isnull=False, nik_menyusul=False)
                | Q(nik_indeks__isnull=True, nik_menyusul=True) & ~Q(alasan_nik_menyusul=""),
                name="akseptor_nik_atau_alasannya",
            ),
            # Target of the composite foreign key of Pelayanan (see migration 0002).
            models.UniqueConstraint(fields=["id", "desa", "pasangan"], name="akseptor_kunci_pelayanan"),
        ]

    def __str__(self) -> str:
        return self.nama_istri

    def pasang_nik(self, teks: str) -> None:
        """Set the NIK and its blind index together; an empty text takes both away."""
        self.nik_istri = teks
        self.nik_indeks = indeks_buta(teks) if teks else None

    @property
    def nik_tersamar(self) -> str:
        """NIK for lists: only its last four digits."""
        return nik.samarkan(self.nik_istri) if self.nik_istri else "NIK menyusul"
