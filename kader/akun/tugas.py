"""Where a person acts from a day on: what she leaves ends the day before, what is new begins; the past stays.

One function for a kader who moves, an officer who gets other desa, and a new person's first place.
"""

import datetime as dt
from collections.abc import Collection

from django.db import IntegrityError, transaction

from kader.actions import catat_jejak
from kader.akun.orang import PANJANG_ALASAN, buat, periksa_mengelola
from kader.alasan import periksa_alasan
from kader.cakupan import Cakupan
from kader.enums import Peran
from kader.models import Pengguna, Penugasan, Wilayah
from kader.models.penugasan import TINGKAT_PERAN
from poskb.dasar.kunci import kunci_transaksi
from poskb.dasar.tolak import Ditolak
from poskb.dasar.waktu import hari_ini, tulis_tanggal

MENUGASKAN, MENGAKHIRI, MEMBATALKAN = "menugaskan", "mengakhiri tugas", "membatalkan tugas"
PALING_JAUH = dt.timedelta(days=366)
TANPA_ALASAN = "Tulis alasannya, cukup singkat: pindah rumah, pembagian baru, kader baru."


@transaction.atomic
def buat_dan_tugaskan(
    oleh: Pengguna, cakupan: Cakupan, nama_masuk: str, nama: str, peran: str, kode: Collection[str], mulai: dt.date
) -> Pengguna:
    """Make a person and give her the first places. Raises Ditolak as `buat` and `tetapkan`; then nothing is made."""
    orang = buat(oleh, nama_masuk, nama, peran)
    if peran == Peran.KADER and not kode:
        raise Ditolak("Pilih desanya.")
    _pasang(oleh, cakupan, orang, kode, mulai, "")
    return orang


@transaction.atomic
def tetapkan(
    oleh: Pengguna, cakupan: Cakupan, orang: Pengguna, kode: Collection[str], mulai: dt.date, alasan: str
) -> None:
    """Let her act in exactly these areas from a day on; no area ends what she does. Substitutions stay as they are.

    Only what lies in the area of who decides is touched. Raises Ditolak for who may not, areas outside or of the wrong
    level, a day that is over or too far, a desa that has an officer then, or without a reason.
    """
    periksa_mengelola(oleh, cakupan, orang)
    alasan = periksa_alasan(alasan, kosong=TANPA_ALASAN, terpanjang=PANJANG_ALASAN)
    _pasang(oleh, cakupan, orang, kode, mulai, alasan)


def _pasang(
    oleh: Pengguna, cakupan: Cakupan, orang: Pengguna, kode: Collection[str], mulai: dt.date, alasan: str
) -> None:
    tempat = _tempat(cakupan, orang, kode)
    if not hari_ini() <= mulai <= hari_ini() + PALING_JAUH:
        raise Ditolak("Pilih hari ini atau sesudahnya, paling jauh setahun.")
    # Two at once for one person, or for one desa of two officers: the second sees the first.
    kunci_transaksi(f"tugas:{orang.pk}", *(f"tugas:{w.kode}" for w in tempat))
    tetap = Penugasan.objects.dalam(cakupan).filter(pengguna=orang, sebagai=orang.peran, pengganti=False)
    lama = list(tetap.exclude(selesai__lt=mulai).select_for_update(of=("self",)).order_by("pk"))
    sudah = {t.wilayah_id for t in lama if t.mulai <= mulai and t.selesai is None}
    for t in lama:
        if t.wilayah_id not in kode or t.wilayah_id not in sudah:
            _akhiri(oleh, t, mulai, alasan)
    for w in tempat:
        if w.kode not in sudah:
            _mulai(oleh, orang, w, mulai, alasan)


def _tempat(cakupan: Cakupan, orang: Pengguna, kode: Collection[str]) -> list[Wilayah]:
    if not all(cakupan.memuat(k) for k in kode):
        raise Ditolak("Ada tempat di luar wilayah tugas Anda. Pilih dari daftar.")
    boleh = TINGKAT_PERAN[Peran(orang.peran)]
    tempat = list(Wilayah.objects.filter(kode__in=kode, tingkat__in=boleh).select_related("induk").order_by("kode"))
    if len(tempat) != len(set(kode)):
        nama = " atau ".join(sorted(t.label.lower() for t in boleh))
        raise Ditolak(f"{Peran(orang.peran).label} ditugaskan di {nama}. Pilih dari daftar.")
    return tempat


def _akhiri(oleh: Pengguna, tugas: Penugasan, mulai: dt.date, alasan: str) -> None:
    """Yesterday is the last day; what would not have lasted a day is taken back and only its history stays."""
    if tugas.mulai >= mulai:
        _catat(oleh, MEMBATALKAN, tugas, alasan)
        tugas.delete()
        return
    tugas.selesai = mulai - dt.timedelta(days=1)
    tugas.save(update_fields=["selesai"])
    _catat(oleh, MENGAKHIRI, tugas, alasan)


def _mulai(oleh: Pengguna, orang: Pengguna, tempat: Wilayah, mulai: dt.date, alasan: str) -> None:
    try:
        with transaction.atomic():
            tugas = Penugasan.objects.create(pengguna=orang, wilayah=tempat, sebagai=orang.peran, mulai=mulai)
    except IntegrityError:
        # The database's promise: one regular officer per desa at a time.
        lain = Penugasan.objects.filter(wilayah=tempat, sebagai=orang.peran, pengganti=False)
        lain = lain.exclude(selesai__lt=mulai).exclude(pengguna=orang).select_related("pengguna").first()
        siapa = f": {lain.pengguna}" if lain else ""
        raise Ditolak(
            f"{tempat.nama_lengkap} sudah punya petugas pada {tulis_tanggal(mulai)}{siapa}. Akhiri dulu tugasnya di "
            "desa itu, lalu tetapkan yang baru."
        ) from None
    _catat(oleh, MENUGASKAN, tugas, alasan)


def _catat(oleh: Pengguna, tindakan: str, tugas: Penugasan, alasan: str) -> None:
    perubahan = {
        "pengguna": [None, tugas.pengguna.nama],
        "mulai": [None, f"{tugas.mulai}"],
        "selesai": [None, f"{tugas.selesai}" if tugas.selesai else ""],
    }
    catat_jejak(oleh, tindakan, tugas, wilayah=tugas.wilayah_id, alasan=alasan, perubahan=perubahan)
