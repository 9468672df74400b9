"""Writing a record down and changing it: form in, action, answer out."""

import uuid

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from akseptor import actions
from akseptor.duplikat import catat_diberi_tahu
from akseptor.enums import Tahap
from akseptor.forms import AkseptorForm
from akseptor.kabar import kabar
from akseptor.models import Akseptor, Pelayanan
from akseptor.tertutup import kalimat_tertutup
from kader.actions import catat_jejak
from kader.baca import MELIHAT_RAHASIA, MEMBACA, catat_baca
from kader.enums import Peran
from kader.http import izin
from kader.jatah import berjatah, pakai, siapa, tolak
from kader.views.kerangka import berkerangka
from kader.views.lanjut import lanjut
from poskb.dasar.tolak import Ditolak
from poskb.dasar.waktu import hari_ini


def _form(request: HttpRequest, **kwargs: object) -> AkseptorForm:
    return AkseptorForm(
        request.POST if request.method == "POST" else None,
        cakupan=request.cakupan,
        hari_ini=hari_ini(),
        kode_kabupaten=settings.KODE_KABUPATEN,
        cari=not getattr(request, "jatah_habis", False),
        **kwargs,
    )


def _halaman(request: HttpRequest, form: AkseptorForm, pesan: str = "", status: int = 200) -> HttpResponse:
    if pesan:
        form.full_clean()
        form.add_error(None, pesan)
    catat_diberi_tahu(request.user.pk, form.kemiripan)
    konteks = {
        "form": form,
        "pelayanan": form.pelayanan,
        "akseptor": form.akseptor,
        "hari_ini": hari_ini(),
        "desa_tetap": form.fields["desa"].queryset.first() if form["desa"].is_hidden else None,
    }
    return render(request, "akseptor/isian.html", konteks, status=422 if form.errors else status)


def _simpan_baru(request: HttpRequest, form: AkseptorForm) -> HttpResponse:
    if not form.is_valid():
        return _halaman(request, form)
    try:
        pelayanan, baru = actions.catat(request.user, request.cakupan, form.isian())
    except actions.NomorTerpakai as tolak:
        form.data = form.data.copy()
        form.data["id"] = str(uuid.uuid4())
        return _halaman(request, form, tolak.pesan)
    except Ditolak as tolak:
        return _halaman(request, form, tolak.pesan)
    if baru:
        messages.success(
            request, f"Tersimpan: {pelayanan.akseptor.nama_istri}, {pelayanan.get_tahap_display().lower()}."
        )
        _kabarkan(request, pelayanan)
    else:
        messages.info(request, "Catatan ini sudah diterima sebelumnya, jadi tidak dicatat dua kali.")
    return redirect("akseptor:daftar")


def _kabarkan(request: HttpRequest, pelayanan: Pelayanan) -> None:
    for kalimat in kabar([pelayanan]).values():
        messages.info(request, kalimat)


@izin(Peran.KADER)
@berjatah("tanya")
@berkerangka
def baru(request: HttpRequest) -> HttpResponse:
    """Register an acceptor."""
    if not request.cakupan.kode:
        messages.error(request, "Belum ada desa tugas untuk hari ini. Hubungi petugas PLKB Anda.")
        return redirect("beranda")
    awal = {"tahap": request.GET["tahap"]} if request.GET.get("tahap") else {}
    if request.GET.get("kerangka") == "1":
        awal["id"] = ""  # the phone makes its own, one for each record
    form = _form(request, initial=awal)
    return _simpan_baru(request, form) if request.method == "POST" else _halaman(request, form)


