"""/laporan/<kode-desa>/<yyyy-mm>/: one desa's month, and what may be done with it."""

import datetime as dt
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from akseptor.kunjungan.daftar import kemajuan
from kader.baca import catat_baca_daftar
from kader.enums import Peran
from kader.http import SEMUA_PERAN, Permintaan, baca_versi, izin
from kader.models import Wilayah
from laporan.bulanan import actions
from laporan.bulanan.beku import sidik
from laporan.bulanan.formulir import UMUM
from laporan.bulanan.isian import LaporanForm
from laporan.bulanan.lembar import Lembar, buka
from laporan.bulanan.nihil import form_nihil, kirim_nihil
from laporan.bulanan.tampilan import Penata, baris_akseptor, ringkas, sejarah
from laporan.bulanan.tenggat import halangan_waktu, kalender, kata_sisa, lewat_tenggat, tenggat_sekarang
from laporan.bulanan.tinjauan import tinjau
from laporan.bulanan.transisi import DAPAT_DIISI, PANAH, SEBAB, boleh
from laporan.siga.beda import tanda_laporan
from poskb.dasar.tolak import Ditolak
from poskb.dasar.waktu import awal_bulan, baca_bulan, hari_ini

# Named rows are for those who work in the area; the district office sees numbers.
MELIHAT_NAMA = frozenset({Peran.KADER, Peran.PLKB, Peran.KOORDINATOR})
TIDAK_DIKETAHUI = "Belum terkirim: ada isian yang tidak bisa diambil dari laporan sebelumnya. Lihat tanda di bawah."
Halaman = Callable[..., HttpResponse]


def cari_dengan(baca: Callable[[Permintaan, Wilayah, dt.date], Any]) -> Callable[[Halaman], Halaman]:
    """Turn code and month of the URL into the desa and what `baca` reads of them.

    What is not there, or not hers, is 404 with a sentence.
    """

    def hias(view: Halaman) -> Halaman:
        @wraps(view)
        def bungkus(request: Permintaan, kode: str, bulan: str, **kwargs: Any) -> HttpResponse:
            desa = get_object_or_404(Wilayah.objects.desa().dalam(request.cakupan).select_related("induk"), kode=kode)
            try:
                isi = baca(request, desa, baca_bulan(bulan))
            except ValueError:
                return _tidak_ada(request, "Tulis bulan sebagai tahun-bulan, misalnya 2021-06.")
            except Ditolak as galat:
                return _tidak_ada(request, galat.pesan)
            return view(request, desa, isi, **kwargs)

        return bungkus

    return hias


# The sheet as everybody works on it.
cari = cari_dengan(lambda _request, desa, bulan: buka(desa.kode, bulan))


def _tidak_ada(request: Permintaan, langkah: str) -> HttpResponse:
    konteks = {"judul": "Bulan ini tidak punya laporan", "langkah": langkah, "kode": 404}
    return render(request, "galat.html", konteks, status=404)


def _alamat(desa: Wilayah, bulan: dt.date) -> HttpResponse:
    return redirect("laporan:bulanan", desa.kode, f"{bulan:%Y-%m}")


def versi_halaman(request: Permintaan, nama: str = "versi") -> int:
    """The version that the page showed, in the field of that name; what is no number matches none."""
    versi = baca_versi(request.POST.get(nama, ""))
    return -1 if versi is None else versi


