"""The web sees and writes the rows of persons in its area only, whatever it asks (docs/keamanan-basis-data.md)."""

from django.db import migrations, models

from kader.baris.kebijakan import BERNAMA, batasi_web, di_wilayah, lewat, pagari
from poskb.dasar.migrasi import BuatIndeks, HapusIndeks


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("akseptor", "0012_jejak_orang"), ("kader", "0009_pagar")]
    operations = [
        # The search for the same person reads where each row lies, out of its index as before.
        BuatIndeks(
            "akseptor",
            models.Index(
                fields=["tanggal_lahir_istri"],
                include=["id", "nama_istri", "nama_suami", "desa"],
                name="akseptor_lahir_nama_desa",
            ),
        ),
        HapusIndeks("akseptor", "akseptor_lahir_nama"),
        # Who she is: only where names are open.
        pagari("akseptor_akseptor", di_wilayah("desa_id", BERNAMA)),
        pagari("akseptor_persetujuan", lewat("akseptor_akseptor", "akseptor_persetujuan.akseptor_id")),
        # What was done, without a name: numbers are counted from it.
        pagari("akseptor_pelayanan", di_wilayah("desa_id")),
        pagari("akseptor_kunjungan", lewat("akseptor_pelayanan", "akseptor_kunjungan.pelayanan_id")),
        pagari("akseptor_tandaterima", lewat("akseptor_pelayanan", "akseptor_tandaterima.catatan")),
        # What she asks about her data, beside her name.
        pagari("akseptor_permintaansubjek", lewat("akseptor_akseptor", "akseptor_permintaansubjek.akseptor_id")),
        # Sealed, until the officer of that desa takes it.
        pagari("akseptor_titipan", di_wilayah("desa_id")),
        # Nothing of a person is removed by a request; consents and receipts are never changed.
        batasi_web("SELECT, INSERT, UPDATE", "akseptor_akseptor", "akseptor_pelayanan", "akseptor_kunjungan"),
        batasi_web("SELECT, INSERT, UPDATE", "akseptor_permintaansubjek", "akseptor_titipan"),
        batasi_web("SELECT, INSERT", "akseptor_persetujuan", "akseptor_tandaterima"),
    ]
