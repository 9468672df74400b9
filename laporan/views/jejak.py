"""/jejak/: the history on screen: of one person, searched over the district, and of a window after an incident."""

import uuid
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from akseptor.berkas_subjek import KATA, jejak_orang, kumpulkan
from akseptor.models import Akseptor
from akseptor.views.akses import bernama
from kader.actions import catat_jejak
from kader.akses import boleh_bernama
from kader.baca import MEMBACA, Halaman, catat_baca
from kader.baris import lintas_wilayah
from kader.enums import Peran
from kader.http import Permintaan, izin
from kader.models import Jejak
from laporan.ekspor.jenis import PDF
from laporan.ekspor.xlsx import MIME, tulis
from laporan.hak import insiden
from laporan.hak.cari import SEHALAMAN, FormCari, siapkan
from laporan.hak.insiden import FormInsiden
from laporan.hak.naskah import cetak_berkas
from laporan.views.ekspor import lampiran
from poskb.dasar.waktu import sekarang

PETUGAS = (Peran.PLKB, Peran.KOORDINATOR, Peran.DPPKB)


def _akseptor(request: Permintaan, pk: uuid.UUID) -> Akseptor:
    baris = Akseptor.objects.dalam(request.cakupan).select_related("desa__induk")
    return get_object_or_404(baris.defer("nik_istri", "no_hp", "alamat"), pk=pk)


@izin(*PETUGAS)
@require_safe
@bernama
def orang(request: Permintaan, pk: uuid.UUID) -> HttpResponse:
    """Show every line about one person: what changed, who read it, who took it out.

    Of one who withdrew only DPPKB sees the values, to answer her.
    """
    akseptor = _akseptor(request, pk)
    catat_baca(request.user, MEMBACA, akseptor, wilayah=akseptor.desa_id)
    with lintas_wilayah("riwayat ikut pindah desa bersama pasangannya"):
        halaman = Paginator(jejak_orang([pk]), SEHALAMAN).get_page(request.GET.get("halaman"))
        halaman.object_list = list(halaman.object_list)
    for j in halaman:
        j.kata = KATA.get(j.tindakan, j.tindakan)
        siapkan(j, terbuka=request.user.peran == Peran.DPPKB or not akseptor.tertutup)
    return render(request, "jejak/orang.html", {"akseptor": akseptor, "halaman": halaman})


@izin(*PETUGAS)
@require_POST
@bernama
def cetak(request: Permintaan, pk: uuid.UUID) -> HttpResponse:
    """Return the history of processing of one person on paper, for her; its making is a line of it."""
    akseptor = _akseptor(request, pk)
    alasan = "riwayat pemrosesan untuk yang bersangkutan"
    catat_jejak(request.user, "mencetak riwayat pemrosesan", akseptor, wilayah=akseptor.desa_id)
    berkas = kumpulkan(akseptor, request.cakupan)
    isi = cetak_berkas(berkas, oleh=request.user.nama, alasan=alasan, kini=sekarang(), lengkap=False)
    return lampiran(isi, PDF, "poskb-riwayat-pemrosesan.pdf", tampil=True)


@izin(Peran.DPPKB, Peran.ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def daftar(request: Permintaan) -> HttpResponse:
    """Search the history. What was typed travels by POST: it may be a name."""
    form = FormCari(request.POST if request.method == "POST" else None, cakupan=request.cakupan)
    konteks: dict[str, Any] = {"form": form, "baris": [], "lagi": None}
    if not form.is_valid():
        return render(request, "jejak/daftar.html", konteks, status=422)
    baris = list(form.baris()[: SEHALAMAN + 1])
    terbuka = request.user.peran == Peran.DPPKB and boleh_bernama(request)
    konteks |= {
        "baris": _siapkan(baris[:SEHALAMAN], terbuka=terbuka),
        "lagi": baris[SEHALAMAN - 1].pk if len(baris) > SEHALAMAN else None,
        "terbuka": terbuka,
    }
    if terbuka:
        lihat = list(dict.fromkeys(o for j in baris[:SEHALAMAN] if len(j.orang) == 1 for o in j.orang))
        catat_baca(request.user, "melihat daftar", Halaman("jejak:daftar"), orang=lihat)
    return render(request, "jejak/daftar.html", konteks)


def _siapkan(baris: list[Jejak], *, terbuka: bool) -> list[Jejak]:
    for j in baris:
        siapkan(j, terbuka=terbuka)
        j.sebab = "•" if j.alasan and j.tentang_orang and not terbuka else j.alasan
    return baris


@izin(Peran.DPPKB)
@require_safe
@bernama
def halaman_insiden(request: Permintaan) -> HttpResponse:
    """Show what happened to people's data in a window; `?unduh=1` makes the file of it."""
    form = FormInsiden(request.GET if "dari" in request.GET else None, cakupan=request.cakupan)
    if not form.is_valid():
        return render(request, "jejak/insiden.html", {"form": form}, status=422)
    jendela = form.jendela(request.cakupan)
    unduh = request.GET.get("unduh") == "1"
    isi = insiden.susun(jendela, request.cakupan, orang=insiden.ORANG_TERBANYAK if unduh else insiden.DI_HALAMAN)
    perubahan = {
        "dari": [None, jendela.dari.isoformat()],
        "sampai": [None, jendela.sampai.isoformat()],
        "wilayah": [None, list(jendela.kode)],
        "pelaku": [None, jendela.oleh.pk if jendela.oleh else None],
        "jumlah": [None, isi.jumlah_orang],
    }
    catat_jejak(
        request.user,
        "membuat laporan insiden" if unduh else "melihat daftar",
        Halaman("jejak:insiden"),
        perubahan=perubahan,
        orang=insiden.kunci_orang(isi),
    )
    if not unduh:
        konteks = {"form": form, "insiden": isi, "tanya": request.GET.urlencode() or form_sebagai_tanya(form)}
        return render(request, "jejak/insiden.html", konteks)
    wilayah = str(form.cleaned_data["wilayah"] or "Seluruh kabupaten")
    return lampiran(tulis(insiden.buku(isi, wilayah, request.user.nama)), MIME, "poskb-insiden.xlsx")


def form_sebagai_tanya(form: FormInsiden) -> str:
    """Return what the form started with as the address that asks the same again."""
    return "&".join(f"{nama}={form.data[nama]}" for nama in ("dari", "sampai"))
