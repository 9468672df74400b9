"""What a page lets choose in its address."""

from django.shortcuts import get_object_or_404

from kader.http import Permintaan
from kader.models import Wilayah


def kecamatan_pilihan(request: Permintaan) -> Wilayah | None:
    """Return the kecamatan of `?kecamatan=`, None without one. 404 when none of its desa lies in her area."""
    kode = request.GET.get("kecamatan", "").replace("\x00", "")
    if not kode:
        return None
    desa = Wilayah.objects.desa().dalam(request.cakupan)
    return get_object_or_404(Wilayah.objects.kecamatan(), kode=kode, pk__in=desa.values("induk_id"))
