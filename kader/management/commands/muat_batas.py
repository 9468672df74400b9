"""Load boundaries of the kecamatan from a GeoJSON, or take them away again."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from kader.batas import BATAS_BYTE, BatasSalah, Tempat, baca_batas
from kader.models import BatasWilayah, Wilayah
from poskb.dasar.waktu import sekarang


class Command(BaseCommand):
    """All or nothing: the map shows every kecamatan, or its tiles."""

    help = "Muat batas kecamatan dari GeoJSON (properties.kode), atau --hapus untuk kembali ke peta petak."

    def add_arguments(self, parser: CommandParser) -> None:
        """A file, or the wish to be without."""
        parser.add_argument("berkas", nargs="?", type=Path)
        parser.add_argument("--hapus", action="store_true", help="buang batas yang dimuat")

    def handle(self, *, berkas: Path | None, hapus: bool, **options: object) -> None:
        """Check, then replace what is there. Raises CommandError that lists every reason."""
        if hapus == bool(berkas):
            raise CommandError("Sebutkan satu berkas GeoJSON, atau --hapus.")
        if hapus:
            jumlah, _ = BatasWilayah.objects.all().delete()
            self.stdout.write(f"batas: {jumlah} dibuang; halaman capaian kembali memakai peta petak")
            return
        try:
            with berkas.open("rb") as isi:
                batas = baca_batas(isi.read(BATAS_BYTE + 1), _kecamatan())
        except OSError as galat:
            raise CommandError(f"Berkas tidak dapat dibaca: {galat.strerror}.") from galat
        except BatasSalah as galat:
            raise CommandError("Batas tidak dimuat.\n- " + "\n- ".join(galat.pesan)) from galat
        _ganti(batas)
        self.stdout.write(f"batas: {len(batas)} kecamatan dimuat")


def _kecamatan() -> dict[str, Tempat]:
    return {
        w.kode: Tempat(w.nama, (float(w.bujur), float(w.lintang)) if w.bujur and w.lintang else None)
        for w in Wilayah.objects.kecamatan().order_by("kode")
    }


@transaction.atomic
def _ganti(batas: dict[str, dict]) -> None:
    BatasWilayah.objects.all().delete()
    kini = sekarang()
    BatasWilayah.objects.bulk_create(
        [BatasWilayah(wilayah_id=kode, geometri=g, dimuat_pada=kini) for kode, g in batas.items()]
    )
