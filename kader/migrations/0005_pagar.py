"""Two database roles, for the web and for the worker, and the first table whose rows the web sees by its area only."""

from django.db import migrations

from kader.baris.kebijakan import FUNGSI, LEPAS_FUNGSI, batasi_web, buat_peran, di_wilayah, pagari

# What is written about a record of a person; acts on reports, campaigns, officers and keys name no acceptor.
TENTANG_ORANG = "('akseptor', 'pelayanan', 'persetujuan', 'kunjungan', 'kegiatan')"


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("kader", "0004_token_api")]
    operations = [
        buat_peran(),
        migrations.RunSQL(FUNGSI, LEPAS_FUNGSI),
        pagari("kader_jejak", f"jenis NOT IN {TENTANG_ORANG} OR {di_wilayah('wilayah_id')}"),
        # History is written and read.
        batasi_web("SELECT, INSERT", "kader_jejak"),
    ]
