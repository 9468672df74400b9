"""/kampanye/: campaigns, listed, read, made, changed, closed."""

import datetime as dt

from django.conf import settings
from django.contrib import messages
from django.db.models import Sum
from django.forms import Form
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kader.enums import Peran, Tingkat
from kader.http import Permintaan, baca_versi, izin
from kader.models import Wilayah
from laporan.kelola import actions, penutupan
from laporan.kelola.actions import PENGATUR
from laporan.kelola.daftar import daftar as susun_daftar
from laporan.kelola.form import BukaForm, KampanyeForm, TutupForm
from laporan.kelola.kata import ATURAN, LABEL, beda_kampanye, kata_aturan, kata_tempat, keadaan, nama_tempat
from laporan.kelola.pratinjau import Pratinjau, pratinjau, terapkan
from laporan.kelola.riwayat import riwayat, yang_dihapus
from laporan.models import Cuplikan, Kampanye, PenandaHitung, Penutupan, Target
from poskb.dasar.angka import angka
from poskb.dasar.tolak import Ditolak
from poskb.dasar.waktu import hari_ini

PEMBACA = (Peran.PLKB, Peran.KOORDINATOR, Peran.DPPKB, Peran.ADMIN)


def satu_kampanye(request: Permintaan, pk: int) -> Kampanye:
    """The campaign, if it concerns her area; else not found."""
    return get_object_or_404(Kampanye.objects.dalam(request.cakupan).select_related("wilayah"), pk=pk)


def _mengatur(request: Permintaan) -> bool:
    return request.user.peran in PENGATUR


@izin(*PEMBACA)
@require_safe
def daftar(request: Permintaan) -> HttpResponse:
    """List the campaigns that concern her area, by state."""
    konteks = {
        "kelompok": susun_daftar(request.cakupan, hari_ini()),
        "mengatur": _mengatur(request),
        "hitung_penuh": PenandaHitung.objects.exclude(hitung_penuh_pada=None).first() if _mengatur(request) else None,
        "dihapus": yang_dihapus(request.cakupan) if _mengatur(request) else [],
    }
    return render(request, "laporan/kampanye/daftar.html", konteks)


@izin(*PEMBACA)
@require_safe
def rinci(request: Permintaan, pk: int) -> HttpResponse:
    """Show one campaign: rule, numbers, shares, final figure and what came after, history."""
    return _rinci(request, satu_kampanye(request, pk))


def _rinci(request: Permintaan, satu: Kampanye, form: Form | None = None, status: int = 200) -> HttpResponse:
    akhir = Penutupan.objects.berlaku().filter(kampanye=satu).select_related("ditutup_oleh", "kampanye").first()
    kode, kata = keadaan(satu, hari_ini(), ditutup=akhir is not None)
    nama = nama_tempat([satu])
    mengatur = _mengatur(request)
    bagian = _bagian(request, satu)
    konteks = {
        "kampanye": satu,
        "keadaan": kode,
        "kata_keadaan": kata,
        "aturan": kata_aturan(satu, nama),
        "tempat": kata_tempat(satu, nama),
        "bersamaan": Kampanye.objects.dalam(request.cakupan).bersamaan(satu).order_by("mulai", "pk"),
        "mengatur": mengatur,
        "akhir": akhir,
        "sesudah": penutupan.sesudah(akhir, request.cakupan) if akhir else None,
        "kini": None if akhir else _kini(request, satu),
        "bagian": bagian,
        # As it is now; the worker's copy follows after a change.
        "target": sum(jumlah for _, jumlah, _ in bagian),
        "sejarah": riwayat(satu),
        "form": form,
        "form_tutup": form if isinstance(form, TutupForm) else TutupForm(),
        "form_buka": form if isinstance(form, BukaForm) else BukaForm(),
        "tak_dapat_dihapus": actions.tak_dapat_dihapus(satu) if mengatur else "bukan pengatur",
        "hari_terakhir_tercepat": max(satu.mulai, hari_ini() - dt.timedelta(days=1)),
        "se_kabupaten": satu.wilayah_id in request.cakupan.kode,
    }
    return render(request, "laporan/kampanye/rinci.html", konteks, status=status)


def _kini(request: Permintaan, satu: Kampanye) -> dict[str, int]:
    """The stored numbers of the areas that she has."""
    baris = Cuplikan.objects.filter(kampanye=satu, wilayah__in=request.cakupan.kode)
    isi = list(baris.values_list("isi__tercatat", "isi__terverifikasi"))
    return {n: sum(b[i] for b in isi) for i, n in enumerate(("tercatat", "terverifikasi"))} if isi else {}


