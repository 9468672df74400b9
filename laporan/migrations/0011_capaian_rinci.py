"""Daily numbers in more detail, and what was known at the end of every day.

The daily numbers hold nothing that the records do not: they are made anew by the worker's next look.
"""

import django.db.models.deletion
from django.db import migrations, models


def hitung_lagi(apps, schema_editor):
    """Have every campaign counted again; snapshots of the old shape would not be understood."""
    apps.get_model("laporan", "Cuplikan").objects.all().delete()
    apps.get_model("laporan", "Kampanye").objects.update(perlu_hitung_ulang=True)


class Migration(migrations.Migration):
    dependencies = [("kader", "0002_terakhir_terlihat"), ("laporan", "0010_kelas_imp")]

    operations = [
        migrations.RunPython(hitung_lagi, hitung_lagi),
        migrations.DeleteModel("Capaian"),
        migrations.CreateModel(
            name="Capaian",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("tanggal", models.DateField()),
                ("metode", models.CharField(blank=True, max_length=10)),
                ("status_peserta", models.CharField(blank=True, max_length=12)),
                ("tahap", models.CharField(max_length=14)),
                ("tempat", models.CharField(blank=True, help_text="jenis faskes", max_length=12)),
                ("jumlah", models.PositiveIntegerField(help_text="semua pelayanan")),
                ("tercatat", models.PositiveIntegerField(help_text="pasangan yang dihitung")),
                ("nik_menyusul", models.PositiveIntegerField(help_text="di antara yang dihitung")),
                ("tunda_0", models.PositiveIntegerField(help_text="sampai di server pada hari pelayanan")),
                ("tunda_3", models.PositiveIntegerField(help_text="sesudah 1 sampai 3 hari")),
                ("tunda_7", models.PositiveIntegerField(help_text="sesudah 4 sampai 7 hari")),
                ("tunda_lama", models.PositiveIntegerField(help_text="sesudah lebih dari 7 hari")),
                ("terakhir", models.DateField(help_text="hari terakhir ada yang sampai di server")),
                (
                    "desa",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="kader.wilayah"
                    ),
                ),
                (
                    "kampanye",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="laporan.kampanye"
                    ),
                ),
            ],
            options={
                "verbose_name": "capaian",
                "verbose_name_plural": "capaian",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kampanye", "desa", "tanggal", "metode", "status_peserta", "tahap", "tempat"),
                        name="capaian_sekali",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("tercatat__lte", models.F("jumlah"))), name="capaian_tercatat_di_dalam"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CuplikanHarian",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("hari", models.DateField()),
                ("isi", models.JSONField()),
                ("versi", models.PositiveIntegerField()),
                ("dihitung_pada", models.DateTimeField()),
                (
                    "disusun",
                    models.BooleanField(
                        default=False, help_text="disusun kemudian dari catatan, bukan dicatat hari itu"
                    ),
                ),
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
                "verbose_name": "cuplikan harian",
                "verbose_name_plural": "cuplikan harian",
                "constraints": [
                    models.UniqueConstraint(fields=("kampanye", "wilayah", "hari"), name="cuplikan_harian_sekali")
                ],
            },
        ),
    ]
