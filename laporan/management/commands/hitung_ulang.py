"""Count every campaign from the records and say what differed."""

import sys

from django.core.management.base import BaseCommand

from laporan.kampanye.hitung import hitung_ulang_semua
from laporan.models import PenandaHitung


class Command(BaseCommand):
    """What the worker does every night, by hand. Exit code 1 when stored numbers had to be corrected."""

    help = "Hitung ulang semua capaian dari catatan dan laporkan perbedaannya."

    def handle(self, *args: object, **options: object) -> None:
        """Recount, print one line per difference."""
        selisih = hitung_ulang_semua()
        for s in selisih:
            self.stdout.write(
                f"{s['kampanye']} {s['desa']} {s['tanggal']} {s['metode']} {s['status_peserta']} {s['tahap']}"
                f" {s['tempat']}: tersimpan {s['tersimpan']}, seharusnya {s['seharusnya']}"
            )
        if selisih:
            jumlah = PenandaHitung.objects.get().jumlah_selisih
            lain = f" ({jumlah - len(selisih)} tidak dituliskan di atas)" if jumlah > len(selisih) else ""
            self.stdout.write(f"{jumlah} angka berbeda dari catatan dan sudah dibetulkan{lain}.")
            sys.exit(1)
        self.stdout.write("Sama dengan catatan.")
