"""The list of records."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from akseptor.models import Pelayanan
from akseptor.saring import SaringForm
from akseptor.views.akses import bernama
from kader.baca import catat_baca_daftar
from kader.enums import Peran
from kader.http import izin
from kader.jatah import berjatah

PER_HALAMAN = 25


@izin(Peran.KADER, Peran.PLKB, Peran.KOORDINATOR, Peran.DPPKB)
@require_http_methods(["GET", "HEAD", "POST"])
@bernama
@berjatah("cari")
def daftar(request: HttpRequest) -> HttpResponse:
    """Show the records of her area, newest first. A searched name travels by POST: it belongs in no URL."""
    saring = SaringForm(request.POST if request.method == "POST" else _tanpa_nama(request), cakupan=request.cakupan)
    baris = saring.saring(Pelayanan.objects.dalam(request.cakupan).boleh_dipakai().lengkap_dengan_nama())
    baris = baris.defer("akseptor__no_hp", "akseptor__alamat").order_by("-diterima_pada", "-id")
    halaman = Paginator(baris, PER_HALAMAN).get_page((request.POST or request.GET).get("halaman"))
    catat_baca_daftar(request.user, "akseptor:daftar", [p.akseptor_id for p in halaman])
    konteks = {"saring": saring, "halaman": halaman, "banyak_desa": len(saring.fields["desa"].queryset) > 1}
    return render(request, "akseptor/daftar.html", konteks)


def _tanpa_nama(request: HttpRequest) -> dict[str, str]:
    return {k: v for k, v in request.GET.items() if k != "cari"}
