"""Counts of what is limited (kader/jatah.py)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("kader", "0004_token_api")]
    operations = [
        migrations.CreateModel(
            name="PemakaianJatah",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("nama", models.CharField(max_length=30)),
                ("siapa", models.CharField(help_text="p: pengguna, t: token", max_length=30)),
                ("mulai", models.DateTimeField(help_text="awal jendela, menurut jam basis data")),
                ("jumlah", models.PositiveIntegerField()),
            ],
            options={
                "verbose_name": "pemakaian jatah",
                "verbose_name_plural": "pemakaian jatah",
                "constraints": [models.UniqueConstraint(fields=("nama", "siapa"), name="jatah_sekali")],
            },
        ),
    ]
