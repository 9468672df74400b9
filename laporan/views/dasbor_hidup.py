"""What open dashboards ask every moment, and the wall screen. docs/langsung.md says how and why."""

import gzip

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from kader.enums import Peran
from kader.http import KARCIS, izin
from kader.karcis import KEPALA, Karcis
from kader.views.etag import bila_berubah
from laporan.kampanye.denyut import Denyut, baca_untuk, denyut, pengenal_hidup
from laporan.kampanye.kesegaran import Kesegaran, kesegaran
from laporan.kampanye.layar import susun_layar
from laporan.kampanye.lihat import Lihat
from laporan.kampanye.papan import susun_papan
from laporan.models import Cuplikan
from laporan.views.dasbor import konteks_hidup
from poskb.dasar.sekejap import Sekejap
from poskb.dasar.waktu import hari_ini

# Drawn once for all that may see the same; what changed has another key, so its age does not matter.
GAMBAR = Sekejap(umur=600, paling_banyak=64)


@izin(*KARCIS)
@require_safe
def hidup(request: HttpRequest) -> HttpResponse:
    """Answer an open page: 304 while it is up to date, else its moving part. Asks no session, hardly the database."""
    kampanye, jenis = baca_untuk(request.karcis)
    kini = denyut(kampanye, request.karcis.wilayah)
    if kini is None:
        return JsonResponse({"pesan": "Kampanye ini sudah tidak ada. Buka halaman capaian."}, status=404)
    response = bila_berubah(request, kini.etag(jenis), lambda: _kirim(request, _gambar(kini, request.karcis, jenis)))
    response["Cache-Control"] = "private, no-cache"
    patch_vary_headers(response, [KEPALA])
    return response


def _gambar(kini: Denyut, karcis: Karcis, jenis: str) -> bytes:
    """Return the moving part, compressed once for everybody: it holds no secret and nothing that a visitor chose."""
    kunci = (kini.etag(jenis), karcis.peran, karcis.puncak)
    return GAMBAR.ambil(kunci, lambda: gzip.compress(_susun(kini, karcis, jenis).encode(), compresslevel=6))


def _susun(kini: Denyut, karcis: Karcis, jenis: str) -> str:
    cuplikan = (
        Cuplikan.objects.dalam(karcis.cakupan)
        .select_related("kampanye", "wilayah__induk__induk")
        .get(pk=kini.cuplikan)
    )
    if jenis == "layar":
        return render_to_string("laporan/layar/_slide.html", _konteks_layar(cuplikan, kini.segar))
    papan = susun_papan(cuplikan, hari_ini())
    return render_to_string(
        "laporan/dasbor/_hidup.html", konteks_hidup(papan, karcis.cakupan, kini.segar, utama=jenis == "utama")
    )


def _kirim(request: HttpRequest, isi: bytes) -> HttpResponse:
    if "gzip" not in request.headers.get("Accept-Encoding", ""):
        return HttpResponse(gzip.decompress(isi))
    response = HttpResponse(isi)
    response["Content-Encoding"] = "gzip"
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


@izin(Peran.KOORDINATOR, Peran.DPPKB, Peran.ADMIN)
@require_safe
def layar(request: HttpRequest, kode: str | None = None) -> HttpResponse:
    """Show the wall screen of an area: slides that turn by themselves and go on when the line does not."""
    syarat = {"wilayah": kode or request.cakupan.kode[0]} if kode or request.cakupan.kode else {"pk": None}
    cuplikan = Lihat().cuplikan(request.cakupan).filter(**syarat).first()
    if cuplikan is None:
        raise Http404
    segar = kesegaran()
    konteks = _konteks_layar(cuplikan, segar) | {
        "hidup": pengenal_hidup(cuplikan, request.cakupan, segar, "layar"),
    }
    return render(request, "laporan/layar/halaman.html", konteks)


def _konteks_layar(cuplikan: Cuplikan, segar: Kesegaran) -> dict[str, object]:
    papan = susun_papan(cuplikan, hari_ini())
    return {
        "papan": papan,
        "layar": susun_layar(papan),
        "kampanye": cuplikan.kampanye,
        "wilayah": cuplikan.wilayah,
        "kesegaran": segar,
    }
