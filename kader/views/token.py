"""/kantor-lain/: keys by which other offices read aggregates."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from kader import token
from kader.enums import Peran
from kader.form_token import TokenForm
from kader.http import Permintaan, izin
from kader.jatah import berjatah
from kader.models import TokenApi
from poskb.dasar.tolak import Ditolak
from poskb.dasar.waktu import hari_ini

BOLEH = (Peran.DPPKB, Peran.ADMIN)


@izin(*BOLEH)
@require_http_methods(["GET", "HEAD", "POST"])
@berjatah("token")
def daftar(request: Permintaan) -> HttpResponse:
    """Show the keys and the form; a POST issues one and shows it this once."""
    form = TokenForm(request.POST if request.method == "POST" else None, cakupan=request.cakupan)
    if request.method != "POST":
        return _gambar(request, form)
    if not form.is_valid():
        return _gambar(request, form, status=422)
    try:
        baru, teks = token.terbitkan(request.user, request.cakupan, **form.cleaned_data)
    except Ditolak as galat:
        form.add_error(None, galat.pesan)
        return _gambar(request, form, status=422)
    # Not a redirect: the text must not travel through a session or a URL.
    return _gambar(request, TokenForm(cakupan=request.cakupan), baru=baru, teks=teks)


def _gambar(
    request: Permintaan, form: TokenForm, *, baru: TokenApi | None = None, teks: str = "", status: int = 200
) -> HttpResponse:
    semua = TokenApi.objects.dalam(request.cakupan).select_related("wilayah", "dibuat_oleh", "dicabut_oleh")
    berlaku = list(semua.berlaku(hari_ini()))
    konteks = {
        "form": form,
        "baru": baru,
        "teks": teks,
        "berlaku": berlaku,
        "berakhir": semua.exclude(pk__in=[t.pk for t in berlaku])[:50],
        "alamat": request.build_absolute_uri("/api/v1/"),
    }
    return render(request, "kader/token.html", konteks, status=status)


@izin(*BOLEH)
@require_POST
def cabut(request: Permintaan, pk: int) -> HttpResponse:
    """Revoke one."""
    satu = get_object_or_404(TokenApi.objects.dalam(request.cakupan), pk=pk)
    token.cabut(request.user, satu)
    messages.success(request, f"Token {satu.kantor} dicabut dan tidak dapat dipakai lagi.")
    return redirect("token:daftar")
