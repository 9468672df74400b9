"""What open dashboards ask every moment, and the wall screen. docs/langsung.md says how and why."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from kader.enums import Peran
from kader.http import KARCIS, izin
from kader.karcis import KEPALA
from kader.models import Wilayah
from kader.views.etag import bila_berubah
from laporan.kampanye.denyut import baca_untuk, denyut, pengenal
from laporan.kampanye.lihat import Lihat, baca_lihat
from laporan.views.dasbor import cari_kini
from laporan.views.dasbor_gambar import gambar, kirim, kirim_halaman
from laporan.views.dasbor_pindah import mengikuti_kampanye
from poskb.dasar.padat import padatkan

# Nothing comes after the moving part.
AKHIR = padatkan(b"", akhir=True)
HANYA_KINI = "Layar dinding selalu menampilkan angka sekarang."
HARI_LAIN = "Untuk angka pada hari lain, buka halaman capaian dan pilih tanggalnya di sana."


@izin(*KARCIS)
@require_safe
def hidup(request: HttpRequest) -> HttpResponse:
    """Answer an open page: 304 while it is up to date, else its moving part. Asks no session, hardly the database."""
    karcis = request.karcis
    kampanye, jenis, dipilih = baca_untuk(karcis)
    kini = denyut(kampanye, karcis.wilayah)
    if kini is None:
        return JsonResponse({"pesan": "Kampanye ini sudah tidak ada. Buka halaman capaian."}, status=404)

    def jawab() -> HttpResponse:
        lihat = Lihat(kini.papan().cuplikan.kampanye if dipilih else None)
        return kirim(request, gambar(kini, karcis.cakupan, lihat, jenis), AKHIR)

    response = bila_berubah(request, kini.etag(jenis), jawab)
    response["Cache-Control"] = "private, no-cache"
    patch_vary_headers(response, [KEPALA])
    return response


@izin(Peran.KOORDINATOR, Peran.DPPKB, Peran.ADMIN)
@require_safe
@mengikuti_kampanye
def layar(request: HttpRequest, kode: str | None = None) -> HttpResponse:
    """Show the wall screen of an area: slides that turn by themselves and go on when the line does not.

    Without an area and with several of them: which one? It always shows now: a past day is refused, so that nobody
    takes today's numbers for those of that day.
    """
    cakupan = request.cakupan
    lihat, salah = baca_lihat(request.GET, cakupan)
    if lihat.tanggal:
        salah = [HANYA_KINI]
    if salah:
        langkah = HARI_LAIN if lihat.tanggal else ""
        return render(request, "galat.html", {"judul": salah[0], "langkah": langkah, "kode": 400}, status=400)
    if kode is None and len(cakupan.kode) > 1:
        wilayah = Wilayah.objects.filter(kode__in=cakupan.kode).order_by("nama")
        return render(request, "laporan/layar/pilih.html", {"wilayah": wilayah, "lihat": lihat})
    kini = cari_kini(request, lihat, kode or next(iter(cakupan.kode), ""))
    pemegang = pengenal(kini, lihat, cakupan, "layar")
    konteks = {
        "papan": kini.papan(),
        "kampanye": kini.papan().cuplikan.kampanye,
        "wilayah": kini.papan().cuplikan.wilayah,
        "hidup": pemegang,
    }
    return kirim_halaman(request, "laporan/layar/halaman.html", konteks, gambar(kini, cakupan, lihat, "layar"))
