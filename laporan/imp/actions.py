"""Setting the class of a desa's IMP."""

import datetime as dt

from django.db import transaction

from kader.actions import catat_jejak
from kader.cakupan import Cakupan
from kader.enums import Peran
from kader.models import Pengguna
from laporan.models import KelasImp
from poskb.dasar.kunci import kunci_transaksi
from poskb.dasar.tolak import Ditolak
from poskb.dasar.waktu import hari_ini, sekarang, tulis_tanggal


@transaction.atomic
def tetapkan(
    oleh: Pengguna, cakupan: Cakupan, kode_desa: str, *, kelas: str, mulai: dt.date, alasan: str
) -> tuple[KelasImp, bool]:
    """Set the class from a day on; the same decision pressed twice gives the same row and False.

    Raises Ditolak for another role or area, a day to come, or one before the class that holds now.
    """
    if oleh.peran != Peran.PLKB:
        raise Ditolak("Kelas IMP ditetapkan oleh petugas PLKB desa ini.")
    if not cakupan.memuat(kode_desa):
        raise Ditolak("Desa ini di luar wilayah tugas Anda.")
    kunci_transaksi(f"kelas-imp:{kode_desa}")
    lama = KelasImp.objects.filter(desa_id=kode_desa).terkini().first()
    if lama and (lama.kelas, lama.mulai, lama.alasan, lama.ditetapkan_oleh_id) == (kelas, mulai, alasan, oleh.pk):
        return lama, False
    if mulai > hari_ini():
        raise Ditolak("Tanggal ini belum tiba. Pilih hari ini atau sebelumnya.")
    if lama and mulai < lama.mulai:
        raise Ditolak(
            f"Kelas sekarang berlaku sejak {tulis_tanggal(lama.mulai)}. Pilih tanggal itu atau sesudahnya; "
            "penetapan lama tidak dihapus."
        )
    baru = KelasImp(
        desa_id=kode_desa,
        kelas=kelas,
        mulai=mulai,
        alasan=alasan,
        ditetapkan_oleh=oleh,
        ditetapkan_pada=sekarang(),
    )
    baru.save(force_insert=True)
    sebelum = lama.kelas if lama else ""
    catat_jejak(oleh, "menetapkan", baru, wilayah=kode_desa, alasan=alasan, perubahan={"kelas": [sebelum, kelas]})
    return baru, True
