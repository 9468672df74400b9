"""/kegiatan/: a desa's month, or the desa of an area beside each other."""

import datetime as dt
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from kader.enums import Peran
from kader.http import Permintaan, izin
from kader.models import Wilayah
from laporan.bulanan.lembar import periksa_bulan
from laporan.enums import PeranBhakti
from laporan.kegiatan import daftar as isi_daftar
from laporan.kegiatan.kunci import desa_bulan, yang_disetujui
from laporan.kegiatan.riwayat import pasang_riwayat
from poskb.dasar.tolak import Ditolak
from poskb.dasar.waktu import awal_bulan, baca_bulan, geser_bulan, hari_ini

PER_HALAMAN = 60


@izin(Peran.KADER, Peran.PLKB, Peran.KOORDINATOR, Peran.DPPKB)
@require_safe
def daftar(request: Permintaan) -> HttpResponse:
    """Show a month; `?bulan=YYYY-MM` and `?desa=` choose. No such month: this one, with a sentence."""
    ini = awal_bulan(hari_ini())
    teks = request.GET.get("bulan", "").strip()
    bulan, galat = _baca(teks) if teks else (ini, "")
    kode = request.GET.get("desa", "")
    milik = Wilayah.objects.desa().dalam(request.cakupan).select_related("induk")
    desa = get_object_or_404(milik, kode=kode) if kode and "\x00" not in kode else None
    konteks = {
        "bulan": bulan,
        "galat": galat,
        "teks_bulan": teks,
        "desa": desa,
        "sebelum": geser_bulan(bulan, -1),
        "sesudah": geser_bulan(bulan, 1) if bulan < ini else None,
        "satu_peran": _peran(request.GET.get("peran", "")),
    }
    if desa is None and request.user.peran != Peran.KADER:
        konteks |= {"kecamatan": isi_daftar.rekap_per_desa(request.cakupan, bulan), "peran": PeranBhakti.labels}
        return render(request, "laporan/kegiatan/rekap.html", konteks, status=404 if galat else 200)
    konteks |= _isi(request, bulan, desa, konteks["satu_peran"])
    return render(request, "laporan/kegiatan/daftar.html", konteks, status=404 if galat else 200)


def _baca(teks: str) -> tuple[dt.date, str]:
    try:
        bulan = baca_bulan(teks)
        periksa_bulan(bulan)
    except ValueError:
        return awal_bulan(hari_ini()), "Bulan ini tidak ada. Tulis sebagai tahun-bulan, misalnya 2021-06."
    except Ditolak as tolak:
        return awal_bulan(hari_ini()), tolak.pesan
    return bulan, ""


def _peran(teks: str) -> PeranBhakti | None:
    """Read the role that a report's number leads to; what is none narrows nothing."""
    return PeranBhakti(int(teks)) if teks in {str(p) for p in PeranBhakti.values} else None


def _isi(request: Permintaan, bulan: dt.date, desa: Wilayah | None, satu_peran: PeranBhakti | None) -> dict[str, Any]:
    baris = isi_daftar.yang_berlaku(request.cakupan, bulan, desa)
    if satu_peran:
        baris = baris.filter(macam__peran_bhakti=satu_peran)
    lengkap = baris.select_related("macam", "desa__induk", "dicatat_oleh")
    halaman = Paginator(lengkap, PER_HALAMAN).get_page(request.GET.get("halaman"))
    dihapus = list(isi_daftar.yang_dihapus(request.cakupan, bulan, desa))
    pasang_riwayat([*halaman, *dihapus])
    kunci = {(k, bulan) for k in ([desa.kode] if desa else request.cakupan.kode)}
    tutup = yang_disetujui(kunci | {desa_bulan(k) for k in [*halaman, *dihapus]})
    for k in [*halaman, *dihapus]:
        k.terkunci = desa_bulan(k) in tutup
    baru = request.GET.get("dihapus", "")
    return {
        "halaman": halaman,
        "rekap": isi_daftar.rekap(baris),
        "dihapus": dihapus,
        "baru_dihapus": next((k for k in dihapus if str(k.pk) == baru), None),
        "terkunci": bool(kunci) and kunci <= tutup,
        "banyak_desa": desa is None and len(request.cakupan.kode) > 1,
        # The district office sees what was done, not what was noted beside it.
        "lihat_catatan": request.user.peran != Peran.DPPKB,
    }
