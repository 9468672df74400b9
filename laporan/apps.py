"""What it adds up to: the month and the campaign."""

from django.apps import AppConfig


class LaporanConfig(AppConfig):
    name = "laporan"
    verbose_name = "Laporan dan kampanye"

    def ready(self) -> None:
        from laporan import receivers

        receivers.sambungkan()
