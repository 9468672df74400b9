"""An activity that a kader wrote before she was moved may be put where it belongs, while that month is open."""

from django.db import migrations

from kader.baris.kebijakan import pegang_serahan, terima_serahan


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("laporan", "0019_pagar"), ("akseptor", "0014_serahan")]
    operations = [
        terima_serahan("laporan_kegiatan", "id", "desa_id"),
        terima_serahan("laporan_fotokegiatan", "kegiatan_id"),
        # The lock of an approved month must see the report.
        pegang_serahan("laporan_laporanbulanan", "desa_id"),
    ]
