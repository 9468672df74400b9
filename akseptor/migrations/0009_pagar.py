"""The web sees and writes the rows of persons in its area only, whatever it asks (docs/keamanan-basis-data.md)."""

from django.db import migrations

from kader.baris.kebijakan import BERNAMA, batasi_web, di_wilayah, lewat, pagari


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("akseptor", "0008_kunjungan"), ("kader", "0005_pagar")]
    operations = [
        # Who she is: only where names are open.
        pagari("akseptor_akseptor", di_wilayah("desa_id", BERNAMA)),
        pagari("akseptor_persetujuan", lewat("akseptor_akseptor", "akseptor_persetujuan.akseptor_id")),
        # What was done, without a name: numbers are counted from it.
        pagari("akseptor_pelayanan", di_wilayah("desa_id")),
        pagari("akseptor_kunjungan", lewat("akseptor_pelayanan", "akseptor_kunjungan.pelayanan_id")),
        pagari("akseptor_tandaterima", lewat("akseptor_pelayanan", "akseptor_tandaterima.catatan")),
        # Nothing of a person is removed by a request; consents and receipts are never changed.
        batasi_web("SELECT, INSERT, UPDATE", "akseptor_akseptor", "akseptor_pelayanan", "akseptor_kunjungan"),
        batasi_web("SELECT, INSERT", "akseptor_persetujuan", "akseptor_tandaterima"),
    ]
