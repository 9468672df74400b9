"""The moving part of a dashboard, drawn once for all who may see the same: for the page and for what asks after it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers
from django.utils.safestring import SafeString, mark_safe

from kader.cakupan import Cakupan
from kader.models import Wilayah
from laporan.bulanan.jenjang import jenjang
from laporan.kampanye.denyut import Denyut
from laporan.kampanye.kesegaran import Kesegaran
from laporan.kampanye.layar import susun_layar
from laporan.kampanye.lihat import Lihat
from laporan.kampanye.papan import Papan
from laporan.kampanye.putusan import putusan
from laporan.kampanye.ramalan.tampil import baca_ramalan
from laporan.kampanye.tampilan import susun_tampilan
from laporan.views.catatan import PERAN as PERAN_CATATAN
from poskb.dasar.padat import Bagian, gabungkan, padatkan
from poskb.dasar.sekejap import Sekejap
from poskb.dasar.waktu import bulan_lalu

# What changed is drawn anew, so the age of a drawing does not matter; the month's reports on it may be a minute old.
GAMBAR = Sekejap(umur=60, paling_banyak=64)
# Where a page leaves room for its moving part.
TEMPAT = SafeString("<!-- bagian yang bergerak -->")
TEMPLATE = {"layar": "laporan/layar/_slide.html"}


def gambar(kini: Denyut, cakupan: Cakupan, lihat: Lihat, jenis: str) -> Bagian:
    """Return the moving part of a page of this kind, compressed once for everybody.

    `jenis`: "papan", "utama" (with the month's reports), "layar".
    """
    kunci = (kini.cuplikan, jenis, str(cakupan.peran), cakupan.kode, lihat.kampanye is not None)

    def buat() -> Bagian:
        return padatkan(gambar_baru(kini.papan(), cakupan, lihat, kini.segar, jenis).encode())

    return GAMBAR.ambil(kunci, buat, cap=kini.etag(jenis))


def gambar_baru(papan: Papan, cakupan: Cakupan, lihat: Lihat, segar: Kesegaran | None, jenis: str) -> SafeString:
    """Draw it, whatever day it shows. It may depend on nothing of a request: there is none when a ticket asks."""
    konteks = {
        "papan": papan,
        "lihat": lihat,
        "kampanye": papan.cuplikan.kampanye,
        "wilayah": papan.cuplikan.wilayah,
        "kesegaran": segar,
    }
    ramalan = baca_ramalan(papan)
    konteks["putusan"] = putusan(papan, ramalan)
    if jenis == "layar":
        konteks |= {"layar": susun_layar(papan), "ramalan": ramalan}
    else:
        konteks |= _konteks(papan, lihat, cakupan, ramalan)
    if jenis == "utama":
        # The district's first page also says how far the month's reports are.
        konteks["jenjang"] = jenjang(cakupan, bulan_lalu())
    return mark_safe(render_to_string(TEMPLATE.get(jenis, "laporan/dasbor/_hidup.html"), konteks))  # noqa: S308


def _konteks(papan: Papan, lihat: Lihat, cakupan: Cakupan, ramalan: dict[str, Any] | None) -> dict[str, object]:
    wilayah = papan.cuplikan.wilayah
    return susun_tampilan(papan, lihat, cakupan, ramalan) | {
        # What a past day counted has changed since: its numbers lead nowhere.
        "boleh_catatan": cakupan.peran in PERAN_CATATAN and not lihat.tanggal,
        "leluhur": [w for w in _leluhur(wilayah) if cakupan.memuat(w.kode)],
    }


def _leluhur(wilayah: Wilayah) -> list[Wilayah]:
    atas = []
    while wilayah.induk_id:
        wilayah = wilayah.induk
        atas.insert(0, wilayah)
    return atas


def kirim(request: HttpRequest, *bagian: Bagian) -> HttpResponse:
    """Answer with these parts, compressed for whoever understands it."""
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        response = HttpResponse(gabungkan(*bagian))
        response["Content-Encoding"] = "gzip"
    else:
        response = HttpResponse(b"".join(b.isi for b in bagian))
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def kirim_halaman(
    request: HttpRequest, template: str, konteks: dict[str, object], isi: Bagian, status: int = 200
) -> HttpResponse:
    """Answer with a page around its moving part `isi`, which the template names `isi_hidup`.

    Only what stands around it is drawn and compressed for this visitor.
    """
    kerangka = render(request, template, konteks | {"isi_hidup": TEMPAT})
    awal, akhir = kerangka.content.split(TEMPAT.encode())
    response = kirim(request, padatkan(awal), isi, padatkan(akhir, akhir=True))
    response.status_code = status
    return response
