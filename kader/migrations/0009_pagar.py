"""Two database roles, for the web and for the worker, and the first table whose rows the web sees by its area only."""

from django.db import migrations

from kader.baris.kebijakan import FUNGSI, LEPAS_FUNGSI, batasi_web, buat_peran, di_wilayah, pagari
from poskb.dasar.migrasi import BerulangSQL

# What is written about a record of a person; acts on reports, campaigns, officers and keys name no acceptor.
TENTANG_ORANG = "('akseptor', 'pelayanan', 'persetujuan', 'kunjungan', 'kegiatan', 'permintaansubjek')"

# An erasure takes values out of the lines of one person, wherever she lived; what it may do is held by `jejak_tetap`.
LUPAKAN = """
SELECT set_config('search_path', quote_ident(current_schema()) || ', pg_temp', true);
ALTER FUNCTION jejak_lupakan(uuid[], text[]) SECURITY DEFINER SET search_path FROM CURRENT;
SET LOCAL search_path TO DEFAULT;
"""
LUPAKAN_SENDIRI = "ALTER FUNCTION jejak_lupakan(uuid[], text[]) SECURITY INVOKER RESET search_path;"


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("kader", "0008_jejak_indeks")]
    operations = [
        buat_peran(),
        BerulangSQL(FUNGSI, LEPAS_FUNGSI),
        pagari("kader_jejak", f"jenis NOT IN {TENTANG_ORANG} OR {di_wilayah('wilayah_id')}"),
        BerulangSQL(LUPAKAN, LUPAKAN_SENDIRI),
        # History is written and read.
        batasi_web("SELECT, INSERT", "kader_jejak"),
    ]
