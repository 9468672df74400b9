"""Count what is marked as changed, as the worker does every few seconds."""

from django.core.management.base import BaseCommand

from laporan.kampanye.hitung import hitung_yang_perlu


class Command(BaseCommand):
    """For an operator whose worker is down. `hitung_ulang` counts everything and reports differences."""

    help = "Hitung yang ditandai berubah (biasanya dikerjakan worker)."

    def handle(self, *args: object, **options: object) -> None:
        """Count and say how many cells."""
        self.stdout.write(f"{hitung_yang_perlu()} sel dihitung.")
