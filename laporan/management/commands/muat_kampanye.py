"""Make the campaigns of laporan/data. May run at every start."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand
from django.db import transaction

from laporan.kampanye.target import bagi_rata_per_desa
from laporan.models import Kampanye, Target

DATA = Path(__file__).resolve().parents[2] / "data"


class Command(BaseCommand):
    """Makes what is missing. A campaign that exists belongs to DPPKB and is left as it is."""

    help = "Muat kampanye dan pembagian targetnya dari laporan/data (aman diulang)."

    @transaction.atomic
    def handle(self, *args: object, **options: object) -> None:
        """Load every file kampanye-*.json."""
        for berkas in sorted(DATA.glob("kampanye-*.json")):
            data = json.loads(berkas.read_text(encoding="utf-8"))
            # By place and first day: DPPKB may give it another name.
            kunci = {"wilayah_id": data.pop("wilayah"), "mulai": data.pop("mulai")}
            kampanye, baru = Kampanye.objects.get_or_create(**kunci, defaults=data)
            if baru:
                kampanye.refresh_from_db()
                bagi_rata_per_desa(kampanye)
            desa = Target.objects.per_desa(kampanye).count()
            self.stdout.write(f"kampanye {kampanye.nama}: target {kampanye.target} di {desa} desa")
