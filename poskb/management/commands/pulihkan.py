"""Restore a backup into an empty database, and prove that every table came back."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from poskb.cadangan import Gagal
from poskb.cadangan.basisdata import Basisdata
from poskb.cadangan.pulih import periksa, pulihkan
from poskb.management.commands.cadangkan import kunci_cadangan, saat_berkas


class Command(BaseCommand):
    """Exit codes: 0 restored, 2 settings, 3 the file, 4 the database, 5 restored but not the same."""

    help = "Pulihkan cadangan ke basis data kosong dan bandingkan setiap tabelnya."
    # The database may be empty: what is checked there comes after.
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        """Which file, and how far to go."""
        parser.add_argument("berkas", type=Path)
        parser.add_argument("--periksa", action="store_true", help="hanya baca berkas sampai habis, tanpa memulihkan")
        parser.add_argument(
            "--timpa", action="store_true", help="basis data tidak kosong: tukar, yang lama tetap ada dengan nama lain"
        )

    def handle(self, *args: Any, berkas: Path, **options: Any) -> None:
        """Do it and say what came back."""
        kunci = kunci_cadangan()
        try:
            if options["periksa"]:
                self._ceritakan("Utuh", periksa(berkas, kunci))
                return
            basisdata = Basisdata.kita()
            hasil = pulihkan(basisdata, berkas, kunci, saat=saat_berkas(), timpa=options["timpa"])
        except Gagal as galat:
            raise CommandError(galat.pesan, returncode=galat.kode) from None
        self._ceritakan(f"Dipulihkan ke {basisdata.nama}", hasil.manifes)
        self.stdout.write(
            f"Semua orang harus masuk lagi: {hasil.diakhiri:,} sesi dan kode sekali pakai dihapus, karena yang sudah "
            "diakhiri sesudah cadangan ini akan hidup lagi."
        )
        if hasil.peran:
            self.stdout.write(f"Peran Postgres dibuat tanpa kata sandi: {', '.join(hasil.peran)}.")
        if hasil.lama:
            self.stdout.write(f"Isi sebelumnya tetap ada, tertutup, sebagai {hasil.lama}. Hapus bila sudah yakin.")
        self.stdout.write("Lanjutkan dengan: siapkan, hapus_lagi, hitung_ulang (docs/operator.md, Restore).")

    def _ceritakan(self, kata: str, isi: dict[str, Any]) -> None:
        baris = sum(n for n, _ in isi["tabel"].values())
        self.stdout.write(
            f"{kata}: cadangan {isi['dibuat']}, versi {isi['produk']}, {len(isi['tabel'])} tabel, {baris:,} baris."
        )
