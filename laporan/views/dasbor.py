"""The dashboard of an area, as page and as JSON. Reads one stored row; never counts."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from kader.cakupan import Cakupan
from kader.enums import Peran
from kader.http import SEMUA_PERAN, izin
from kader.models import Wilayah
from kader.views.etag import bila_berubah
from laporan.bulanan.jenjang import jenjang
from laporan.kampanye.denyut import pengenal_hidup
from laporan.kampanye.isi_json import isi_json
from laporan.kampanye.kesegaran import Kesegaran, kesegaran
from laporan.kampanye.lihat import Lihat, baca_lihat
from laporan.kampanye.papan import Papan, susun_papan
from poskb.dasar.waktu import bulan_lalu, hari_ini

SE_KABUPATEN = frozenset({Peran.DPPKB, Peran.ADMIN})


def _papan(request: HttpRequest, lihat: Lihat, kode: str | None) -> Papan:
    """The board of an area; without a code the whole kabupaten. Outside the scope or the days: not found."""
    syarat = {"wilayah": kode} if kode else {"wilayah__tingkat": "kabupaten"}
    cuplikan = lihat.cuplikan(request.cakupan).filter(**syarat).first()
    if cuplikan is None:
        raise Http404
    return susun_papan(cuplikan, lihat.hari)


@izin(*SEMUA_PERAN)
@require_safe
def halaman(request: HttpRequest, kode: str | None = None) -> HttpResponse:
    """Show the dashboard of an area; without a code and without the district, the areas one has."""
    lihat, salah = baca_lihat(request.GET, request.cakupan)
    if kode is None and request.user.peran not in SE_KABUPATEN:
        return _pilih(request, lihat)
    papan = _papan(request, lihat, kode)
    # The district's first page also says how far the month's reports are.
    utama = kode is None and request.user.peran == Peran.DPPKB and not lihat.tanggal
    segar = kesegaran()
    konteks = konteks_hidup(papan, request.cakupan, segar, utama=utama) | {"lihat": lihat, "salah": salah}
    if not lihat.tanggal:
        konteks["hidup"] = pengenal_hidup(papan.cuplikan, request.cakupan, segar, "utama" if utama else "papan")
    return render(request, "laporan/dasbor.html", konteks, status=400 if salah else 200)


def konteks_hidup(papan: Papan, cakupan: Cakupan, segar: Kesegaran, *, utama: bool) -> dict[str, object]:
    """Return what the moving part of the page (`dasbor/_hidup.html`) is drawn from; `utama`: with the month's reports.

    Also drawn for a ticket (views/dasbor_hidup.py): it may depend on nothing of the request but the scope.
    """
    konteks = {
        "papan": papan,
        "kampanye": papan.cuplikan.kampanye,
        "wilayah": papan.cuplikan.wilayah,
        "kesegaran": segar,
        "kurva": papan.kurva(),
        "data_kurva": {
            "kurva": papan.kurva(),
            "target": papan.isi["target"],
            "hari_ini": papan.hari_ini.isoformat(),
            "versi": papan.cuplikan.versi,
        },
        "leluhur": [w for w in _leluhur(papan.cuplikan.wilayah) if cakupan.memuat(w.kode)],
    }
    if utama:
        konteks["jenjang"] = jenjang(cakupan, bulan_lalu())
    return konteks


def _leluhur(wilayah: Wilayah) -> list[Wilayah]:
    atas = []
    while wilayah.induk_id:
        wilayah = wilayah.induk
        atas.insert(0, wilayah)
    return atas


def _pilih(request: HttpRequest, lihat: Lihat) -> HttpResponse:
    daftar = [susun_papan(c, lihat.hari) for c in lihat.cuplikan(request.cakupan).order_by("wilayah_id")]
    if len(daftar) == 1:
        return redirect("dasbor:wilayah", daftar[0].cuplikan.wilayah_id)
    return render(request, "laporan/dasbor_pilih.html", {"daftar": daftar, "kesegaran": kesegaran()})


@izin(*SEMUA_PERAN)
@require_safe
def data(request: HttpRequest, kode: str | None = None) -> HttpResponse:
    """The numbers of the page as JSON, with an ETag: an open dashboard asks often and mostly gets 304."""
    lihat, salah = baca_lihat(request.GET, request.cakupan)
    if salah:
        return JsonResponse({"pesan": " ".join(salah)}, status=400)
    papan = _papan(request, lihat, kode)
    # What was known on a past day does not grow old.
    segar = None if lihat.tanggal else kesegaran()
    umur = segar.kata if segar and segar.basi else ""
    etag = f'"{papan.cuplikan.pk}-{papan.cuplikan.versi}-{lihat.tanggal or hari_ini()}-{umur}"'
    response = bila_berubah(request, etag, lambda: JsonResponse(isi_json(papan) | {"basi": bool(umur), "umur": umur}))
    response["Cache-Control"] = "private, no-cache"
    return response
