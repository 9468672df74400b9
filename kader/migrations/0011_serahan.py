"""The history of a record that is handed over into a desa which was its kader's when she wrote it."""

from django.db import migrations

from kader.baris.kebijakan import terima_serahan


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("kader", "0010_jejak_berwilayah")]
    operations = [terima_serahan("kader_jejak", "kunci", "wilayah_id")]
