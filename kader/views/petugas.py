"""/petugas/: the officers of an area, and who stands in for them from when to when."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kader import penggantian, petugas
from kader.enums import Peran
from kader.form_pengganti import PenggantiForm
from kader.http import Permintaan, izin
from kader.models import Penugasan
from poskb.dasar.tolak import Ditolak
from poskb.dasar.waktu import tulis_tanggal


@izin(Peran.KOORDINATOR, Peran.DPPKB)
@require_safe
def daftar(request: Permintaan) -> HttpResponse:
    """Show officers, substitutes and their history."""
    konteks = {
        "petugas": petugas.daftar_petugas(request.cakupan),
        "pengganti": petugas.daftar_pengganti(request.cakupan),
        "riwayat": petugas.riwayat(request.cakupan),
    }
    return render(request, "kader/petugas.html", konteks)


def _petugas(request: Permintaan, pk: int) -> petugas.Petugas:
    """One officer with desa in the area. Who has none there is not found."""
    satu = next((p for p in petugas.daftar_petugas(request.cakupan) if p.orang.pk == pk), None)
    if satu is None:
        raise Http404
    return satu


def _halaman(
    request: Permintaan, satu: petugas.Petugas, form: PenggantiForm, pesan: str = "", status: int = 200
) -> HttpResponse:
    if pesan:
        form.add_error(None, pesan)
    return render(request, "kader/pengganti.html", {"petugas": satu, "form": form}, status=status)


def _form(request: Permintaan, satu: petugas.Petugas) -> PenggantiForm:
    data = request.POST if request.method == "POST" else None
    return PenggantiForm(data, petugas=satu.orang, desa=satu.desa, cakupan=request.cakupan)


@izin(Peran.KOORDINATOR, Peran.DPPKB)
@require_http_methods(["GET", "HEAD", "POST"])
def pengganti(request: Permintaan, pk: int) -> HttpResponse:
    """Appoint a substitute for an officer; on refusal everything typed comes back."""
    satu = _petugas(request, pk)
    form = _form(request, satu)
    if request.method != "POST":
        return _halaman(request, satu, form)
    if not form.is_valid():
        return _halaman(request, satu, form, status=422)
    isi = form.cleaned_data
    try:
        penggantian.tunjuk(
            request.user,
            request.cakupan,
            satu.orang,
            isi["pengganti"],
            isi["desa"],
            isi["mulai"],
            isi["selesai"],
            isi["alasan"],
        )
    except Ditolak as tolak:
        return _halaman(request, satu, form, tolak.pesan, 409)
    messages.success(
        request,
        f"{isi['pengganti']} menggantikan {satu.orang} di {len(isi['desa'])} desa, "
        f"{tulis_tanggal(isi['mulai'])} sampai {tulis_tanggal(isi['selesai'])}.",
    )
    return redirect("petugas:daftar")


@izin(Peran.KOORDINATOR, Peran.DPPKB)
@require_POST
def akhiri(request: Permintaan, pk: int) -> HttpResponse:
    """End a substitution at once."""
    get_object_or_404(Penugasan.objects.dalam(request.cakupan).filter(pengganti=True), pk=pk)
    try:
        jumlah = penggantian.akhiri(request.user, request.cakupan, pk)
    except Ditolak as tolak:
        messages.error(request, tolak.pesan)
    else:
        messages.success(request, f"Penggantian diakhiri di {jumlah} desa.")
    return redirect("petugas:daftar")


def _isi_ulang(request: Permintaan, pesan: str, pk: int) -> HttpResponse:
    satu = _petugas(request, pk)
    return _halaman(request, satu, _form(request, satu), pesan)


# Drawn again by kader.views.galat.csrf when the token is missing: typed data comes back, nothing is written.
pengganti.isi_ulang = _isi_ulang
