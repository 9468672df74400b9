"""The filters of the list, shared by the page and the links that lead to it."""

import datetime as dt
from typing import Any

from django import forms

from akseptor.enums import TAHAP_TERLAYANI, Metode, StatusPeserta, Tahap
from akseptor.models.pelayanan import PelayananQuerySet
from kader.cakupan import Cakupan
from kader.models import Wilayah
from poskb.dasar.waktu import baca_bulan, geser_bulan, tulis_bulan

TERLAYANI = "terlayani"


class BulanField(forms.CharField):
    """A month written YYYY-MM."""

    def to_python(self, value: str) -> dt.date | None:
        teks = super().to_python(value)
        try:
            return baca_bulan(teks) if teks else None
        except ValueError:
            raise forms.ValidationError("Bulan ditulis seperti 2021-06.") from None


class SaringForm(forms.Form):
    """What the list can be narrowed by. A value that is wrong is said and narrows nothing."""

    cari = forms.CharField(required=False, max_length=100, label="Cari nama", strip=True)
    tahap = forms.ChoiceField(
        required=False, choices=[("", "Semua"), *Tahap.choices, (TERLAYANI, "Dilayani dan terverifikasi")]
    )
    desa = forms.ModelChoiceField(queryset=Wilayah.objects.none(), required=False, empty_label="Semua desa")
    bulan = BulanField(required=False)
    # From a month through another, both ends included: what a cumulative number stands for.
    dari = BulanField(required=False)
    sampai = BulanField(required=False)
    metode = forms.ChoiceField(required=False, choices=[("", "Semua alat"), *Metode.choices])
    status = forms.ChoiceField(required=False, choices=[("", "Semua status"), *StatusPeserta.choices])
    duplikat = forms.BooleanField(required=False)

    def __init__(self, data: object, *, cakupan: Cakupan) -> None:
        super().__init__(data)
        self.fields["desa"].queryset = Wilayah.objects.dalam(cakupan).desa().select_related("induk")
        self.fields["desa"].error_messages["invalid_choice"] = "Desa ini di luar wilayah tugas Anda."

    def clean(self) -> dict[str, Any]:
        isi = super().clean()
        if isi.get("dari") and isi.get("sampai") and isi["dari"] > isi["sampai"]:
            self.add_error("sampai", "Bulan terakhir lebih awal daripada bulan pertama. Pilih lagi dari laporannya.")
        return isi

    @property
    def rentang(self) -> str:
        """The months that are chosen, as people read them; empty for all."""
        bulan, dari, sampai = (self.cleaned_data.get(k) for k in ("bulan", "dari", "sampai"))
        if bulan:
            return tulis_bulan(bulan)
        return " ".join(f"{kata} {tulis_bulan(b)}" for kata, b in (("dari", dari), ("s/d", sampai)) if b)

    @property
    def nama_pilihan(self) -> str:
        """The chosen method and status, as people read them; empty for all."""
        pilihan = ((Metode, self.cleaned_data.get("metode")), (StatusPeserta, self.cleaned_data.get("status")))
        return ", ".join(str(macam(nilai).label) for macam, nilai in pilihan if nilai)

    def saring(self, daftar: PelayananQuerySet) -> PelayananQuerySet:
        """Narrow a list by everything that was given and is well-formed."""
        self.is_valid()
        isi = {k: v for k, v in self.cleaned_data.items() if v}
        jalur = {
            "desa": "desa",
            "metode": "metode",
            "status": "status_peserta",
            "cari": "akseptor__nama_istri__icontains",
        }
        daftar = daftar.filter(**{jalur[k]: v for k, v in isi.items() if k in jalur})
        if "tahap" in isi:
            pilihan = TAHAP_TERLAYANI if isi["tahap"] == TERLAYANI else [isi["tahap"]]
            daftar = daftar.filter(tahap__in=pilihan)
        if "bulan" in isi:
            daftar = daftar.pada_bulan(isi["bulan"])
        if "dari" in isi:
            daftar = daftar.filter(tanggal__gte=isi["dari"])
        if "sampai" in isi:
            daftar = daftar.filter(tanggal__lt=geser_bulan(isi["sampai"], 1))
        return daftar.filter(akseptor__perlu_tinjau_duplikat=True) if "duplikat" in isi else daftar
