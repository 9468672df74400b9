"""Closed lists of the who-and-where app."""

from django.db.models import TextChoices


class Peran(TextChoices):
    """What a person does in the product. One person, one role."""

    KADER = "kader", "Kader"
    PLKB = "plkb", "Petugas PLKB"
    KOORDINATOR = "koordinator", "Koordinator"
    DPPKB = "dppkb", "DPPKB"
    ADMIN = "admin", "Admin"


class Tingkat(TextChoices):
    """Level of an area."""

    KABUPATEN = "kabupaten", "Kabupaten"
    KECAMATAN = "kecamatan", "Kecamatan"
    DESA = "desa", "Desa/kelurahan"


class JenisFaskes(TextChoices):
    """Kind of a place of service."""

    PUSKESMAS = "puskesmas", "Puskesmas"
    SAUNG_AMBU = "saung_ambu", "Saung Ambu"
    RUMAH_SAKIT = "rumah_sakit", "Rumah sakit"
    BIDAN = "bidan", "Bidan"
    BERGERAK = "bergerak", "Pelayanan bergerak (gempungan)"
