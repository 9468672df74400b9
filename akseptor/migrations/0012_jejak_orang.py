"""Changes of persons that nobody told are written down (`jejak_jaring`, kader 0005), and lines of the history that were
written before learn whom they concern.
"""

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations

AKSEPTOR = (
    "pasangan,desa_id,nama_istri,nik_menyusul,alasan_nik_menyusul,tanggal_lahir_istri,nama_suami,rw,rt,jumlah_anak,"
    "perlu_tinjau_duplikat,ditarik_pada,dihapus_pada"
)
PELAYANAN = (
    "akseptor_id,desa_id,tahap,metode,status_peserta,faskes_id,tanggal,pascapersalinan,pascakeguguran,"
    "perlu_perhatian_bidan,peringatan_dikonfirmasi,alasan_tahap,dicatat_oleh_id,dicatat_pada,diterima_pada,"
    "diverifikasi_oleh_id,diverifikasi_pada"
)
# Not its notes: the line cannot name the person, so an erasure would not find it.
KUNJUNGAN = "pelayanan_id,tanggal,hasil,dari_sampel,dicatat_oleh_id,ditarik_pada,ditarik_oleh_id"
PERSETUJUAN = "akseptor_id,versi_teks,cara,diberikan_pada,dicatat_oleh_id"
PERMINTAAN = "akseptor_id,jenis,saluran,bukti_diri,diterima_pada,tenggat,keadaan,selesai_oleh_id,selesai_pada"


def pasang(tabel: str, *isi: str) -> str:
    kata = ", ".join(f"'{i}'" for i in isi)
    return f"""
CREATE CONSTRAINT TRIGGER jejak_jaring AFTER INSERT OR UPDATE OR DELETE ON {tabel}
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION jejak_jaring({kata});
"""


# `pasangan` and desa of a service follow the couple's, `bulan_laporan` the report's (laporan 0006).
PASANG = (
    pasang("akseptor_akseptor", "akseptor", "id", "desa_id", "id", AKSEPTOR, "", "rinci", "nik_istri,no_hp,alamat")
    + pasang(
        "akseptor_pelayanan",
        "pelayanan",
        "akseptor_id",
        "desa_id",
        "id,versi,pasangan,desa_id,bulan_laporan,sidik",
        PELAYANAN,
        "alasan_tahap,diverifikasi_oleh_id,diverifikasi_pada",
        "rinci",
    )
    + pasang("akseptor_kunjungan", "kunjungan", "", "", "id,versi", KUNJUNGAN, "", "ada")
    + pasang("akseptor_persetujuan", "persetujuan", "akseptor_id", "", "id", PERSETUJUAN, "", "ada")
    + pasang("akseptor_permintaansubjek", "permintaansubjek", "akseptor_id", "", "id", PERMINTAAN, "", "ada")
)
LEPAS = "".join(
    f"DROP TRIGGER jejak_jaring ON akseptor_{t};\n"
    for t in ("permintaansubjek", "persetujuan", "kunjungan", "pelayanan", "akseptor")
)

# Whom the lines written until now concern. The lock on the history is lifted for this one statement's transaction.
ISI = """
ALTER TABLE kader_jejak DISABLE TRIGGER jejak_tetap;
UPDATE kader_jejak j SET orang = ARRAY[asal.orang] FROM (
  SELECT 'akseptor' AS jenis, id::text AS kunci, id AS orang FROM akseptor_akseptor
  UNION ALL SELECT 'pelayanan', id::text, akseptor_id FROM akseptor_pelayanan
  UNION ALL SELECT 'persetujuan', id::text, akseptor_id FROM akseptor_persetujuan
  UNION ALL SELECT 'kunjungan', k.id::text, p.akseptor_id
    FROM akseptor_kunjungan k JOIN akseptor_pelayanan p ON p.id = k.pelayanan_id
) AS asal WHERE j.jenis = asal.jenis AND j.kunci = asal.kunci AND j.orang = '{}';
ALTER TABLE kader_jejak ENABLE ALWAYS TRIGGER jejak_tetap;
"""


class Migration(migrations.Migration):
    dependencies = [("akseptor", "0011_hak_subjek")]
    operations = [
        ValidateConstraint("akseptor", "akseptor_nik_atau_alasannya"),
        migrations.RunSQL(PASANG, LEPAS),
        migrations.RunSQL(ISI, migrations.RunSQL.noop),
    ]
