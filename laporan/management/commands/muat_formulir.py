"""Load the forms of the monthly report from laporan/data. May run at every start."""

import datetime as dt
import json
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from laporan.bulanan.formulir import baca, periksa
from laporan.models import Formulir, LaporanBulanan

DATA = Path(__file__).resolve().parents[2] / "data"


class Command(BaseCommand):
    """Writes one Formulir per file formulir-*.json."""

    help = "Muat formulir laporan bulanan dari laporan/data (aman diulang)."

    def handle(self, *args: object, **options: object) -> None:
        """Load every file. Raises CommandError for a file that is not sound; then nothing was written."""
        with transaction.atomic():
            for berkas in sorted(DATA.glob("formulir-*.json")):
                data = json.loads(berkas.read_text(encoding="utf-8"))
                self._muat(berkas.name, data)

    def _muat(self, nama: str, data: dict) -> None:
        try:
            periksa(data["isi"])
        except ValidationError as galat:
            raise CommandError(f"{nama}: " + " ".join(galat.messages)) from galat
        lama = Formulir.objects.filter(versi=data["versi"]).first()
        if lama and lama.isi != data["isi"]:
            self._periksa_terpakai(nama, lama, data["isi"])
        Formulir.objects.update_or_create(
            versi=data["versi"],
            defaults={"berlaku_mulai": dt.date.fromisoformat(data["berlaku_mulai"]), "isi": data["isi"]},
        )
        self.stdout.write(f"formulir {data['versi']}: {len(baca(data['isi']).isian)} isian")

    def _periksa_terpakai(self, nama: str, lama: Formulir, isi: dict) -> None:
        """A label may be put right; other fields under reports that exist would orphan what was filled in."""
        berubah = list(baca(lama.isi).isian) != list(baca(isi).isian)
        if berubah and LaporanBulanan.objects.filter(formulir=lama).exists():
            raise CommandError(f"{nama}: versi {lama.versi} sudah dipakai laporan. Buat versi baru.")
