"""Make the campaigns of laporan/data. May run at every start."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand
from django.db import transaction

from kader.actions import catat_jejak
from laporan.kampanye.target import bagi_rata_per_desa
from laporan.kelola.kata import kampanye_baru
from laporan.models import Kampanye, Target

DATA = Path(__file__).resolve().parents[2] / "data"


class Command(BaseCommand):
    """Makes the campaign of an area that has none; from then on DPPKB makes and changes them on the page."""

    help = "Muat kampanye dan pembagian targetnya dari laporan/data (aman diulang)."

    @transaction.atomic
    def handle(self, *args: object, **options: object) -> None:
        """Load every file kampanye-*.json."""
        # Not by name or day: DPPKB may change both, and may make another that begins on the same day.
        ada = set(Kampanye.objects.values_list("wilayah_id", flat=True))
        for berkas in sorted(DATA.glob("kampanye-*.json")):
            data = json.loads(berkas.read_text(encoding="utf-8"))
            data["wilayah_id"] = data.pop("wilayah")
            if data["wilayah_id"] not in ada:
                kampanye = Kampanye.objects.create(**data)
                kampanye.refresh_from_db()
                bagi_rata_per_desa(kampanye)
                # Nobody's act, but the product's own: without this line the database would call it a change past it.
                catat_jejak(None, "membuat", kampanye, wilayah=kampanye.wilayah_id, perubahan=kampanye_baru(kampanye))
        for kampanye in Kampanye.objects.order_by("mulai", "pk"):
            desa = Target.objects.per_desa(kampanye).count()
            self.stdout.write(f"kampanye {kampanye.nama}: target {kampanye.target} di {desa} desa")
