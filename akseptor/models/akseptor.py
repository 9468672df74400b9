"""The couple, keyed by the wife."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Q

from akseptor import nik
from akseptor.rahasia import IndeksButa, IndeksHp, TeksRahasia, indeks_buta, semua_indeks
from kader.cakupan import QuerySetWilayah


class AkseptorQuerySet(QuerySetWilayah):
    """Couples, limited by the desa where they live."""

    def ber_nik(self, teks: str) -> Self:
        """Keep the rows that have this NIK, under whichever key of the index; none for no NIK."""
        return self.filter(nik_indeks__in=semua_indeks(teks))

    def terbuka(self) -> Self:
        """Keep those whose data may be used: neither withdrawn nor erased."""
        return self.filter(ditarik_pada__isnull=True, dihapus_pada__isnull=True)


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
    nik_indeks = IndeksButa(dari="nik_istri", db_index=True)  # null: no NIK yet
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
    # Her rights (docs/hak-subjek.md): since when she takes her consent back; when her data was erased.
    ditarik_pada = models.DateTimeField("persetujuan ditarik", null=True, blank=True, editable=False)
    dihapus_pada = models.DateTimeField("data dihapus", null=True, blank=True, editable=False)

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
                | Q(nik_indeks__isnull=True, nik_menyusul=True) & ~Q(alasan_nik_menyusul="")
                # Erased: no NIK, and whether it was missing stays as it was counted.
                | Q(dihapus_pada__isnull=False, nik_indeks__isnull=True),
                name="akseptor_nik_atau_alasannya",
            ),
            # Target of the composite foreign key of Pelayanan (see migration 0002).
            models.UniqueConstraint(fields=["id", "desa", "pasangan"], name="akseptor_kunci_pelayanan"),
        ]

    def __str__(self) -> str:
        return self.nama_istri

    @property
    def tertutup(self) -> bool:
        """Whether nothing may be done with her data any more: withdrawn or erased."""
        return self.ditarik_pada is not None or self.dihapus_pada is not None

    def pasang_nik(self, teks: str) -> None:
        """Set the NIK and its blind index together; an empty text takes both away."""
        self.nik_istri = teks
        self.nik_indeks = indeks_buta(teks) if teks else None

    @property
    def orang_id(self) -> uuid.UUID:
        """Whose data the row holds, for the history."""
        return self.pk

    @property
    def nama_tampil(self) -> str:
        """Her name for lists; of one who withdrew only that she did."""
        return "Persetujuan ditarik" if self.ditarik_pada and not self.dihapus_pada else self.nama_istri

    @property
    def nik_tersamar(self) -> str:
        """NIK for lists: only its last four digits."""
        if self.tertutup:
            return "–"
        return nik.samarkan(self.nik_istri) if self.nik_istri else "NIK menyusul"

    @property
    def ada_rahasia(self) -> bool:
        """Whether there is something that pages show only on a press."""
        return bool(self.nik_istri or self.no_hp or self.alamat)

    @property
    def nik_berempat(self) -> list[str]:
        """The NIK in groups of four, as it is read out and may break on a narrow screen."""
        return [self.nik_istri[i : i + 4] for i in range(0, len(self.nik_istri), 4)]

    @property
    def hp_tersamar(self) -> str:
        """Phone number for pages: only its last three digits."""
        return nik.samarkan(self.no_hp, sisa=3) if self.no_hp else ""
