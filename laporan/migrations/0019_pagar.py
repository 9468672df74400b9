"""Activities, their photos, reports, reminders and exported files: by area, or by who asked for them."""

from django.db import migrations

from kader.baris.kebijakan import BERNAMA, di_wilayah, lewat, milik_sendiri, pagari


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("laporan", "0018_jejak_jaring"), ("akseptor", "0013_pagar")]
    operations = [
        pagari("laporan_kegiatan", di_wilayah("desa_id")),
        # Faces are on it: as names.
        pagari(
            "laporan_fotokegiatan",
            lewat("laporan_kegiatan", "laporan_fotokegiatan.kegiatan_id", di_wilayah("induk.desa_id", BERNAMA)),
        ),
        # A receipt belongs to a service or to an activity.
        pagari(
            "akseptor_tandaterima", lewat("laporan_kegiatan", "akseptor_tandaterima.catatan"), nama="baris_kegiatan"
        ),
        # An approved report lists its services.
        pagari("laporan_laporanbulanan", di_wilayah("desa_id")),
        # To a kader, with her name and perhaps her number.
        pagari("laporan_pesan", di_wilayah("desa_id")),
        pagari("laporan_ekspor", milik_sendiri("oleh_id")),
        pagari("laporan_berkasekspor", lewat("laporan_ekspor", "laporan_berkasekspor.ekspor_id")),
    ]
