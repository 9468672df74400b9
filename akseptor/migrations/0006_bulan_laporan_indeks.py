"""The rows of an approved report, and the new acceptors that stand in none yet. Built while the table is in use."""

from django.db import migrations, models

from poskb.dasar.migrasi import BuatIndeks


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("akseptor", "0005_bulan_laporan")]
    operations = [
        BuatIndeks(
            "pelayanan",
            models.Index(
                condition=models.Q(("bulan_laporan__isnull", False)),
                fields=["desa", "bulan_laporan"],
                name="pelayanan_dilaporkan",
            ),
        ),
        BuatIndeks(
            "pelayanan",
            models.Index(
                condition=models.Q(("bulan_laporan__isnull", True), ("status_peserta", "baru")),
                fields=["desa", "tanggal"],
                name="pelayanan_baru_belum_lapor",
            ),
        ),
    ]
