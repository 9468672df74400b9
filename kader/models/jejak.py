"""Who did what to which row, when and why: changes, readings, exports and sign-ins, in one table.

Append-only: the database refuses UPDATE, DELETE and TRUNCATE (migration 0007). The one exception is the erasure of a
person, which takes her values out of her lines and leaves the fact (docs/hak-subjek.md).
"""

import uuid
from collections.abc import Collection
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from kader.cakupan import QuerySetWilayah

# Of these kinds the values are a person's: shown to whom names are open (names, because they are of the apps above).
TENTANG_ORANG = frozenset({"akseptor", "pelayanan", "kunjungan", "persetujuan", "permintaansubjek"})


class JejakQuerySet(QuerySetWilayah):
    """Traces, limited by the area of what they speak of."""

    jalur_kode = "wilayah__kode"

    def tentang(self, objek: models.Model) -> "JejakQuerySet":
        """Keep the traces of one row, newest first."""
        return self.filter(jenis=objek._meta.model_name, kunci=str(objek.pk)).order_by("-pk")

    def tentang_orang(self, orang: Collection[uuid.UUID]) -> Self:
        """Keep what concerns one of these persons (keys of Akseptor), whatever row it was written for."""
        return self.filter(orang__overlap=list(orang))


class Jejak(models.Model):
    """One act. Written only by `kader.actions.catat_jejak` and `kader.baca`, in the transaction of the act; never
    changed. What changes without them, the database writes down by itself (`jejak_jaring`, migration 0007).
    """

    pada = models.DateTimeField(help_text="menurut jam produk")
    oleh = models.ForeignKey("kader.Pengguna", models.PROTECT, null=True, related_name="+")
    peran = models.CharField(max_length=12, blank=True)
    tindakan = models.CharField(max_length=40)
    jenis = models.CharField(max_length=40, help_text="nama model")
    kunci = models.CharField(max_length=40)
    wilayah = models.ForeignKey("kader.Wilayah", models.PROTECT, null=True, related_name="+")
    alasan = models.TextField(blank=True)
    perubahan = models.JSONField(default=dict, help_text="nama kolom: [sebelum, sesudah]; kolom rahasia disamarkan")
    # The database knows the default too: a process of the version before inserts without these columns.
    orang = ArrayField(
        models.UUIDField(),
        default=list,
        db_default=[],
        blank=True,
        help_text="akseptor yang datanya diubah atau dilihat",
    )
    # Both are set by the database: nobody can name another transaction or another hour.
    transaksi = models.BigIntegerField(null=True, editable=False)
    ditulis_pada = models.DateTimeField(null=True, editable=False, help_text="menurut jam basis data, tidak dipatok")

    objects = JejakQuerySet.as_manager()

    class Meta:
        verbose_name = "jejak"
        verbose_name_plural = "jejak"
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["jenis", "kunci", "-id"], name="jejak_per_baris"),
            models.Index(fields=["pada"], name="jejak_pada"),
            # Who acts in this transaction, at once, whatever else it wrote.
            models.Index(fields=["transaksi", "id"], name="jejak_transaksi", condition=models.Q(oleh__isnull=False)),
            # Without a pending list: looking up one person must cost the same during a busy hour.
            GinIndex(fields=["orang"], name="jejak_orang", condition=~models.Q(orang=[]), fastupdate=False),
        ]

    def __str__(self) -> str:
        return f"{self.tindakan} {self.jenis} {self.kunci}"

    @property
    def tentang_orang(self) -> bool:
        """Whether it was written about a person: then its reason is hers too, whatever row it was written for."""
        return bool(self.orang) or self.jenis in TENTANG_ORANG
