"""The history is found by person, by day and by transaction: made beside what goes on."""

import django.contrib.postgres.indexes
from django.db import migrations, models

from poskb.dasar.migrasi import BuatIndeks


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("kader", "0007_jejak_tetap")]
    operations = [
        BuatIndeks("jejak", models.Index(fields=["pada"], name="jejak_pada")),
        BuatIndeks(
            "jejak",
            models.Index(
                condition=models.Q(("oleh__isnull", False)), fields=["transaksi", "id"], name="jejak_transaksi"
            ),
        ),
        BuatIndeks(
            "jejak",
            django.contrib.postgres.indexes.GinIndex(
                condition=models.Q(("orang", []), _negated=True),
                fastupdate=False,
                fields=["orang"],
                name="jejak_orang",
            ),
        ),
    ]
