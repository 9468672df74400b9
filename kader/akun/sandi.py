"""Passwords: how they are kept, which are refused, and what a new one ends. Nobody but their owner ever sees one."""

from django.contrib.auth.hashers import Argon2PasswordHasher
from django.contrib.auth.password_validation import (
    CommonPasswordValidator,
    MinimumLengthValidator,
    NumericPasswordValidator,
    UserAttributeSimilarityValidator,
)
from django.core.exceptions import ValidationError

from kader.akun import sesi, totp
from kader.models import Pengguna

BANTUAN = (
    "Sedikitnya 8 huruf atau angka. Mudah: tiga kata yang hanya Anda tahu, misalnya nama pohon, makanan, dan benda "
    "di rumah. Jangan nomor HP atau nama Anda."
)


class Argon2(Argon2PasswordHasher):
    """Argon2id at OWASP's first choice (19 MiB, 2 rounds, 1 lane).

    Django's own 100 MB a try would take 800 MB when the eight threads of a small server sign people in at once.
    """

    time_cost = 2
    memory_cost = 19_456
    parallelism = 1


class _Kalimat:
    """A validator of Django's, saying it in a kader's words."""

    kalimat = ""

    def validate(self, password: str, user: Pengguna | None = None) -> None:
        """Raise ValidationError with our sentence for what Django's rule refuses."""
        try:
            super().validate(password, user)  # type: ignore[misc]
        except ValidationError as galat:
            raise ValidationError(self.kalimat, code=galat.code) from None

    def get_help_text(self) -> str:
        return BANTUAN


class CukupPanjang(_Kalimat, MinimumLengthValidator):
    """At least 8."""

    kalimat = "Terlalu pendek. Pakai sedikitnya 8 huruf atau angka."


class BukanPasaran(_Kalimat, CommonPasswordValidator):
    """Not on the list of the 20,000 that everybody tries first."""

    kalimat = "Kata sandi ini terlalu sering dipakai orang dan mudah ditebak. Pilih yang lain."


class BukanAngkaSaja(_Kalimat, NumericPasswordValidator):
    """Not a birthday, a PIN or a phone number."""

    kalimat = "Jangan angka saja, karena mudah ditebak. Tambahkan satu kata."


class BukanNamanya(_Kalimat, UserAttributeSimilarityValidator):
    """Not her sign-in name (often her phone number) or name."""

    kalimat = "Terlalu mirip dengan nama atau nomor Anda. Pilih yang lain."

    def __init__(self) -> None:
        super().__init__(user_attributes=("nama_masuk", "nama"))


def akhiri_yang_lama(orang: Pengguna, *, kecuali: str | None = None) -> None:
    """End what the old password began: sessions (but for the one with this key), a second factor half set up."""
    totp.lupakan_calon(orang)
    sesi.akhiri(orang, kecuali=kecuali)
