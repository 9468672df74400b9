"""Who has this birth date, and what is her name: answered by one index alone. Built while the table is in use."""

from django.db import migrations, models

from poskb.dasar.migrasi import BuatIndeks


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("akseptor", "0003_sinkron")]
    operations = [
        BuatIndeks(
            "akseptor",
            models.Index(
                fields=["tanggal_lahir_istri"], include=["id", "nama_istri", "nama_suami"], name="akseptor_lahir_nama"
            ),
        ),
        # Its own index is a part of the new one.
        migrations.AlterField("akseptor", "tanggal_lahir_istri", models.DateField()),
    ]
