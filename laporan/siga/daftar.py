"""The month's list: which reports are in SIGA, which changed since."""

import datetime as dt
from dataclasses import dataclass

from kader.cakupan import Cakupan
from kader.models import Wilayah
from laporan.ekspor.sebulan import lembar_sebulan
from laporan.models import InputSiga
from laporan.siga.beda import Tanda, bandingkan

# What asks for a hand comes first.
URUTAN = ("berubah", "dibuka", "belum", "menunggu", "sudah")


@dataclass(frozen=True)
class BarisSiga:
    """One desa with the tick of its report."""

    desa: Wilayah
    tanda: Tanda


def daftar_siga(cakupan: Cakupan, bulan: dt.date) -> list[BarisSiga]:
    """Return one row per desa, what needs somebody first. Eight queries at most, however many desa."""
    semua = lembar_sebulan(cakupan, bulan)
    tanda = InputSiga.objects.dalam(cakupan).filter(laporan__bulan=bulan).select_related("oleh")
    ada = {t.laporan_id: t for t in tanda}
    baris = [BarisSiga(s.desa, bandingkan(ada.get(s.lembar.laporan.pk), s.lembar)) for s in semua]
    return sorted(baris, key=lambda b: (URUTAN.index(b.tanda.keadaan), b.desa.kode))
