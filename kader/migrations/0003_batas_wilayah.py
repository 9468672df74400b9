"""Boundaries that an operator loads (`manage.py muat_batas`)."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("kader", "0002_terakhir_terlihat")]

    operations = [
        migrations.CreateModel(
            name="BatasWilayah",
            fields=[
                (
                    "wilayah",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="batas",
                        serialize=False,
                        to="kader.wilayah",
                    ),
                ),
                ("geometri", models.JSONField(help_text="Polygon atau MultiPolygon, bujur dahulu")),
                ("dimuat_pada", models.DateTimeField()),
            ],
            options={"verbose_name": "batas wilayah", "verbose_name_plural": "batas wilayah"},
        ),
    ]
