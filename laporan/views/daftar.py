"""/laporan/: a kader's months, or the board of one month."""

import datetime as dt
from dataclasses import replace

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kader.enums import Peran
from kader.http import SEMUA_PERAN, Permintaan, izin
from laporan.bulanan.antrean import beri_tanda, susun
from laporan.bulanan.formulir import formulir_untuk
from laporan.bulanan.jenjang import jenjang
from laporan.bulanan.lembar import pilih_bulan
from laporan.bulanan.papan import bulan_desa, papan
from laporan.bulanan.sebaran import per_kecamatan, sebaran
from laporan.enums import StatusLaporan
from laporan.models import LaporanBulanan
from laporan.views.pilihan import kecamatan_pilihan
from poskb.dasar.tolak import Ditolak
from poskb.dasar.waktu import awal_bulan, bulan_lalu, geser_bulan, hari_ini


@izin(*SEMUA_PERAN)
@require_safe
def daftar(request: Permintaan) -> HttpResponse:
    """Show the list that fits the role; `?bulan=YYYY-MM` chooses. No such month: a sentence, typed text kept."""
    teks = request.GET.get("bulan", "").strip()
    bulan, galat = _baca(teks) if teks else (None, "")
    konteks = {"galat": galat, "teks_bulan": teks, "bulan": bulan}
    gambar = _kader if request.user.peran == Peran.KADER else _papan
    response = gambar(request, konteks, bulan)
    response.status_code = 404 if galat else 200
    return response


def _baca(teks: str) -> tuple[dt.date | None, str]:
    try:
        bulan = pilih_bulan(teks)
        formulir_untuk(bulan)
    except Ditolak as galat:
        return None, galat.pesan
    return bulan, ""


def _kader(request: Permintaan, konteks: dict, bulan: dt.date | None) -> HttpResponse:
    konteks["baris"] = bulan_desa(request.cakupan, bulan)
    return render(request, "laporan/daftar.html", konteks)


def _papan(request: Permintaan, konteks: dict, bulan: dt.date | None) -> HttpResponse:
    bulan = bulan or bulan_lalu()
    kecamatan = kecamatan_pilihan(request)
    petugas = request.user.peran == Peran.PLKB
    baris = papan(request.cakupan, bulan, kecamatan.kode if kecamatan else "")
    keadaan = [(b.desa, b.status) for b in baris]
    tingkat = jenjang(request.cakupan, bulan, keadaan, Peran.KOORDINATOR if kecamatan and not petugas else None)
    oleh = {t.wilayah.kode: t.oleh for j in tingkat for t in j.tertahan}
    if not petugas and len({b.desa.induk_id for b in baris}) > 1:
        # Numbers only: the desa, with their flags, are one press away.
        isi = {"sebaran": sebaran(baris), "kelompok_kecamatan": per_kecamatan(baris, oleh)}
    else:
        antrean = susun(
            beri_tanda([replace(b, oleh=oleh.get(b.desa.kode, "")) for b in baris], bulan), request.user.peran
        )
        isi = {"sebaran": antrean.sebaran, "antrean": antrean}
    menunggu = (
        LaporanBulanan.objects.dalam(request.cakupan)
        .filter(status=StatusLaporan.DIKIRIM)
        .exclude(bulan=bulan)
        .order_by("bulan")
        .values("bulan")
        .annotate(n=Count("pk"))
    )
    konteks |= isi | {
        "bulan": bulan,
        "baris": baris,
        "kecamatan": kecamatan,
        "menunggu": menunggu,
        "jenjang": tingkat,
        "sebelum": geser_bulan(bulan, -1),
        "sesudah": geser_bulan(bulan, 1) if bulan < awal_bulan(hari_ini()) else None,
    }
    return render(request, "laporan/papan.html", konteks)
