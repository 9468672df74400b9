"""The form by which a key for another office is issued."""

from typing import Any

from django import forms

from kader.cakupan import Cakupan
from kader.form_pengganti import TANGGAL, pilih_hari
from kader.models import Wilayah


class TokenForm(forms.Form):
    """Who, why, which area, until when. What only the rules know is refused by `kader.token.terbitkan`."""

    kantor = forms.CharField(
        label="Kantor atau sistem", max_length=100, error_messages={"required": "Tulis kantor yang akan memakainya."}
    )
    keperluan = forms.CharField(
        label="Keperluan",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Misalnya: papan capaian di kantor Bupati.",
        error_messages={"required": "Tulis untuk apa angka ini dipakai."},
    )
    wilayah = forms.ModelChoiceField(
        Wilayah.objects.none(),
        label="Wilayah",
        empty_label=None,
        error_messages={"invalid_choice": "Wilayah itu tidak ada dalam daftar. Pilih dari daftar."},
    )
    boleh_desa = forms.BooleanField(label="Boleh melihat angka per desa; tanpa ini sampai kecamatan", required=False)
    berlaku_sampai = forms.DateField(label="Berlaku sampai", widget=pilih_hari(), **TANGGAL)

    def __init__(self, data: Any = None, *, cakupan: Cakupan) -> None:
        super().__init__(data)
        self.fields["wilayah"].queryset = Wilayah.objects.dalam(cakupan).exclude(tingkat="desa").order_by("kode")
