"""The form by which a substitute is appointed."""

from typing import Any

from django import forms

from kader.cakupan import Cakupan
from kader.enums import Peran
from kader.models import Pengguna, Penugasan, Wilayah
from kader.penggantian import PANJANG_ALASAN
from poskb.dasar.waktu import hari_ini

TANGGAL = {
    "input_formats": ["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"],
    "error_messages": {
        "required": "Isi tanggalnya.",
        "invalid": "Tanggal ini tidak ada di kalender. Tulis seperti 31-12-2021.",
    },
}


def pilih_hari() -> forms.DateInput:
    """The phone's own date picker; the value is ISO whatever the language."""
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class PenggantiForm(forms.Form):
    """Desa, substitute, days, reason. What only the rules know is refused by `kader.penggantian.tunjuk`."""

    desa = forms.MultipleChoiceField(
        label="Desa",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Pilih sedikitnya satu desa.",
            "invalid_choice": "Ada desa yang bukan desa binaan petugas ini. Pilih dari daftar.",
        },
    )
    pengganti = forms.ModelChoiceField(
        queryset=Pengguna.objects.none(),
        label="Pengganti",
        empty_label="Pilih petugas",
        error_messages={
            "required": "Pilih penggantinya.",
            "invalid_choice": (
                "Orang ini tidak dapat dipilih: pengganti harus petugas PLKB di wilayah Anda. Pilih dari daftar."
            ),
        },
    )
    mulai = forms.DateField(label="Mulai", widget=pilih_hari(), **TANGGAL)
    selesai = forms.DateField(
        label="Sampai", widget=pilih_hari(), help_text="Hari terakhir; sesudahnya berakhir sendiri.", **TANGGAL
    )
    alasan = forms.CharField(
        label="Alasan",
        max_length=PANJANG_ALASAN,
        help_text="Cukup singkat: cuti, pelatihan, sakit.",
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={
            "required": "Tulis alasannya, cukup singkat: cuti, pelatihan, sakit.",
            "max_length": f"Alasan paling panjang {PANJANG_ALASAN} huruf. Persingkat, lalu simpan lagi.",
        },
    )

    def __init__(self, data: Any = None, *, petugas: Pengguna, desa: list[Wilayah], cakupan: Cakupan) -> None:
        kode = [d.kode for d in desa]
        super().__init__(data, initial={"desa": kode, "mulai": hari_ini()})
        self.fields["desa"].choices = [(d.kode, d.nama_lengkap) for d in desa]
        calon = Pengguna.objects.filter(peran=Peran.PLKB, is_active=True).exclude(pk=petugas.pk)
        if cakupan.peran == Peran.KOORDINATOR:
            di_sini = Penugasan.objects.berlaku(hari_ini()).dalam(cakupan).filter(sebagai=Peran.PLKB)
            calon = calon.filter(pk__in=di_sini.values("pengguna"))
        self.fields["pengganti"].queryset = calon.order_by("nama", "pk")
