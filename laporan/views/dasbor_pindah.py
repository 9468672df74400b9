"""A campaign that covers only a part of what was asked for: its dashboard stands on its own area."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from laporan.kampanye.lihat import Lihat

# Routes without a code are of the kabupaten; what they show of another area has a route of its own.
BERKODE = {"kabupaten": "wilayah", "data_kabupaten": "data_wilayah", "layar": "layar_wilayah"}


class DiWilayahLain(Exception):
    """The same question is answered at this address."""

    def __init__(self, alamat: str) -> None:
        super().__init__(alamat)
        self.alamat = alamat


def di_wilayah_lain(request: HttpRequest, lihat: Lihat, kode: str) -> DiWilayahLain | None:
    """Return where the chosen campaign can be seen when it does not count in this area; None when it does.

    Outside the scope nothing is told, and what she may see of it decides where she is led.
    """
    if not request.cakupan.memuat(kode):
        return None
    wilayah = lihat.wilayah_terluas(request.cakupan, kode)
    if wilayah is None:
        return None
    nama = request.resolver_match.url_name
    alamat = reverse(f"dasbor:{BERKODE.get(nama, nama)}", args=[wilayah.kode])
    return DiWilayahLain(f"{alamat}?{request.GET.urlencode()}")


def mengikuti_kampanye(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Lead on to the campaign's own area instead of answering that there is nothing."""

    @wraps(view)
    def ikut(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except DiWilayahLain as pindah:
            return redirect(pindah.alamat)

    return ikut
