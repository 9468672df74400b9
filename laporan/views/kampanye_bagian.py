"""/kampanye/<pk>/bagian/: the shares of a target, kecamatan by kecamatan and desa by desa."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from kader.http import Permintaan, baca_versi, izin
from laporan.enums import CaraBagi, MacamBobot
from laporan.kelola import actions
from laporan.kelola.actions import PENGATUR
from laporan.kelola.bobot import Bobot, desa_di, semua_bobot
from laporan.kelola.form_bagian import BagianForm, isi_form
from laporan.kelola.kata import kata_selisih
from laporan.kelola.usul import usul
from laporan.models import Kampanye, Penutupan
from laporan.views.kampanye import satu_kampanye
from poskb.dasar.angka import angka
from poskb.dasar.tolak import Ditolak

SIMPAN, SISA = "simpan", "sisa"
USULAN = {c.value: c for c in (CaraBagi.RATA, CaraBagi.PUS, CaraBagi.PENDUDUK)}


class Meja:
    """The page of one campaign: its desa, weights and stored shares, read once."""

    def __init__(self, request: Permintaan, satu: Kampanye) -> None:
        self.request, self.satu = request, satu
        self.desa = desa_di(satu.wilayah_id)
        self.bobot = semua_bobot(satu.wilayah_id, self.desa)
        self.tersimpan = actions.bagian_kini(satu, self.desa)

    def form(self, data: Mapping[str, object] | None = None) -> BagianForm:
        """The form, as it is stored or as it was sent."""
        return BagianForm(data, desa=self.desa, tersimpan=self.tersimpan, target=self.satu.target)

    def gambar(self, form: BagianForm, status: int = 200, **konteks: object) -> HttpResponse:
        """The page."""
        bagian = getattr(form, "bagian", None) or self.tersimpan
        jumlah = sum(bagian.values())
        konteks = {
            "kampanye": self.satu,
            "form": form,
            "baris": form.baris(_kata_bobot(self.bobot)),
            "jumlah": jumlah,
            "selisih": kata_selisih(jumlah, self.satu.target),
            "bobot": list(self.bobot.values()),
            "versi": self.satu.versi,
        } | konteks
        return render(self.request, "laporan/kampanye/bagian.html", konteks, status=status)

    def usulkan(self, form: BagianForm, cara: CaraBagi) -> HttpResponse:
        """Draw a proposal over everything that was typed; nothing is saved."""
        kode = [d.kode for d in self.desa]
        try:
            bagian = usul(self.satu.target, cara, kode, self.bobot)
        except ValueError as sebab:
            form.add_error(None, f"{sebab} Pakai bagi sama rata, atau muat angkanya dulu.")
            return self.gambar(form, 409)
        return self._belum_disimpan(bagian, bagian, f"Usulan {cara.label}. Belum disimpan.")

    def sesuaikan(self, form: BagianForm) -> HttpResponse:
        """Draw what was typed with the rest fitted to it; nothing is saved."""
        bagian = form.sisa_menyesuaikan()
        if bagian is None:
            return self.gambar(form, 422)
        kata = "Yang Anda ubah tetap, yang lain menyesuaikan. Belum disimpan."
        return self._belum_disimpan(bagian, form.dasar_berikut(bagian), kata)

    def _belum_disimpan(self, bagian: dict[str, int], dasar: dict[str, int], kata: str) -> HttpResponse:
        isi = isi_form(self.desa, bagian, dasar) | {"alasan": self.request.POST.get("alasan", "")}
        form = self.form(isi)
        form.is_valid()
        return self.gambar(form, usulan=kata)

    def simpan(self, form: BagianForm) -> HttpResponse:
        """Save when the sum is the target, else say by how much it is not."""
        if not form.periksa_jumlah():
            return self.gambar(form, 422)
        try:
            satu, banyak = actions.atur_bagian(
                self.request.user,
                self.request.cakupan,
                self.satu.pk,
                form.bagian,
                alasan=form.cleaned_data["alasan"],
                versi=baca_versi(self.request.POST.get("versi", "")),
            )
        except actions.SudahBerubah as bentrok:
            # The numbers that are stored now stand beside the typed ones.
            baru = Meja(self.request, bentrok.kini)
            form.add_error(None, bentrok.pesan)
            form.tersimpan = baru.tersimpan
            return baru.gambar(form, 409)
        except Ditolak as tolak:
            form.add_error(None, tolak.pesan)
            return self.gambar(form, 409)
        kata = f"Bagian target {angka(banyak)} desa disimpan." if banyak else "Tidak ada yang berubah."
        messages.success(self.request, f"{kata} Jumlahnya tepat {angka(satu.target)}.")
        return redirect("kampanye:rinci", satu.pk)


def _kata_bobot(bobot: Mapping[MacamBobot, Bobot]) -> dict[str, str]:
    """What is known of each desa: "PUS 1.234, penduduk 5.678"."""
    kata: dict[str, list[str]] = {}
    for macam, satu in bobot.items():
        for kode, n in satu.per_desa.items():
            kata.setdefault(kode, []).append(f"{'PUS' if macam == MacamBobot.PUS else 'penduduk'} {angka(n)}")
    return {kode: ", ".join(k) for kode, k in kata.items()}


@izin(*PENGATUR)
@require_http_methods(["GET", "HEAD", "POST"])
def bagian(request: Permintaan, pk: int) -> HttpResponse:
    """Show and save the shares; `langkah` says which button was pressed."""
    satu = satu_kampanye(request, pk)
    if Penutupan.objects.berlaku().filter(kampanye=satu).exists():
        messages.error(request, "Kampanye ini sudah ditutup, jadi bagian targetnya tidak berubah lagi.")
        return redirect("kampanye:rinci", pk)
    meja = Meja(request, satu)
    if request.method != "POST":
        return meja.gambar(meja.form())
    form, langkah = meja.form(request.POST), request.POST.get("langkah", SIMPAN)
    sah = form.is_valid()
    if langkah in USULAN:
        return meja.usulkan(form, USULAN[langkah])
    if not sah:
        return meja.gambar(form, 422)
    return meja.sesuaikan(form) if langkah == SISA else meja.simpan(form)


def _isi_ulang(request: Permintaan, pesan: str, pk: int) -> HttpResponse:
    meja = Meja(request, satu_kampanye(request, pk))
    form = meja.form(request.POST)
    form.add_error(None, pesan)
    return meja.gambar(form)


# Drawn again by kader.views.galat.csrf when the token is missing: typed data comes back, nothing is written.
bagian.isi_ulang = _isi_ulang
