"""Which approved report a service stands in. Written by the database alone (laporan, migration 0006)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("akseptor", "0004_lahir_dan_nama")]
    operations = [
        migrations.AddField(
            "pelayanan",
            "bulan_laporan",
            models.DateField(
                blank=True, editable=False, help_text="bulan laporan disetujui yang memuatnya", null=True
            ),
        ),
    ]
