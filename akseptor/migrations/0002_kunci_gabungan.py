"""The database keeps desa and couple of a service equal to its acceptor's, also when the couple moves."""

from django.db import migrations

PASANG = """
ALTER TABLE akseptor_pelayanan
  ADD CONSTRAINT pelayanan_ikut_akseptor FOREIGN KEY (akseptor_id, desa_id, pasangan)
  REFERENCES akseptor_akseptor (id, desa_id, pasangan) ON UPDATE CASCADE ON DELETE CASCADE NOT VALID;
ALTER TABLE akseptor_pelayanan VALIDATE CONSTRAINT pelayanan_ikut_akseptor;
"""
LEPAS = "ALTER TABLE akseptor_pelayanan DROP CONSTRAINT pelayanan_ikut_akseptor;"


class Migration(migrations.Migration):
    dependencies = [("akseptor", "0001_awal")]
    operations = [migrations.RunSQL(PASANG, LEPAS)]
