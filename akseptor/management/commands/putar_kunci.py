"""Rotate the keys of secret columns and blind indexes while the product works."""

import time
from zlib import crc32

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from akseptor.putar import JEDA_PUTARAN, NAMA_KUNCI, PUTARAN_TERBANYAK, Hasil, Tabel, putar, tabel_rahasia

# A line of progress at most this often.
JEDA_LAPOR = 2.0
RUSAK = "Tidak terbuka dengan kunci mana pun di POSKB_KUNCI_DATA (kunci lamanya sudah dihapus terlalu cepat?):"
TAK_COCOK = "Indeksnya bukan dari teksnya, dengan kunci mana pun di POSKB_KUNCI_INDEKS:"


class Command(BaseCommand):
    """Cut off, it is run again: what is done stays done. Exit code 1 while anything is left under an old key."""

    help = (
        "Sandikan ulang semua kolom rahasia dengan kunci pertama POSKB_KUNCI_DATA dan hitung ulang indeks buta dengan "
        "kunci pertama POSKB_KUNCI_INDEKS, sementara produk tetap dipakai (docs/rahasia.md)."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--periksa", action="store_true", help="hanya melihat, tidak mengubah apa pun")
        parser.add_argument("--jeda", type=float, default=0.02, help="detik istirahat sesudah tiap kelompok")

    def handle(self, *args: object, periksa: bool, jeda: float, **options: object) -> None:
        """Go through every table until a round finds nothing to do."""
        self._sendiri()
        sisa = sum(self._tabel(tabel, periksa=periksa, jeda=jeda) for tabel in tabel_rahasia())
        if sisa:
            raise CommandError(
                f"{sisa} baris belum memakai kunci pertama. Jangan hapus kunci lama; jalankan sekali lagi. "
                "Bila tetap ada: masih ada proses yang berjalan dengan setelan lama, atau baris di atas rusak."
            )
        self.stdout.write(
            "Selesai: tidak ada baris yang masih memakai kunci lama; semua terbuka dengan kunci pertama saja. "
            "Kunci lama boleh dihapus dari POSKB_KUNCI_DATA dan POSKB_KUNCI_INDEKS bila semua proses sudah memakai "
            "setelan ini. POSKB_KUNCI_TETAP jangan dihapus."
        )

    def _sendiri(self) -> None:
        """One at a time: the lock belongs to the connection, so a killed one leaves none behind."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s, 1831)", [crc32(NAMA_KUNCI.encode()) - 2**31])
            if not cursor.fetchone()[0]:
                raise CommandError("putar_kunci sedang berjalan di tempat lain. Tunggu sampai selesai.")

    def _tabel(self, tabel: Tabel, *, periksa: bool, jeda: float) -> int:
        """Return how many rows are left."""
        nama, lama = tabel.model._meta.label, time.monotonic()
        for putaran in range(1, PUTARAN_TERBANYAK + 1):

            def lapor(hasil: Hasil, putaran: int = putaran) -> None:
                nonlocal lama
                if time.monotonic() - lama > JEDA_LAPOR:
                    lama = time.monotonic()
                    self.stdout.write(f"{nama}, putaran {putaran}: {hasil.dilihat} dilihat, {hasil.diganti} diganti")

            hasil = putar(tabel, tulis=not periksa, jeda=jeda, lapor=lapor)
            self.stdout.write(
                f"{nama}, putaran {putaran}: {hasil.dilihat} dilihat, {hasil.perlu} dengan kunci lama, "
                f"{hasil.diganti} diganti"
            )
            self._sebut(RUSAK, hasil.rusak)
            self._sebut(TAK_COCOK, hasil.tak_cocok)
            if periksa or not hasil.perlu:
                break
            time.sleep(JEDA_PUTARAN if hasil.diganti < hasil.perlu else 0)
        return hasil.perlu + len(hasil.rusak)

    def _sebut(self, kalimat: str, baris: list[str]) -> None:
        if baris:
            lagi = f" dan {len(baris) - 10} lagi" if len(baris) > 10 else ""
            self.stderr.write(f"{kalimat} {', '.join(baris[:10])}{lagi}")
