"""The dashboard of an area, as page and as JSON. Reads one stored row; never counts."""

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from kader.enums import Peran
from kader.http import SEMUA_PERAN, izin
from kader.models import Wilayah
from kader.views.etag import bila_berubah
from laporan.bulanan.jenjang import jenjang
from laporan.kampanye.kesegaran import kesegaran
from laporan.kampanye.papan import susun_papan
from laporan.models import Cuplikan, Kampanye
from poskb.dasar.waktu import bulan_lalu, hari_ini

SE_KABUPATEN = frozenset({Peran.DPPKB, Peran.ADMIN})


def _cuplikan(request: HttpRequest) -> QuerySet[Cuplikan]:
    """The snapshots of the campaign of the day inside her area."""
    utama = Kampanye.objects.utama(hari_ini()).values("pk")
    return (
        Cuplikan.objects.dalam(request.cakupan)
        .filter(kampanye=utama)
        .select_related("kampanye", "wilayah__induk__induk")
    )


def _satu(request: HttpRequest, kode: str | None) -> Cuplikan:
    """The snapshot of an area; without a code the whole kabupaten. Outside the scope: not found."""
    syarat = {"wilayah": kode} if kode else {"wilayah__tingkat": "kabupaten"}
    cuplikan = _cuplikan(request).filter(**syarat).first()
    if cuplikan is None:
        raise Http404
    return cuplikan


@izin(*SEMUA_PERAN)
@require_safe
def halaman(request: HttpRequest, kode: str | None = None) -> HttpResponse:
    """Show the dashboard of an area; without a code and without the district, the areas one has."""
    if kode is None and request.user.peran not in SE_KABUPATEN:
        return _pilih(request)
    papan = susun_papan(_satu(request, kode), hari_ini())
    konteks = {
        "papan": papan,
        "kampanye": papan.cuplikan.kampanye,
        "wilayah": papan.cuplikan.wilayah,
        "kesegaran": kesegaran(),
        "kurva": papan.kurva(),
        "data_kurva": {
            "kurva": papan.kurva(),
            "target": papan.isi["target"],
            "hari_ini": hari_ini().isoformat(),
            "versi": papan.cuplikan.versi,
        },
        "leluhur": [w for w in _leluhur(papan.cuplikan.wilayah) if request.cakupan.memuat(w.kode)],
    }
    if kode is None and request.user.peran == Peran.DPPKB:
        # The district's first page also says how far the month's reports are.
        konteks["jenjang"] = jenjang(request.cakupan, bulan_lalu())
    return render(request, "laporan/dasbor.html", konteks)


def _leluhur(wilayah: Wilayah) -> list[Wilayah]:
    atas = []
    while wilayah.induk_id:
        wilayah = wilayah.induk
        atas.insert(0, wilayah)
    return atas


def _pilih(request: HttpRequest) -> HttpResponse:
    daftar = [susun_papan(c, hari_ini()) for c in _cuplikan(request).order_by("wilayah_id")]
    if len(daftar) == 1:
        return redirect("dasbor:wilayah", daftar[0].cuplikan.wilayah_id)
    return render(request, "laporan/dasbor_pilih.html", {"daftar": daftar, "kesegaran": kesegaran()})


@izin(*SEMUA_PERAN)
@require_safe
def data(request: HttpRequest, kode: str | None = None) -> HttpResponse:
    """The numbers of the page as JSON, with an ETag: an open dashboard asks often and mostly gets 304."""
    cuplikan = _satu(request, kode)
    segar = kesegaran()
    umur = segar.kata if segar.basi else ""
    etag = f'"{cuplikan.pk}-{cuplikan.versi}-{hari_ini()}-{umur}"'
    response = bila_berubah(
        request, etag, lambda: JsonResponse(isi_json(cuplikan) | {"basi": segar.basi, "umur": umur})
    )
    response["Cache-Control"] = "private, no-cache"
    return response


def isi_json(cuplikan: Cuplikan) -> dict[str, object]:
    """Return the documented JSON of a dashboard (docs/dasbor-json.md)."""
    kampanye = cuplikan.kampanye
    papan = susun_papan(cuplikan, hari_ini())
    return {
        "kampanye": kampanye.nama,
        "wilayah": {"kode": cuplikan.wilayah_id, "nama": cuplikan.wilayah.nama},
        "mulai": kampanye.mulai.isoformat(),
        "selesai": kampanye.selesai.isoformat(),
        "hari_ini": hari_ini().isoformat(),
        "persen": papan.persen,
        "sisa": papan.laju.sisa,
        "sisa_hari": papan.laju.sisa_hari,
        "perlu_per_hari": papan.laju.perlu_per_hari,
        "rata_rata_7_hari": papan.laju.rata_rata,
        **{k: cuplikan.isi[k] for k in ("target", "tercatat", "terverifikasi", "semua")},
        **{k: cuplikan.isi[k] for k in ("per_hari", "per_metode", "per_wilayah")},
        "versi": cuplikan.versi,
        "dihitung_pada": cuplikan.dihitung_pada.isoformat(),
    }
