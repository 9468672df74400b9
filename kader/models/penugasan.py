"""Who acts where, from when to when."""

import datetime as dt
from collections.abc import Iterable

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Func, Q

from kader.cakupan import Cakupan, QuerySetWilayah
from kader.enums import Peran, Tingkat

# On which level each role is placed. The kabupaten roles need no assignment: see `cakupan_pengguna`.
TINGKAT_PERAN = {
    Peran.KADER: {Tingkat.DESA},
    Peran.PLKB: {Tingkat.DESA},
    Peran.KOORDINATOR: {Tingkat.KECAMATAN},
    Peran.DPPKB: {Tingkat.KABUPATEN},
    Peran.ADMIN: {Tingkat.KABUPATEN},
}


class RentangHari(Func):
    """Postgres' daterange(from, to, bounds), open where `to` is null."""

    function = "DATERANGE"
    output_field = DateRangeField()


class PenugasanQuerySet(QuerySetWilayah):
    """Assignments, limited by their area."""

    jalur_kode = "wilayah__kode"

    def berlaku(self, tanggal: dt.date) -> "PenugasanQuerySet":
        """Keep those in force on a day, both ends included."""
        return self.filter(Q(selesai__isnull=True) | Q(selesai__gte=tanggal), mulai__lte=tanggal)

    def petugas_desa(self, kode_desa: str, tanggal: dt.date) -> "Penugasan | None":
        """Return the officer's assignment to a desa on a day; a substitute comes first."""
        return self.per_wilayah([kode_desa], tanggal, Peran.PLKB).get(kode_desa)

    def per_wilayah(self, kode: Iterable[str], tanggal: dt.date, peran: Peran) -> "dict[str, Penugasan]":
        """Return who acts in a role in each of these areas on a day; a substitute comes first. One query."""
        calon = self.berlaku(tanggal).filter(sebagai=peran, wilayah_id__in=list(kode), pengguna__is_active=True)
        # The last one written wins.
        return {p.wilayah_id: p for p in calon.select_related("pengguna").order_by("pengganti", "mulai", "pk")}


class Penugasan(models.Model):
    """One person, one area, from a day to a day (included; open when empty).

    One regular officer per desa at a time is a promise of the database; a substitute stands beside her.
    """

    pengguna = models.ForeignKey("kader.Pengguna", models.CASCADE, related_name="penugasan")
    wilayah = models.ForeignKey("kader.Wilayah", models.PROTECT, related_name="penugasan")
    sebagai = models.CharField(max_length=12, choices=Peran, editable=False, help_text="peran pada saat ditugaskan")
    mulai = models.DateField()
    selesai = models.DateField(null=True, blank=True, help_text="Kosong berarti masih berlaku.")
    pengganti = models.BooleanField(default=False, help_text="Menggantikan petugas tetap untuk sementara.")

    objects = PenugasanQuerySet.as_manager()

    class Meta:
        verbose_name = "penugasan"
        verbose_name_plural = "penugasan"
        ordering = ["wilayah", "-mulai"]
        constraints = [
            models.CheckConstraint(
                condition=Q(selesai__isnull=True) | Q(selesai__gte=F("mulai")), name="penugasan_selesai_sesudah_mulai"
            ),
            ExclusionConstraint(
                name="penugasan_satu_petugas_per_desa",
                expressions=[
                    ("wilayah", RangeOperators.EQUAL),
                    (
                        RentangHari("mulai", "selesai", RangeBoundary(inclusive_lower=True, inclusive_upper=True)),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(sebagai=Peran.PLKB, pengganti=False),
                violation_error_message=(
                    "Desa ini sudah punya petugas pada tanggal itu. Akhiri dulu penugasannya, atau tandai pengganti."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pengguna} · {self.wilayah}"

    def save(self, **kwargs: object) -> None:
        """Write down the role held at this moment: a later change of role does not rewrite the past."""
        if self._state.adding and not self.sebagai:
            self.sebagai = self.pengguna.peran
        super().save(**kwargs)

    def clean(self) -> None:
        """Refuse an area whose level does not fit the role held when she was assigned."""
        if not (self.pengguna_id and self.wilayah_id):
            return
        if self._state.adding:
            self.sebagai = self.pengguna.peran
        boleh = TINGKAT_PERAN[Peran(self.sebagai)]
        if self.wilayah.tingkat not in boleh:
            nama = " atau ".join(sorted(t.label.lower() for t in boleh))
            raise ValidationError({"wilayah": f"{Peran(self.sebagai).label} ditugaskan di {nama}."})


def cakupan_terakhir(pengguna: "models.Model", tanggal: dt.date, kode_kabupaten: str) -> Cakupan:
    """Return what a person may see on a day, or, when that is nothing, what she saw on the last day before it.

    For records of somebody who has left: they belong where she worked.
    """
    kini = cakupan_pengguna(pengguna, tanggal, kode_kabupaten)
    if kini.kode:
        return kini
    lama = Penugasan.objects.filter(pengguna_id=pengguna.pk, sebagai=pengguna.peran, selesai__lt=tanggal)
    terakhir = lama.order_by("-selesai").values_list("selesai", flat=True).first()
    return cakupan_pengguna(pengguna, terakhir, kode_kabupaten) if terakhir else kini


def cakupan_pengguna(pengguna: "models.Model", tanggal: dt.date, kode_kabupaten: str) -> Cakupan:
    """Return what a person may see on a day.

    DPPKB and admin see the kabupaten; the others what is assigned to them that day *in their present role*.
    Without an assignment in force: nothing.
    """
    peran = Peran(pengguna.peran)
    if peran in {Peran.DPPKB, Peran.ADMIN}:
        return Cakupan(peran, (kode_kabupaten,))
    berlaku = Penugasan.objects.berlaku(tanggal).filter(pengguna_id=pengguna.pk, sebagai=peran)
    return Cakupan(peran, tuple(sorted(set(berlaku.order_by().values_list("wilayah_id", flat=True)))))
