"""Who has this birth date, and what is her name: answered by one index alone. Built while the table is in use."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("akseptor", "0003_sinkron")]
    operations = [
        AddIndexConcurrently(
            "akseptor",
            models.Index(
                fields=["tanggal_lahir_istri"], include=["id", "nama_istri", "nama_suami"], name="akseptor_lahir_nama"
            ),
        ),
        # Its own index is a part of the new one.
        migrations.AlterField("akseptor", "tanggal_lahir_istri", models.DateField()),
    ]
