"""Load numbers of couples or people per desa from a CSV file, with their source."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from laporan.enums import MacamBobot
from laporan.kelola.bobot import muat
from poskb.dasar.tolak import Ditolak


class Command(BaseCommand):
    """Replaces all numbers of one kind, or nothing: a code that is unknown or missing stops it by name."""

    help = "Muat bobot (PUS atau penduduk) per desa dari CSV kode,jumlah. Mengganti semua bobot jenis itu."

    def add_arguments(self, parser: CommandParser) -> None:
        """File, kind, source, year."""
        parser.add_argument("berkas", type=Path)
        parser.add_argument("--macam", required=True, choices=MacamBobot.values)
        parser.add_argument("--sumber", required=True, help="dari mana angkanya")
        parser.add_argument("--tahun", required=True, type=int, help="keadaan tahun berapa")
        parser.add_argument(
            "--sebagian", action="store_true", help="muat walau ada desa tanpa angka; belum dipakai untuk usulan"
        )

    def handle(self, *args: object, **options: Any) -> None:
        """Load. Raises CommandError with the reason when nothing was loaded."""
        try:
            teks = options["berkas"].read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as galat:
            raise CommandError(f"{options['berkas']} tidak dapat dibaca sebagai teks UTF-8.") from galat
        try:
            hasil = muat(
                None,
                settings.KODE_KABUPATEN,
                options["macam"],
                teks,
                sumber=options["sumber"],
                tahun=options["tahun"],
                sebagian=options["sebagian"],
            )
        except Ditolak as tolak:
            raise CommandError(tolak.pesan) from tolak
        self.stdout.write(f"{hasil.macam.label}: {len(hasil.per_desa)} desa, {hasil.asal}. {hasil.sebab}".strip())
