"""The history is append-only, stamped by the database, and complete: what changes without a word is written down.

`jejak_tetap` refuses UPDATE, DELETE and TRUNCATE for everybody. One UPDATE is let through: in a transaction that has
itself written the erasure of the persons of a line, values of that line may become "•" and nothing else.

`jejak_jaring` is a safety net that other tables hang on (kader here, akseptor 0011, laporan 0018). At COMMIT it asks of
every changed row whether the transaction wrote a line about it that names the changed columns. If not, it writes one
with before and after: "ikut berubah" beside an act of the product, "berubah di luar aplikasi" where there was none.
Columns that are not listed as open are masked, so a column added later is secret until somebody says otherwise.
"""

import django.contrib.postgres.fields
from django.db import migrations, models

STEMPEL = """
CREATE FUNCTION jejak_stempel() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.transaksi := txid_current();
  NEW.ditulis_pada := clock_timestamp();
  RETURN NEW;
END $$;
CREATE TRIGGER jejak_stempel BEFORE INSERT ON kader_jejak FOR EACH ROW EXECUTE FUNCTION jejak_stempel();
"""
LEPAS_STEMPEL = "DROP TRIGGER jejak_stempel ON kader_jejak; DROP FUNCTION jejak_stempel();"

TETAP = """
CREATE FUNCTION jejak_tetap() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  tetap kader_jejak;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    tetap := OLD;
    tetap.perubahan := NEW.perubahan;
    tetap.alasan := NEW.alasan;
    IF tetap IS NOT DISTINCT FROM NEW
        AND cardinality(OLD.orang) > 0
        AND NEW.alasan IN (OLD.alasan, '•')
        AND (SELECT array_agg(k ORDER BY k) FROM jsonb_object_keys(OLD.perubahan) AS k)
            IS NOT DISTINCT FROM (SELECT array_agg(k ORDER BY k) FROM jsonb_object_keys(NEW.perubahan) AS k)
        AND NOT EXISTS (
          SELECT 1 FROM jsonb_each(NEW.perubahan) AS baru
          WHERE baru.value <> '["•", "•"]'::jsonb AND baru.value IS DISTINCT FROM OLD.perubahan -> baru.key)
        AND NOT EXISTS (
          SELECT 1 FROM unnest(OLD.orang) AS o WHERE NOT EXISTS (
            SELECT 1 FROM kader_jejak izin
            WHERE izin.jenis = 'akseptor' AND izin.kunci = o::text AND izin.tindakan = 'menghapus data pribadi'
              AND izin.transaksi = txid_current() AND izin.ditulis_pada >= transaction_timestamp())) THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'riwayat tidak dapat diubah atau dihapus'
    USING ERRCODE = 'check_violation', CONSTRAINT = 'jejak_tetap';
END $$;
CREATE TRIGGER jejak_tetap BEFORE UPDATE OR DELETE ON kader_jejak FOR EACH ROW EXECUTE FUNCTION jejak_tetap();
CREATE TRIGGER jejak_tidak_dikosongkan BEFORE TRUNCATE ON kader_jejak
  FOR EACH STATEMENT EXECUTE FUNCTION jejak_tetap();
-- Also for a session that calls itself a replica.
ALTER TABLE kader_jejak ENABLE ALWAYS TRIGGER jejak_tetap;
ALTER TABLE kader_jejak ENABLE ALWAYS TRIGGER jejak_tidak_dikosongkan;

CREATE FUNCTION jejak_lupakan(siapa uuid[], kolom text[]) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  berapa integer;
BEGIN
  UPDATE kader_jejak j SET
    alasan = CASE WHEN j.alasan = '' OR j.jenis = 'permintaansubjek' THEN j.alasan ELSE '•' END,
    perubahan = (
      SELECT COALESCE(jsonb_object_agg(s.key, CASE WHEN s.key = ANY (kolom) THEN '["•", "•"]'::jsonb ELSE s.value END), '{}')
      FROM jsonb_each(j.perubahan) AS s)
  WHERE j.orang && siapa AND j.orang <@ siapa AND j.orang <> '{}'
    AND ((j.alasan NOT IN ('', '•') AND j.jenis <> 'permintaansubjek') OR jsonb_exists_any(j.perubahan, kolom))
    AND NOT (j.transaksi = txid_current() AND j.tindakan = 'menghapus data pribadi');
  GET DIAGNOSTICS berapa = ROW_COUNT;
  RETURN berapa;
END $$;
"""
LEPAS_TETAP = """
DROP FUNCTION jejak_lupakan(uuid[], text[]);
DROP TRIGGER jejak_tetap ON kader_jejak;
DROP TRIGGER jejak_tidak_dikosongkan ON kader_jejak;
DROP FUNCTION jejak_tetap();
"""

