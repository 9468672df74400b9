"""The device of the second factor, whose secret is in no dump."""

from django_otp.plugins.otp_totp.models import TOTPDevice

from poskb.dasar.tetap import cap_tertua


class AlatTotp(TOTPDevice):
    """django-otp's device; what its table keeps is half of the secret, the other half is `POSKB_KUNCI_TETAP`.

    Whoever reads the database alone makes no valid digits.
    """

    class Meta:
        proxy = True
        verbose_name = "verifikasi dua langkah"
        verbose_name_plural = "verifikasi dua langkah"

    @property
    def bin_key(self) -> bytes:
        """The secret that the app holds: 20 bytes."""
        return cap_tertua(f"kader.alat_totp:{self.key}")[:20]
