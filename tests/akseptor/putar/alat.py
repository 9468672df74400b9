"""New keys, something in every secret column, and the command."""

import datetime as dt
import io
from typing import Any

from django.core.management import call_command

from akseptor import actions
from akseptor.models import Akseptor
from laporan.kegiatan.actions import tulis_foto
from laporan.kegiatan.foto import rapikan
from laporan.models import BerkasEkspor, Ekspor
from poskb.dasar.waktu import sekarang
from tests.alat import (
    Dunia,
    cakupan,
    isian,
    kegiatan,
)
from tests.laporan.kegiatan import gambar

DATA, INDEKS = "kunci data yang baru 0123456789abcdef", "kunci indeks yang baru 0123456789abcdef"
NIK, HP, ALAMAT = "3214995203907777", "+6281210203040", "Kampung Rahasia 7"


def isi_semua(dunia: Dunia) -> tuple[Akseptor, Ekspor]:
    """One row with something in every secret column."""
    p, _ = actions.catat(dunia.kader, cakupan(dunia.kader), isian(dunia, nik_istri=NIK, no_hp=HP, alamat=ALAMAT))
    k = kegiatan(dunia.kader, dt.date(2021, 6, 10))
    tulis_foto(k, rapikan(gambar.foto()))
    ekspor = Ekspor.objects.create(oleh=dunia.plkb, jenis="bulan", bulan=dt.date(2021, 6, 1), dibuat_pada=sekarang())
    BerkasEkspor.objects.create(ekspor=ekspor, isi=b"PK isi berkas")
    return p.akseptor, ekspor


def putar_kunci(*argumen: str) -> str:
    keluar = io.StringIO()
    call_command("putar_kunci", "--jeda", "0", *argumen, stdout=keluar, stderr=keluar)
    return keluar.getvalue()


def kunci_baru(settings: Any) -> None:
    settings.KUNCI_DATA = [DATA, *settings.KUNCI_DATA]
    settings.KUNCI_INDEKS = [INDEKS, *settings.KUNCI_INDEKS]
