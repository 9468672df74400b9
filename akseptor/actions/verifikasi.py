"""The officer verifies many services in one act."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import F

from akseptor.actions.pasangan import kunci_pasangan, umumkan
from akseptor.enums import Tahap
from akseptor.models import Pelayanan
from akseptor.tahap import PANAH, periksa
from kader.actions import susun_jejak
from kader.cakupan import Cakupan
from kader.models import Jejak, Pengguna
from poskb.dasar.waktu import sekarang


@dataclass(frozen=True)
class Terverifikasi:
    """`sudah`: verified by this act. `tertinggal`: what stands otherwise than it was seen, left as it is."""

    sudah: list[uuid.UUID] = field(default_factory=list)
    tertinggal: list[uuid.UUID] = field(default_factory=list)


@transaction.atomic
def verifikasi_banyak(oleh: Pengguna, cakupan: Cakupan, dilihat: Mapping[uuid.UUID, int]) -> Terverifikasi:
    """Verify services by id, each only in the version that was seen; each gets its own line of history.

    What was changed, moved out of the area or decided meanwhile is left alone and handed back. The number of queries
    does not depend on how many there are. Raises Ditolak for who may not verify at all.
    """
    panah = PANAH["verifikasi"]
    # Who asks, not where a record stands: each row's stage is asked below.
    periksa(panah, Tahap.DILAYANI, oleh.peran, "")
    kunci_pasangan(*Pelayanan.objects.filter(pk__in=dilihat).values_list("pasangan", flat=True))
    # In one order, so that two who decide at the same moment never wait in a circle.
    baris = list(Pelayanan.objects.filter(pk__in=dilihat).select_for_update(no_key=True).order_by("pk"))
    boleh = [p for p in baris if _masih(p, cakupan, dilihat[p.pk])]
    with umumkan(*(p.pasangan for p in boleh)):
        Pelayanan.objects.filter(pk__in=[p.pk for p in boleh]).update(
            tahap=panah.ke,
            alasan_tahap="",
            diverifikasi_oleh=oleh,
            diverifikasi_pada=sekarang(),
            versi=F("versi") + 1,
        )
    Jejak.objects.bulk_create(
        susun_jejak(oleh, panah.tindakan, p, wilayah=p.desa_id, perubahan={"tahap": [p.tahap, panah.ke]})
        for p in boleh
    )
    sudah = {p.pk for p in boleh}
    return Terverifikasi([p.pk for p in boleh], [pk for pk in dilihat if pk not in sudah])


def _masih(pelayanan: Pelayanan, cakupan: Cakupan, versi: int) -> bool:
    """Whether it stands as it was seen, here, and waits."""
    return pelayanan.tahap == Tahap.DILAYANI and pelayanan.versi == versi and cakupan.memuat(pelayanan.desa_id)
