"""Who reopened an approved report, when and why: on the row, where the database can ask for it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("laporan", "0004_kegiatan"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.AddField("laporanbulanan", "dibuka_pada", models.DateTimeField(blank=True, null=True)),
        migrations.AddField(
            "laporanbulanan",
            "dibuka_oleh",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            "laporanbulanan",
            "alasan_buka",
            models.CharField(blank=True, db_default="", default="", max_length=500),
        ),
        migrations.AddConstraint(
            "laporanbulanan",
            models.CheckConstraint(
                condition=models.Q(("alasan_buka", ""), ("dibuka_oleh__isnull", True), ("dibuka_pada__isnull", True))
                | models.Q(("dibuka_oleh__isnull", False), ("dibuka_pada__isnull", False))
                & ~models.Q(("alasan_buka", "")),
                name="laporan_dibuka_beralasan",
            ),
        ),
    ]
