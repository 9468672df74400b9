"""Make the kinds of activities of laporan/data. May run at every start."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand

from laporan.models import MacamKegiatan

DATA = Path(__file__).resolve().parents[2] / "data" / "macam-kegiatan.json"


class Command(BaseCommand):
    """Makes what is missing. A kind that exists belongs to DPPKB and is left as it is."""

    help = "Muat macam kegiatan dari laporan/data (aman diulang)."

    def handle(self, *args: object, **options: object) -> None:
        """Load the file."""
        baris = [MacamKegiatan(**b) for b in json.loads(DATA.read_text(encoding="utf-8"))]
        # DPPKB may have given a new kind a name of ours: then it is there.
        MacamKegiatan.objects.bulk_create(baris, ignore_conflicts=True)
        self.stdout.write(f"macam kegiatan: {MacamKegiatan.objects.count()}")
