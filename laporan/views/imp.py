"""/imp/: the class of every desa's IMP, and per desa what is known and the officer's decision."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from kader.enums import Peran
from kader.http import Permintaan, izin
from kader.models import Wilayah
from laporan.imp import actions
from laporan.imp.bukti import bukti
from laporan.imp.form import KelasImpForm
from laporan.models import KelasImp
from poskb.dasar.tolak import Ditolak
from poskb.dasar.waktu import hari_ini


@izin(Peran.PLKB, Peran.KOORDINATOR, Peran.DPPKB)
@require_safe
def daftar(request: Permintaan) -> HttpResponse:
    """List the desa of her area with their present class, in the order of their codes: nobody is ranked."""
    desa = list(Wilayah.objects.desa().dalam(request.cakupan).select_related("induk").order_by("kode"))
    kelas = {k.desa_id: k for k in KelasImp.objects.dalam(request.cakupan).terkini()}
    for d in desa:
        d.kelas_imp = kelas.get(d.kode)
    konteks = {"desa": desa, "ditetapkan": len(kelas), "banyak_kecamatan": len({d.induk_id for d in desa}) > 1}
    return render(request, "laporan/imp/daftar.html", konteks)


@izin(Peran.PLKB, Peran.KOORDINATOR, Peran.DPPKB)
@require_http_methods(["GET", "HEAD", "POST"])
def desa(request: Permintaan, kode: str) -> HttpResponse:
    """Show twelve months of evidence and the decisions so far; the officer sets the class below."""
    satu = get_object_or_404(Wilayah.objects.desa().dalam(request.cakupan).select_related("induk"), kode=kode)
    if request.method != "POST":
        return _gambar(request, satu, KelasImpForm(hari_ini=hari_ini()))
    if request.user.peran != Peran.PLKB:
        raise PermissionDenied("peran")
    form = KelasImpForm(request.POST, hari_ini=hari_ini())
    if not form.is_valid():
        return _gambar(request, satu, form, 422)
    try:
        baris, baru = actions.tetapkan(request.user, request.cakupan, kode, **form.cleaned_data)
    except Ditolak as tolak:
        form.add_error(None, tolak.pesan)
        return _gambar(request, satu, form, 409)
    kata = baris.get_kelas_display().lower()
    messages.success(request, f"Kelas IMP ditetapkan: {kata}." if baru else "Penetapan ini sudah tersimpan.")
    return redirect("imp:desa", kode)


def _gambar(request: Permintaan, satu: Wilayah, form: KelasImpForm, status: int = 200) -> HttpResponse:
    riwayat = list(KelasImp.objects.filter(desa=satu).select_related("ditetapkan_oleh"))
    konteks = {
        "desa": satu,
        "form": form if request.user.peran == Peran.PLKB else None,
        "riwayat": riwayat,
        "kelas": riwayat[0] if riwayat else None,
        "bukti": bukti(satu.kode, hari_ini()),
    }
    return render(request, "laporan/imp/desa.html", konteks, status=status)


def _isi_ulang(request: Permintaan, pesan: str, kode: str) -> HttpResponse:
    satu = get_object_or_404(Wilayah.objects.desa().dalam(request.cakupan).select_related("induk"), kode=kode)
    form = KelasImpForm(request.POST, hari_ini=hari_ini())
    form.add_error(None, pesan)
    return _gambar(request, satu, form, 403)


# Drawn again by kader.views.galat.csrf when the token is missing: typed data comes back, nothing is written.
desa.isi_ulang = _isi_ulang
