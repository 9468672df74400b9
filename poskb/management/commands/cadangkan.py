"""Make an encrypted backup of the whole database, while the product works."""

import datetime as dt
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from poskb.cadangan import Gagal
from poskb.cadangan.basisdata import Basisdata
from poskb.cadangan.buat import POLA_SAAT, cadangkan, umur
from poskb.dasar.waktu import jam_nyata

KUNCI_TERPENDEK = 32


def kunci_cadangan() -> list[str]:
    """Return the keys of backups, newest first. Raises CommandError (2) when there is none worth the name."""
    kunci = settings.KUNCI_CADANGAN
    if not kunci or any(len(k) < KUNCI_TERPENDEK for k in kunci):
        raise CommandError(
            f"POSKB_KUNCI_CADANGAN belum diisi atau lebih pendek dari {KUNCI_TERPENDEK} huruf. Buat satu: "
            'python -c "import secrets; print(secrets.token_urlsafe(48))", lalu simpan jauh dari cadangannya.',
            returncode=Gagal.SETELAN,
        )
    return kunci


def saat_berkas() -> str:
    """Return the real moment as backups are named."""
    return jam_nyata().astimezone(dt.UTC).strftime(POLA_SAAT)


class Command(BaseCommand):
    """Exit codes: 0 made, 1 could not be written, 2 settings, 4 database; with --umur 0 young enough, 6 not."""

    help = "Buat cadangan terenkripsi dari seluruh basis data (aman sementara produk dipakai)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to, and how many to keep."""
        bawaan = settings.DATA_DIR / "cadangan"
        parser.add_argument("folder", nargs="?", type=Path, default=bawaan, help=f"tempat berkas (bawaan: {bawaan})")
        parser.add_argument("--simpan", type=int, default=0, metavar="N", help="hapus yang lama, sisakan N terbaru")
        parser.add_argument(
            "--umur", type=int, metavar="JAM", help="jangan buat apa-apa: gagal bila yang terbaru lebih tua dari ini"
        )

    def handle(self, *args: Any, folder: Path, simpan: int, **options: Any) -> None:
        """Make it and say where it is."""
        if options["umur"] is not None:
            self._periksa_umur(folder, options["umur"])
            return
        if simpan < 0:
            raise CommandError("--simpan: tulis 0 (semua) atau lebih.", returncode=Gagal.SETELAN)
        kunci = kunci_cadangan()[0]
        try:
            hasil = cadangkan(Basisdata.kita(), folder, kunci, saat=saat_berkas(), simpan=simpan)
        except Gagal as galat:
            raise CommandError(galat.pesan, returncode=galat.kode) from None
        tabel = hasil.manifes["tabel"]
        baris, ukuran = sum(n for n, _ in tabel.values()), hasil.berkas.stat().st_size
        self.stdout.write(f"Cadangan: {hasil.berkas} ({ukuran:,} bita, {len(tabel)} tabel, {baris:,} baris).")
        for satu in hasil.dihapus:
            self.stdout.write(f"Dihapus: {satu.name}")

    def _periksa_umur(self, folder: Path, jam: int) -> None:
        """For a monitor that asks every hour: it also notices a timer that nobody started."""
        try:
            lama = umur(folder, jam_nyata())
        except Gagal as galat:
            raise CommandError(galat.pesan, returncode=galat.kode) from None
        kata = "tidak ada" if lama is None else f"berumur {lama / dt.timedelta(hours=1):.1f} jam"
        if lama is None or lama > dt.timedelta(hours=jam):
            raise CommandError(
                f"Cadangan terbaru di {folder} {kata}, paling lama {jam}. Lihat: journalctl -u poskb-cadangan",
                returncode=Gagal.TUA,
            )
        self.stdout.write(f"Cadangan terbaru {kata}.")
