"""Writing an activity down, correcting it, taking it away and putting it back: form in, action, answer out."""

import uuid
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from akseptor.actions import NomorTerpakai
from kader.enums import Peran
from kader.http import Permintaan, baca_versi, izin
from kader.views.kerangka import berkerangka
from laporan.kegiatan import actions
from laporan.kegiatan.form import KegiatanForm
from laporan.kegiatan.foto import baca_foto
from laporan.kegiatan.kunci import desa_bulan, kalimat_terkunci, yang_disetujui
from laporan.models import FotoKegiatan, Kegiatan
from laporan.views.ekspor import lampiran
from poskb.dasar.tolak import Ditolak
from poskb.dasar.waktu import hari_ini


def _form(request: Permintaan, **kwargs: Any) -> KegiatanForm:
    kirim = (request.POST, request.FILES) if request.method == "POST" else ()
    return KegiatanForm(*kirim, cakupan=request.cakupan, hari_ini=hari_ini(), **kwargs)


def _halaman(request: Permintaan, form: KegiatanForm, pesan: str = "") -> HttpResponse:
    if pesan:
        form.full_clean()
        form.add_error(None, pesan)
    konteks = {"form": form, "kegiatan": form.kegiatan, "hari_ini": hari_ini()}
    return render(request, "laporan/kegiatan/isian.html", konteks, status=422 if form.errors else 200)


def _ke_daftar(kegiatan: Kegiatan, **tambahan: object) -> HttpResponseRedirect:
    """Back to the month in which it stands."""
    kueri = urlencode({"bulan": f"{kegiatan.bulan:%Y-%m}"} | tambahan)
    return redirect(f"{reverse('kegiatan:daftar')}?{kueri}")


def _miliknya(request: Permintaan, pk: uuid.UUID) -> Kegiatan:
    return get_object_or_404(Kegiatan.objects.dalam(request.cakupan).select_related("macam"), pk=pk)


@izin(Peran.KADER)
@berkerangka
def baru(request: Permintaan) -> HttpResponse:
    """Write an activity down."""
    if not request.cakupan.kode:
        messages.error(request, "Belum ada desa tugas untuk hari ini. Hubungi petugas PLKB Anda.")
        return redirect("beranda")
    # The phone makes its own id, one for each record.
    form = _form(request, initial={"id": ""} if request.GET.get("kerangka") == "1" else {})
    if request.method != "POST" or not form.is_valid():
        return _halaman(request, form)
    try:
        kegiatan, tercatat = actions.catat(request.user, request.cakupan, form.isian())
    except NomorTerpakai as tolak:
        form.data = form.data.copy()
        form.data["id"] = str(uuid.uuid4())
        return _halaman(request, form, tolak.pesan)
    except Ditolak as tolak:
        return _halaman(request, form, tolak.pesan)
    if tercatat:
        messages.success(request, f"Tersimpan: {kegiatan.macam}, {kegiatan.jumlah_orang} orang.")
    else:
        messages.info(request, "Kegiatan ini sudah diterima sebelumnya, jadi tidak dicatat dua kali.")
    return _ke_daftar(kegiatan)


@izin(Peran.KADER)
def ubah(request: Permintaan, pk: uuid.UUID) -> HttpResponse:
    """Correct an activity."""
    kegiatan = _miliknya(request, pk)
    alasan = actions.SUDAH_DIHAPUS if kegiatan.dihapus else ""
    if yang_disetujui([desa_bulan(kegiatan)]):
        alasan = kalimat_terkunci(kegiatan.bulan)
    if alasan:
        messages.error(request, alasan)
        return _ke_daftar(kegiatan)
    form = _form(request, kegiatan=kegiatan)
    if request.method != "POST" or not form.is_valid():
        return _halaman(request, form)
    try:
        hasil = actions.ubah(request.user, request.cakupan, pk, form.isian(), versi=form.cleaned_data["versi"] or 0)
    except Ditolak as tolak:
        return _halaman(request, form, tolak.pesan)
    messages.success(request, "Perubahan tersimpan.")
    return _ke_daftar(hasil)


@izin(Peran.KADER, Peran.PLKB, Peran.KOORDINATOR)
@require_safe
def foto(request: Permintaan, pk: uuid.UUID) -> HttpResponse:
    """The photo, `?kecil` for the one of lists. Faces are on it: in no cache, not for the district office."""
    berfoto = Kegiatan.objects.dalam(request.cakupan).berlaku().exclude(sidik_foto="")
    kegiatan = get_object_or_404(berfoto, pk=pk)
    try:
        isi = baca_foto(kegiatan, kecil="kecil" in request.GET)
    except FotoKegiatan.DoesNotExist:
        # Taken away a moment ago.
        raise Http404 from None
    return lampiran(isi, "image/jpeg", f"kegiatan-{kegiatan.tanggal:%Y-%m-%d}.jpg", tampil=True)


@izin(Peran.KADER)
@require_POST
def hapus(request: Permintaan, pk: uuid.UUID) -> HttpResponse:
    """Take an activity away; the list then offers to put it back."""
    kegiatan = _miliknya(request, pk)
    lihat = baca_versi(request.POST.get("versi", "")) or 0
    try:
        actions.hapus(request.user, request.cakupan, pk, versi=lihat, alasan=request.POST.get("alasan", ""))
    except Ditolak as tolak:
        messages.error(request, tolak.pesan)
        return _ke_daftar(kegiatan)
    return _ke_daftar(kegiatan, dihapus=pk)


@izin(Peran.KADER)
@require_POST
def pulihkan(request: Permintaan, pk: uuid.UUID) -> HttpResponse:
    """Put it back."""
    kegiatan = _miliknya(request, pk)
    try:
        actions.pulihkan(request.user, request.cakupan, pk)
    except Ditolak as tolak:
        messages.error(request, tolak.pesan)
    else:
        messages.success(request, f"Dipulihkan: {kegiatan.macam}.")
    return _ke_daftar(kegiatan)


def _isi_ulang_baru(request: Permintaan, pesan: str) -> HttpResponse:
    return _halaman(request, _form(request), pesan)


def _isi_ulang_ubah(request: Permintaan, pesan: str, pk: uuid.UUID) -> HttpResponse:
    return _halaman(request, _form(request, kegiatan=_miliknya(request, pk)), pesan)


# Drawn again by kader.views.galat.csrf when the token is missing: typed data comes back, nothing is written.
baru.isi_ulang = _isi_ulang_baru
ubah.isi_ulang = _isi_ulang_ubah
