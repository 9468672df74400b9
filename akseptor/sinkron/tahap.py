"""Moves that need a press and perhaps a reason: rujuk, tunda, lanjutkan, batal."""

from django.db import transaction

from akseptor import actions
from akseptor.models import TandaTerima
from akseptor.ringkas import ringkas
from akseptor.sinkron.akseptor import ULANG, cari
from akseptor.sinkron.kiriman import TIDAK_TERBACA, Kiriman
from akseptor.sinkron.tanda import DITERIMA, Tanda
from akseptor.tahap import SEKALI_TEKAN
from poskb.dasar.tolak import Ditolak


def terima(kiriman: Kiriman) -> Tanda:
    """Take one move of a record whose version she saw."""
    tindakan = kiriman.isi.get("tindakan", "")
    if tindakan not in SEKALI_TEKAN or kiriman.versi is None:
        return kiriman.ditolak(TIDAK_TERBACA)
    lama = ULANG.periksa(kiriman, cari(kiriman))
    if lama:
        return lama
    try:
        with transaction.atomic():
            hasil = actions.pindah_tahap(
                kiriman.oleh,
                kiriman.cakupan,
                kiriman.id,
                tindakan,
                alasan=kiriman.isi.get("alasan", ""),
                versi=kiriman.versi,
            )
            TandaTerima.objects.dari(kiriman, hasil.versi)
    except Ditolak as tolak:
        return ULANG.tolak_perubahan(kiriman, tolak)
    return kiriman.tanda(DITERIMA, versi=hasil.versi, ringkas=ringkas(cari(kiriman) or hasil))
