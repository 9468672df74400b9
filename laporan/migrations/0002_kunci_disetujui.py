"""An approved report changes in one way only: it is reopened. Whoever writes, by whatever path."""

from django.db import migrations

PASANG = """
CREATE FUNCTION laporan_tolak_ubah_disetujui() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'laporan % sudah disetujui', OLD.id USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.status = 'dikembalikan' AND (NEW.desa_id, NEW.bulan, NEW.isi, NEW.alasan_selisih, NEW.nihil)
      IS NOT DISTINCT FROM (OLD.desa_id, OLD.bulan, OLD.isi, OLD.alasan_selisih, OLD.nihil) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'laporan % sudah disetujui', OLD.id USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER laporan_disetujui_terkunci BEFORE UPDATE OR DELETE ON laporan_laporanbulanan
  FOR EACH ROW WHEN (OLD.status = 'disetujui') EXECUTE FUNCTION laporan_tolak_ubah_disetujui();
"""
LEPAS = """
DROP TRIGGER laporan_disetujui_terkunci ON laporan_laporanbulanan;
DROP FUNCTION laporan_tolak_ubah_disetujui();
"""


class Migration(migrations.Migration):
    dependencies = [("laporan", "0001_awal")]
    operations = [migrations.RunSQL(PASANG, LEPAS)]
