"""Photos and exported files are columns that encrypt themselves, as NIK is; nothing changes in the tables.

The lock of an approved month lets a photo pass that `putar_kunci` puts under another key: it is the same photo. Without
the word that the command says in its own transaction every other way to write the bytes stays closed, as before.
"""

from django.db import migrations

import akseptor.rahasia

KUNCI = """
CREATE OR REPLACE FUNCTION foto_kegiatan_tolak_bulan_disetujui() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  laporan record;
BEGIN
{lewat}  -- Held, so that an approval of the same moment waits, or was first and is seen.
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
"""
LEWAT = """  IF TG_OP = 'UPDATE' AND NEW.kegiatan_id = OLD.kegiatan_id
      AND current_setting('poskb.putar_kunci', true) = 'ya' THEN
    RETURN NEW;
  END IF;
"""


class Migration(migrations.Migration):
    dependencies = [("laporan", "0016_selisih_semua"), ("akseptor", "0009_indeks_buta")]
    operations = [
        migrations.AlterField("berkasekspor", "isi", akseptor.rahasia.BitaRahasia()),
        migrations.AlterField("fotokegiatan", "isi", akseptor.rahasia.BitaRahasia()),
        migrations.AlterField("fotokegiatan", "kecil", akseptor.rahasia.BitaRahasia()),
        migrations.RunSQL(KUNCI.replace("{lewat}", LEWAT), KUNCI.replace("{lewat}", "")),
    ]
