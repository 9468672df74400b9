"""Sessions as rows that name their person, so that she can see her devices and end one (kader/akun/sesi.py)."""

from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models


class SesiManager(BaseSessionManager):
    """Django's, under our model."""

    use_in_migrations = False


class Sesi(AbstractBaseSession):
    """One sign-in on one device. Whoever removes the row ends it at the next request.

    `nomor` names it on pages: the key itself is the secret and stands in no address.
    """

    pengguna = models.ForeignKey("kader.Pengguna", models.CASCADE, null=True, related_name="sesi")
    nomor = models.UUIDField(null=True, db_index=True)
    perangkat = models.CharField(max_length=60, blank=True, help_text="dengan kata-kata: Chrome di Android")
    sejak = models.DateTimeField(null=True)
    # To the hour, as Pengguna.terakhir_terlihat.
    terlihat_pada = models.DateTimeField(null=True)

    objects = SesiManager()

    class Meta:
        verbose_name = "sesi"
        verbose_name_plural = "sesi"

    def __str__(self) -> str:
        return f"{self.perangkat or 'perangkat'} {self.nomor}"

    @classmethod
    def get_session_store_class(cls) -> type:
        """Return the store that keeps its data here."""
        from kader.akun.sesi import SessionStore

        return SessionStore
