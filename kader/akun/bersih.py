"""What is over is removed each night: sessions, codes, counted tries."""

import datetime as dt

from kader.akun import percobaan
from kader.akun.sesi import SessionStore
from kader.models import KodeMasuk
from poskb.dasar.waktu import jam_nyata

# Who issued and who used a code stands in the history for ever; the row says nothing more after this.
SIMPAN_KODE = dt.timedelta(days=90)


def bersihkan() -> None:
    """Remove it; running twice finds nothing the second time."""
    SessionStore.clear_expired()
    KodeMasuk.objects.filter(berlaku_sampai__lt=jam_nyata() - SIMPAN_KODE).delete()
    percobaan.bersihkan()
