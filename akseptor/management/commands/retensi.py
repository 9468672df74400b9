"""manage.py retensi [--kering]: erase the data of people whose time is over; the counts stay."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from akseptor import retensi
from poskb.dasar.waktu import hari_ini, tulis_tanggal


class Command(BaseCommand):
    help = "Hapus data pribadi yang masa simpannya lewat (POSKB_RETENSI_TAHUN). --kering: hanya hitung."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--kering", action="store_true", help="hanya sebutkan jumlahnya, tidak menghapus apa pun")

    def handle(self, *args: Any, **options: Any) -> None:
        hari = hari_ini()
        for macam, sebelum in retensi.batas(hari).items():
            self.stdout.write(f"{macam}: yang terakhir sebelum {tulis_tanggal(sebelum)}")
        lewat = retensi.yang_lewat(hari)
        for (macam, tahun), n in retensi.hitung(lewat).items():
            self.stdout.write(f"  {macam}, terakhir {tahun}: {n} pasangan")
        if options["kering"]:
            self.stdout.write(f"Percobaan: {len(lewat)} pasangan akan dihapus datanya. Belum ada yang dihapus.")
            return
        jumlah = retensi.jalankan(lambda n, dari: self.stdout.write(f"{n} dari {dari}"))
        self.stdout.write(f"{jumlah} pasangan dihapus datanya; jumlah pelayanan tetap.")
