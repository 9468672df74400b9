"""The worker's side: take one up, make it, put the file down. Running twice gives one result.

One export at a time in the whole house, so that the worker's other process always counts for the dashboards. A worker
that dies stops its pulse; whoever looks next takes the export up again, three times at most.
"""

import datetime as dt
import logging
import time
import uuid
from collections.abc import Collection, Iterable

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F
from django.db.models.functions import Now

from kader.actions import catat_jejak
from kader.models.penugasan import cakupan_pengguna
from laporan.ekspor.jenis import JENIS, Permintaan
from laporan.models import BerkasEkspor, Ekspor
from laporan.models.ekspor import BELUM_SELESAI, KeadaanEkspor
from poskb.dasar.kunci import kunci_transaksi
from poskb.dasar.tolak import Ditolak
from poskb.dasar.waktu import hari_ini

# Held by who takes one up and by who throws files away.
KUNCI = "ekspor"
MEMBUAT = "membuat ekspor bernama"
logger = logging.getLogger(__name__)
TERBANYAK_PERCOBAAN = 3
# No step takes half a minute; a pulse as old as this has stopped.
DENYUT_HILANG = dt.timedelta(seconds=90)
JEDA_DENYUT = 0.5
# How long the line "kedaluwarsa" stays in her list, without a file.
UMUR_BARIS = dt.timedelta(days=7)
BERULANG = (
    "Ekspor ini berkali-kali terhenti di tengah jalan. Kami sudah mencatatnya; coba minta lagi, atau hubungi DPPKB."
)


class Digantikan(Exception):
    """Another worker has taken this export up meanwhile, or its maker threw it away."""


def kerjakan() -> bool:
    """Make the next export, if no other is being made. Return whether another waits."""
    ekspor = ambil()
    if ekspor is None:
        return False
    try:
        _buat(ekspor)
    except Digantikan:
        logger.info("ekspor %s: taken up by another", ekspor.pk)
    except Ditolak as galat:
        _akhiri(ekspor, KeadaanEkspor.GAGAL, pesan=galat.pesan)
    except Exception:
        # Whatever it was: written down, and tried again until it has been tried often enough.
        logger.exception("ekspor %s: attempt %s failed", ekspor.pk, ekspor.percobaan)
        habis = ekspor.percobaan >= TERBANYAK_PERCOBAAN
        _akhiri(ekspor, KeadaanEkspor.GAGAL if habis else KeadaanEkspor.MENUNGGU, pesan=BERULANG if habis else "")
    return Ekspor.objects.filter(keadaan=KeadaanEkspor.MENUNGGU).exists()


@transaction.atomic
def ambil() -> Ekspor | None:
    """Take the oldest that waits or whose worker died; None when there is none or another is being made."""
    kunci_transaksi(KUNCI)
    belum = Ekspor.objects.filter(keadaan__in=BELUM_SELESAI).order_by("dibuat_pada", "id")
    hidup = belum.filter(keadaan=KeadaanEkspor.BERJALAN, denyut__gt=Now() - DENYUT_HILANG)
    if hidup.exists():
        return None
    habis = belum.filter(percobaan__gte=TERBANYAK_PERCOBAAN)
    habis.update(keadaan=KeadaanEkspor.GAGAL, pesan=BERULANG)
    ekspor = belum.select_related("oleh").first()
    if ekspor is None:
        return None
    Ekspor.objects.filter(pk=ekspor.pk).update(
        keadaan=KeadaanEkspor.BERJALAN, percobaan=F("percobaan") + 1, denyut=Now(), selesai=0, jumlah=0
    )
    ekspor.percobaan += 1
    return ekspor


def _buat(ekspor: Ekspor) -> None:
    """Make the file with what its maker may see today, and put it down."""
    macam, oleh = JENIS[ekspor.jenis], ekspor.oleh
    if not oleh.is_active or oleh.peran not in macam.peran:
        raise Ditolak("Anda tidak lagi berhak atas ekspor ini. Hubungi DPPKB bila ini keliru.")
    cakupan = cakupan_pengguna(oleh, hari_ini(), settings.KODE_KABUPATEN)
    if ekspor.wilayah and not cakupan.memuat(ekspor.wilayah):
        raise Ditolak("Wilayah ini tidak lagi termasuk wilayah tugas Anda. Minta ekspor lain dari daftar.")
    permintaan = Permintaan(cakupan, ekspor.bulan, ekspor.wilayah, oleh.nama, ekspor.alasan)
    isi = macam.buat(permintaan, Kemajuan(ekspor))
    if len(isi) > settings.EKSPOR_TERBESAR:
        raise Ditolak("Berkasnya terlalu besar. Pilih satu kecamatan, lalu minta lagi.")
    dari = [ekspor.wilayah] if ekspor.wilayah else cakupan.kode
    with transaction.atomic():
        simpan(ekspor, macam.nama_berkas(ekspor.bulan, ekspor.wilayah), isi, dari)
        if macam.bernama:
            catat_isi_bernama(ekspor, sorted(permintaan.orang))


