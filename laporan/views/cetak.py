"""/laporan/<kode-desa>/<yyyy-mm>/cetak.pdf: one desa's report on paper, answered at once."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from kader.actions import catat_jejak
from kader.http import SEMUA_PERAN, Permintaan, izin
from kader.models import Wilayah
from laporan.bulanan.lembar import Lembar
from laporan.ekspor.jenis import PDF
from laporan.ekspor.pdf.laporan import cetak_laporan
from laporan.ekspor.sebulan import lembar_sebulan
from laporan.views.bulanan import cari
from laporan.views.ekspor import lampiran


@izin(*SEMUA_PERAN)
@require_safe
@cari
def cetak(request: Permintaan, desa: Wilayah, lembar: Lembar) -> HttpResponse:
    """Return the PDF. Numbers and the two who sign, no other name; the printing is written down."""
    bulan = lembar.laporan.bulan
    isi = cetak_laporan(lembar_sebulan(request.cakupan, bulan, desa.kode), request.user.nama)
    catat_jejak(
        request.user, "mencetak laporan", desa, wilayah=desa.kode, perubahan={"bulan": [None, f"{bulan:%Y-%m}"]}
    )
    return lampiran(isi, PDF, f"poskb-laporan-{bulan:%Y-%m}-{desa.kode}.pdf", tampil=True)
