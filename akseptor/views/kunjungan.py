"""Writing a visit down, correcting it, taking it back: form in, action, answer out."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from akseptor import actions
from akseptor.actions.kunjungan import SUDAH_DITARIK
from akseptor.kunjungan.form import KunjunganForm
from akseptor.kunjungan.isian import BELUM_DILAYANI, bisa_dikunjungi
from akseptor.models import Kunjungan, Pelayanan
from akseptor.tertutup import kalimat_tertutup
from kader.baca import MEMBACA, catat_baca
from kader.enums import Peran
from kader.http import Permintaan, baca_versi, izin
from kader.views.lanjut import lanjut
from poskb.dasar.tolak import Ditolak
from poskb.dasar.waktu import hari_ini


def _pelayanan(request: Permintaan, pk: uuid.UUID) -> Pelayanan:
    baris = Pelayanan.objects.dalam(request.cakupan).lengkap_dengan_nama()
    return get_object_or_404(baris.defer("akseptor__nik_istri", "akseptor__no_hp"), pk=pk)


def _kunjungan(request: Permintaan, pk: int) -> Kunjungan:
    # A number that no bigint holds is no visit either.
    baris = Kunjungan.objects.dalam(request.cakupan).select_related("pelayanan__akseptor", "pelayanan__desa__induk")
    return get_object_or_404(baris.select_related("pelayanan__faskes", "dicatat_oleh"), pk=min(pk, 2**63 - 1))


def _form(request: Permintaan, pelayanan: Pelayanan, kunjungan: Kunjungan | None = None) -> KunjunganForm:
    data = request.POST if request.method == "POST" else None
    return KunjunganForm(data, pelayanan=pelayanan, hari_ini=hari_ini(), kunjungan=kunjungan)


def _halaman(
    request: Permintaan, form: KunjunganForm, pesan: str = "", *, alasan: str = "", status: int = 422
) -> HttpResponse:
    if pesan:
        form.full_clean()
        form.add_error(None, pesan)
    p = form.pelayanan
    if not form.is_bound:
        # She sees whose door it is and where.
        catat_baca(request.user, MEMBACA, p.akseptor, wilayah=p.desa_id)
    konteks = {
        "form": form,
        "kunjungan": form.kunjungan,
        "p": p,
        "lanjut": request.POST.get("lanjut") or request.GET.get("lanjut", ""),
        "alasan": alasan,
    }
    return render(request, "akseptor/kunjungan/isian.html", konteks, status=status if form.errors else 200)


def _kembali(request: Permintaan, pelayanan: Pelayanan) -> HttpResponse:
    return lanjut(request, reverse("akseptor:rinci", args=[pelayanan.akseptor_id]))


@izin(Peran.PLKB)
@require_http_methods(["GET", "HEAD", "POST"])
def catat(request: Permintaan, pk: uuid.UUID) -> HttpResponse:
    """Write down a visit for a service."""
    pelayanan = _pelayanan(request, pk)
    form = _form(request, pelayanan)
    if request.method != "POST":
        if tertutup := kalimat_tertutup(pelayanan.akseptor):
            messages.error(request, tertutup)
            return redirect("akseptor:rinci", pelayanan.akseptor_id)
        if bisa_dikunjungi(pelayanan):
            return _halaman(request, form)
        messages.error(request, BELUM_DILAYANI)
        return redirect("akseptor:rinci", pelayanan.akseptor_id)
    if not form.is_valid():
        return _halaman(request, form)
    try:
        kunjungan, baru = actions.catat_kunjungan(request.user, request.cakupan, pk, form.isian())
    except Ditolak as tolak:
        return _halaman(request, form, tolak.pesan, status=409)
    hasil = kunjungan.get_hasil_display().lower()
    pesan = f"Kunjungan {pelayanan.akseptor.nama_istri} tersimpan: {hasil}."
    messages.success(request, pesan if baru else "Kunjungan ini sudah tersimpan, jadi tidak dicatat dua kali.")
    return _kembali(request, pelayanan)


@izin(Peran.PLKB)
@require_http_methods(["GET", "HEAD", "POST"])
def ubah(request: Permintaan, pk: int) -> HttpResponse:
    """Correct a visit."""
    kunjungan = _kunjungan(request, pk)
    if kunjungan.ditarik and request.method != "POST":
        messages.error(request, SUDAH_DITARIK)
        return _kembali(request, kunjungan.pelayanan)
    form = _form(request, kunjungan.pelayanan, kunjungan)
    if request.method != "POST" or not form.is_valid():
        return _halaman(request, form)
    versi = form.cleaned_data["versi"] or 0
    try:
        actions.ubah_kunjungan(request.user, request.cakupan, kunjungan.pk, form.isian(), versi=versi)
    except Ditolak as tolak:
        return _halaman(request, form, tolak.pesan, status=409)
    messages.success(request, "Perubahan kunjungan tersimpan.")
    return _kembali(request, kunjungan.pelayanan)


@izin(Peran.PLKB)
@require_POST
def tarik(request: Permintaan, pk: int) -> HttpResponse:
    """Take a visit back, with a reason."""
    kunjungan = _kunjungan(request, pk)
    alasan, lihat = request.POST.get("alasan", ""), baca_versi(request.POST.get("versi", "")) or 0
    try:
        actions.tarik_kunjungan(request.user, request.cakupan, kunjungan.pk, versi=lihat, alasan=alasan)
    except Ditolak as tolak:
        messages.error(request, tolak.pesan)
        form = KunjunganForm(pelayanan=kunjungan.pelayanan, hari_ini=hari_ini(), kunjungan=kunjungan)
        response = _halaman(request, form, alasan=alasan)
        response.status_code = 409
        return response
    messages.success(request, "Kunjungan ditarik. Jejaknya tetap ada di riwayat.")
    return _kembali(request, kunjungan.pelayanan)


def _isi_ulang_catat(request: Permintaan, pesan: str, pk: uuid.UUID) -> HttpResponse:
    return _halaman(request, _form(request, _pelayanan(request, pk)), pesan)


def _isi_ulang_ubah(request: Permintaan, pesan: str, pk: int) -> HttpResponse:
    kunjungan = _kunjungan(request, pk)
    return _halaman(request, _form(request, kunjungan.pelayanan, kunjungan), pesan)


# Drawn again by kader.views.galat.csrf when the token is missing: typed data comes back, nothing is written.
catat.isi_ulang = _isi_ulang_catat
ubah.isi_ulang = _isi_ulang_ubah
