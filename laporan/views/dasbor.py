"""The dashboard of an area, as page and as JSON: stored rows. Only a desa's RW are read from records, on a redraw."""

from functools import partial

from django.conf import settings
from django.db.models import Min
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from kader.cakupan import kode_leluhur
from kader.enums import Peran
from kader.http import SEMUA_PERAN, TidakAda, izin
from kader.views.etag import bila_berubah
from laporan.kampanye.angka_akhir import beku_per_wilayah
from laporan.kampanye.denyut import INGAT, Denyut, denyut_sekarang, pengenal
from laporan.kampanye.isi_json import isi_json
from laporan.kampanye.kesegaran import kesegaran
from laporan.kampanye.lihat import Lihat, baca_lihat, kampanye_terlihat
from laporan.kampanye.papan import Papan, susun_papan
from laporan.models import CuplikanHarian
from laporan.views.dasbor_gambar import gambar, gambar_baru, kirim_halaman
from laporan.views.dasbor_pindah import di_wilayah_lain, mengikuti_kampanye
from poskb.dasar.padat import padatkan
from poskb.dasar.waktu import hari_ini, tulis_tanggal

SE_KABUPATEN = frozenset({Peran.DPPKB, Peran.ADMIN})


def cari_papan(request: HttpRequest, lihat: Lihat, kode: str) -> Papan:
    """The board of an area. Outside the scope: not found; before the first day with numbers also which one that is."""
    papan = lihat.papan(request.cakupan, kode)
    if papan is None:
        raise di_wilayah_lain(request, lihat, kode) or _belum_dikenal(request, lihat, kode) or Http404
    return papan


def _belum_dikenal(request: HttpRequest, lihat: Lihat, kode: str) -> TidakAda | None:
    """Say since when numbers of an area are kept; None where there are none at all, or outside the scope."""
    dikenal = CuplikanHarian.objects.dalam(request.cakupan).filter(wilayah=kode)
    if lihat.kampanye:
        dikenal = dikenal.filter(kampanye=lihat.kampanye)
    sejak = dikenal.aggregate(h=Min("hari"))["h"] if lihat.tanggal else None
    if sejak is None:
        return None
    kini = Lihat(lihat.kampanye)
    return TidakAda(
        f"Belum ada angka pada {tulis_tanggal(lihat.tanggal)}",
        f"Angka wilayah ini tersimpan sejak {tulis_tanggal(sejak)}. Pilih hari itu atau sesudahnya, atau lihat angka "
        "sekarang.",
        (reverse("dasbor:wilayah", args=[kode]) + kini.kueri, "Lihat angka sekarang"),
    )


def cari_kini(request: HttpRequest, lihat: Lihat, kode: str) -> Denyut:
    """What is stored now. Outside the scope: not found."""
    kini = denyut_sekarang(lihat, request.cakupan, kode)
    if kini is None:
        raise di_wilayah_lain(request, lihat, kode) or Http404
    return kini


@izin(*SEMUA_PERAN)
@require_safe
@mengikuti_kampanye
def halaman(request: HttpRequest, kode: str | None = None) -> HttpResponse:
    """Show the dashboard of an area; without a code and without the district, the areas one has."""
    lihat, salah = baca_lihat(request.GET, request.cakupan)
    if kode is None and request.user.peran not in SE_KABUPATEN:
        return _pilih(request, lihat, salah)
    cakupan, wilayah = request.cakupan, kode or settings.KODE_KABUPATEN
    konteks: dict[str, object] = {
        "lihat": lihat,
        "salah": salah,
        "pilihan_kampanye": INGAT.ambil(("pilihan", cakupan.kode), lambda: list(kampanye_terlihat(cakupan))),
        "hari_terakhir": hari_ini(),
    }
    if lihat.tanggal:
        papan = cari_papan(request, lihat, wilayah)
        isi = padatkan(gambar_baru(papan, cakupan, lihat, kesegaran(), "papan").encode())
    else:
        kini = cari_kini(request, lihat, wilayah)
        papan = kini.papan()
        jenis = "utama" if kode is None and request.user.peran == Peran.DPPKB else "papan"
        konteks["hidup"] = pengenal(kini, lihat, cakupan, jenis)
        isi = gambar(kini, cakupan, lihat, jenis)
    konteks |= {"papan": papan, "kampanye": papan.cuplikan.kampanye, "wilayah": papan.cuplikan.wilayah}
    return kirim_halaman(request, "laporan/dasbor.html", konteks, isi, status=400 if salah else 200)


def _pilih(request: HttpRequest, lihat: Lihat, salah: list[str]) -> HttpResponse:
    daftar = [susun_papan(c, lihat.hari) for c in lihat.cuplikan(request.cakupan).order_by("wilayah_id")]
    if len(daftar) == 1 and not salah:
        return redirect(reverse("dasbor:wilayah", args=[daftar[0].cuplikan.wilayah_id]) + lihat.kueri)
    konteks = {"daftar": daftar, "kesegaran": kesegaran(), "lihat": lihat, "salah": salah, "akhir": _akhir(daftar)}
    konteks["kepala"] = _kepala(daftar)
    return render(request, "laporan/dasbor_pilih.html", konteks, status=400 if salah else 200)


def _kepala(daftar: list[Papan]) -> dict[str, object] | None:
    """Which campaign the list is of, how long it runs, and the sum of it; a desa inside a listed area counts once."""
    if not daftar:
        return None
    satu = daftar[0]
    kode = {p.cuplikan.wilayah_id for p in daftar}
    luar = [p.isi for p in daftar if kode.isdisjoint(kode_leluhur(p.cuplikan.wilayah_id)[:-1])]
    return {
        "kampanye": satu.cuplikan.kampanye,
        "mulai": satu.kata_mulai,
        "sisa_hari": satu.laju.sisa_hari,
        **{n: sum(isi[n] for isi in luar) for n in ("tercatat", "target")},
    }


def _akhir(daftar: list[Papan]) -> list[tuple[str, int]]:
    """The final figures of a list of areas of one level by name; nothing while the campaign is not closed."""
    if not daftar:
        return []
    satu = daftar[0]
    beku = beku_per_wilayah(satu.cuplikan.kampanye, len(satu.cuplikan.wilayah_id), satu.lalu)
    return [] if beku is None else [(p.cuplikan.wilayah.nama, beku.get(p.cuplikan.wilayah_id, 0)) for p in daftar]


@izin(*SEMUA_PERAN)
@require_safe
@mengikuti_kampanye
def data(request: HttpRequest, kode: str | None = None) -> HttpResponse:
    """The numbers of the page as JSON, with an ETag: an open dashboard asks often and mostly gets 304."""
    lihat, salah = baca_lihat(request.GET, request.cakupan)
    if salah:
        return JsonResponse({"pesan": " ".join(salah)}, status=400)
    wilayah = kode or settings.KODE_KABUPATEN
    if lihat.tanggal:
        papan = cari_papan(request, lihat, wilayah)
        # What was known on a past day does not grow old.
        etag, umur = f'"{papan.cuplikan.pk}-{papan.cuplikan.versi}-{lihat.tanggal}"', ""
        isi = partial(isi_json, papan)
    else:
        kini = cari_kini(request, lihat, wilayah)
        etag, umur = kini.etag("json"), kini.segar.kata if kini.segar.basi else ""
        isi = kini.json
    response = bila_berubah(request, etag, lambda: JsonResponse(isi() | {"basi": bool(umur), "umur": umur}))
    response["Cache-Control"] = "private, no-cache"
    return response
