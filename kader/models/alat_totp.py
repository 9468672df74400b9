"""The device of the second factor, whose secret is in no dump."""

from django.conf import settings
from django.utils.crypto import salted_hmac
from django_otp.plugins.otp_totp.models import TOTPDevice


class AlatTotp(TOTPDevice):
    """django-otp's device; what its table keeps is half of the secret, the other half is `POSKB_KUNCI_INDEKS`.

    Whoever reads the database alone makes no valid digits. That key is not rotated (docs/luring.md).
    """

    class Meta:
        proxy = True
        verbose_name = "verifikasi dua langkah"
        verbose_name_plural = "verifikasi dua langkah"

    @property
    def bin_key(self) -> bytes:
        """The secret that the app holds: 20 bytes."""
        return salted_hmac("kader.alat_totp", self.key, secret=settings.KUNCI_INDEKS, algorithm="sha1").digest()
