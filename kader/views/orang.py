"""/orang/: the people one looks after: made, moved, given a code, deactivated."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kader.akun import daftar as daftar_akun
from kader.akun import kode, orang, sesi, totp, tugas
from kader.akun.forms import AlasanForm, OrangBaruForm, TugasForm
from kader.akun.qr import gambar_qr
from kader.enums import Peran
from kader.http import Permintaan, izin
from kader.models import KodeMasuk, Pengguna
from poskb.dasar.tolak import Ditolak
from poskb.dasar.waktu import hari_ini, jam_nyata

PENGELOLA = (Peran.PLKB, Peran.KOORDINATOR, Peran.DPPKB, Peran.ADMIN)


def _boleh(request: Permintaan) -> tuple[Peran, ...]:
    return orang.MENGELOLA[request.user.peran]


def _satu(request: Permintaan, pk: int) -> Pengguna:
    """A person that she looks after; anybody else is not found."""
    return get_object_or_404(orang.kelolaan(request.user, request.cakupan), pk=pk)


@izin(*PENGELOLA)
@require_safe
def daftar(request: Permintaan) -> HttpResponse:
    """Show them, one role at a time."""
    boleh = _boleh(request)
    dipilih = request.GET.get("peran", boleh[0])
    if dipilih not in boleh:
        raise Http404
    peran = Peran(dipilih)
    konteks = {
        "peran": peran,
        "pilihan": [Peran(p) for p in boleh],
        "kelompok": daftar_akun.per_kecamatan(request.user, request.cakupan, [peran]),
        "berkecamatan": peran in {Peran.KADER, Peran.PLKB},
    }
    konteks["jumlah"] = sum(len(k.baris) for k in konteks["kelompok"])
    return render(request, "kader/orang/daftar.html", konteks)


@izin(*PENGELOLA)
@require_http_methods(["GET", "HEAD", "POST"])
def baru(request: Permintaan, peran: str) -> HttpResponse:
    """Make a person; then give her a code."""
    if peran not in _boleh(request):
        raise Http404
    form = OrangBaruForm(request.POST if request.method == "POST" else None, cakupan=request.cakupan, peran=peran)
    if request.method != "POST":
        return _gambar_baru(request, peran, form)
    if not form.is_valid():
        return _gambar_baru(request, peran, form, status=422)
    isi = form.cleaned_data
    try:
        jadi = tugas.buat_dan_tugaskan(
            request.user,
            request.cakupan,
            isi["nama_masuk"],
            isi["nama"],
            peran,
            form.kode,
            isi.get("mulai") or hari_ini(),
        )
    except Ditolak as tolak:
        return _gambar_baru(request, peran, form, tolak.pesan, 409)
    messages.success(request, f"Akun {jadi} sudah dibuat. Berikan kodenya supaya ia dapat membuat kata sandi.")
    return redirect("orang:rinci", jadi.pk)


def _gambar_baru(
    request: Permintaan, peran: str, form: OrangBaruForm, pesan: str = "", status: int = 200
) -> HttpResponse:
    if pesan:
        form.add_error(None, pesan)
    return render(request, "kader/orang/baru.html", {"peran": Peran(peran), "form": form}, status=status)


@izin(*PENGELOLA)
@require_safe
def rinci(request: Permintaan, pk: int) -> HttpResponse:
    """Show one person: where, since when, her code, her devices, what was done to her account."""
    return _gambar_rinci(request, _satu(request, pk))


def _gambar_rinci(request: Permintaan, satu: Pengguna, pesan: str = "", status: int = 200) -> HttpResponse:
    kini = hari_ini()
    semua = daftar_akun.tugas_semua(satu)
    terbuka = KodeMasuk.objects.terbuka().filter(untuk=satu, berlaku_sampai__gt=jam_nyata()).first()
    konteks = {
        "orang": satu,
        "keadaan": daftar_akun.keadaan(satu),
        "tugas": [t for t in semua if t.selesai is None or t.selesai >= kini],
        "tugas_lama": [t for t in semua if t.selesai is not None and t.selesai < kini],
        "kode_terbuka": terbuka,
        "perangkat": list(sesi.daftar(satu)) if satu.is_active else [],
        "totp": totp.alat(satu) if satu.peran in totp.DITAWARI else None,
        "riwayat": daftar_akun.riwayat(satu),
        "bisa_dipindah": satu.peran in {Peran.KADER, Peran.PLKB, Peran.KOORDINATOR},
        "pesan_galat": pesan,
    }
    return render(request, "kader/orang/rinci.html", konteks, status=status)


@izin(*PENGELOLA)
@require_http_methods(["GET", "HEAD", "POST"])
def pindah(request: Permintaan, pk: int) -> HttpResponse:
    """Let her act elsewhere from a day on."""
    satu = _satu(request, pk)
    kini = [
        t
        for t in daftar_akun.tugas_semua(satu)
        if (t.selesai is None or t.selesai >= hari_ini()) and not t.pengganti and t.sebagai == satu.peran
    ]
    if satu.peran not in {Peran.KADER, Peran.PLKB, Peran.KOORDINATOR}:
        raise Http404
    data = request.POST if request.method == "POST" else None
    form = TugasForm(data, cakupan=request.cakupan, peran=satu.peran, tugas=kini)
    konteks = {"orang": satu, "tugas": kini, "form": form}
    if request.method != "POST":
        return render(request, "kader/orang/pindah.html", konteks)
    status = 422
    if form.is_valid():
        isi = form.cleaned_data
        try:
            tugas.tetapkan(request.user, request.cakupan, satu, form.kode, isi["mulai"], isi["alasan"])
        except Ditolak as tolak:
            form.add_error(None, tolak.pesan)
            status = 409
        else:
            messages.success(request, f"Tugas {satu} sudah ditetapkan. Riwayatnya tetap tersimpan.")
            # She may have left the area of who moved her.
            masih = orang.kelolaan(request.user, request.cakupan).filter(pk=satu.pk).exists()
            return redirect("orang:rinci", satu.pk) if masih else redirect("orang:daftar")
    return render(request, "kader/orang/pindah.html", konteks, status=status)


@izin(*PENGELOLA)
@require_POST
@sensitive_variables()
def beri_kode(request: Permintaan, pk: int) -> HttpResponse:
    """Issue a code and show it this once. Not a redirect: it must travel through no session and no address."""
    satu = _satu(request, pk)
    try:
        baru_, angka = kode.terbitkan(request.user, request.cakupan, satu)
    except Ditolak as tolak:
        return _gambar_rinci(request, satu, tolak.pesan, 409)
    # The code stands behind the #: a browser sends that to no server.
    tujuan = request.build_absolute_uri(reverse("kode"))
    konteks = {
        "orang": satu,
        "kode": baru_,
        "angka": kode.tulis(angka),
        "tujuan": tujuan,
        "lama": "24 jam" if kode.umur(baru_.keperluan).days else f"{kode.umur(baru_.keperluan).seconds // 60} menit",
        "qr": gambar_qr(f"{tujuan}#{kode.tulis(angka)}", "QR untuk membuka halaman kata sandi baru"),
    }
    return render(request, "kader/orang/kode.html", konteks)


@izin(*PENGELOLA)
@require_POST
def cabut_kode(request: Permintaan, pk: int) -> HttpResponse:
    """Revoke the open code."""
    satu = _satu(request, pk)
    ada = kode.cabut(request.user, request.cakupan, satu)
    messages.success(request, "Kode dicabut." if ada else "Kode itu sudah dipakai atau dicabut.")
    return redirect("orang:rinci", satu.pk)


def _dengan_alasan(request: Permintaan, pk: int, aksi: object, berhasil: str) -> HttpResponse:
    """An act with a reason, from the person's page; a refusal is said there."""
    satu = _satu(request, pk)
    form = AlasanForm(request.POST)
    if not form.is_valid():
        return _gambar_rinci(request, satu, form.errors["alasan"][0], 422)
    try:
        aksi(request.user, request.cakupan, satu, form.cleaned_data["alasan"])
    except Ditolak as tolak:
        return _gambar_rinci(request, satu, tolak.pesan, 409)
    messages.success(request, berhasil.format(satu))
    return redirect("orang:rinci", satu.pk)


