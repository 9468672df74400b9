"""What changes outside the application can be read where it concerns somebody, and what has no area by the district.

`jejak_jaring` (0007) took the area out of the changed row. A consent, a visit and a request have none of their own, so
their lines lay nowhere and the rule of 0009 hid them from everybody. Now their couple says it, or their service; and
lines that lie nowhere even so (those from before too) are shown to whoever's area is the whole kabupaten.
"""

from importlib import import_module

from django.db import migrations

from poskb.dasar.migrasi import BerulangSQL
from kader.baris.kebijakan import pagari, seluruh_kabupaten

DULU = import_module("kader.migrations.0007_jejak_tetap").JARING.replace(
    "CREATE FUNCTION jejak_jaring", "CREATE OR REPLACE FUNCTION jejak_jaring"
)
TEMPAT = "  wilayah := CASE WHEN TG_ARGV[2] = '' THEN NULL ELSE baris ->> TG_ARGV[2] END;\n"
CARI = """
  -- A visit is its service's, so it is about her too. What goes with its couple in one transaction lies where the
  -- history last saw them.
  IF TG_ARGV[0] = 'kunjungan' THEN
    SELECT p.akseptor_id, p.desa_id INTO siapa, wilayah
    FROM akseptor_pelayanan p WHERE p.id = (baris ->> 'pelayanan_id')::uuid;
    IF NOT FOUND THEN
      SELECT j.orang[1], j.wilayah_id INTO siapa, wilayah FROM kader_jejak j
      WHERE j.jenis = 'pelayanan' AND j.kunci = baris ->> 'pelayanan_id' AND j.wilayah_id IS NOT NULL
      ORDER BY j.id DESC LIMIT 1;
    END IF;
  ELSIF wilayah IS NULL AND siapa IS NOT NULL THEN
    SELECT a.desa_id INTO wilayah FROM akseptor_akseptor a WHERE a.id = siapa;
    IF NOT FOUND THEN
      SELECT j.wilayah_id INTO wilayah FROM kader_jejak j
      WHERE j.jenis = 'akseptor' AND j.kunci = siapa::text AND j.wilayah_id IS NOT NULL
      ORDER BY j.id DESC LIMIT 1;
    END IF;
  END IF;
"""
KINI = DULU.replace(TEMPAT, TEMPAT + CARI)


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("kader", "0009_pagar")]
    operations = [
        BerulangSQL(KINI, DULU),
        pagari("kader_jejak", f"wilayah_id IS NULL AND {seluruh_kabupaten()}", "baris_tanpa_wilayah"),
    ]
