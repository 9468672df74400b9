"""A record that a kader wrote before she was moved may be put where it belongs (akseptor/sinkron/serah.py)."""

from django.db import migrations

from kader.baris.kebijakan import terima_serahan


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("akseptor", "0013_pagar"), ("kader", "0011_serahan")]
    operations = [
        terima_serahan("akseptor_akseptor", "id", "desa_id"),
        terima_serahan("akseptor_pelayanan", "id", "desa_id"),
        # Of the couple that came with it: under the key of its record.
        terima_serahan("akseptor_persetujuan", "akseptor_id"),
    ]
