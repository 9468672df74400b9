"""Rights of a person: requests with deadlines, withdrawn and erased couples. The changed rule of the NIK is checked on
the rows that are there by the next migration, while they are in use.
"""

import datetime

import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("akseptor", "0010_titipan"),
        ("kader", "0008_jejak_indeks"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PermintaanSubjek",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "jenis",
                    models.CharField(
                        choices=[
                            ("akses", "Minta salinan datanya"),
                            ("koreksi", "Minta data dibetulkan"),
                            ("tarik", "Menarik persetujuan"),
                            ("hapus", "Minta data dihapus"),
                            ("keberatan", "Keberatan atas pemakaian data"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "saluran",
                    models.CharField(
                        choices=[
                            ("langsung", "Datang langsung"),
                            ("kader", "Lewat kader"),
                            ("telepon", "Telepon atau WhatsApp"),
                            ("surat", "Surat"),
                            ("sistem", "Dari aplikasi"),
                        ],
                        max_length=10,
                        verbose_name="disampaikan lewat",
                    ),
                ),
                (
                    "bukti_diri",
                    models.CharField(
                        choices=[
                            ("ktp", "KTP atau KK diperlihatkan"),
                            ("dikenal", "Dikenal kader atau petugas"),
                            ("kuasa", "Surat kuasa"),
                            ("sistem", "Tidak perlu"),
                        ],
                        max_length=10,
                        verbose_name="dikenali dari",
                    ),
                ),
                ("isi", models.CharField(blank=True, max_length=500, verbose_name="isi permintaan")),
                (
                    "diterima_pada",
                    models.DateTimeField(help_text="saat permintaan disampaikan; tenggat dihitung dari sini"),
                ),
                ("tenggat", models.DateTimeField()),
                (
                    "keadaan",
                    models.CharField(
                        choices=[("terbuka", "Menunggu jawaban"), ("dipenuhi", "Dipenuhi"), ("ditolak", "Ditolak")],
                        default="terbuka",
                        max_length=10,
                    ),
                ),
                ("jawaban", models.CharField(blank=True, max_length=1000)),
                ("dicatat_pada", models.DateTimeField()),
                ("selesai_pada", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "permintaan hak",
                "verbose_name_plural": "permintaan hak",
                "ordering": ["tenggat", "pk"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="akseptor",
            name="akseptor_nik_atau_alasannya",
        ),
        migrations.AddField(
            model_name="akseptor",
            name="dihapus_pada",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="data dihapus"),
        ),
        migrations.AddField(
            model_name="akseptor",
            name="ditarik_pada",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="persetujuan ditarik"),
        ),
        AddConstraintNotValid(
            model_name="akseptor",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("nik_indeks__isnull", False), ("nik_menyusul", False)),
                    models.Q(
                        ("nik_indeks__isnull", True),
                        ("nik_menyusul", True),
                        models.Q(("alasan_nik_menyusul", ""), _negated=True),
                    ),
                    models.Q(("dihapus_pada__isnull", False), ("nik_indeks__isnull", True)),
                    _connector="OR",
                ),
                name="akseptor_nik_atau_alasannya",
            ),
        ),
        migrations.AddField(
            model_name="permintaansubjek",
            name="akseptor",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="permintaan", to="akseptor.akseptor"
            ),
        ),
        migrations.AddField(
            model_name="permintaansubjek",
            name="dicatat_oleh",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="permintaansubjek",
            name="selesai_oleh",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex(
            model_name="permintaansubjek",
            index=models.Index(
                condition=models.Q(("keadaan", "terbuka")), fields=["tenggat"], name="permintaan_terbuka"
            ),
        ),
        migrations.AddConstraint(
            model_name="permintaansubjek",
            constraint=models.UniqueConstraint(
                condition=models.Q(("keadaan", "terbuka")),
                fields=("akseptor", "jenis"),
                name="permintaan_satu_terbuka_per_jenis",
            ),
        ),
        migrations.AddConstraint(
            model_name="permintaansubjek",
            constraint=models.CheckConstraint(
                condition=models.Q(("jenis__in", ["akses", "koreksi", "tarik", "hapus", "keberatan"])),
                name="permintaan_jenis_dikenal",
            ),
        ),
        migrations.AddConstraint(
            model_name="permintaansubjek",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "tenggat",
                        django.db.models.expressions.CombinedExpression(
                            models.F("diterima_pada"), "+", models.Value(datetime.timedelta(days=3))
                        ),
                    )
                ),
                name="permintaan_tenggat_3x24",
            ),
        ),
        migrations.AddConstraint(
            model_name="permintaansubjek",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("keadaan", "terbuka"),
                        ("jawaban", ""),
                        ("selesai_oleh__isnull", True),
                        ("selesai_pada__isnull", True),
                    ),
                    models.Q(
                        ("keadaan__in", ["dipenuhi", "ditolak"]),
                        ("selesai_oleh__isnull", False),
                        ("selesai_pada__isnull", False),
                        models.Q(("jawaban", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="permintaan_selesai_dijawab",
            ),
        ),
    ]
