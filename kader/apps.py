"""Who and where."""

from django.apps import AppConfig


class KaderConfig(AppConfig):
    name = "kader"
    verbose_name = "Wilayah dan pengguna"

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in
        from django.urls import register_converter

        from kader import checks, jejak_masuk  # noqa: F401  (checks register themselves)
        from kader.akun import masuk
        from kader.http import KodeWilayah
        from poskb.dasar import periksa  # noqa: F401  (registers itself)

        register_converter(KodeWilayah, "kode")
        # In this order: the history asks the new session whether the sign-in is complete.
        user_logged_in.connect(masuk.mulai, dispatch_uid="kader.akun.masuk")
        jejak_masuk.sambungkan()
