"""/dasbor/<kode>/catatan/: the rows behind a number, for those entitled; every look is written down."""

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from akseptor.models import Pelayanan
from akseptor.models.pelayanan import PelayananQuerySet
from akseptor.views.akses import bernama
from akseptor.views.daftar import PER_HALAMAN
from kader.actions import catat_jejak
from kader.baris import lintas_wilayah
from kader.enums import Peran
from kader.http import Permintaan, izin
from kader.models import Wilayah
from laporan.kampanye.catatan import FormCatatan

# Who may: the roles of the list of records.
PERAN = frozenset({Peran.KADER, Peran.PLKB, Peran.KOORDINATOR, Peran.DPPKB})
MELIHAT = "melihat catatan capaian"


def _halaman(baris: PelayananQuerySet, nomor: str | None) -> Page:
    """Return one page of these rows with their names. Three queries.

    Whether a couple counts here depends on what it had elsewhere, so which rows they are is asked across the areas;
    what is shown of them is then read without that.
    """
    with lintas_wilayah("satu pasangan dihitung sekali, di desa mana pun ia tercatat"):
        halaman = Paginator(baris.values_list("pk", flat=True), PER_HALAMAN).get_page(nomor)
        kunci = list(halaman.object_list)
    isi = Pelayanan.objects.filter(pk__in=kunci).dengan_hari().lengkap_dengan_nama()
    per_kunci = isi.defer("akseptor__no_hp", "akseptor__alamat").in_bulk()
    halaman.object_list = [per_kunci[pk] for pk in kunci if pk in per_kunci]
    return halaman


@izin(*PERAN)
@require_safe
@bernama
def catatan(request: Permintaan, kode: str) -> HttpResponse:
    """Show the rows that a number of the dashboard counts. A question that is wrong shows none."""
    if not request.cakupan.memuat(kode):
        raise Http404
    wilayah = get_object_or_404(Wilayah.objects.select_related("induk"), kode=kode)
    form = FormCatatan(request.GET, request.cakupan)
    konteks = {"wilayah": wilayah, "form": form, "banyak_desa": wilayah.tingkat != "desa"}
    if not form.is_valid():
        return render(request, "laporan/dasbor/catatan.html", konteks, status=400)
    baris = form.baris(kode, request.cakupan).order_by("-hari", "-diterima_pada", "-id")
    halaman = _halaman(baris, request.GET.get("halaman"))
    catat_jejak(
        request.user,
        MELIHAT,
        wilayah,
        wilayah=kode,
        orang=list(dict.fromkeys(p.akseptor_id for p in halaman)),
        perubahan={"kampanye": [None, form.cleaned_data["kampanye"].pk]}
        | {k: [None, v] for k, v in form.tersembunyi() if k != "kampanye"}
        | {"jumlah": [None, halaman.paginator.count]},
    )
    konteks |= {"halaman": halaman, "kampanye": form.cleaned_data["kampanye"]}
    return render(request, "laporan/dasbor/catatan.html", konteks)