def _gambar(
    request: Permintaan,
    lembar: Lembar,
    desa: Wilayah,
    *,
    form: LaporanForm | None = None,
    bentrok: bool = False,
    status: int = 200,
) -> HttpResponse:
    """Draw the page; a form or reasons just posted come back as they were typed."""
    laporan, peran = lembar.laporan, request.user.peran
    waktu, kal = halangan_waktu(laporan, peran), kalender([desa.kode], [laporan.bulan])
    # Said before anything is typed; what was typed while the period closed still comes back.
    if form is None and peran == Peran.KADER and laporan.status in DAPAT_DIISI and not waktu:
        form = LaporanForm(lembar=lembar)
    # A stale page stays stale through other mistakes: only after showing the newest values is the new version hers.
    versi = versi_halaman(request) if request.method == "POST" and not bentrok else laporan.versi
    bagian = Penata(lembar, form, bentrok=bentrok, ketikan=request.POST).bagian()
    baris = baris_akseptor(lembar) if peran in MELIHAT_NAMA else None
    if baris:
        catat_baca_daftar(request.user, "laporan:bulanan", [p.akseptor_id for p in baris])
    konteks = ringkas(lembar) | {
        "desa": desa,
        "laporan": laporan,
        "lembar": lembar,
        "form": form,
        "versi": versi,
        "bentrok": bentrok,
        "bagian": bagian,
        "baris": baris,
        "terlihat": sidik(lembar, baris or ()),
        "tinjauan": tinjau(lembar, request.cakupan, bagian, baris),
        "kunjungan": kemajuan([desa.kode], laporan.bulan) if peran != Peran.KADER else None,
        "bisa_dibuka": peran != Peran.ADMIN,
        "sejarah": sejarah(lembar),
        "tenggat": (batas := tenggat_sekarang(laporan.bulan, laporan.status, desa.kode, kal)),
        "sisa_waktu": kata_sisa(batas) if batas else "",
        "lewat": lewat_tenggat(laporan.bulan, laporan.status, desa.kode, kal),
        "waktu": waktu,
        "berjalan": laporan.bulan == awal_bulan(hari_ini()),
        "boleh": {t: not lembar.baru and not waktu and boleh(t, laporan.status, peran) for t in PANAH},
        "sebab": SEBAB[laporan.status],
        "siga": tanda_laporan(lembar),
        "ketikan": request.POST,
    }
    return render(request, "laporan/bulanan.html", konteks, status=status)


def _isi(request: Permintaan, desa: Wilayah, lembar: Lembar, tindakan: Callable, pesan: str) -> HttpResponse:
    """Save or send: form in, action, answer out."""
    form, bulan = LaporanForm(request.POST, lembar=lembar), lembar.laporan.bulan
    if not form.is_valid():
        messages.error(request, f"Belum tersimpan: {len(form.errors)} isian perlu diperbaiki. Lihat tanda di bawah.")
        return _gambar(request, lembar, desa, form=form, status=422)
    try:
        tindakan(request.user, request.cakupan, desa.kode, bulan, form.isian(), versi_halaman(request))
    except actions.BelumLengkap as galat:
        messages.error(request, galat.pesan)
        form.tambah(galat.kekurangan)
        return _gambar(request, buka(desa.kode, bulan), desa, form=form, status=422)
    except Ditolak as galat:
        messages.error(request, galat.pesan)
        bentrok = isinstance(galat, actions.SudahBerubah)
        return _gambar(request, buka(desa.kode, bulan), desa, form=form, bentrok=bentrok, status=409)
    messages.success(request, pesan)
    return _alamat(desa, bulan)


def _putuskan(
    request: Permintaan, desa: Wilayah, lembar: Lembar, tindakan: Callable, pesan: str, **isi: Any
) -> HttpResponse:
    """An officer's act: on refusal the reasons that were typed come back."""
    bulan = lembar.laporan.bulan
    try:
        tindakan(request.user, request.cakupan, desa.kode, bulan, versi=versi_halaman(request), **isi)
    except Ditolak as galat:
        messages.error(request, galat.pesan)
        bentrok = isinstance(galat, actions.SudahBerubah)
        return _gambar(request, buka(desa.kode, bulan), desa, bentrok=bentrok, status=409)
    messages.success(request, pesan)
    return _alamat(desa, bulan)


