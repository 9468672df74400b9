"""The history is found by person, by day and by transaction: made beside what goes on."""

import django.contrib.postgres.indexes
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("kader", "0007_jejak_tetap")]
    operations = [
        AddIndexConcurrently("jejak", models.Index(fields=["pada"], name="jejak_pada")),
        AddIndexConcurrently(
            "jejak",
            models.Index(
                condition=models.Q(("oleh__isnull", False)), fields=["transaksi", "id"], name="jejak_transaksi"
            ),
        ),
        AddIndexConcurrently(
            "jejak",
            django.contrib.postgres.indexes.GinIndex(
                condition=models.Q(("orang", []), _negated=True),
                fastupdate=False,
                fields=["orang"],
                name="jejak_orang",
            ),
        ),
    ]
