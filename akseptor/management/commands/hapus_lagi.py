"""manage.py hapus_lagi --daftar > FILE, and after a restore manage.py hapus_lagi FILE [--kering].

A backup brings back who was erased after it was made. The list holds keys of rows and hours, nobody's name.
"""

import sys
import uuid
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from akseptor.actions import hapus_lagi
from akseptor.actions.hapus_data import MENGHAPUS
from akseptor.models import Akseptor
from kader.models import Jejak

SEKALI = 100


class Command(BaseCommand):
    help = "Hapus lagi data orang menurut daftar nomor, sesudah cadangan dipulihkan. --daftar: cetak daftar itu."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("berkas", nargs="?", help="daftar nomor, satu per baris; - : dari masukan")
        parser.add_argument("--daftar", action="store_true", help="cetak nomor semua yang dihapus sampai sekarang")
        parser.add_argument("--kering", action="store_true", help="hanya sebutkan jumlahnya, tidak menghapus apa pun")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["daftar"] == bool(options["berkas"]):
            raise CommandError("Sebutkan berkas daftar nomor, atau --daftar untuk mencetaknya.")
        if options["daftar"]:
            self._cetak()
            return
        orang = baca_nomor(options["berkas"])
        ada = Akseptor.objects.filter(pk__in=orang)
        belum = sorted(ada.filter(dihapus_pada__isnull=True).values_list("pk", flat=True))
        self.stdout.write(
            f"{len(orang)} nomor: {len(belum)} datanya masih ada, {ada.count() - len(belum)} sudah terhapus, "
            f"{len(orang) - ada.count()} tidak ada di basis data ini."
        )
        if options["kering"]:
            self.stdout.write("Percobaan. Belum ada yang dihapus.")
            return
        jumlah = sum(hapus_lagi(belum[mulai : mulai + SEKALI]) for mulai in range(0, len(belum), SEKALI))
        self.stdout.write(f"{jumlah} dihapus lagi datanya; jumlah pelayanan tetap.")

    def _cetak(self) -> None:
        baris = Jejak.objects.filter(tindakan=MENGHAPUS, jenis="akseptor").order_by("pk")
        for kunci, pada in baris.values_list("kunci", "ditulis_pada").iterator():
            self.stdout.write(f"{kunci} {pada:%Y-%m-%dT%H:%M:%SZ}")


def baca_nomor(berkas: str) -> set[uuid.UUID]:
    """Return the first word of each line; what follows it, empty lines and those with # are passed over.

    Raises CommandError for a file that cannot be read, or a word that is no key: half a list would look like a whole.
    """
    try:
        teks = sys.stdin.read() if berkas == "-" else Path(berkas).read_text()
    except (OSError, UnicodeDecodeError) as galat:
        raise CommandError(f"Berkas {berkas} tidak terbaca: {galat}") from galat
    orang = set()
    for nomor, baris in enumerate(teks.splitlines(), 1):
        kata = baris.split("#")[0].split()
        try:
            orang.update(uuid.UUID(satu) for satu in kata[:1])
        except ValueError:
            raise CommandError(f"Baris {nomor} bukan nomor catatan. Belum ada yang dihapus.") from None
    return orang
