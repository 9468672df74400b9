"""An activity may have a photo. Its bytes stand in a table of their own and are locked with their month, as the row is."""

import django.db.models.deletion
from django.db import migrations, models

# The column is locked by the trigger on the activity (0006); this one is for whoever writes the bytes past it.
KUNCI = """
CREATE FUNCTION foto_kegiatan_tolak_bulan_disetujui() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  laporan record;
BEGIN
  -- Held, so that an approval of the same moment waits, or was first and is seen.
  FOR laporan IN
    SELECT l.status FROM laporan_laporanbulanan l
    JOIN laporan_kegiatan k ON k.desa_id = l.desa_id AND l.bulan = date_trunc('month', k.tanggal)::date
    WHERE (TG_OP <> 'INSERT' AND k.id = OLD.kegiatan_id) OR (TG_OP <> 'DELETE' AND k.id = NEW.kegiatan_id)
    ORDER BY l.id FOR SHARE OF l
  LOOP
    IF laporan.status = 'disetujui' THEN
      RAISE EXCEPTION 'laporan bulan kegiatan ini sudah disetujui'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'foto_kegiatan_bulan_terkunci';
    END IF;
  END LOOP;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER foto_kegiatan_bulan_terkunci BEFORE INSERT OR UPDATE OR DELETE ON laporan_fotokegiatan
  FOR EACH ROW EXECUTE FUNCTION foto_kegiatan_tolak_bulan_disetujui();
"""
LEPAS = """
DROP TRIGGER foto_kegiatan_bulan_terkunci ON laporan_fotokegiatan;
DROP FUNCTION foto_kegiatan_tolak_bulan_disetujui();
"""


class Migration(migrations.Migration):
    dependencies = [("laporan", "0011_capaian_rinci")]
    operations = [
        # A column with a constant default is added without writing the rows.
        migrations.AddField(
            model_name="kegiatan",
            name="sidik_foto",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                help_text="SHA-256 foto yang dikirim; kosong: tidak ada",
                max_length=64,
                verbose_name="foto",
            ),
        ),
        migrations.CreateModel(
            name="FotoKegiatan",
            fields=[
                (
                    "kegiatan",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="foto",
                        serialize=False,
                        to="laporan.kegiatan",
                    ),
                ),
                ("isi", models.BinaryField()),
                ("kecil", models.BinaryField()),
            ],
            options={"verbose_name": "foto kegiatan", "verbose_name_plural": "foto kegiatan"},
        ),
        migrations.RunSQL(KUNCI, LEPAS),
    ]
