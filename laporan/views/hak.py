"""/hak/: what women ask about their data: filed by who meets them, answered by the duty officer at DPPKB."""

import json
import uuid
from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Sum
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from akseptor import actions
from akseptor.berkas_subjek import kumpulkan, sebagai_json
from akseptor.enums import JenisPermintaan
from akseptor.forms.hak import JawabanForm, KoreksiForm, PermintaanForm
from akseptor.models import Akseptor, PermintaanSubjek, Titipan
from akseptor.tertutup import kalimat_tertutup
from akseptor.views.akses import bernama
from kader.actions import catat_jejak
from kader.baca import MEMBACA, catat_baca, catat_baca_daftar
from kader.enums import Peran
from kader.http import Permintaan, izin
from laporan.ekspor.jenis import PDF
from laporan.hak.naskah import cetak_berkas
from laporan.views.ekspor import lampiran
from poskb.dasar.tolak import Ditolak
from poskb.dasar.waktu import hari_ini, sekarang

PETUGAS = (Peran.PLKB, Peran.KOORDINATOR, Peran.DPPKB)
PENERIMA = (Peran.KADER, *PETUGAS)
PER_HALAMAN = 25
BENTUK = ("pdf", "json")


@izin(*PETUGAS)
@require_safe
@bernama
def daftar(request: Permintaan) -> HttpResponse:
    """Show the open requests, the nearest deadline first, and below what was answered."""
    milik = PermintaanSubjek.objects.dalam(request.cakupan).select_related(
        "akseptor__desa__induk", "dicatat_oleh", "selesai_oleh"
    )
    milik = milik.defer("akseptor__nik_istri", "akseptor__no_hp", "akseptor__alamat")
    terbuka = [_bersisa(m) for m in milik.terbuka()]
    selesai = Paginator(milik.selesai(), PER_HALAMAN).get_page(request.GET.get("halaman"))
    catat_baca_daftar(request.user, "hak:daftar", [m.akseptor_id for m in [*terbuka, *selesai]])
    konteks = {"terbuka": terbuka, "halaman": selesai, "lewat": sum(m.lewat for m in terbuka)}
    return render(request, "hak/daftar.html", konteks)


def _bersisa(m: PermintaanSubjek) -> PermintaanSubjek:
    """Say on an open request how many hours are left, or over."""
    jam = (m.tenggat - sekarang()).total_seconds() / 3600
    m.lewat = jam < 0
    m.mendesak = 0 <= jam < 24
    utuh = int(abs(jam))
    kata = f"{utuh} jam" if utuh < 48 else f"{utuh // 24} hari {utuh % 24} jam"
    m.sisa = f"lewat {kata}" if m.lewat else f"sisa {kata}"
    return m


def _akseptor(request: Permintaan, pk: uuid.UUID) -> Akseptor:
    return get_object_or_404(Akseptor.objects.dalam(request.cakupan).select_related("desa__induk"), pk=pk)


@izin(*PENERIMA)
@require_http_methods(["GET", "HEAD", "POST"])
@bernama
def baru(request: Permintaan, pk: uuid.UUID) -> HttpResponse:
    """Write down what a woman asks. Taking her consent back has its effect at once."""
    akseptor = _akseptor(request, pk)
    form = PermintaanForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _gambar_baru(request, akseptor, form)
    jenis = form.cleaned_data["jenis"]
    try:
        if jenis == JenisPermintaan.TARIK:
            actions.tarik_persetujuan(request.user, request.cakupan, pk, **form.isian())
            pesan = "Persetujuan ditarik. Pemakaian data berhenti sekarang; penghapusannya menunggu DPPKB."
        else:
            actions.ajukan(request.user, request.cakupan, pk, jenis, **form.isian())
            pesan = "Permintaan tercatat. DPPKB menjawab paling lambat 3 x 24 jam sejak disampaikan."
    except Ditolak as tolak:
        return _gambar_baru(request, akseptor, form, tolak.pesan, 409)
    messages.success(request, pesan)
    return redirect("akseptor:rinci", pk)


def _gambar_baru(
    request: Permintaan, akseptor: Akseptor, form: PermintaanForm, pesan: str = "", status: int = 422
) -> HttpResponse:
    if pesan:
        form.full_clean()
        form.add_error(None, pesan)
    if not form.is_bound:
        catat_baca(request.user, MEMBACA, akseptor, wilayah=akseptor.desa_id)
    konteks = {"akseptor": akseptor, "form": form}
    return render(request, "hak/baru.html", konteks, status=status if form.errors else 200)


def _permintaan(request: Permintaan, pk: int) -> PermintaanSubjek:
    baris = PermintaanSubjek.objects.dalam(request.cakupan).select_related(
        "akseptor__desa__induk", "dicatat_oleh", "selesai_oleh"
    )
    # A number that no bigint holds is no request either.
    return get_object_or_404(baris, pk=min(pk, 2**63 - 1))


@izin(*PETUGAS)
@require_safe
@bernama
def rinci(request: Permintaan, pk: int) -> HttpResponse:
    """Show one request; the duty officer finds there what fulfils it."""
    satu = _permintaan(request, pk)
    catat_baca(request.user, MEMBACA, satu.akseptor, wilayah=satu.akseptor.desa_id)
    return _gambar(request, satu)


