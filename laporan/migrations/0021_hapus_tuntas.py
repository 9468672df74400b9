"""What an erasure or a withdrawal must reach beyond the rows that its request may see.

`ekspor_buang_bernama`: the files of names are other people's, of whom the web sees nothing, so the owner throws them
away. It believes nobody: only files that may hold a person who withdrew or was erased.

`pelayanan_tolak_ubah_dilaporkan`: in a locked service of who was erased two columns that nothing counts may be emptied.
"""

from importlib import import_module

from django.db import migrations

EKSPOR = """
SELECT set_config('search_path', quote_ident(current_schema()) || ', pg_temp', true);
CREATE FUNCTION ekspor_buang_bernama(siapa uuid[], bernama text[]) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
  tertutup uuid[];
  desa text[];
  kena uuid[];
BEGIN
  SELECT array_agg(a.id), array_agg(DISTINCT a.desa_id) INTO tertutup, desa
  FROM akseptor_akseptor a
  WHERE a.id = ANY (siapa) AND (a.ditarik_pada IS NOT NULL OR a.dihapus_pada IS NOT NULL);
  IF tertutup IS NULL THEN
    RETURN 0;
  END IF;
  -- Held first: one that is being put down at this moment is seen as it will be.
  PERFORM 1 FROM laporan_ekspor e
  WHERE e.jenis = ANY (bernama) AND e.keadaan IN ('berjalan', 'selesai') ORDER BY e.id FOR UPDATE;
  -- Its worker may have read her name already: it finds its attempt gone, and the file is made anew.
  UPDATE laporan_ekspor SET keadaan = 'menunggu' WHERE jenis = ANY (bernama) AND keadaan = 'berjalan';
  WITH buang AS (
    UPDATE laporan_ekspor e SET keadaan = 'kedaluwarsa', alasan = '', kedaluwarsa_pada = now()
    WHERE e.jenis = ANY (bernama) AND e.keadaan = 'selesai' AND (
      EXISTS (
        SELECT FROM unnest(string_to_array(e.isi_wilayah, ' ')) AS w, unnest(desa) AS d
        WHERE d = w OR starts_with(d, w || '.'))
      -- She may have moved since: whose names it holds was written down when it was made.
      OR EXISTS (
        SELECT FROM kader_jejak j WHERE j.jenis = 'ekspor' AND j.kunci = e.id::text AND j.orang && tertutup))
    RETURNING e.id)
  SELECT array_agg(id) INTO kena FROM buang;
  DELETE FROM laporan_berkasekspor WHERE ekspor_id = ANY (kena);
  RETURN COALESCE(cardinality(kena), 0);
END $$;
SET LOCAL search_path TO DEFAULT;
"""
LEPAS_EKSPOR = "DROP FUNCTION ekspor_buang_bernama(uuid[], text[]);"

DULU = (
    import_module("laporan.migrations.0006_kunci_baris")
    .PELAYANAN.partition("CREATE TRIGGER")[0]
    .replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
)
VERSI = "    tetap.versi := NEW.versi;\n"
# Emptied, never filled, and only of who was erased.
KOSONGKAN = """\
    IF (NEW.sidik, NEW.peringatan_dikonfirmasi) IS DISTINCT FROM (OLD.sidik, OLD.peringatan_dikonfirmasi)
        AND NEW.sidik = '' AND NEW.peringatan_dikonfirmasi = '[]'
        AND EXISTS (SELECT 1 FROM akseptor_akseptor a WHERE a.id = OLD.akseptor_id AND a.dihapus_pada IS NOT NULL) THEN
      tetap.sidik := '';
      tetap.peringatan_dikonfirmasi := '[]';
    END IF;
"""
KINI = DULU.replace(VERSI, VERSI + KOSONGKAN)


class Migration(migrations.Migration):
    dependencies = [("laporan", "0020_serahan"), ("akseptor", "0014_serahan")]
    operations = [
        migrations.RunSQL(EKSPOR, LEPAS_EKSPOR),
        migrations.RunSQL(KINI, DULU),
    ]
