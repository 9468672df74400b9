"""Put together what past days of the campaigns would have shown."""

from django.core.management.base import BaseCommand

from laporan.kampanye.susun_riwayat import susun_riwayat
from laporan.models import Kampanye


class Command(BaseCommand):
    """For campaigns that began before the product kept their days; days that were kept stay as they are."""

    help = "Susun angka hari-hari lalu yang belum tersimpan dari catatan (aman diulang)."

    def handle(self, *args: object, **options: object) -> None:
        """Go through all campaigns, print one line each."""
        for kampanye in Kampanye.objects.order_by("pk"):
            self.stdout.write(f"{kampanye.nama}: {susun_riwayat(kampanye)} hari disusun")
