"""Open the month for every desa. May run at every start."""

from django.core.management.base import BaseCommand

from laporan.bulanan.pembukaan import buka_bulan


class Command(BaseCommand):
    """What beat does soon after midnight, by hand."""

    help = "Buka laporan bulan ini untuk semua desa (aman diulang)."

    def handle(self, *args: object, **options: object) -> None:
        """Open what is not open."""
        self.stdout.write(f"bulan laporan: {buka_bulan()} lembar baru dibuka")
