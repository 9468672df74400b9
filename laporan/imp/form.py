"""The form of a decision: a class, a day, a reason. Nothing is chosen before she does."""

import datetime as dt
from typing import Any

from django import forms

from akseptor.forms.medan import SALAH_TANGGAL, TANGGAL, IsianTanggal
from kader.alasan import tanpa_nomor
from laporan.enums import TingkatImp

PILIH = "Pilih kelasnya."


class KelasImpForm(forms.Form):
    """What an officer decides."""

    kelas = forms.ChoiceField(
        choices=TingkatImp.choices,
        widget=forms.RadioSelect,
        label="Kelas",
        error_messages={"required": PILIH, "invalid_choice": PILIH},
    )
    mulai = forms.DateField(
        label="Berlaku sejak",
        widget=IsianTanggal,
        error_messages={"required": "Isi tanggalnya.", "invalid": SALAH_TANGGAL},
        **TANGGAL,
    )
    alasan = forms.CharField(
        min_length=10,
        max_length=500,
        label="Alasan",
        validators=[tanpa_nomor],
        help_text="Apa yang Anda lihat pada buktinya dan di lapangan. Tanpa nama orang.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "Tulis alasannya.",
            "min_length": "Tulis alasannya sedikit lebih jelas, paling pendek 10 huruf.",
            "max_length": "Paling panjang 500 huruf. Persingkat, lalu simpan lagi.",
        },
    )

    def __init__(self, data: Any = None, *, hari_ini: dt.date, **kwargs: Any) -> None:
        super().__init__(data, initial={"mulai": hari_ini}, **kwargs)
        self.fields["mulai"].widget.attrs["max"] = hari_ini.isoformat()
