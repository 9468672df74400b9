"""The officer's acts on a whole month, from the page of its report."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from kader.enums import Peran
from kader.http import Permintaan, izin
from kader.models import Wilayah
from laporan.bulanan import tinjau
from laporan.bulanan.antrean import berikutnya
from laporan.bulanan.lembar import Lembar
from laporan.models import LaporanBulanan
from laporan.views.bulanan import cari, versi_halaman
from poskb.dasar.tolak import Ditolak


def baca_dilihat(teks: str) -> dict[uuid.UUID, int]:
    """Read "id:version id:version" as the page wrote it. Raises Ditolak for anything else."""
    hasil = {}
    for satu in teks.split():
        pk, _, versi = satu.partition(":")
        try:
            hasil[uuid.UUID(pk)] = int(versi)
        except ValueError:
            raise Ditolak("Daftar catatan di halaman ini tidak terbaca. Muat ulang halaman, lalu coba lagi.") from None
    return hasil


@izin(Peran.PLKB)
@require_POST
@cari
def verifikasi_bersih(request: Permintaan, desa: Wilayah, lembar: Lembar) -> HttpResponse:
    """Verify the clean records together; say what was left."""
    laporan = lembar.laporan
    try:
        dilihat = baca_dilihat(request.POST.get("dilihat", ""))
        hasil = tinjau.verifikasi_bersih(request.user, request.cakupan, desa.kode, laporan.bulan, dilihat)
    except Ditolak as galat:
        messages.error(request, galat.pesan)
        return _ke(laporan)
    messages.success(request, f"{len(hasil.sudah)} catatan terverifikasi.")
    if hasil.tertinggal:
        messages.warning(
            request,
            f"{len(hasil.tertinggal)} catatan tidak ikut, karena berubah sejak halaman ini dibuka. "
            "Periksa satu per satu di bawah.",
        )
    return _ke(laporan)


@izin(Peran.PLKB)
@require_POST
@cari
def tutup(request: Permintaan, desa: Wilayah, lembar: Lembar) -> HttpResponse:
    """Verify what is clean and approve, then go on to the next report that waits."""
    laporan = lembar.laporan
    try:
        dilihat, versi = baca_dilihat(request.POST.get("dilihat", "")), versi_halaman(request)
        terlihat = request.POST.get("terlihat", "")
        tinjau.verifikasi_dan_setujui(
            request.user, request.cakupan, desa.kode, laporan.bulan, dilihat, versi, terlihat
        )
    except Ditolak as galat:
        messages.error(request, galat.pesan)
        return _ke(laporan)
    sesudah = berikutnya(request.cakupan, laporan)
    selesai = f"{desa.nama_lengkap}: laporan {laporan.nama_bulan} disetujui dan terkunci."
    if sesudah.laporan is None:
        messages.success(request, f"{selesai} Tidak ada lagi yang menunggu Anda.")
        return redirect(f"{reverse('laporan:daftar')}?bulan={laporan.kode_bulan}")
    messages.success(request, f"{selesai} Masih {sesudah.menunggu} menunggu.")
    return _ke(sesudah.laporan)


def _ke(laporan: LaporanBulanan) -> HttpResponse:
    return redirect("laporan:bulanan", laporan.desa_id, laporan.kode_bulan)
