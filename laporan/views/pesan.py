"""/pesan/: what the officer sends to her kader today, with her own phone."""

import datetime as dt

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from kader.enums import Peran
from kader.http import Permintaan, izin
from kader.models import Penugasan
from laporan.bulanan.pesan import TANDA, nomor_wa, tautan_wa, teks_kirim
from laporan.bulanan.pesan import tandai as tandai_pesan
from laporan.bulanan.pesan import urungkan as urungkan_pesan
from laporan.enums import StatusPesan
from laporan.models import Pesan
from poskb.dasar.tolak import Ditolak
from poskb.dasar.waktu import hari_ini, sekarang

DITANDAI_TERBANYAK = 30
MASIH_TAMPAK = dt.timedelta(days=7)


@izin(Peran.PLKB)
@require_safe
def daftar(request: Permintaan) -> HttpResponse:
    """Show what waits, and what was dealt with in the last days, to undo."""
    milik = Pesan.objects.dalam(request.cakupan).select_related("untuk", "desa__induk", "ditandai_oleh")
    menunggu = list(milik.menunggu().order_by("desa", "-bulan", "untuk"))
    petugas = Penugasan.objects.per_wilayah({p.desa_id for p in menunggu}, hari_ini(), Peran.PLKB)
    for p in menunggu:
        _lengkapi(request, p, petugas.get(p.desa_id))
    ditandai = milik.filter(status__in=TANDA, ditandai_pada__gte=sekarang() - MASIH_TAMPAK)
    konteks = {"menunggu": menunggu, "ditandai": ditandai.order_by("-ditandai_pada")[:DITANDAI_TERBANYAK]}
    return render(request, "laporan/pesan.html", konteks)


def _lengkapi(request: Permintaan, pesan: Pesan, bertugas: Penugasan | None) -> None:
    """Hang on a message what is sent: the words of who sends it, as substitute or not, and the link."""
    pengganti = bertugas is not None and bertugas.pengganti and bertugas.pengguna_id == request.user.pk
    pengirim = f"{request.user.nama}, petugas PLKB{' pengganti' if pengganti else ''}"
    laporan = reverse("laporan:bulanan", args=[pesan.desa_id, pesan.kode_bulan])
    pesan.kirim = teks_kirim(pesan, pengirim, request.build_absolute_uri(laporan))
    pesan.nomor = nomor_wa(pesan.untuk.nama_masuk)
    pesan.tautan = tautan_wa(pesan.untuk.nama_masuk, pesan.kirim)


@izin(Peran.PLKB)
@require_POST
def tandai(request: Permintaan, pk: int) -> HttpResponse:
    """Take a message off the list."""
    pesan = get_object_or_404(Pesan.objects.dalam(request.cakupan), pk=pk)
    try:
        pesan = tandai_pesan(request.user, request.cakupan, pesan.pk, request.POST.get("status", ""))
    except Ditolak as tolak:
        messages.error(request, tolak.pesan)
    else:
        kata = "sudah dikirim" if pesan.status == StatusPesan.DIKIRIM else "tidak perlu dikirim"
        messages.success(request, f"Ditandai {kata}. Keliru? Urungkan di bawah.")
    return redirect("pesan:daftar")


@izin(Peran.PLKB)
@require_POST
def urungkan(request: Permintaan, pk: int) -> HttpResponse:
    """Put a message back on the list."""
    pesan = get_object_or_404(Pesan.objects.dalam(request.cakupan), pk=pk)
    try:
        urungkan_pesan(request.user, request.cakupan, pesan.pk)
    except Ditolak as tolak:
        messages.error(request, tolak.pesan)
    else:
        messages.success(request, "Pesan kembali ke daftar.")
    return redirect("pesan:daftar")
