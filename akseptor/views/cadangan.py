"""Where the officer brings in a kader's rescue file."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from akseptor.forms.cadangan import CadanganForm
from akseptor.sinkron.impor import Impor, impor_cadangan
from kader.enums import Peran
from kader.http import izin
from kader.jatah import berjatah
from poskb.dasar.tolak import Ditolak


@izin(Peran.PLKB)
@require_http_methods(["GET", "HEAD", "POST"])
@berjatah("cadangan")
def cadangan(request: HttpRequest) -> HttpResponse:
    """Take the file and show what became of each record in it."""
    form = CadanganForm(request.POST, request.FILES) if request.method == "POST" else CadanganForm()
    hasil: Impor | None = None
    if request.method == "POST" and form.is_valid():
        try:
            hasil = impor_cadangan(request.user, request.cakupan, form.cleaned_data["berkas"].read())
        except Ditolak as tolak:
            form.add_error("berkas", tolak.pesan)
    return render(
        request, "akseptor/cadangan.html", {"form": form, "hasil": hasil}, status=422 if form.errors else 200
    )
