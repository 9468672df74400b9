"""Make the demo: a plausible district in mid-campaign. Invented people and numbers only."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from akseptor.models import Akseptor
from kader.models import Pengguna
from laporan.demo.acak import HARI
from laporan.demo.buat import buat
from poskb.dasar.waktu import hari_ini, tulis_tanggal


class Command(BaseCommand):
    """Only into an empty database in demo mode: demo people have a public password."""

    help = "Buat data demo (hanya dalam mode demo, hanya di basis data kosong)."

    def handle(self, *args: object, **options: object) -> None:
        """Make it and say how much. Raises CommandError where it must not be made."""
        if not settings.DEMO:
            raise CommandError("buat_demo hanya untuk mode demo (POSKB_DEMO=1).")
        if Pengguna.objects.exists() or Akseptor.objects.exists():
            raise CommandError("Basis data ini sudah berisi orang; data demo tidak dicampurkan.")
        if hari_ini() < HARI:
            raise CommandError(f"Data demo berlatar {tulis_tanggal(HARI)}; POSKB_HARI_INI tidak boleh lebih awal.")
        for baris in buat():
            self.stdout.write(baris)
