"""The filters of the list, shared by the page and the links that lead to it."""

import datetime as dt

from django import forms

from akseptor.enums import TAHAP_TERLAYANI, Metode, StatusPeserta, Tahap
from akseptor.models.pelayanan import PelayananQuerySet
from kader.cakupan import Cakupan
from kader.models import Wilayah
from poskb.dasar.waktu import baca_bulan

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
    metode = forms.ChoiceField(required=False, choices=[("", "Semua alat"), *Metode.choices])
    status = forms.ChoiceField(required=False, choices=[("", "Semua status"), *StatusPeserta.choices])
    duplikat = forms.BooleanField(required=False)

    def __init__(self, data: object, *, cakupan: Cakupan) -> None:
        super().__init__(data)
        self.fields["desa"].queryset = Wilayah.objects.dalam(cakupan).desa().select_related("induk")
        self.fields["desa"].error_messages["invalid_choice"] = "Desa ini di luar wilayah tugas Anda."

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
        return daftar.filter(akseptor__perlu_tinjau_duplikat=True) if "duplikat" in isi else daftar