def _bagian(request: Permintaan, satu: Kampanye) -> list[tuple[Wilayah, int, list[Target]]]:
    """The shares of her area: each kecamatan with its sum and its desa. One query."""
    target = Target.objects.dalam(request.cakupan).per_desa(satu).select_related("desa__induk").order_by("desa_id")
    per_kecamatan: dict[str, list[Target]] = {}
    for t in target:
        per_kecamatan.setdefault(t.desa.induk_id, []).append(t)
    return [(isi[0].desa.induk, sum(t.jumlah for t in isi), isi) for isi in per_kecamatan.values()]


@izin(*PENGATUR)
@require_http_methods(["GET", "HEAD", "POST"])
def baru(request: Permintaan) -> HttpResponse:
    """Make a campaign; its shares are proposed and can be changed on the next page."""
    form = KampanyeForm(_isi(request), cakupan=request.cakupan, kode=settings.KODE_KABUPATEN)
    if request.method != "POST":
        return _isian(request, form)
    if not form.is_valid():
        return _isian(request, form, status=422)
    try:
        satu = actions.buat(request.user, request.cakupan, settings.KODE_KABUPATEN, form.isi)
    except Ditolak as tolak:
        form.add_error(None, tolak.pesan)
        return _isian(request, form, status=409)
    messages.success(
        request, f"{satu.nama} dibuat dan segera dihitung. {satu.kata_bagian} Periksa bagian targetnya di bawah."
    )
    _sebut_bersamaan(request, satu)
    return redirect("kampanye:bagian", satu.pk)


def _sebut_bersamaan(request: Permintaan, satu: Kampanye) -> None:
    lain = list(Kampanye.objects.dalam(request.cakupan).bersamaan(satu).values_list("nama", flat=True))
    if lain:
        messages.info(
            request,
            f"Waktunya bersamaan dengan {', '.join(lain)}. Itu boleh: setiap kampanye dihitung sendiri, "
            "dan satu pasangan dapat dihitung di keduanya.",
        )


@izin(*PENGATUR)
@require_http_methods(["GET", "HEAD", "POST"])
def ubah(request: Permintaan, pk: int) -> HttpResponse:
    """Change a campaign. A changed rule or target is first shown with its consequence, then saved."""
    satu = satu_kampanye(request, pk)
    if Penutupan.objects.berlaku().filter(kampanye=satu).exists():
        messages.error(request, "Kampanye ini sudah ditutup. Buka kembali dulu bila perlu diubah.")
        return redirect("kampanye:rinci", pk)
    if request.method != "POST":
        return _isian(request, _form(request, satu), satu)
    form = _form(request, satu)
    if not form.is_valid():
        return _isian(request, form, satu, status=422)
    dasar = Kampanye.objects.get(pk=pk)
    berubah = set(beda_kampanye(dasar, terapkan(dasar, form.isi))) - {"nama"}
    if berubah and not form.cleaned_data["alasan"].strip():
        form.add_error("alasan", actions.TANPA_ALASAN)
        return _isian(request, form, satu, status=422)
    if berubah and request.POST.get("konfirmasi") != form.sidik:
        return _tunjukkan(request, form, dasar, berubah)
    return _simpan(request, form, satu)


def _form(request: Permintaan, satu: Kampanye) -> KampanyeForm:
    # A row of its own: the form writes what was typed into it.
    instance = Kampanye.objects.get(pk=satu.pk)
    return KampanyeForm(_isi(request), cakupan=request.cakupan, kode=satu.wilayah_id, instance=instance)


def _isi(request: Permintaan) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _tunjukkan(request: Permintaan, form: KampanyeForm, dasar: Kampanye, berubah: set[str]) -> HttpResponse:
    """The same form with what the change would do, to be confirmed. Nothing is written."""
    baru = terapkan(dasar, form.isi)
    hasil = pratinjau(dasar, baru) if berubah & set(ATURAN) else None
    beda = _berlabel(beda_kampanye(dasar, baru))
    return _isian(request, form, dasar, hasil=hasil, konfirmasi=form.sidik, beda=beda)


def _berlabel(beda: dict[str, list[str]]) -> list[tuple[str, str, str]]:
    """(column, stored, typed) in words."""
    return [(LABEL[k], lama, baru) for k, (lama, baru) in beda.items()]


