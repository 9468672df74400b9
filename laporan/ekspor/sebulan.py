"""The sheets of many desa in one month, as `laporan.bulanan.lembar.buka` makes one, in a fixed number of queries."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from kader.cakupan import Cakupan
from kader.models import Wilayah
from laporan.bulanan.bukti import per_desa
from laporan.bulanan.formulir import Susunan, baca, formulir_untuk
from laporan.bulanan.hitung import akseptor_baru, per_desa_bulan
from laporan.bulanan.lembar import Lembar, periksa_bulan
from laporan.bulanan.riwayat import Riwayat, SdBulan, sd_bulan_lalu
from laporan.enums import StatusLaporan
from laporan.models import Formulir, LaporanBulanan
from poskb.dasar.waktu import geser_bulan

PERLU_RANTAI = ("desa_id", "bulan", "status", "isi", "dihitung")


@dataclass(frozen=True)
class LembarDesa:
    """A desa (its kecamatan fetched) with its sheet. `lembar.baru`: nothing was saved, and nothing is filled in."""

    desa: Wilayah
    lembar: Lembar


def lembar_sebulan(
    cakupan: Cakupan, bulan: dt.date, kode: str = "", desa: Iterable[str] | None = None
) -> list[LembarDesa]:
    """Return the sheet of every desa of a scope in order of code: ten queries at most, however many desa.

    `kode` keeps the desa below an area, `desa` those of these codes. Unlike `buka` a desa without a report starts
    from nothing: last month's values are a proposal to its kader, not a report. Raises Ditolak as `buka`.
    """
    periksa_bulan(bulan)
    berlaku = formulir_untuk(bulan)
    wilayah = Wilayah.objects.desa().dalam(cakupan).select_related("induk__induk")
    wilayah = wilayah.di(kode) if kode else wilayah
    daftar = list(wilayah.filter(kode__in=list(desa)) if desa is not None else wilayah)
    semua = [d.kode for d in daftar]
    laporan = _laporan(semua, bulan, berlaku)
    hitungan = akseptor_baru(semua, bulan)
    bukti = per_desa(semua, bulan)
    susunan: dict[int, Susunan] = {x.formulir_id: baca(x.formulir.isi) for x in laporan.values()}
    rantai = _rantai([x for x in laporan.values() if x.status != StatusLaporan.DISETUJUI], bulan, susunan)
    return [
        LembarDesa(
            d,
            Lembar(
                laporan[d.kode],
                susunan[laporan[d.kode].formulir_id],
                Riwayat(None, rantai.get(d.kode, {})),
                hitungan.get(d.kode, {}),
                bukti[d.kode],
            ),
        )
        for d in daftar
    ]


def _laporan(kode: list[str], bulan: dt.date, berlaku: Formulir) -> dict[str, LaporanBulanan]:
    """Return the report of every desa; an empty unsaved one where there is none."""
    ada = LaporanBulanan.objects.filter(desa_id__in=kode, bulan=bulan).prefetch_related("formulir")
    laporan = {x.desa_id: x for x in ada.select_related("dikirim_oleh", "disetujui_oleh")}
    return {k: laporan.get(k) or LaporanBulanan(desa_id=k, bulan=bulan, formulir=berlaku, versi=0) for k in kode}


def _rantai(laporan: list[LaporanBulanan], bulan: dt.date, susunan: dict[int, Susunan]) -> dict[str, SdBulan]:
    """Return "until last month" of reports that are not frozen."""
    if not laporan:
        return {}
    kode, januari = [x.desa_id for x in laporan], bulan.replace(month=1)
    setahun: dict[str, dict[dt.date, LaporanBulanan]] = defaultdict(dict)
    for x in LaporanBulanan.objects.filter(desa_id__in=kode, bulan__gte=januari, bulan__lt=bulan).only(*PERLU_RANTAI):
        setahun[x.desa_id][x.bulan] = x
    dihitung = per_desa_bulan(kode, januari, geser_bulan(bulan, -1)) if bulan > januari else {}
    return {
        x.desa_id: sd_bulan_lalu(bulan, setahun[x.desa_id], dihitung.get(x.desa_id, {}), susunan[x.formulir_id].metode)
        for x in laporan
    }
