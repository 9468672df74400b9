"""/laporan/<kode-desa>/<yyyy-mm>/cetak.pdf: one desa's report on paper, answered at once."""

import datetime as dt

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from kader.actions import catat_jejak
from kader.http import SEMUA_PERAN, Permintaan, izin
from kader.models import Wilayah
from laporan.ekspor.jenis import PDF
from laporan.ekspor.pdf.laporan import cetak_laporan
from laporan.ekspor.sebulan import LembarDesa, lembar_sebulan
from laporan.views.bulanan import cari_dengan
from laporan.views.ekspor import lampiran


def _baca(request: Permintaan, desa: Wilayah, bulan: dt.date) -> list[LembarDesa]:
    return lembar_sebulan(request.cakupan, bulan, desa.kode)


@izin(*SEMUA_PERAN)
@require_safe
@cari_dengan(_baca)
def cetak(request: Permintaan, desa: Wilayah, semua: list[LembarDesa]) -> HttpResponse:
    """Return the PDF. Numbers and the two who sign, no other name; the printing is written down."""
    bulan = semua[0].lembar.laporan.bulan
    isi = cetak_laporan(semua, request.user.nama)
    catat_jejak(
        request.user, "mencetak laporan", desa, wilayah=desa.kode, perubahan={"bulan": [None, f"{bulan:%Y-%m}"]}
    )
    return lampiran(isi, PDF, f"poskb-laporan-{bulan:%Y-%m}-{desa.kode}.pdf", tampil=True)
