"""Approval locks the month's rows, whoever writes, by whatever path.

The services that an approval lists in `dihitung` carry the report's month (`akseptor_pelayanan.bulan_laporan`): set and
cleared by the trigger on the report, by nothing else. While it is set, nothing of the service changes but its couple
(`pasangan`, the officer's "same person") and `versi`, which says that the couple did. Activities of an approved month
are neither made, changed, removed nor moved. A report leaves "disetujui" only by a new reopening.
"""

from django.db import migrations

LAPORAN = """
CREATE OR REPLACE FUNCTION laporan_tolak_ubah_disetujui() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  tetap laporan_laporanbulanan;
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.status = 'dikembalikan' THEN
    -- What a reopening may write; every other column, also one of the future, must stand.
    tetap := OLD;
    tetap.status := NEW.status;
    tetap.versi := NEW.versi;
    tetap.diubah_pada := NEW.diubah_pada;
    tetap.catatan_bagian := NEW.catatan_bagian;
    tetap.dihitung := NEW.dihitung;
    tetap.disetujui_pada := NEW.disetujui_pada;
    tetap.disetujui_oleh_id := NEW.disetujui_oleh_id;
    tetap.dibuka_pada := NEW.dibuka_pada;
    tetap.dibuka_oleh_id := NEW.dibuka_oleh_id;
    tetap.alasan_buka := NEW.alasan_buka;
    IF tetap IS NOT DISTINCT FROM NEW
        AND NEW.dibuka_pada IS NOT NULL AND NEW.dibuka_pada IS DISTINCT FROM OLD.dibuka_pada
        AND NEW.alasan_buka ~ '[^[:space:]]'
        AND EXISTS (
          SELECT 1 FROM kader_pengguna p
          WHERE p.id = NEW.dibuka_oleh_id AND p.is_active AND p.peran IN ('koordinator', 'dppkb')
        ) THEN
      RETURN NEW;
    END IF;
    RAISE EXCEPTION 'laporan % sudah disetujui: membukanya perlu alasan baru dari koordinator atau DPPKB', OLD.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'laporan_disetujui_terkunci';
  END IF;
  RAISE EXCEPTION 'laporan % sudah disetujui', OLD.id
    USING ERRCODE = 'check_violation', CONSTRAINT = 'laporan_disetujui_terkunci';
END $$;

CREATE FUNCTION laporan_kunci_baris() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  terkunci integer;
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.status = NEW.status THEN
    RETURN NULL;
  END IF;
  IF NEW.status = 'disetujui' THEN
    UPDATE akseptor_pelayanan SET bulan_laporan = NEW.bulan
    WHERE id = ANY (ARRAY(SELECT jsonb_array_elements_text(NEW.dihitung -> 'catatan')::uuid))
      AND bulan_laporan IS NULL AND desa_id = NEW.desa_id AND tahap = 'terverifikasi' AND status_peserta = 'baru'
      AND tanggal < NEW.bulan + interval '1 month';
    GET DIAGNOSTICS terkunci = ROW_COUNT;
    IF terkunci <> COALESCE(jsonb_array_length(NEW.dihitung -> 'catatan'), 0) THEN
      RAISE EXCEPTION 'laporan % memuat catatan yang tidak dapat dikunci', NEW.id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'laporan_kunci_baris';
    END IF;
  ELSIF TG_OP = 'UPDATE' AND OLD.status = 'disetujui' THEN
    UPDATE akseptor_pelayanan SET bulan_laporan = NULL WHERE desa_id = OLD.desa_id AND bulan_laporan = OLD.bulan;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER laporan_kunci_baris AFTER INSERT OR UPDATE OF status ON laporan_laporanbulanan
  FOR EACH ROW EXECUTE FUNCTION laporan_kunci_baris();
"""

