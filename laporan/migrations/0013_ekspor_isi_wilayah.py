"""Which areas a made file holds. Files of the version before do not say: they have to be asked for again."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("laporan", "0012_foto_kegiatan")]
    operations = [
        migrations.AddField(
            "ekspor",
            "isi_wilayah",
            models.TextField(
                blank=True, db_default="", default="", help_text="kode wilayah yang ada di berkas, dipisah spasi"
            ),
        ),
    ]
