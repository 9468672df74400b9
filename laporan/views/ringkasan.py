"""/dasbor/<kode>/ringkasan/: one page for the leadership, to read, print, send on or calculate with."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kader.actions import catat_jejak
from kader.enums import Peran
from kader.http import Permintaan, izin
from kader.jatah import berjatah
from laporan.ekspor import xlsx
from laporan.ekspor.jenis import PDF
from laporan.kampanye.lihat import Lihat, baca_lihat
from laporan.kampanye.papan import Papan
from laporan.ringkasan.buku import buku_dasbor
from laporan.ringkasan.gambar import gambar_halaman
from laporan.ringkasan.isi import Ringkasan
from laporan.ringkasan.kata import tautan_wa, tulis_kata
from laporan.ringkasan.kertas import cetak_ringkasan
from laporan.views.dasbor import cari_papan
from laporan.views.dasbor_pindah import mengikuti_kampanye
from laporan.views.ekspor import lampiran

BOLEH = (Peran.PLKB, Peran.KOORDINATOR, Peran.DPPKB, Peran.ADMIN)
PNG = "image/png"
Buat = Callable[[Permintaan, Lihat, Papan], bytes]


@izin(*BOLEH)
@require_safe
@mengikuti_kampanye
def halaman(request: Permintaan, kode: str) -> HttpResponse:
    """Show the picture with the words to send along."""
    lihat, salah = baca_lihat(request.GET, request.cakupan)
    papan = cari_papan(request, lihat, kode)
    ringkasan = Ringkasan.dari(papan)
    teks = tulis_kata(ringkasan)
    konteks = {
        "papan": papan,
        "wilayah": papan.cuplikan.wilayah,
        "ringkasan": ringkasan,
        "teks": teks,
        "tautan_wa": tautan_wa(teks),
        "salah": salah,
        "lihat": lihat,
        "tanya": lihat.kueri,
    }
    return render(request, "laporan/ringkasan.html", konteks, status=400 if salah else 200)


def _berkas(akhiran: str, mime: str, buat: Buat) -> Callable[[HttpRequest, str], HttpResponse]:
    """Return the view that answers with a file made on the spot; the taking is written down."""

    @izin(*BOLEH)
    @require_safe
    @mengikuti_kampanye
    @berjatah("ringkasan", cara=("GET",))
    def berkas(request: Permintaan, kode: str) -> HttpResponse:
        lihat, salah = baca_lihat(request.GET, request.cakupan)
        if salah:
            return render(request, "galat.html", {"judul": salah[0], "langkah": "", "kode": 400}, status=400)
        papan = cari_papan(request, lihat, kode)
        isi = buat(request, lihat, papan)
        # Only the picture is looked at on the page; a file always leaves the house.
        if akhiran != "png" or request.GET.get("tampil") != "1":
            wilayah = papan.cuplikan.wilayah
            catat_jejak(
                request.user,
                "mengunduh ringkasan",
                wilayah,
                wilayah=wilayah.kode,
                perubahan={"berkas": [None, akhiran], "hari": [None, papan.hari_ini.isoformat()]},
            )
        return lampiran(isi, mime, Ringkasan(papan).nama_berkas(akhiran), tampil=akhiran != "xlsx")

    return berkas


def _xlsx(request: Permintaan, lihat: Lihat, papan: Papan) -> bytes:
    return xlsx.tulis(buku_dasbor(papan, request.cakupan, lihat, request.user.nama))


pdf = _berkas("pdf", PDF, lambda _request, _lihat, papan: cetak_ringkasan(Ringkasan.dari(papan)))
png = _berkas("png", PNG, lambda _request, _lihat, papan: gambar_halaman(cetak_ringkasan(Ringkasan.dari(papan))))
buku = _berkas("xlsx", xlsx.MIME, _xlsx)