def _simpan(request: Permintaan, form: KampanyeForm, satu: Kampanye) -> HttpResponse:
    versi = baca_versi(request.POST.get("versi", ""))
    try:
        tersimpan, hasil = actions.ubah(
            request.user, request.cakupan, satu.pk, form.isi, alasan=form.cleaned_data["alasan"], versi=versi
        )
    except actions.SudahBerubah as bentrok:
        form.add_error(None, bentrok.pesan)
        beda = _berlabel(beda_kampanye(bentrok.kini, terapkan(bentrok.kini, form.isi)))
        return _isian(request, form, bentrok.kini, status=409, bentrok=beda)
    except Ditolak as tolak:
        form.add_error("alasan", tolak.pesan)
        return _isian(request, form, satu, status=409)
    messages.success(request, _kata_tersimpan(tersimpan, hasil))
    if {"mulai", "selesai"} & set(form.changed_data):
        _sebut_bersamaan(request, tersimpan)
    return redirect("kampanye:rinci", satu.pk)


def _kata_tersimpan(satu: Kampanye, hasil: Pratinjau | None) -> str:
    if hasil is None:
        return f"{satu.nama} tersimpan."
    return f"Aturan baru tersimpan: tercatat {hasil.kata}. Angka di sini dan di Capaian menyusul dalam beberapa detik."


def _isian(
    request: Permintaan, form: KampanyeForm, satu: Kampanye | None = None, status: int = 200, **konteks: object
) -> HttpResponse:
    konteks |= {"form": form, "kampanye": satu, "versi": satu.versi if satu else 0}
    konteks["wilayah"] = Wilayah.objects.filter(kode=form.kode, tingkat=Tingkat.KABUPATEN).first()
    return render(request, "laporan/kampanye/isian.html", konteks, status=status)


@izin(*PENGATUR)
@require_POST
def tutup(request: Permintaan, pk: int) -> HttpResponse:
    """Close a campaign and freeze its figure."""
    satu = satu_kampanye(request, pk)
    form = TutupForm(request.POST)
    form.is_valid()
    versi = baca_versi(request.POST.get("versi", ""))
    try:
        akhir = penutupan.tutup(
            request.user, request.cakupan, pk, catatan=form.cleaned_data.get("catatan", ""), versi=versi
        )
    except Ditolak as tolak:
        form.add_error("catatan", tolak.pesan)
        return _rinci(request, satu_kampanye(request, pk), form, 409)
    jumlah = akhir.angka.aggregate(n=Sum("tercatat"))["n"] or 0
    messages.success(
        request,
        f"{satu.nama} ditutup dengan angka akhir {angka(jumlah)}. Yang datang sesudahnya tampil sebagai susulan.",
    )
    return redirect("kampanye:rinci", pk)


@izin(*PENGATUR)
@require_POST
def buka_kembali(request: Permintaan, pk: int) -> HttpResponse:
    """Undo the closing."""
    satu = satu_kampanye(request, pk)
    form = BukaForm(request.POST)
    form.is_valid()
    try:
        penutupan.buka_kembali(request.user, request.cakupan, pk, alasan=form.cleaned_data.get("alasan", ""))
    except Ditolak as tolak:
        form.add_error("alasan", tolak.pesan)
        return _rinci(request, satu, form, 409)
    messages.success(request, f"{satu.nama} dibuka kembali. Angka akhir yang lama tersimpan dalam riwayat.")
    return redirect("kampanye:rinci", pk)


@izin(*PENGATUR)
@require_POST
def hapus(request: Permintaan, pk: int) -> HttpResponse:
    """Remove a campaign that never began."""
    satu_kampanye(request, pk)
    try:
        satu = actions.hapus(request.user, request.cakupan, pk, baca_versi(request.POST.get("versi", "")))
    except Ditolak as tolak:
        messages.error(request, tolak.pesan)
        return redirect("kampanye:rinci", pk)
    messages.success(request, f"{satu.nama} dihapus. Isinya tersimpan dalam riwayat di bawah.")
    return redirect("kampanye:daftar")


def _isi_ulang_baru(request: Permintaan, pesan: str) -> HttpResponse:
    form = KampanyeForm(request.POST, cakupan=request.cakupan, kode=settings.KODE_KABUPATEN)
    form.add_error(None, pesan)
    return _isian(request, form)


def _isi_ulang_ubah(request: Permintaan, pesan: str, pk: int) -> HttpResponse:
    satu = satu_kampanye(request, pk)
    form = _form(request, satu)
    form.add_error(None, pesan)
    return _isian(request, form, satu)


# Drawn again by kader.views.galat.csrf when the token is missing: typed data comes back, nothing is written.
baru.isi_ulang = _isi_ulang_baru
ubah.isi_ulang = _isi_ulang_ubah
