"""The consent of a couple that was written down without one: asked at the door afterwards, never assumed."""

import uuid

from django.db import transaction

from akseptor.actions.pasangan import kunci_pelayanan
from akseptor.actions.tarik import setuju_lagi
from akseptor.actions.tulis import periksa_pencatat
from akseptor.actions.ubah import kalimat_terkunci
from akseptor.models import Persetujuan
from akseptor.persetujuan import VERSI
from akseptor.tertutup import periksa_terbuka
from kader.actions import catat_jejak
from kader.cakupan import Cakupan
from kader.models import Pengguna
from poskb.dasar.tolak import Ditolak
from poskb.dasar.waktu import sekarang

TEKS_LAMA = "Kalimat persetujuannya sudah diperbarui sejak halaman dibuka. Bacakan yang sekarang, lalu simpan lagi."


@transaction.atomic
def catat_persetujuan(
    oleh: Pengguna, cakupan: Cakupan, pelayanan_id: uuid.UUID, versi_teks: str
) -> tuple[Persetujuan, bool]:
    """Write down that the couple of a service agreed after all, to the wording that was read out.

    One that is there already is returned with False: a consent is never changed. After a withdrawal a new one opens
    the record again; else the record itself stays as it is, its version too. Raises Ditolak for another role or area,
    a locked record, or a wording that is not in force.
    """
    pelayanan = kunci_pelayanan(pelayanan_id)
    periksa_pencatat(oleh, cakupan, pelayanan.desa_id, apa="persetujuan ibu")
    ada = Persetujuan.objects.filter(akseptor=pelayanan.akseptor_id).order_by("pk").first()
    akseptor = pelayanan.akseptor
    if akseptor.dihapus_pada is not None:
        periksa_terbuka(akseptor)
    lagi = akseptor.ditarik_pada is not None
    if ada and not lagi:
        return ada, False
    if pelayanan.terkunci and not lagi:
        raise Ditolak(kalimat_terkunci(pelayanan))
    if versi_teks != VERSI:
        raise Ditolak(TEKS_LAMA)
    baru = Persetujuan(
        akseptor_id=pelayanan.akseptor_id, versi_teks=VERSI, diberikan_pada=sekarang(), dicatat_oleh=oleh
    )
    baru.save(force_insert=True)
    perubahan = {"versi_teks": ["", VERSI], "cara": ["", baru.cara]}
    if lagi:
        perubahan |= setuju_lagi(oleh, akseptor)
    catat_jejak(oleh, "mencatat persetujuan", baru, wilayah=pelayanan.desa_id, perubahan=perubahan)
    return baru, True