@izin(Peran.KADER)
@berjatah("tanya")
def pelayanan_baru(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Write down another service of a couple that is known."""
    akseptor = get_object_or_404(Akseptor.objects.dalam(request.cakupan), pk=pk)
    if akseptor.tertutup:
        return _tutup(request, akseptor)
    miliknya = akseptor.pelayanan.filter(dicatat_oleh=request.user.pk).exists()
    if not miliknya and (tunggu := _melihat(request, akseptor)):
        return tunggu
    catat_baca(request.user, MEMBACA, akseptor, wilayah=akseptor.desa_id)
    form = _form(request, akseptor=akseptor)
    return _simpan_baru(request, form) if request.method == "POST" else _halaman(request, form)


@izin(Peran.KADER)
@berjatah("tanya")
def ubah(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Change a record that is not verified; `?tahap=dilayani` comes from the button that moves a calon along."""
    pelayanan = _miliknya(request, pk)
    alamat = reverse("akseptor:rinci", args=[pelayanan.akseptor_id])
    if pelayanan.akseptor.tertutup:
        return _tutup(request, pelayanan.akseptor)
    if pelayanan.terkunci:
        messages.error(request, actions.kalimat_terkunci(pelayanan))
        return redirect(alamat)
    if pelayanan.dicatat_oleh_id != request.user.pk and (tunggu := _melihat(request, pelayanan.akseptor)):
        return tunggu
    catat_baca(request.user, MEMBACA, pelayanan.akseptor, wilayah=pelayanan.desa_id)
    form = _form(request, pelayanan=pelayanan, initial={k: v for k, v in request.GET.items() if k == "tahap"})
    if request.method != "POST" or not form.is_valid():
        return _halaman(request, form)
    versi = form.cleaned_data["versi"] or 0
    try:
        hasil = actions.ubah(request.user, request.cakupan, pk, form.isian(), versi=versi)
    except Ditolak as tolak:
        return _halaman(request, form, tolak.pesan)
    dikembalikan = pelayanan.tahap == Tahap.DIKEMBALIKAN
    messages.success(request, "Tersimpan dan terkirim lagi ke petugas." if dikembalikan else "Perubahan tersimpan.")
    _kabarkan(request, hasil)
    return lanjut(request, alamat)


def _melihat(request: HttpRequest, akseptor: Akseptor) -> HttpResponse | None:
    """A form shows numbers uncovered: what another kader typed is looked at, so it counts and is written down like the
    press on her page. Return what to answer when there were too many.
    """
    if request.method == "POST":
        return None  # what comes back then is what was sent
    if detik := pakai("lihat_rahasia", siapa(request)):
        return tolak(request, detik)
    catat_jejak(request.user, MELIHAT_RAHASIA, akseptor, wilayah=akseptor.desa_id)
    return None


def _tutup(request: HttpRequest, akseptor: Akseptor) -> HttpResponse:
    """Nothing of one who withdrew or was erased comes back into a form."""
    messages.error(request, kalimat_tertutup(akseptor))
    return redirect("akseptor:rinci", akseptor.pk)


def _miliknya(request: HttpRequest, pk: uuid.UUID) -> Pelayanan:
    baris = Pelayanan.objects.dalam(request.cakupan).select_related("akseptor")
    return get_object_or_404(baris, pk=pk)


def _isi_ulang_baru(request: HttpRequest, pesan: str) -> HttpResponse:
    return _halaman(request, _form(request), pesan)


def _isi_ulang_pelayanan_baru(request: HttpRequest, pesan: str, pk: uuid.UUID) -> HttpResponse:
    akseptor = get_object_or_404(Akseptor.objects.dalam(request.cakupan), pk=pk)
    return _halaman(request, _form(request, akseptor=akseptor), pesan)


def _isi_ulang_ubah(request: HttpRequest, pesan: str, pk: uuid.UUID) -> HttpResponse:
    return _halaman(request, _form(request, pelayanan=_miliknya(request, pk)), pesan)


# Drawn again by kader.views.galat.csrf when the token is missing: typed data comes back, nothing is written.
baru.isi_ulang = _isi_ulang_baru
pelayanan_baru.isi_ulang = _isi_ulang_pelayanan_baru
ubah.isi_ulang = _isi_ulang_ubah