def catat_isi_bernama(ekspor: Ekspor, orang: Collection[uuid.UUID]) -> None:
    """Write down whose names a finished file holds: each of them can be told who took hers."""
    perubahan = {
        "jenis": [None, ekspor.jenis],
        "bulan": [None, f"{ekspor.bulan:%Y-%m}"],
        "jumlah": [None, len(orang)],
    }
    catat_jejak(
        ekspor.oleh,
        MEMBUAT,
        ekspor,
        wilayah=ekspor.wilayah or None,
        alasan=ekspor.alasan,
        perubahan=perubahan,
        orang=orang,
    )


@transaction.atomic
def simpan(ekspor: Ekspor, nama: str, isi: bytes, dari: Iterable[str]) -> None:
    """Put a finished file down; it can be fetched until it expires. `dari`: codes of the areas that it holds.

    Raises Digantikan.
    """
    _ubah(
        ekspor,
        keadaan=KeadaanEkspor.SELESAI,
        selesai=F("jumlah"),
        nama_berkas=nama,
        isi_wilayah=" ".join(dari),
        ukuran=len(isi),
        pesan="",
        kedaluwarsa_pada=Now() + dt.timedelta(hours=settings.EKSPOR_JAM),
    )
    BerkasEkspor.objects.update_or_create(ekspor_id=ekspor.pk, defaults={"isi": isi})


def baca_berkas(ekspor: Ekspor) -> bytes:
    """Return the bytes of a finished file."""
    return BerkasEkspor.objects.get(pk=ekspor.pk).isi


class Kemajuan:
    """Called with (done, all); says so in the row at most twice a second, which is also the pulse."""

    def __init__(self, ekspor: Ekspor) -> None:
        self._ekspor = ekspor
        self._lalu = -JEDA_DENYUT

    def __call__(self, selesai: int, jumlah: int) -> None:
        """Raise Digantikan when the export is no longer ours."""
        kini = time.monotonic()
        if kini - self._lalu >= JEDA_DENYUT:
            self._lalu = kini
            _ubah(self._ekspor, selesai=selesai, jumlah=jumlah, denyut=Now())


def _ubah(ekspor: Ekspor, **kolom: object) -> None:
    """Write, if this attempt is still the one that counts."""
    milik = Ekspor.objects.filter(pk=ekspor.pk, percobaan=ekspor.percobaan, keadaan=KeadaanEkspor.BERJALAN)
    if milik.update(**kolom) != 1:
        raise Digantikan


def _akhiri(ekspor: Ekspor, keadaan: KeadaanEkspor, *, pesan: str) -> None:
    try:
        _ubah(ekspor, keadaan=keadaan, pesan=pesan)
    except Digantikan:
        logger.info("ekspor %s: taken up by another", ekspor.pk)


@transaction.atomic
def buang_bernama(orang: Collection[uuid.UUID]) -> int:
    """Expire the files of names that may hold one of these persons, who withdrew or were erased; return how many.

    What is being made begins anew. Done by the database as its owner: the web does not see other people's files.
    """
    # Until this commits none is begun: it would still read her name.
    kunci_transaksi(KUNCI)
    bernama = [j.kode for j in JENIS.values() if j.bernama]
    with connection.cursor() as cursor:
        cursor.execute("SELECT ekspor_buang_bernama(%s::uuid[], %s::text[])", [list(orang), bernama])
        return int(cursor.fetchone()[0])


@transaction.atomic
def bersihkan() -> None:
    """Remove the files that expired, with what was typed for them; a week later the rows too."""
    kunci_transaksi(KUNCI)
    lewat = Ekspor.objects.filter(keadaan=KeadaanEkspor.SELESAI, kedaluwarsa_pada__lte=Now())
    BerkasEkspor.objects.filter(ekspor__in=lewat).delete()
    lewat.update(keadaan=KeadaanEkspor.KEDALUWARSA, alasan="")
    Ekspor.objects.filter(keadaan=KeadaanEkspor.KEDALUWARSA, kedaluwarsa_pada__lte=Now() - UMUR_BARIS).delete()
    # A failed one has no file and no expiry: its last pulse says how old it is.
    Ekspor.objects.filter(keadaan=KeadaanEkspor.GAGAL, denyut__lte=Now() - UMUR_BARIS).delete()
