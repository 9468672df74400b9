import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("kader", "0001_awal"),
        ("laporan", "0014_kampanye_halaman"),
    ]

    operations = [
        migrations.CreateModel(
            name="Ramalan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("hari", models.DateField(help_text="hari perkiraan dibuat")),
                ("isi", models.JSONField()),
                (
                    "sidik",
                    models.CharField(help_text="masukan dan versi model yang menghasilkannya", max_length=64),
                ),
                ("dihitung_pada", models.DateTimeField()),
                (
                    "kampanye",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="laporan.kampanye"
                    ),
                ),
                (
                    "wilayah",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="kader.wilayah"
                    ),
                ),
            ],
            options={
                "verbose_name": "ramalan",
                "verbose_name_plural": "ramalan",
                "constraints": [
                    models.UniqueConstraint(fields=("kampanye", "wilayah", "hari"), name="ramalan_sekali_sehari")
                ],
            },
        ),
    ]
