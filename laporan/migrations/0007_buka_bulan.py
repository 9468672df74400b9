"""A month may be opened before anybody writes in it: version 0, and empty."""

import django.db.models.manager
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("kader", "0001_awal"),
        ("laporan", "0006_kunci_baris"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelManagers(
            name="laporanbulanan",
            managers=[
                ("semua", django.db.models.manager.Manager()),
            ],
        ),
        migrations.AlterField(
            model_name="laporanbulanan",
            name="versi",
            field=models.PositiveIntegerField(
                default=1, help_text="naik satu setiap perubahan; 0 berarti baru dibuka"
            ),
        ),
        migrations.AddConstraint(
            model_name="laporanbulanan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("versi__gte", 1),
                    models.Q(
                        ("alasan_selisih", {}),
                        ("catatan_bagian", {}),
                        ("isi", {}),
                        ("nihil", False),
                        ("status", "draf"),
                    ),
                    _connector="OR",
                ),
                name="laporan_dibuka_berarti_kosong",
            ),
        ),
        # On the way back: the version before would take an opened month for a draft.
        migrations.RunSQL(migrations.RunSQL.noop, "DELETE FROM laporan_laporanbulanan WHERE versi = 0"),
    ]
