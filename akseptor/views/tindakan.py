"""Acts on one record that need no form: a press, perhaps a reason."""

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from akseptor import actions
from akseptor.enums import Tahap
from akseptor.forms import PersetujuanForm
from akseptor.models import Akseptor, Pelayanan
from akseptor.tahap import SEKALI_TEKAN
from kader.enums import Peran
from kader.http import baca_versi, izin
from kader.views.lanjut import lanjut
from poskb.dasar.tolak import Ditolak


def _jalankan(
    request: HttpRequest, akseptor_id: uuid.UUID, aksi: Callable[[], object], berhasil: str, ketikan: str = ""
) -> HttpResponse:
    """Do it, say how it went, go back. What was typed stands in the refusal: the page she goes back to lost it."""
    try:
        aksi()
    except Ditolak as tolak:
        messages.error(request, f"{tolak.pesan} Yang Anda tulis: “{ketikan}”" if ketikan else tolak.pesan)
    else:
        messages.success(request, berhasil)
    return lanjut(request, reverse("akseptor:rinci", args=[akseptor_id]))


def _tahap(request: HttpRequest, pk: uuid.UUID, tindakan: str, berhasil: str) -> HttpResponse:
    pelayanan = get_object_or_404(Pelayanan.objects.dalam(request.cakupan), pk=pk)
    alasan, lihat = request.POST.get("alasan", ""), baca_versi(request.POST.get("versi", ""))

    def aksi() -> object:
        return actions.pindah_tahap(request.user, request.cakupan, pk, tindakan, alasan=alasan, versi=lihat)

    return _jalankan(request, pelayanan.akseptor_id, aksi, berhasil, alasan.strip())


@izin(Peran.KADER)
@require_POST
def pindah_tahap(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Move a record along: rujuk, tunda, lanjutkan, batal."""
    tindakan = request.POST.get("tindakan", "")
    if tindakan not in SEKALI_TEKAN:
        raise Http404
    return _tahap(request, pk, tindakan, "Tahap sudah diperbarui.")


@izin(Peran.KADER)
@require_POST
def catat_persetujuan(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """The couple of a record agrees afterwards that its data is kept."""
    pelayanan = get_object_or_404(Pelayanan.objects.dalam(request.cakupan), pk=pk)
    form = PersetujuanForm(request.POST)

    def aksi() -> object:
        if not form.is_valid():
            raise Ditolak(next(iter(form.errors.values()))[0])
        return actions.catat_persetujuan(request.user, request.cakupan, pk, form.cleaned_data["versi_teks"])

    kembali = " Catatannya masih dikembalikan: tekan Perbaiki dan kirim lagi."
    berhasil = "Persetujuan ibu tercatat." + (kembali if pelayanan.tahap == Tahap.DIKEMBALIKAN else "")
    return _jalankan(request, pelayanan.akseptor_id, aksi, berhasil)


@izin(Peran.PLKB)
@require_POST
def verifikasi(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """The officer confirms a service."""
    return _tahap(request, pk, "verifikasi", "Terverifikasi.")


@izin(Peran.PLKB)
@require_POST
def kembalikan(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """The officer sends a record back to the kader, with a reason."""
    return _tahap(request, pk, "kembalikan", "Dikembalikan ke kader.")


@izin(Peran.PLKB, Peran.KOORDINATOR)
@require_POST
def pindah_desa(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """The couple lives in another desa now."""
    get_object_or_404(Akseptor.objects.dalam(request.cakupan), pk=pk)
    kode = request.POST.get("desa", "")
    return _jalankan(
        request, pk, lambda: actions.pindah_desa(request.user, request.cakupan, pk, kode), "Desa sudah dipindahkan."
    )


@izin(Peran.PLKB)
@require_POST
def putuskan_duplikat(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """The officer says whether a likely duplicate is the same person."""
    get_object_or_404(Akseptor.objects.dalam(request.cakupan), pk=pk)
    jawaban = request.POST.get("orang_sama", "")

    def aksi() -> object:
        return actions.putuskan_duplikat(request.user, request.cakupan, pk, baca_jawaban(jawaban))

    return _jalankan(request, pk, aksi, "Keputusan tersimpan.")


def baca_jawaban(teks: str) -> uuid.UUID | None:
    """Read "bukan" as None, an id as that row. Raises Ditolak for anything else."""
    if teks == "bukan":
        return None
    try:
        return uuid.UUID(teks)
    except ValueError:
        raise Ditolak("Pilih dulu: orang yang sama, atau bukan.") from None
