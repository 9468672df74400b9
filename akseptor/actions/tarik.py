"""A woman takes her consent back: using her data stops at once, erasing it is asked of DPPKB (UU 27/2022, 40, 43)."""

import datetime as dt
import uuid
from typing import Any

from django.db import transaction

from akseptor.actions.pasangan import kunci_akseptor, naikkan_versi
from akseptor.actions.permintaan import ajukan, tulis_permintaan, tutup
from akseptor.enums import BuktiDiri, JenisPermintaan, KeadaanPermintaan, SaluranPermintaan
from akseptor.models import Akseptor, PermintaanSubjek
from kader.actions import catat_jejak
from kader.cakupan import Cakupan
from kader.models import Pengguna
from poskb.dasar.tolak import Ditolak
from poskb.dasar.waktu import sekarang

JAWABAN = "Pemakaian data dihentikan saat itu juga. Penghapusannya diteruskan ke DPPKB."
SETUJU_LAGI = "Ibu setuju lagi datanya dicatat, jadi penghapusan tidak dijalankan."


@transaction.atomic
def tarik_persetujuan(
    oleh: Pengguna,
    cakupan: Cakupan,
    akseptor_id: uuid.UUID,
    *,
    saluran: str,
    bukti_diri: str,
    isi: str = "",
    diterima_pada: dt.datetime | None = None,
) -> PermintaanSubjek:
    """Record the withdrawal, stop using the data, and ask for its erasure; return the request for that.

    Her records leave lists, phones, samples and reminders; her services go on counting without her name. Raises
    Ditolak as `ajukan`, or when it was withdrawn before.
    """
    akseptor = kunci_akseptor(akseptor_id)
    if akseptor.ditarik_pada is not None:
        raise Ditolak("Persetujuan ibu ini sudah ditarik. Penghapusannya menunggu DPPKB.")
    tarik = ajukan(
        oleh,
        cakupan,
        akseptor_id,
        JenisPermintaan.TARIK,
        saluran=saluran,
        bukti_diri=bukti_diri,
        isi=isi,
        diterima_pada=diterima_pada,
    )
    akseptor.ditarik_pada = sekarang()
    akseptor.save(update_fields=["ditarik_pada"])
    naikkan_versi(akseptor)
    catat_jejak(
        oleh,
        "menarik persetujuan",
        akseptor,
        wilayah=akseptor.desa_id,
        perubahan={"ditarik_pada": ["", str(akseptor.ditarik_pada)]},
    )
    tarik.akseptor = akseptor
    tutup(oleh, tarik, KeadaanPermintaan.DIPENUHI, JAWABAN)
    menunggu = PermintaanSubjek.objects.terbuka().filter(akseptor=akseptor, jenis=JenisPermintaan.HAPUS).first()
    return menunggu or tulis_permintaan(
        oleh,
        akseptor,
        JenisPermintaan.HAPUS,
        saluran=SaluranPermintaan.SISTEM,
        bukti_diri=BuktiDiri.SISTEM,
        isi="Menyusul penarikan persetujuan.",
        saat=tarik.diterima_pada,
    )


def setuju_lagi(oleh: Pengguna, akseptor: Akseptor) -> dict[str, Any]:
    """Open a withdrawn couple again after a new consent; return what changed, for its line of history."""
    perubahan = {"ditarik_pada": [str(akseptor.ditarik_pada), ""]}
    akseptor.ditarik_pada = None
    akseptor.save(update_fields=["ditarik_pada"])
    naikkan_versi(akseptor)
    menyusul = PermintaanSubjek.objects.select_for_update(of=("self",)).filter(
        akseptor=akseptor, jenis=JenisPermintaan.HAPUS, saluran=SaluranPermintaan.SISTEM
    )
    for satu in menyusul.terbuka():
        satu.akseptor = akseptor
        tutup(oleh, satu, KeadaanPermintaan.DITOLAK, SETUJU_LAGI)
    return perubahan
