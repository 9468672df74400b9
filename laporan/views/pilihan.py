"""What a page lets choose in its address."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from kader.http import Permintaan
from kader.models import Wilayah
from laporan.bulanan.lembar import pilih_bulan
from poskb.dasar.tolak import Ditolak


def kecamatan_pilihan(request: Permintaan) -> Wilayah | None:
    """Return the kecamatan of `?kecamatan=`, None without one. 404 when none of its desa lies in her area."""
    kode = request.GET.get("kecamatan", "").replace("\x00", "")
    if not kode:
        return None
    desa = Wilayah.objects.desa().dalam(request.cakupan)
    return get_object_or_404(Wilayah.objects.kecamatan(), kode=kode, pk__in=desa.values("induk_id"))


def isi_ulang_bulan(gambar: Callable[..., HttpResponse]) -> Callable[[Permintaan, str], HttpResponse]:
    """Return what draws the page of a month again, with what was typed, when its token is missing.

    `gambar(request, bulan, teks, galat)` draws it; `bulan` is None when the month that was sent is none.
    """

    def isi_ulang(request: Permintaan, pesan: str) -> HttpResponse:
        messages.error(request, pesan)
        teks = request.POST.get("bulan", "").strip()
        try:
            return gambar(request, pilih_bulan(teks))
        except Ditolak as galat:
            return gambar(request, None, teks, galat.pesan)

    return isi_ulang
