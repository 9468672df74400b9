"""What the kader's phone keeps: its own page, the short list, the server's half of her key."""

import base64
import hashlib
import json
import uuid

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from akseptor.cadangan import kunci_publik, tanda_hp
from akseptor.pengingat import tautan_pengingat
from akseptor.rahasia import kunci_hp
from akseptor.ringkas import daftar_ringkas
from akseptor.sinkron import jumlah_diterima
from kader.baca import KE_HP, catat_baca_daftar
from kader.enums import Peran
from kader.http import izin
from kader.views.etag import bila_berubah
from laporan.bulanan.hp import laporan_di_hp
from laporan.kegiatan import ringkas as kegiatan
from poskb.dasar.waktu import sekarang


@izin(Peran.KADER)
@require_safe
def halaman(request: HttpRequest) -> HttpResponse:
    """Show the frame; what waits on the phone is drawn by the phone."""
    return render(request, "laporan/hp.html")


@izin(Peran.KADER)
@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """The short list (docs/sinkron.md); 304 while nothing changed. The clock travels in a header for that reason."""
    isi = {
        "kader": {"id": request.user.pk, "nama": request.user.nama},
        "diterima": jumlah_diterima(request.user),
        "catatan": daftar_ringkas(request.user, request.cakupan),
        "kegiatan": kegiatan.daftar_ringkas(request.user, request.cakupan),
        "laporan": laporan_di_hp(request.cakupan),
        "pengingat": tautan_pengingat(),
        "cadangan": {"kunci": kunci_publik(), "tanda": tanda_hp(request.user)},
    }
    etag = f'"{hashlib.sha256(json.dumps(isi, default=str, sort_keys=True).encode()).hexdigest()[:32]}"'

    def kirim() -> HttpResponse:
        milik = [uuid.UUID(satu["akseptor"]) for satu in isi["catatan"]]
        catat_baca_daftar(request.user, "hp_data", milik, tindakan=KE_HP)
        return JsonResponse(isi)

    response = bila_berubah(request, etag, kirim)
    response["X-Poskb-Jam"] = sekarang().isoformat(timespec="seconds")
    return response


@izin(Peran.KADER)
@require_safe
def kunci(request: HttpRequest) -> HttpResponse:
    """The server's half of the key to her outbox: what opens it after her password was changed.

    `lama`: older ones, for a phone that was closed with one of them; it goes over to `kunci`.
    """
    kunci, *lama = (base64.b64encode(satu).decode() for satu in kunci_hp(request.user.pk))
    return JsonResponse({"kunci": kunci, "lama": lama})
