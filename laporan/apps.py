"""What it adds up to: the month and the campaign."""

from django.apps import AppConfig


class LaporanConfig(AppConfig):
    name = "laporan"
    verbose_name = "Laporan dan kampanye"

    def ready(self) -> None:
        from akseptor import kabar
        from akseptor.sinkron import daftarkan
        from laporan import checks, receivers  # noqa: F401  (checks register themselves)
        from laporan.bulanan.kabar import kabar_susulan
        from laporan.kegiatan import foto, sinkron
        from laporan.models import Kegiatan

        receivers.sambungkan()
        kabar.daftarkan(kabar_susulan)
        daftarkan("kegiatan", sinkron.terima, hitung=Kegiatan, panjang={"foto": foto.TEKS_TERPANJANG})
