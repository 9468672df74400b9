"""A couple moves to another desa."""

import uuid

from django.db import transaction

from akseptor.actions.pasangan import kunci_akseptor, naikkan_versi, umumkan
from akseptor.kunci import periksa_belum_dilaporkan
from akseptor.models import Akseptor
from akseptor.tertutup import periksa_terbuka
from kader.actions import catat_jejak
from kader.cakupan import Cakupan
from kader.enums import Peran
from kader.models import Pengguna, Wilayah
from poskb.dasar.tolak import Ditolak


@transaction.atomic
def pindah_desa(oleh: Pengguna, cakupan: Cakupan, akseptor_id: uuid.UUID, kode_desa: str) -> Akseptor:
    """Let a couple live in another desa: its services move along and count there. Both desa must be in the area.

    Raises Ditolak for a couple with a service in an approved report: it would leave that desa's number.
    """
    akseptor = kunci_akseptor(akseptor_id)
    if oleh.peran not in {Peran.PLKB, Peran.KOORDINATOR}:
        raise Ditolak("Pindah desa dilakukan oleh petugas PLKB atau koordinator.")
    if "\x00" in kode_desa:
        raise Ditolak("Pilih salah satu desa.")
    if not (cakupan.memuat(akseptor.desa_id) and cakupan.memuat(kode_desa)):
        raise Ditolak("Kedua desa harus di wilayah tugas Anda. Untuk desa lain, hubungi koordinator.")
    if not Wilayah.objects.desa().filter(pk=kode_desa).exists():
        raise Ditolak("Pilih salah satu desa.")
    periksa_terbuka(akseptor)
    if kode_desa != akseptor.desa_id:
        periksa_belum_dilaporkan(*akseptor.pelayanan.filter(bulan_laporan__isnull=False).order_by("bulan_laporan"))
    sebelum = akseptor.desa_id
    with umumkan(akseptor.pasangan):
        akseptor.desa_id = kode_desa
        akseptor.save(update_fields=["desa"])
        naikkan_versi(akseptor)
    catat_jejak(oleh, "memindahkan", akseptor, wilayah=kode_desa, perubahan={"desa_id": [sebelum, kode_desa]})
    return akseptor
