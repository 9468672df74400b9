"""Load areas and places of service from kader/data. May run at every start."""

import csv
from decimal import Decimal
from pathlib import Path

from django.core.management.base import BaseCommand
from django.db import transaction

from kader.enums import Tingkat
from kader.models import Faskes, Jejak, Wilayah

DATA = Path(__file__).resolve().parents[2] / "data"
KODE_KABUPATEN, NAMA_KABUPATEN = "32.14", "Purwakarta"


def baca(nama: str) -> list[dict[str, str]]:
    """Return the rows of one file."""
    with (DATA / nama).open(encoding="utf-8", newline="") as berkas:
        return list(csv.DictReader(berkas))


def semua_wilayah() -> list[Wilayah]:
    """Return kabupaten, kecamatan and desa, the wider ones first."""
    titik = {b["kode"]: b for b in baca("kecamatan_titik.csv")}
    kabupaten = Wilayah(kode=KODE_KABUPATEN, nama=NAMA_KABUPATEN, tingkat=Tingkat.KABUPATEN, jenis="kabupaten")
    kecamatan = [
        Wilayah(
            kode=b["kode"],
            nama=b["nama"],
            tingkat=Tingkat.KECAMATAN,
            jenis="kecamatan",
            induk_id=KODE_KABUPATEN,
            lintang=Decimal(titik[b["kode"]]["lintang"]),
            bujur=Decimal(titik[b["kode"]]["bujur"]),
        )
        for b in baca("kecamatan.csv")
    ]
    desa = [
        Wilayah(kode=b["kode"], nama=b["nama"], tingkat=Tingkat.DESA, jenis=b["jenis"], induk_id=b["kode_kecamatan"])
        for b in baca("desa.csv")
    ]
    return [kabupaten, *kecamatan, *desa]


def nama_dulu() -> set[str]:
    """Return names that DPPKB replaced: such a place must not come back beside its new name."""
    jejak = Jejak.objects.filter(jenis="faskes", perubahan__has_key="nama")
    return {nama[0] for nama in jejak.values_list("perubahan__nama", flat=True)}


class Command(BaseCommand):
    """Makes what is missing and leaves what is there: DPPKB edits the list of faskes, and a start must not undo it."""

    help = "Muat kabupaten, kecamatan, desa, dan faskes dari kader/data (aman diulang)."

    @transaction.atomic
    def handle(self, *args: object, **options: object) -> None:
        """Load areas, then places."""
        ada = set(Wilayah.objects.values_list("kode", flat=True))
        baru = [w for w in semua_wilayah() if w.kode not in ada]
        Wilayah.objects.bulk_create(baru)
        ada_faskes = set(Faskes.objects.values_list("nama", "wilayah_id"))
        dulu = nama_dulu()
        faskes = [
            Faskes(nama=b["nama"], jenis=b["jenis"], wilayah_id=b["kode_kecamatan"], alamat=b["alamat"])
            for b in baca("faskes.csv")
            if (b["nama"], b["kode_kecamatan"]) not in ada_faskes and b["nama"] not in dulu
        ]
        Faskes.objects.bulk_create(faskes)
        self.stdout.write(f"wilayah: {len(baru)} baru; faskes: {len(faskes)} baru")
