"""The officer's word on a likely duplicate."""

import uuid

from django.db import transaction

from akseptor.actions.pasangan import gabungkan, kunci_akseptor, umumkan
from akseptor.duplikat import Ditanya, yang_mirip
from akseptor.models import Akseptor
from akseptor.tertutup import periksa_terbuka
from kader.actions import catat_jejak
from kader.baris import lintas_wilayah
from kader.cakupan import Cakupan
from kader.enums import Peran
from kader.models import Pengguna
from poskb.dasar.tolak import Ditolak


@transaction.atomic
def putuskan_duplikat(
    oleh: Pengguna, cakupan: Cakupan, akseptor_id: uuid.UUID, sama_dengan: uuid.UUID | None
) -> Akseptor:
    """The officer's word on a likely duplicate: one couple with another row (counted once), or apart (None).

    Rows with one NIK stay one couple until a NIK is corrected: raises Ditolak for None then.
    """
    akseptor = kunci_akseptor(akseptor_id, *([sama_dengan] if sama_dengan else []))
    if oleh.peran != Peran.PLKB or not cakupan.memuat(akseptor.desa_id):
        raise Ditolak("Keputusan ini ada pada petugas PLKB desa ini.")
    periksa_terbuka(akseptor)
    if sama_dengan is None and akseptor.nik_istri and _ada_ber_nik(akseptor):
        raise Ditolak("NIK-nya sama dengan catatan lain. Kembalikan ke kader untuk membetulkan NIK yang keliru.")
    with umumkan(akseptor.pasangan) as ikut:
        if sama_dengan:
            gabungkan(akseptor, _pasangan_dari(akseptor, sama_dengan))
        elif _ada_lain(akseptor, pasangan=akseptor.pasangan):
            akseptor.pasangan = uuid.uuid4()
        ikut.add(akseptor.pasangan)
        akseptor.perlu_tinjau_duplikat = False
        akseptor.save(update_fields=["pasangan", "perlu_tinjau_duplikat"])
    kata = "menyatakan orang yang sama" if sama_dengan else "menyatakan orang yang berbeda"
    catat_jejak(oleh, kata, akseptor, wilayah=akseptor.desa_id)
    return akseptor


@lintas_wilayah("pasangan melintasi desa")
def _ada_lain(akseptor: Akseptor, **syarat: object) -> bool:
    return Akseptor.objects.exclude(pk=akseptor.pk).filter(**syarat).exists()


@lintas_wilayah("NIK yang sama bisa tercatat di desa lain")
def _ada_ber_nik(akseptor: Akseptor) -> bool:
    return Akseptor.objects.exclude(pk=akseptor.pk).ber_nik(akseptor.nik_istri).exists()


@lintas_wilayah("orang yang sama bisa tercatat di desa lain")
def _pasangan_dari(akseptor: Akseptor, sama_dengan: uuid.UUID) -> uuid.UUID:
    """The couple of a row that really was a likely duplicate; an id from elsewhere is not believed."""
    orang = Ditanya(
        akseptor.nama_istri, akseptor.tanggal_lahir_istri, akseptor.nama_suami, akseptor.nik_istri, kecuali=akseptor.pk
    )
    pasangan = yang_mirip(orang).filter(pk=sama_dengan).values_list("pasangan", flat=True).first()
    if pasangan is None:
        raise Ditolak("Catatan yang dipilih tidak ada lagi. Muat ulang halaman, lalu pilih lagi.")
    return pasangan
