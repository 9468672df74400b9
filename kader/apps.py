"""Who and where."""

from django.apps import AppConfig


class KaderConfig(AppConfig):
    name = "kader"
    verbose_name = "Wilayah dan pengguna"

    def ready(self) -> None:
        from django.urls import register_converter

        from kader import checks, jejak_masuk  # noqa: F401  (checks register themselves)
        from kader.http import KodeWilayah

        register_converter(KodeWilayah, "kode")
        jejak_masuk.sambungkan()
