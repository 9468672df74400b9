"""/akun/: one's own account: devices, password, second factor."""

import uuid
from base64 import b32encode

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kader.actions import catat_jejak
from kader.akun import daftar as daftar_akun
from kader.akun import sesi, tebakan, totp
from kader.akun.forms import AngkaForm, GantiSandiForm
from kader.akun.percobaan import Terkunci
from kader.akun.qr import gambar_qr
from kader.akun.sandi import akhiri_yang_lama
from kader.http import SEMUA_PERAN, Permintaan, izin, sebelum_totp
from kader.views.terkunci import kalimat_terkunci
from poskb.dasar.tolak import Ditolak

MENGGANTI = "mengganti kata sandi"


@izin(*SEMUA_PERAN)
@require_safe
def halaman(request: Permintaan) -> HttpResponse:
    """Show her devices and what was done to her account."""
    konteks = {
        "perangkat": list(sesi.daftar(request.user)),
        "nomor_ini": request.session.get(sesi.NOMOR),
        "ditawari_totp": request.user.peran in totp.DITAWARI,
        "totp": totp.alat(request.user) if request.user.peran in totp.DITAWARI else None,
        "riwayat": daftar_akun.riwayat(request.user),
    }
    return render(request, "kader/akun/halaman.html", konteks)


@izin(*SEMUA_PERAN)
@require_POST
def keluarkan(request: Permintaan, nomor: uuid.UUID) -> HttpResponse:
    """End one session of hers."""
    ada = sesi.akhiri_satu(request.user, nomor)
    if ada:
        catat_jejak(request.user, "mengeluarkan perangkat", request.user)
    messages.success(request, "Perangkat itu sudah keluar." if ada else "Perangkat itu sudah keluar sebelumnya.")
    return redirect("akun:halaman")


@izin(*SEMUA_PERAN)
@require_POST
def keluarkan_lain(request: Permintaan) -> HttpResponse:
    """End all her sessions but this one."""
    jumlah = sesi.akhiri(request.user, kecuali=request.session.session_key)
    if jumlah:
        catat_jejak(request.user, "mengeluarkan perangkat", request.user)
    messages.success(request, f"{jumlah} perangkat lain sudah keluar." if jumlah else "Tidak ada perangkat lain.")
    return redirect("akun:halaman")


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def _sandi(request: Permintaan) -> HttpResponse:
    if request.method != "POST":
        return render(request, "kader/akun/sandi.html", {"form": GantiSandiForm(request.user)})
    orang = request.user
    tebak = tebakan.di_dalam(request)
    form = GantiSandiForm(orang, request.POST)
    try:
        # An open page is no place to guess the old password either.
        tebak.coba()
    except Terkunci as tolak:
        form.add_error(None, kalimat_terkunci(tolak))
        return render(request, "kader/akun/sandi.html", {"form": form}, status=429)
    if not form.is_valid():
        if not form.has_error("old_password"):
            tebak.benar()
        return render(request, "kader/akun/sandi.html", {"form": form}, status=422)
    tebak.benar()
    form.save()
    update_session_auth_hash(request, orang)
    akhiri_yang_lama(orang, kecuali=request.session.session_key)
    catat_jejak(orang, MENGGANTI, orang)
    messages.success(request, "Kata sandi sudah diganti. Perangkat lain sudah dikeluarkan.")
    return redirect("akun:halaman")


sandi = izin(*SEMUA_PERAN)(_sandi)


@izin(*totp.DITAWARI)
@sebelum_totp
@require_http_methods(["GET", "HEAD", "POST"])
def verifikasi(request: Permintaan) -> HttpResponse:
    """Set the second factor up, or show it for this session: the only page that is open before it was shown."""
    orang = request.user
    terpasang = totp.alat(orang) is not None
    if terpasang and not totp.perlu(request):
        return redirect("akun:halaman")
    form = AngkaForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return _terima(request, form.cleaned_data["angka"], terpasang=terpasang)
            except Ditolak as tolak:
                form.add_error("angka", tolak.pesan)
            except Terkunci as tolak:
                form.add_error("angka", kalimat_terkunci(tolak))
                status = 429
    konteks: dict[str, object] = {"form": form, "terpasang": terpasang, "wajib": totp.perlu(request)}
    if not terpasang:
        calon = totp.calon(request)
        konteks |= {
            "qr": gambar_qr(calon.config_url, "QR untuk aplikasi pengaman"),
            "rahasia": _rahasia(calon.bin_key),
        }
    return render(request, "kader/akun/verifikasi.html", konteks, status=status)


def _terima(request: Permintaan, angka: str, *, terpasang: bool) -> HttpResponse:
    if terpasang:
        totp.tunjukkan(request, angka)
        return redirect("beranda")
    return render(request, "kader/akun/cadangan.html", {"kode": totp.pasang(request, angka), "pertama": True})


def _rahasia(kunci: bytes) -> str:
    """The secret as one types it where no camera is: base32 in groups of four."""
    teks = b32encode(kunci).decode()
    return " ".join(teks[i : i + 4] for i in range(0, len(teks), 4))


@izin(*totp.DITAWARI)
@require_POST
def cadangan(request: Permintaan) -> HttpResponse:
    """Make new backup codes and show them this once."""
    if totp.alat(request.user) is None:
        return redirect("akun:verifikasi")
    return render(request, "kader/akun/cadangan.html", {"kode": totp.cadangan_baru(request.user)})


@izin(*totp.DITAWARI)
@require_POST
def lepas(request: Permintaan) -> HttpResponse:
    """Take her own second factor away, where it is not required."""
    try:
        totp.lepas_sendiri(request)
    except Ditolak as tolak:
        messages.error(request, tolak.pesan)
    else:
        messages.success(request, "Verifikasi dua langkah sudah dilepas.")
    return redirect("akun:halaman")
