"""The blind index of the phone number: an empty column, filled in batches, then its index, while the table is in use.

Each step may be cut off and run again (poskb/dasar/migrasi.py); the filling takes what has a number and no index yet.
"""

import hashlib
import hmac

from django.conf import settings
from django.db import migrations, models

import akseptor.rahasia
from poskb.dasar.migrasi import Berulang, BuatIndeks, TambahKolom

SEKALI = 1000


def isi(apps, schema_editor):
    """Fill in the index of every number that has none, in the order of the keys."""
    Akseptor = apps.get_model("akseptor", "Akseptor")
    kosong = Akseptor.objects.filter(hp_indeks__isnull=True).exclude(no_hp__isnull=True).only("id", "no_hp")
    akhir = None
    while True:
        lanjut = kosong.filter(id__gt=akhir) if akhir else kosong
        baris = list(lanjut.order_by("id")[:SEKALI])
        if not baris:
            return
        akhir = baris[-1].id
        for b in baris:
            if b.no_hp:
                # One row at a time: nobody waits for a thousand, and a number changed meanwhile keeps its own.
                Akseptor.objects.filter(id=b.id, hp_indeks__isnull=True).update(hp_indeks=indeks(b.no_hp))


def indeks(nomor):
    return hmac.new(settings.KUNCI_INDEKS[0].encode(), f"hp:{nomor}".encode(), hashlib.sha256).hexdigest()


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("akseptor", "0006_bulan_laporan_indeks")]
    operations = [
        TambahKolom("akseptor", "hp_indeks", akseptor.rahasia.IndeksHp(dari="no_hp")),
        Berulang(isi, Berulang.noop),
        BuatIndeks("akseptor", models.Index(fields=["hp_indeks"], name="akseptor_hp")),
    ]