# Arguments: kind, column that names the person ('' for none), column of the area ('' for none), columns that mean
# nothing by themselves, columns whose values may be read, columns told together with 'tahap', 'rinci' or 'ada', columns
# for which any line is enough: a ciphertext is another at every save, whether or not the text changed.
JARING = """
-- It runs with the rights of its owner: no table of somebody's session may stand in for ours.
SELECT set_config('search_path', quote_ident(current_schema()) || ', pg_temp', true);
CREATE FUNCTION jejak_jaring() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
  nomor text;
  baris jsonb;
  lama jsonb;
  abaikan text[] := string_to_array(TG_ARGV[3], ',');
  terang text[] := string_to_array(TG_ARGV[4], ',');
  beda text[];
  tersebut text[];
  siapa uuid;
  wilayah text;
  layanan text;
  rinci boolean := TG_OP = 'UPDATE' AND TG_ARGV[6] = 'rinci';
  saksi record;
BEGIN
  IF TG_OP = 'DELETE' THEN nomor := OLD.id::text; ELSE nomor := NEW.id::text; END IF;
  -- The common case first, one look into an index: a row was made, and an act tells of it.
  IF NOT rinci AND EXISTS (
      SELECT 1 FROM kader_jejak j
      WHERE j.jenis = TG_ARGV[0] AND j.kunci = nomor
        AND j.transaksi = txid_current() AND j.ditulis_pada >= transaction_timestamp()
        AND j.tindakan NOT IN ('ikut berubah', 'berubah di luar aplikasi')) THEN
    RETURN NULL;
  END IF;
  IF TG_OP = 'DELETE' THEN baris := to_jsonb(OLD); ELSE baris := to_jsonb(NEW); END IF;
  IF TG_OP <> 'INSERT' THEN lama := to_jsonb(OLD); END IF;
  SELECT array_agg(k) INTO beda FROM jsonb_object_keys(baris) AS k
  WHERE k <> ALL (abaikan)
    AND CASE WHEN TG_OP = 'UPDATE' THEN baris -> k IS DISTINCT FROM lama -> k
             ELSE baris ->> k IS NOT NULL AND baris ->> k <> '' END;
  IF beda IS NULL THEN
    RETURN NULL;
  END IF;
  -- The same text under another key (`putar_kunci` says so in its own transaction) is no change.
  IF TG_OP = 'UPDATE' AND beda <@ ARRAY['nik_istri', 'no_hp', 'alamat', 'nik_indeks', 'hp_indeks', 'isi', 'kecil']
      AND current_setting('poskb.putar_kunci', true) = 'ya' THEN
    RETURN NULL;
  END IF;
  -- A line about this very row, not one of this net.
  SELECT array_agg(k) INTO tersebut
  FROM kader_jejak j LEFT JOIN LATERAL jsonb_object_keys(j.perubahan) AS k ON true
  WHERE j.jenis = TG_ARGV[0] AND j.kunci = nomor
    AND j.transaksi = txid_current() AND j.ditulis_pada >= transaction_timestamp()
    AND j.tindakan NOT IN ('ikut berubah', 'berubah di luar aplikasi');
  siapa := CASE WHEN TG_ARGV[1] = '' THEN NULL ELSE (baris ->> TG_ARGV[1])::uuid END;
  -- One about her or a service of hers: a change of a service names the columns of the couple too. Asked by keys, so that
  -- it costs the same however many lines this transaction has.
  IF siapa IS NOT NULL AND (tersebut IS NULL OR NOT beda <@ tersebut) THEN
    SELECT tersebut || array_agg(k) INTO tersebut
    FROM kader_jejak j LEFT JOIN LATERAL jsonb_object_keys(j.perubahan) AS k ON true
    WHERE j.jenis = 'akseptor' AND j.kunci = siapa::text
      AND j.transaksi = txid_current() AND j.ditulis_pada >= transaction_timestamp()
      AND j.tindakan NOT IN ('ikut berubah', 'berubah di luar aplikasi');
    FOR layanan IN SELECT p.id::text FROM akseptor_pelayanan p WHERE p.akseptor_id = siapa LOOP
      SELECT tersebut || array_agg(k) INTO tersebut
      FROM kader_jejak j LEFT JOIN LATERAL jsonb_object_keys(j.perubahan) AS k ON true
      WHERE j.jenis = 'pelayanan' AND j.kunci = layanan
        AND j.transaksi = txid_current() AND j.ditulis_pada >= transaction_timestamp()
        AND j.tindakan NOT IN ('ikut berubah', 'berubah di luar aplikasi');
    END LOOP;
  END IF;
  IF 'tahap' = ANY (tersebut) THEN
    tersebut := tersebut || string_to_array(TG_ARGV[5], ',');
  END IF;
  -- A blind index follows its text; the index alone tells that somebody wrote it by hand.
  tersebut := tersebut || CASE WHEN 'nik_istri' = ANY (tersebut) THEN ARRAY['nik_indeks'] END
    || CASE WHEN 'no_hp' = ANY (tersebut) THEN ARRAY['hp_indeks'] END;
  IF tersebut IS NOT NULL AND TG_NARGS > 7 THEN
    tersebut := tersebut || string_to_array(TG_ARGV[7], ',');
  END IF;
  IF tersebut IS NOT NULL AND (NOT rinci OR beda <@ tersebut) THEN
    RETURN NULL;
  END IF;
  IF rinci THEN
    SELECT array_agg(k) INTO beda FROM unnest(beda) AS k WHERE tersebut IS NULL OR k <> ALL (array_remove(tersebut, NULL));
  END IF;
  wilayah := CASE WHEN TG_ARGV[2] = '' THEN NULL ELSE baris ->> TG_ARGV[2] END;
  SELECT j.oleh_id, j.peran, j.wilayah_id, j.pada INTO saksi FROM kader_jejak j
  WHERE j.transaksi = txid_current() AND j.ditulis_pada >= transaction_timestamp() AND j.oleh_id IS NOT NULL
  ORDER BY j.id LIMIT 1;
  INSERT INTO kader_jejak (pada, oleh_id, peran, tindakan, jenis, kunci, wilayah_id, alasan, perubahan, orang)
  VALUES (
    COALESCE(saksi.pada, clock_timestamp()), saksi.oleh_id, COALESCE(saksi.peran, ''),
    CASE WHEN saksi.oleh_id IS NULL THEN 'berubah di luar aplikasi' ELSE 'ikut berubah' END,
    TG_ARGV[0], nomor, COALESCE(wilayah, saksi.wilayah_id),
    CASE WHEN saksi.oleh_id IS NULL THEN lower(TG_OP) || ' oleh ' || session_user ELSE '' END,
    (SELECT jsonb_object_agg(k, CASE WHEN k = ANY (terang)
        THEN jsonb_build_array(COALESCE(lama ->> k, ''), CASE WHEN TG_OP = 'DELETE' THEN '' ELSE COALESCE(baris ->> k, '') END)
        ELSE '["•", "•"]'::jsonb END) FROM unnest(beda) AS k),
    CASE WHEN siapa IS NULL THEN '{}'::uuid[] ELSE ARRAY[siapa] END);
  RETURN NULL;
END $$;
SET LOCAL search_path TO DEFAULT;
"""

