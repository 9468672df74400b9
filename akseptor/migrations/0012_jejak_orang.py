"""Changes of persons that nobody told are written down (`jejak_jaring`, kader 0005), and lines of the history that were
written before learn whom they concern: in batches, while people work. Every step may be cut off and run again.
"""

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations

from poskb.dasar.migrasi import Berulang, BerulangSQL, sebentar

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
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_trigger WHERE tgrelid = '{tabel}'::regclass AND tgname = 'jejak_jaring') THEN
    CREATE CONSTRAINT TRIGGER jejak_jaring AFTER INSERT OR UPDATE OR DELETE ON {tabel}
      DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION jejak_jaring({kata});
  END IF;
END $$;
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

# The keys are UUIDs, of consents and visits numbers; whatever else a line may hold names nobody.
ISI = """
UPDATE kader_jejak j SET orang = ARRAY[asal.orang] FROM (
  SELECT k.id, CASE k.jenis
    WHEN 'akseptor' THEN (SELECT a.id FROM akseptor_akseptor a WHERE a.id = k.uuid)
    WHEN 'pelayanan' THEN (SELECT p.akseptor_id FROM akseptor_pelayanan p WHERE p.id = k.uuid)
    WHEN 'kunjungan' THEN (
      SELECT p.akseptor_id FROM akseptor_kunjungan v JOIN akseptor_pelayanan p ON p.id = v.pelayanan_id WHERE v.id = k.nomor)
    WHEN 'persetujuan' THEN (SELECT s.akseptor_id FROM akseptor_persetujuan s WHERE s.id = k.nomor) END AS orang
  FROM (
    SELECT id, jenis,
      CASE WHEN kunci ~ '^[0-9a-f]{{8}}(-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}}$' THEN kunci::uuid END AS uuid,
      CASE WHEN kunci ~ '^[0-9]{{1,18}}$' THEN kunci::bigint END AS nomor
    FROM kader_jejak
    WHERE id >= {dari} AND id < {sampai} AND orang = '{{}}'
      AND jenis IN ('akseptor', 'pelayanan', 'kunjungan', 'persetujuan')
  ) AS k
) AS asal WHERE j.id = asal.id AND asal.orang IS NOT NULL
"""
SEKALI = 5_000


def isi(apps, schema_editor):
    """Say whom each line concerns. The lock on the history is lifted within one short transaction at a time, in which
    nobody else writes history: who is killed leaves it in place."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT min(id), max(id) FROM kader_jejak")
        awal, akhir = cursor.fetchone()
    for dari in range(awal, akhir + 1, SEKALI) if awal is not None else ():
        sebentar(
            "ALTER TABLE kader_jejak DISABLE TRIGGER jejak_tetap",
            ISI.format(dari=dari, sampai=dari + SEKALI),
            "ALTER TABLE kader_jejak ENABLE ALWAYS TRIGGER jejak_tetap",
        )


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("akseptor", "0011_hak_subjek")]
    operations = [
        ValidateConstraint("akseptor", "akseptor_nik_atau_alasannya"),
        BerulangSQL(PASANG, LEPAS),
        Berulang(isi, Berulang.noop),
    ]
