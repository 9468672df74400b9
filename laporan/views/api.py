"""/api/v1/: read-only, by key (`Authorization: Bearer ...`), aggregates only. Described by /api/v1/openapi.json."""

import hashlib
import json
import re
from collections.abc import Callable

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from kader.enums import Tingkat
from kader.http import BERTOKEN, TERBUKA, KodeWilayah, PermintaanBertoken, izin
from kader.jatah import pakai, siapa, tolak
from kader.views.etag import bila_berubah
from laporan.api import dhis2, isi, openapi
from laporan.kampanye.lihat import Lihat, baca_lihat
from poskb.dasar.tolak import Ditolak

TIDAK_ADA = "Tidak ada di wilayah token ini."
DI_ATAS = "Tingkat itu lebih luas daripada wilayah token atau kampanye ini, jadi angkanya hanya sebagian."
DI_WILAYAH_LAIN = "Kampanye ini tidak menghitung wilayah itu, hanya {wilayah}. Minta dengan ?wilayah={kode}."
LUAS = (Tingkat.KABUPATEN, Tingkat.KECAMATAN, Tingkat.DESA)
BELUM_ADA = "Belum ada angka yang dikenal pada hari itu. Pilih hari sesudah kampanye mulai dihitung."
HANYA_KECAMATAN = "Token ini hanya untuk angka sampai kecamatan. Minta kepada DPPKB bila perlu angka per desa."


class Galat(Exception):
    """An answer other than 200: status and sentence."""

    def __init__(self, status: int, pesan: str) -> None:
        super().__init__(pesan)
        self.status, self.pesan = status, pesan


def _jawab(buat: Callable[..., object]) -> Callable[..., HttpResponse]:
    """Make a view of a function that returns plain values: JSON with an ETag of its content, refusals as JSON."""

    @izin(*BERTOKEN)
    @require_safe
    def view(request: PermintaanBertoken, **kwargs: object) -> HttpResponse:
        if detik := pakai("api", siapa(request)):
            return tolak(request, detik)
        try:
            nilai = buat(request, **kwargs)
        except Galat as galat:
            return JsonResponse({"pesan": galat.pesan}, status=galat.status)
        except Ditolak as galat:
            return JsonResponse({"pesan": galat.pesan}, status=400)
        teks = json.dumps(nilai, ensure_ascii=False)
        etag = f'"{hashlib.sha256(teks.encode()).hexdigest()[:32]}"'
        response = bila_berubah(request, etag, lambda: HttpResponse(teks, content_type="application/json"))
        response["Cache-Control"] = "private, no-cache"
        return response

    return view


def _lihat(request: PermintaanBertoken, kampanye: int) -> Lihat:
    tanya = {"kampanye": str(kampanye), "tanggal": request.GET.get("tanggal", "")}
    lihat, salah = baca_lihat(tanya, request.cakupan)
    if lihat.kampanye is None:
        raise Galat(404, TIDAK_ADA)
    if salah:
        raise Galat(400, " ".join(salah))
    return lihat


def _tingkat(request: PermintaanBertoken, lihat: Lihat) -> Tingkat:
    """The level asked for. A part of an area never goes out under the code of the whole."""
    teks = request.GET.get("tingkat", Tingkat.KECAMATAN)
    if teks not in Tingkat.values:
        raise Galat(400, f"Tingkat tidak dikenali. Pilih {', '.join(Tingkat.values)}.")
    if teks == Tingkat.DESA and not request.token.boleh_desa:
        raise Galat(403, HANYA_KECAMATAN)
    if any(LUAS.index(teks) < LUAS.index(w.tingkat) for w in (request.token.wilayah, lihat.kampanye.wilayah)):
        raise Galat(404, DI_ATAS)
    return Tingkat(teks)


@_jawab
def daftar(request: PermintaanBertoken) -> object:
    """The campaigns."""
    return {"kampanye": isi.daftar_kampanye(request.token)}


@_jawab
def capaian(request: PermintaanBertoken, pk: int) -> object:
    """One area of a campaign, now or as known on a past day."""
    lihat = _lihat(request, pk)
    kode = request.GET.get("wilayah", request.token.wilayah_id)
    if not re.fullmatch(KodeWilayah.regex, kode):
        raise Galat(404, TIDAK_ADA)
    papan = lihat.papan(request.cakupan, kode)
    if papan is None and request.cakupan.memuat(kode) and (lain := lihat.wilayah_terluas(request.cakupan, kode)):
        raise Galat(404, DI_WILAYAH_LAIN.format(wilayah=lain, kode=lain.kode))
    if papan is None:
        raise Galat(404, BELUM_ADA if lihat.tanggal and request.cakupan.memuat(kode) else TIDAK_ADA)
    if papan.cuplikan.wilayah.tingkat == Tingkat.DESA and not request.token.boleh_desa:
        raise Galat(403, HANYA_KECAMATAN)
    return isi.capaian(request.token, papan)


@_jawab
def wilayah(request: PermintaanBertoken, pk: int) -> object:
    """All areas of a level."""
    lihat = _lihat(request, pk)
    return {"hari": lihat.hari.isoformat(), "wilayah": isi.per_wilayah(request.token, lihat, _tingkat(request, lihat))}


@_jawab
def data_value_sets(request: PermintaanBertoken, pk: int) -> object:
    """The same for DHIS2."""
    if request.GET.get("tanggal"):
        raise Galat(400, "dataValueSets selalu angka sekarang. Untuk hari lalu pakai /capaian atau /wilayah.")
    periode = request.GET.get("periode", "bulanan")
    if periode not in dhis2.PERIODE:
        raise Galat(400, f"Periode tidak dikenali. Pilih {' atau '.join(dhis2.PERIODE)}.")
    lihat = _lihat(request, pk)
    return dhis2.data_value_set(request.token, lihat.kampanye, _tingkat(request, lihat), periode)


@izin(*TERBUKA)
@require_safe
def gambaran(request: PermintaanBertoken) -> HttpResponse:
    """The description; it holds no number, so anyone may read it."""
    response = JsonResponse(openapi.gambaran(request.build_absolute_uri("/api/v1")))
    response["Cache-Control"] = "public, max-age=300"
    return response
