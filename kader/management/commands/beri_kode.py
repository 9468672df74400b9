"""The operator's way in for somebody whom nobody else can help: the only admin who forgot, or lost her phone."""

from django.core.management.base import BaseCommand, CommandError, CommandParser

from kader.akun import kode, totp
from kader.models import Pengguna
from poskb.dasar.tolak import Ditolak


class Command(BaseCommand):
    """Prints a one-time code; written into the history as by nobody signed in."""

    help = "Beri kode sekali pakai kepada satu orang; --lepas-verifikasi juga melepas verifikasi dua langkahnya."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whom."""
        parser.add_argument("nama_masuk")
        parser.add_argument("--lepas-verifikasi", action="store_true", help="HP pengamannya hilang")

    def handle(self, *, nama_masuk: str, lepas_verifikasi: bool, **options: object) -> None:
        """Issue it. Raises CommandError for an unknown or deactivated person."""
        try:
            orang = Pengguna.objects.get_by_natural_key(nama_masuk)
        except Pengguna.DoesNotExist:
            raise CommandError("Tidak ada orang dengan nama masuk itu.") from None
        try:
            satu, angka = kode.terbitkan(None, None, orang)
        except Ditolak as tolak:
            raise CommandError(tolak.pesan) from None
        if lepas_verifikasi:
            totp.lepas_oleh_pengelola(orang)
        menit = int(kode.umur(satu.keperluan).total_seconds() // 60)
        self.stdout.write(f"kode {kode.tulis(angka)} untuk {orang}, berlaku {menit} menit, sekali pakai, di /kode/")