@izin(*PENGELOLA)
@require_POST
def nonaktifkan(request: Permintaan, pk: int) -> HttpResponse:
    """Deactivate, with a reason."""
    return _dengan_alasan(
        request,
        pk,
        orang.nonaktifkan,
        "{0} dinonaktifkan dan tidak dapat masuk lagi. Catatan yang masih di HP-nya akan dititipkan kepada petugas.",
    )


@izin(*PENGELOLA)
@require_POST
def aktifkan(request: Permintaan, pk: int) -> HttpResponse:
    """Reactivate, with a reason."""
    return _dengan_alasan(request, pk, orang.aktifkan, "{0} aktif kembali. Bila lupa kata sandinya, berikan kode.")


@izin(*PENGELOLA)
@require_POST
def atur_ulang_totp(request: Permintaan, pk: int) -> HttpResponse:
    """Take a lost second factor away, with a reason."""
    return _dengan_alasan(
        request, pk, totp.atur_ulang, "Verifikasi dua langkah {0} dilepas. Ia memasangnya lagi saat masuk."
    )


@izin(*PENGELOLA)
@require_POST
def keluarkan(request: Permintaan, pk: int, nomor: uuid.UUID) -> HttpResponse:
    """End one of her sessions, for a lost phone."""
    satu = _satu(request, pk)
    try:
        orang.keluarkan(request.user, request.cakupan, satu, nomor)
    except Ditolak as tolak:
        return _gambar_rinci(request, satu, tolak.pesan, 409)
    messages.success(request, "Perangkat itu sudah dikeluarkan.")
    return redirect("orang:rinci", satu.pk)


def _isi_ulang_baru(request: Permintaan, pesan: str, peran: str) -> HttpResponse:
    if peran not in _boleh(request):
        raise Http404
    return _gambar_baru(request, peran, OrangBaruForm(request.POST, cakupan=request.cakupan, peran=peran), pesan)


# Drawn again by kader.views.galat.csrf when the token is missing: typed data comes back, nothing is written.
baru.isi_ulang = _isi_ulang_baru