@izin(*SEMUA_PERAN)
@require_http_methods(["GET", "HEAD", "POST"])
@cari
def halaman(request: Permintaan, desa: Wilayah, lembar: Lembar) -> HttpResponse:
    """Show a month; a POST saves the draft."""
    if request.method != "POST":
        return _gambar(request, lembar, desa)
    if request.user.peran != Peran.KADER:
        raise PermissionDenied("peran")
    return _isi(request, desa, lembar, actions.simpan, "Draf tersimpan.")


@izin(Peran.KADER)
@require_POST
@cari
def kirim(request: Permintaan, desa: Wilayah, lembar: Lembar) -> HttpResponse:
    """Save and send."""
    return _isi(request, desa, lembar, actions.kirim, "Laporan terkirim ke petugas.")


@izin(Peran.KADER)
@require_POST
@cari
def nihil(request: Permintaan, desa: Wilayah, lembar: Lembar) -> HttpResponse:
    """Save and send a month without anything, in one tap; what is missing is asked for on the form."""
    bulan = lembar.laporan.bulan
    try:
        kirim_nihil(request.user, request.cakupan, desa.kode, bulan, versi_halaman(request))
    except actions.BelumLengkap as galat:
        messages.error(request, galat.kekurangan.get("nihil") or TIDAK_DIKETAHUI)
        form = form_nihil(lembar)
        form.tambah(galat.kekurangan)
        return _gambar(request, lembar, desa, form=form, status=422)
    except Ditolak as galat:
        messages.error(request, galat.pesan)
        return _gambar(request, buka(desa.kode, bulan), desa, bentrok=True, status=409)
    messages.success(request, f"Laporan {lembar.laporan.nama_bulan} terkirim sebagai nihil.")
    return _alamat(desa, bulan)


@izin(Peran.KADER)
@require_POST
@cari
def tarik(request: Permintaan, desa: Wilayah, lembar: Lembar) -> HttpResponse:
    """Take a nihil report back."""
    return _putuskan(request, desa, lembar, actions.tarik, "Laporan ditarik kembali dan ada pada Anda sebagai draf.")


@izin(Peran.PLKB)
@require_POST
@cari
def kembalikan(request: Permintaan, desa: Wilayah, lembar: Lembar) -> HttpResponse:
    """Return with reasons, fields "catatan_<part>"."""
    catatan = {k: request.POST.get(f"catatan_{k}", "") for k in (*lembar.susunan.kunci_bagian, UMUM)}
    pesan = "Laporan dikembalikan ke kader."
    return _putuskan(request, desa, lembar, actions.kembalikan, pesan, catatan=catatan)


@izin(Peran.PLKB)
@require_POST
@cari
def setujui(request: Permintaan, desa: Wilayah, lembar: Lembar) -> HttpResponse:
    """Approve."""
    terlihat = request.POST.get("terlihat", "")
    return _putuskan(request, desa, lembar, actions.setujui, "Laporan disetujui dan terkunci.", terlihat=terlihat)


@izin(Peran.KOORDINATOR, Peran.DPPKB)
@require_POST
@cari
def buka_kembali(request: Permintaan, desa: Wilayah, lembar: Lembar) -> HttpResponse:
    """Unlock, with a reason."""
    pesan = "Laporan dibuka kembali dan ada di kader."
    alasan = request.POST.get("alasan", "")
    return _putuskan(request, desa, lembar, actions.buka_kembali, pesan, alasan=alasan)


@cari
def _isi_ulang(request: Permintaan, desa: Wilayah, lembar: Lembar, *, pesan: str) -> HttpResponse:
    """Draw the page again with everything typed, after a CSRF failure; nothing is written."""
    messages.error(request, pesan)
    form = LaporanForm(request.POST, lembar=lembar) if request.user.peran == Peran.KADER else None
    return _gambar(request, lembar, desa, form=form, status=403)


def _setelah_csrf(request: Permintaan, pesan: str, kode: str, bulan: str) -> HttpResponse:
    return _isi_ulang(request, kode, bulan, pesan=pesan)


for _view in (halaman, kirim, kembalikan, buka_kembali):
    _view.isi_ulang = _setelah_csrf