PELAYANAN = """
CREATE FUNCTION pelayanan_tolak_ubah_dilaporkan() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  tetap akseptor_pelayanan;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    tetap := OLD;
    tetap.pasangan := NEW.pasangan;
    tetap.versi := NEW.versi;
    IF NEW.bulan_laporan IS DISTINCT FROM OLD.bulan_laporan THEN
      -- Only with the report: cleared once it is not approved, set once it is and lists this service.
      IF (OLD.bulan_laporan IS NULL OR NOT EXISTS (
            SELECT 1 FROM laporan_laporanbulanan l
            WHERE l.desa_id = OLD.desa_id AND l.bulan = OLD.bulan_laporan AND l.status = 'disetujui'))
          AND (NEW.bulan_laporan IS NULL OR EXISTS (
            SELECT 1 FROM laporan_laporanbulanan l
            WHERE l.desa_id = NEW.desa_id AND l.bulan = NEW.bulan_laporan AND l.status = 'disetujui'
              AND jsonb_exists(l.dihitung -> 'catatan', NEW.id::text))) THEN
        tetap.bulan_laporan := NEW.bulan_laporan;
      END IF;
    END IF;
    IF tetap IS NOT DISTINCT FROM NEW THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'pelayanan ini ada di laporan yang sudah disetujui'
    USING ERRCODE = 'check_violation', CONSTRAINT = 'pelayanan_dilaporkan_terkunci';
END $$;
CREATE TRIGGER pelayanan_dilaporkan_terkunci BEFORE UPDATE ON akseptor_pelayanan
  FOR EACH ROW WHEN (OLD.bulan_laporan IS NOT NULL OR NEW.bulan_laporan IS NOT NULL)
  EXECUTE FUNCTION pelayanan_tolak_ubah_dilaporkan();
CREATE TRIGGER pelayanan_dilaporkan_tidak_dihapus BEFORE DELETE ON akseptor_pelayanan
  FOR EACH ROW WHEN (OLD.bulan_laporan IS NOT NULL) EXECUTE FUNCTION pelayanan_tolak_ubah_dilaporkan();
CREATE TRIGGER pelayanan_lahir_belum_dilaporkan BEFORE INSERT ON akseptor_pelayanan
  FOR EACH ROW WHEN (NEW.bulan_laporan IS NOT NULL) EXECUTE FUNCTION pelayanan_tolak_ubah_dilaporkan();
"""

KEGIATAN = """
CREATE FUNCTION kegiatan_tolak_bulan_disetujui() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  laporan record;
BEGIN
  -- Held, so that an approval of the same moment waits, or was first and is seen.
  FOR laporan IN
    SELECT l.status FROM laporan_laporanbulanan l
    WHERE (TG_OP <> 'INSERT' AND l.desa_id = OLD.desa_id AND l.bulan = date_trunc('month', OLD.tanggal)::date)
       OR (TG_OP <> 'DELETE' AND l.desa_id = NEW.desa_id AND l.bulan = date_trunc('month', NEW.tanggal)::date)
    ORDER BY l.id FOR SHARE
  LOOP
    IF laporan.status = 'disetujui' THEN
      RAISE EXCEPTION 'laporan bulan kegiatan ini sudah disetujui'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'kegiatan_bulan_terkunci';
    END IF;
  END LOOP;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER kegiatan_bulan_terkunci BEFORE INSERT OR UPDATE OR DELETE ON laporan_kegiatan
  FOR EACH ROW EXECUTE FUNCTION kegiatan_tolak_bulan_disetujui();
"""

# What was approved before: every service that the report lists and that is still in its desa. One that changed since
# is locked as it stands; letting it go would count it again in the next report.
ISI = """
UPDATE akseptor_pelayanan p SET bulan_laporan = l.bulan
FROM (
  SELECT DISTINCT ON (catatan) catatan::uuid AS id, desa_id, bulan
  FROM laporan_laporanbulanan, jsonb_array_elements_text(dihitung -> 'catatan') AS catatan
  WHERE status = 'disetujui' ORDER BY catatan, bulan
) l
WHERE p.id = l.id AND p.desa_id = l.desa_id;
"""

LEPAS_LAPORAN = """
DROP TRIGGER laporan_kunci_baris ON laporan_laporanbulanan;
DROP FUNCTION laporan_kunci_baris();
CREATE OR REPLACE FUNCTION laporan_tolak_ubah_disetujui() RETURNS trigger LANGUAGE plpgsql AS $$
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
"""
LEPAS_PELAYANAN = """
DROP TRIGGER pelayanan_dilaporkan_terkunci ON akseptor_pelayanan;
DROP TRIGGER pelayanan_dilaporkan_tidak_dihapus ON akseptor_pelayanan;
DROP TRIGGER pelayanan_lahir_belum_dilaporkan ON akseptor_pelayanan;
DROP FUNCTION pelayanan_tolak_ubah_dilaporkan();
"""
LEPAS_KEGIATAN = """
DROP TRIGGER kegiatan_bulan_terkunci ON laporan_kegiatan;
DROP FUNCTION kegiatan_tolak_bulan_disetujui();
"""
# Undone after the triggers are gone: a mark that nothing maintains would be wrong soon.
KOSONGKAN = "UPDATE akseptor_pelayanan SET bulan_laporan = NULL WHERE bulan_laporan IS NOT NULL;"


class Migration(migrations.Migration):
    dependencies = [("laporan", "0005_dibuka_kembali"), ("akseptor", "0006_bulan_laporan_indeks")]
    operations = [
        migrations.RunSQL(migrations.RunSQL.noop, KOSONGKAN),
        migrations.RunSQL(LAPORAN, LEPAS_LAPORAN),
        migrations.RunSQL(PELAYANAN, LEPAS_PELAYANAN),
        migrations.RunSQL(KEGIATAN, LEPAS_KEGIATAN),
        migrations.RunSQL(ISI, migrations.RunSQL.noop),
    ]
