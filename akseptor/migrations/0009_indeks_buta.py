"""The index of NIK says of which column it is, so that `putar_kunci` finds it. Nothing changes in the database."""

from django.db import migrations

import akseptor.rahasia


class Migration(migrations.Migration):
    dependencies = [("akseptor", "0008_kunjungan")]
    operations = [
        migrations.AlterField("akseptor", "nik_indeks", akseptor.rahasia.IndeksButa(dari="nik_istri", db_index=True)),
    ]
