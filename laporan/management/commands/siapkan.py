"""Bring a database to where the product can run: schema, reference data, campaign; in demo mode the demo."""

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from kader.models import Pengguna, Wilayah
from laporan.kampanye.hitung import hitung_ulang_semua
from laporan.kampanye.ramalan.simpan import ramal_semua
from laporan.kampanye.susun_riwayat import susun_riwayat
from laporan.models import Cuplikan, Kampanye, Ramalan
from poskb.dasar.waktu import hari_ini


def cuplikan_lengkap() -> bool:
    """Say whether every area of every campaign has its snapshot."""
    return all(
        Cuplikan.objects.filter(kampanye=k).count() >= Wilayah.objects.di(k.wilayah_id).count()
        for k in Kampanye.objects.all()
    )


class Command(BaseCommand):
    """Runs before every start; the second time it finds everything there."""

    help = "Migrasi, data rujukan, kampanye; dalam mode demo juga data demo (aman diulang)."

    def handle(self, *args: object, **options: object) -> None:
        """Do what is missing."""
        call_command("migrate", interactive=False, verbosity=0)
        for perintah in ("muat_wilayah", "muat_formulir", "muat_macam_kegiatan", "muat_kampanye"):
            call_command(perintah, stdout=self.stdout)
        if settings.DEMO and not Pengguna.objects.exists():
            call_command("buat_demo", stdout=self.stdout)
        call_command("buka_bulan", stdout=self.stdout)
        if not cuplikan_lengkap():
            hitung_ulang_semua()
            self.stdout.write("capaian: dihitung")
        for kampanye in Kampanye.objects.order_by("pk"):
            if hari := susun_riwayat(kampanye):
                self.stdout.write(f"{kampanye.nama}: {hari} hari lalu disusun dari catatan")
        if not Ramalan.objects.filter(hari=hari_ini()).exists() and ramal_semua():
            self.stdout.write("ramalan: dihitung")
