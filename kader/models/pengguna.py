"""People who sign in."""

import re
import unicodedata
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models

from kader.enums import Peran

NOMOR_HP = re.compile(r"\+?[0-9][0-9 .()-]{7,}")


def _kecil(teks: str) -> str:
    # One spelling of each letter before anything is looked at: phones type full-width digits too, and Django's form
    # makes them plain before it asks for the person. What is longer than any name is nobody's, and not worth the work.
    teks = teks.strip()
    return unicodedata.normalize("NFKC", teks).strip().lower() if len(teks) <= 200 else teks


def rapikan_nama_masuk(teks: str) -> str:
    """Return a sign-in name as it is stored: small plain letters; a phone number as digits that begin with 0.

    Whatever counts, looks up or remembers a name asks here: what means one person is counted as one.
    """
    teks = _kecil(teks)
    if not NOMOR_HP.fullmatch(teks):
        return teks
    angka = re.sub(r"[^0-9]", "", teks)
    return "0" + angka[2:] if angka.startswith("62") else angka


class PenggunaManager(BaseUserManager["Pengguna"]):
    """Makes users; the name is what they sign in with."""

    def create_user(self, nama_masuk: str, password: str | None = None, **isi: Any) -> "Pengguna":
        """Make a person; without a password she cannot sign in until one is set."""
        pengguna = self.model(nama_masuk=rapikan_nama_masuk(nama_masuk), **isi)
        pengguna.set_password(password)
        pengguna.save(using=self._db)
        return pengguna

    def create_superuser(self, nama_masuk: str, password: str | None = None, **isi: Any) -> "Pengguna":
        """Make an admin (the command `createsuperuser`)."""
        return self.create_user(nama_masuk, password, **{"peran": Peran.ADMIN, "nama": nama_masuk} | isi)

    def get_by_natural_key(self, username: str | None) -> "Pengguna":
        """Find by the sign-in name, whatever its case; a phone number also as +62 or with spaces. One query."""
        # Also as it was typed: who was made before numbers were tidied up has her name so.
        mentah = _kecil(username or "")
        rapi = rapikan_nama_masuk(mentah)
        calon = {p.nama_masuk: p for p in self.filter(nama_masuk__in={mentah, rapi})}
        if mentah not in calon and rapi not in calon:
            raise self.model.DoesNotExist
        return calon.get(mentah) or calon[rapi]


class Pengguna(AbstractBaseUser):
    """A person with one role. Where she acts is in Penugasan, with dates."""

    nama_masuk = models.CharField(
        "nama masuk",
        max_length=40,
        unique=True,
        validators=[UnicodeUsernameValidator()],
        help_text="Nomor HP atau nomor petugas. Tanpa spasi.",
    )
    nama = models.CharField(max_length=100)
    peran = models.CharField(max_length=12, choices=Peran)
    is_active = models.BooleanField("aktif", default=True)
    dibuat_pada = models.DateTimeField(auto_now_add=True)

    # To the hour, by the product's clock; written by `kader.terlihat` only.
    terakhir_terlihat = models.DateTimeField(null=True, blank=True, editable=False)

    objects = PenggunaManager()
    USERNAME_FIELD = "nama_masuk"
    # What `createsuperuser` asks beside the name and password. Not the role: it makes admins.
    REQUIRED_FIELDS = ["nama"]

    class Meta:
        verbose_name = "pengguna"
        verbose_name_plural = "pengguna"
        ordering = ["nama"]
        constraints = [
            models.CheckConstraint(condition=models.Q(peran__in=Peran.values), name="pengguna_peran_dikenal"),
            models.CheckConstraint(condition=~models.Q(nama_masuk=""), name="pengguna_punya_nama_masuk"),
        ]

    def __str__(self) -> str:
        return self.nama

    # What Django's admin asks. The role is the only right: no per-model permissions to keep in step.
    @property
    def is_staff(self) -> bool:
        return self.peran == Peran.ADMIN

    def has_perm(self, perm: str, obj: object = None) -> bool:
        return self.is_active and self.is_staff

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_active and self.is_staff