def _gambar(
    request: Permintaan,
    satu: PermintaanSubjek,
    form: JawabanForm | None = None,
    koreksi: KoreksiForm | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    bertugas = request.user.peran == Peran.DPPKB and satu.terbuka
    if bertugas and satu.jenis == JenisPermintaan.KOREKSI and koreksi is None and not satu.akseptor.tertutup:
        koreksi = KoreksiForm(akseptor=satu.akseptor, hari_ini=hari_ini())
    konteks = {
        "m": _bersisa(satu),
        "akseptor": satu.akseptor,
        "tertutup": kalimat_tertutup(satu.akseptor),
        "bertugas": bertugas,
        "form": form or JawabanForm(),
        "koreksi": koreksi,
        "hapus": bertugas and satu.jenis == JenisPermintaan.HAPUS and satu.akseptor.dihapus_pada is None,
    }
    if konteks["hapus"]:
        konteks["titipan"] = _titipan(request, satu.akseptor)
    return render(request, "hak/rinci.html", konteks, status=status)


def _titipan(request: Permintaan, akseptor: Akseptor) -> int:
    """How many records wait sealed in her desa: who of them is she, nobody can see before they are taken."""
    desa = Akseptor.objects.dalam(request.cakupan).filter(pasangan=akseptor.pasangan).values("desa")
    menunggu = Titipan.objects.dalam(request.cakupan).menunggu().filter(desa__in=desa)
    return menunggu.aggregate(n=Sum("jumlah"))["n"] or 0


@izin(Peran.DPPKB)
@require_POST
@bernama
def jawab(request: Permintaan, pk: int) -> HttpResponse:
    """Answer a request: fulfilled or refused."""
    satu = _permintaan(request, pk)
    form = JawabanForm(request.POST)
    if not form.is_valid():
        return _gambar(request, satu, form, status=422)
    return _jalankan(
        request,
        satu,
        form,
        lambda: actions.jawab(
            request.user,
            request.cakupan,
            satu.pk,
            form.cleaned_data["jawaban"],
            dipenuhi=form.cleaned_data["putusan"] == "penuhi",
        ),
        "Jawaban tersimpan.",
    )


@izin(Peran.DPPKB)
@require_POST
@bernama
def koreksi(request: Permintaan, pk: int) -> HttpResponse:
    """Correct who she is, at her request."""
    satu = _permintaan(request, pk)
    form = KoreksiForm(request.POST, akseptor=satu.akseptor, hari_ini=hari_ini())
    if not form.is_valid():
        return _gambar(request, satu, koreksi=form, status=422)
    isi = form.cleaned_data
    try:
        actions.koreksi_data_diri(request.user, request.cakupan, satu.pk, isi)
    except Ditolak as tolak:
        form.add_error(None, tolak.pesan)
        return _gambar(request, satu, koreksi=form, status=409)
    messages.success(request, "Data diri sudah dibetulkan. Tulis jawabannya kepada ibu di bawah.")
    return redirect("hak:rinci", satu.pk)


@izin(Peran.DPPKB)
@require_POST
@bernama
def hapus(request: Permintaan, pk: int) -> HttpResponse:
    """Erase the person and keep the count."""
    satu = _permintaan(request, pk)
    if request.POST.get("yakin") != "ya":
        messages.error(request, "Centang dulu bahwa Anda yakin: penghapusan tidak dapat dibatalkan.")
        return redirect("hak:rinci", satu.pk)
    return _jalankan(
        request,
        satu,
        JawabanForm(),
        lambda: actions.penuhi_penghapusan(request.user, request.cakupan, satu.pk),
        "Data pribadi ibu sudah dihapus. Jumlah di capaian dan laporan tidak berubah.",
    )


def _jalankan(
    request: Permintaan, satu: PermintaanSubjek, form: JawabanForm, aksi: Callable[[], object], berhasil: str
) -> HttpResponse:
    try:
        aksi()
    except Ditolak as tolak:
        messages.error(request, tolak.pesan)
        return _gambar(request, _permintaan(request, satu.pk), form, status=409)
    messages.success(request, berhasil)
    return redirect("hak:rinci", satu.pk)


@izin(Peran.DPPKB)
@require_POST
@bernama
def salinan(request: Permintaan, pk: int, bentuk: str) -> HttpResponse:
    """Hand out all that is held about the person of a request: on paper, or for a machine. It is written down."""
    satu = _permintaan(request, pk)
    if bentuk not in BENTUK or satu.jenis != JenisPermintaan.AKSES:
        raise Http404
    alasan = f"permintaan nomor {satu.pk}"
    kini, oleh = sekarang(), request.user.nama
    with transaction.atomic():
        berkas = kumpulkan(satu.akseptor, request.cakupan)
        catat_jejak(
            request.user,
            "membuat salinan data",
            satu,
            wilayah=satu.akseptor.desa_id,
            alasan=alasan,
            perubahan={"bentuk": [None, bentuk]},
            orang=berkas.orang,
        )
    nama = f"poskb-salinan-{satu.pk}.{bentuk}"
    if bentuk == "json":
        isi = json.dumps(sebagai_json(berkas, oleh, kini, alasan), ensure_ascii=False, indent=2)
        return lampiran(isi.encode(), "application/json", nama)
    return lampiran(cetak_berkas(berkas, oleh=oleh, alasan=alasan, kini=kini, lengkap=True), PDF, nama)


def _isi_ulang_baru(request: Permintaan, pesan: str, pk: uuid.UUID) -> HttpResponse:
    return _gambar_baru(request, _akseptor(request, pk), PermintaanForm(request.POST), pesan)


def _isi_ulang_jawab(request: Permintaan, pesan: str, pk: int) -> HttpResponse:
    form = JawabanForm(request.POST)
    form.full_clean()
    form.add_error(None, pesan)
    return _gambar(request, _permintaan(request, pk), form, status=422)


# Drawn again by kader.views.galat.csrf when the token is missing: typed data comes back, nothing is written.
baru.isi_ulang = _isi_ulang_baru
jawab.isi_ulang = _isi_ulang_jawab
