"""manage.py hapus_lagi --daftar > FILE, and after a restore manage.py hapus_lagi FILE [--kering] [--oleh NAME].

A backup brings back who was erased after it was made, and opens who withdrew. The list holds keys of rows and hours,
nobody's name: `KEY HOUR` for an erasure, `KEY HOUR tarik` for a withdrawal that stands.
"""

import datetime as dt
import uuid
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from akseptor.actions import hapus_lagi, tarik_lagi
from akseptor.actions.hapus_data import MENGHAPUS
from akseptor.daftar_ulang import TARIK, Daftar, baca_daftar
from akseptor.models import Akseptor
from kader.enums import Peran
from kader.models import Jejak, Pengguna

SEKALI = 100
SAAT = "%Y-%m-%dT%H:%M:%SZ"


class Command(BaseCommand):
    help = (
        "Hapus lagi data orang, dan tutup lagi data yang persetujuannya ditarik, menurut daftar nomor, sesudah "
        "cadangan dipulihkan. --daftar: cetak daftar itu."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("berkas", nargs="?", help="daftar nomor, satu per baris; - : dari masukan")
        parser.add_argument("--daftar", action="store_true", help="cetak nomor semua yang dihapus atau ditarik kini")
        parser.add_argument("--kering", action="store_true", help="hanya sebutkan jumlahnya, tidak mengubah apa pun")
        parser.add_argument("--oleh", help="nama masuk petugas DPPKB, atas namanya penghapusan yang menyusul diminta")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["daftar"] == bool(options["berkas"]):
            raise CommandError("Sebutkan berkas daftar nomor, atau --daftar untuk mencetaknya.")
        if options["daftar"]:
            self._cetak()
            return
        try:
            daftar = baca_daftar(options["berkas"])
        except ValueError as galat:
            raise CommandError(str(galat)) from galat
        belum, ditarik = self._sebutkan(daftar)
        if options["kering"]:
            self.stdout.write("Percobaan. Belum ada yang diubah.")
            return
        # Asked before anything is done: half a list would look like a whole.
        oleh = _petugas(options["oleh"]) if ditarik else None
        jumlah = sum(hapus_lagi(belum[mulai : mulai + SEKALI]) for mulai in range(0, len(belum), SEKALI))
        self.stdout.write(f"{jumlah} dihapus lagi datanya; jumlah pelayanan tetap.")
        if oleh:
            jumlah = sum(
                tarik_lagi(oleh, {k: daftar.tarik[k] for k in ditarik[mulai : mulai + SEKALI]})
                for mulai in range(0, len(ditarik), SEKALI)
            )
            self.stdout.write(f"{jumlah} ditutup lagi: persetujuannya ditarik; penghapusannya menunggu di /hak/.")

    def _sebutkan(self, daftar: Daftar) -> tuple[list[uuid.UUID], list[uuid.UUID]]:
        """Say how many there are, and return the keys that are still to be erased and those to be closed."""
        ada = Akseptor.objects.filter(pk__in=daftar.hapus)
        belum = sorted(ada.filter(dihapus_pada__isnull=True).values_list("pk", flat=True))
        self.stdout.write(
            f"{len(daftar.hapus)} nomor: {len(belum)} datanya masih ada, {ada.count() - len(belum)} sudah terhapus, "
            f"{len(daftar.hapus) - ada.count()} tidak ada di basis data ini."
        )
        ada = Akseptor.objects.filter(pk__in=set(daftar.tarik) - daftar.hapus)
        terbuka = ada.filter(dihapus_pada__isnull=True, ditarik_pada__isnull=True)
        ditarik = sorted(terbuka.values_list("pk", flat=True))
        self.stdout.write(f"{len(daftar.tarik)} penarikan: {len(ditarik)} datanya terbuka lagi.")
        return belum, ditarik

    def _cetak(self) -> None:
        baris = Jejak.objects.filter(tindakan=MENGHAPUS, jenis="akseptor").order_by("pk")
        for kunci, pada in baris.values_list("kunci", "ditulis_pada").iterator():
            self.stdout.write(f"{kunci} {pada:{SAAT}}")
        tarik = Akseptor.objects.filter(ditarik_pada__isnull=False, dihapus_pada__isnull=True).order_by("pk")
        for kunci, pada in tarik.values_list("pk", "ditarik_pada").iterator():
            self.stdout.write(f"{kunci} {pada.astimezone(dt.UTC):{SAAT}} {TARIK}")


def _petugas(nama: str | None) -> Pengguna:
    """Return the officer on duty on whose account the requests are written. Raises CommandError without one."""
    oleh = Pengguna.objects.filter(nama_masuk=nama or "", peran=Peran.DPPKB, is_active=True).first()
    if oleh is None:
        raise CommandError(
            "Daftar ini memuat penarikan persetujuan. Sebutkan --oleh NAMA_MASUK seorang petugas DPPKB yang aktif: "
            "atas namanya penghapusan yang menyusul diminta. Belum ada yang diubah."
        )
    return oleh
