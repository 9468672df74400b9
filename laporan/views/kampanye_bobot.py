"""/kampanye/bobot/: numbers of couples or people per desa, by which targets are shared."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from kader.http import Permintaan, izin
from laporan.enums import MacamBobot
from laporan.kelola import bobot as aturan_bobot
from laporan.kelola.actions import PENGATUR
from laporan.kelola.form import BobotForm
from poskb.dasar.angka import angka
from poskb.dasar.tolak import Ditolak


@izin(*PENGATUR)
@require_http_methods(["GET", "HEAD", "POST"])
def bobot(request: Permintaan) -> HttpResponse:
    """Show what is known and from where; a POST replaces one kind. `?macam=` chooses which one is offered."""
    if request.method != "POST":
        return _gambar(request)
    form = BobotForm(request.POST)
    if not form.is_valid():
        return _gambar(request, form, 422)
    isi = form.cleaned_data
    try:
        hasil = aturan_bobot.muat(
            request.user,
            settings.KODE_KABUPATEN,
            isi["macam"],
            isi["isi"],
            sumber=isi["sumber"],
            tahun=isi["tahun"],
            sebagian=True,
        )
    except Ditolak as tolak:
        form.add_error("isi", tolak.pesan)
        return _gambar(request, form, 422)
    kata = f"{hasil.macam.label[0].upper()}{hasil.macam.label[1:]} {angka(len(hasil.per_desa))} desa tersimpan."
    if hasil.dapat_dipakai:
        messages.success(request, f"{kata} Sekarang target dapat dibagi menurut angka ini.")
    else:
        messages.warning(request, f"{kata} {hasil.sebab}")
    return redirect("kampanye:bobot")


def _gambar(request: Permintaan, form: BobotForm | None = None, status: int = 200) -> HttpResponse:
    desa = aturan_bobot.desa_di(settings.KODE_KABUPATEN)
    semua = aturan_bobot.semua_bobot(settings.KODE_KABUPATEN, desa)
    if form is None:
        pilih = request.GET.get("macam", "")
        macam = MacamBobot(pilih) if pilih in MacamBobot.values else MacamBobot.PUS
        satu = semua[macam]
        baris = (f"{d.kode};{satu.per_desa.get(d.kode, '')};{d.nama_lengkap}" for d in desa)
        awal = {"macam": macam, "isi": "\n".join(baris), "sumber": satu.sumber, "tahun": satu.tahun or None}
        form = BobotForm(initial=awal)
    konteks = {"form": form, "bobot": list(semua.values()), "desa": len(desa)}
    return render(request, "laporan/kampanye/bobot.html", konteks, status=status)


def _isi_ulang(request: Permintaan, pesan: str) -> HttpResponse:
    form = BobotForm(request.POST)
    form.add_error(None, pesan)
    return _gambar(request, form)


# Drawn again by kader.views.galat.csrf when the token is missing: typed data comes back, nothing is written.
bobot.isi_ulang = _isi_ulang