PENGGUNA = "nama,nama_masuk,peran,is_active"
PASANG = f"""
CREATE CONSTRAINT TRIGGER jejak_jaring AFTER INSERT OR UPDATE OR DELETE ON kader_pengguna
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  EXECUTE FUNCTION jejak_jaring('pengguna', '', '', 'id,last_login,terakhir_terlihat,dibuat_pada', '{PENGGUNA}', '', 'rinci');
CREATE CONSTRAINT TRIGGER jejak_jaring AFTER INSERT OR UPDATE OR DELETE ON kader_penugasan
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  EXECUTE FUNCTION jejak_jaring('penugasan', '', 'wilayah_id', 'id', 'pengguna_id,wilayah_id,sebagai,mulai,selesai,pengganti', '', 'rinci');
CREATE CONSTRAINT TRIGGER jejak_jaring AFTER INSERT OR UPDATE OR DELETE ON kader_tokenapi
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  EXECUTE FUNCTION jejak_jaring('tokenapi', '', 'wilayah_id', 'id,terakhir_dipakai', 'kantor,keperluan,wilayah_id,boleh_desa,awal,berlaku_sampai', '', 'ada');
"""
LEPAS = """
DROP TRIGGER jejak_jaring ON kader_tokenapi;
DROP TRIGGER jejak_jaring ON kader_penugasan;
DROP TRIGGER jejak_jaring ON kader_pengguna;
DROP FUNCTION jejak_jaring();
"""


class Migration(migrations.Migration):
    dependencies = [("kader", "0006_akun")]
    operations = [
        migrations.AddField(
            "jejak",
            "orang",
            django.contrib.postgres.fields.ArrayField(
                base_field=models.UUIDField(),
                blank=True,
                db_default=[],
                default=list,
                help_text="akseptor yang datanya diubah atau dilihat",
                size=None,
            ),
        ),
        migrations.AddField("jejak", "transaksi", models.BigIntegerField(editable=False, null=True)),
        migrations.AddField(
            "jejak",
            "ditulis_pada",
            models.DateTimeField(editable=False, help_text="menurut jam basis data, tidak dipatok", null=True),
        ),
        migrations.RunSQL(STEMPEL, LEPAS_STEMPEL),
        migrations.RunSQL(TETAP, LEPAS_TETAP),
        migrations.RunSQL(JARING + PASANG, LEPAS),
    ]
