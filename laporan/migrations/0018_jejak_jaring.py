"""Changes of activities, reports and campaigns that nobody told are written down (`jejak_jaring`, kader 0005)."""

from django.db import migrations

# A month that is opened (version 0) is no report yet, and thousands of desa are opened at once: the trigger on INSERT
# begins with what somebody writes. Numbers of a report are told by their own names: there a line of the act is enough.
PASANG = """
CREATE CONSTRAINT TRIGGER jejak_jaring AFTER INSERT OR UPDATE OR DELETE ON laporan_kegiatan
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION jejak_jaring(
    'kegiatan', '', 'desa_id', 'id,versi,sidik,diterima_pada',
    'desa_id,macam_id,tanggal,tempat,jumlah_orang,dicatat_oleh_id,dicatat_pada,dihapus_pada,dihapus_oleh_id,alasan_hapus',
    '', 'rinci', 'dihapus_pada,dihapus_oleh_id,alasan_hapus');
CREATE CONSTRAINT TRIGGER jejak_jaring AFTER UPDATE OR DELETE ON laporan_laporanbulanan
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION jejak_jaring(
    'laporanbulanan', '', 'desa_id', 'id,versi,diubah_pada',
    'desa_id,bulan,formulir_id,status,isi,alasan_selisih,nihil,dikirim_pada,dikirim_oleh_id,disetujui_pada,disetujui_oleh_id,dibuka_pada,dibuka_oleh_id',
    '', 'ada');
CREATE CONSTRAINT TRIGGER jejak_jaring_baru AFTER INSERT ON laporan_laporanbulanan
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.versi > 0) EXECUTE FUNCTION jejak_jaring(
    'laporanbulanan', '', 'desa_id', 'id,versi,diubah_pada', 'desa_id,bulan,formulir_id,status,isi,alasan_selisih,nihil', '', 'ada');
CREATE CONSTRAINT TRIGGER jejak_jaring AFTER INSERT OR UPDATE OR DELETE ON laporan_kampanye
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION jejak_jaring(
    'kampanye', '', 'wilayah_id', 'id,versi,perlu_hitung_ulang,sudah_dihitung',
    'nama,wilayah_id,mulai,selesai,target,metode,status_peserta,jenis_tempat,tempat,cara_bagi,sumber_bagi', '', 'ada');
CREATE CONSTRAINT TRIGGER jejak_jaring AFTER INSERT OR UPDATE OR DELETE ON laporan_pengecualian
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION jejak_jaring(
    'pengecualian', '', 'wilayah_id', 'id', 'wilayah_id,bulan,tingkat,sampai,dibuat_oleh_id,diakhiri_pada,diakhiri_oleh_id', '', 'ada');
"""
LEPAS = """
DROP TRIGGER jejak_jaring ON laporan_pengecualian;
DROP TRIGGER jejak_jaring ON laporan_kampanye;
DROP TRIGGER jejak_jaring_baru ON laporan_laporanbulanan;
DROP TRIGGER jejak_jaring ON laporan_laporanbulanan;
DROP TRIGGER jejak_jaring ON laporan_kegiatan;
"""


class Migration(migrations.Migration):
    dependencies = [("laporan", "0017_bita_rahasia"), ("kader", "0008_jejak_indeks")]
    operations = [migrations.RunSQL(PASANG, LEPAS)]
