"""The form of a visit: a result, a date, a short note."""

import datetime as dt
from typing import Any

from django import forms

from akseptor.enums import HasilKunjungan
from akseptor.forms.medan import SALAH_TANGGAL, TANGGAL, IsianTanggal
from akseptor.kunjungan.isian import IsianKunjungan, kesalahan
from akseptor.models import Kunjungan, Pelayanan
from akseptor.models.kunjungan import PANJANG_CATATAN

PILIH = "Pilih hasil kunjungannya."


class KunjunganForm(forms.Form):
    """One visit of one service. `isian()` hands the checked values to `akseptor.actions`."""

    versi = forms.IntegerField(required=False, widget=forms.HiddenInput)
    hasil = forms.ChoiceField(
        choices=HasilKunjungan.choices,
        widget=forms.RadioSelect,
        label="Hasil",
        error_messages={"required": PILIH, "invalid_choice": PILIH},
    )
    tanggal = forms.DateField(
        label="Tanggal kunjungan",
        widget=IsianTanggal(attrs={"class": "form-control"}),
        error_messages={"required": "Isi tanggal kunjungan.", "invalid": SALAH_TANGGAL},
        **TANGGAL,
    )
    catatan = forms.CharField(
        required=False,
        max_length=PANJANG_CATATAN,
        label="Catatan",
        help_text="Boleh kosong, kecuali ada yang perlu diperbaiki. Tanpa nama, NIK, dan nomor HP.",
        widget=forms.Textarea(attrs={"rows": 2, "class": "form-control"}),
        error_messages={"max_length": f"Paling panjang {PANJANG_CATATAN} huruf. Persingkat, lalu simpan lagi."},
    )

    def __init__(
        self,
        data: Any = None,
        *,
        pelayanan: Pelayanan,
        hari_ini: dt.date,
        kunjungan: Kunjungan | None = None,
        **kwargs: Any,
    ) -> None:
        """`kunjungan`: the one that is corrected."""
        awal: dict[str, Any] = {"tanggal": hari_ini}
        if kunjungan:
            awal = {n: getattr(kunjungan, n) for n in ("versi", "hasil", "tanggal", "catatan")}
        super().__init__(data, initial=awal, **kwargs)
        self.pelayanan, self.hari_ini, self.kunjungan = pelayanan, hari_ini, kunjungan
        self.fields["tanggal"].widget.attrs["max"] = hari_ini.isoformat()
        if pelayanan.tanggal:
            self.fields["tanggal"].widget.attrs["min"] = pelayanan.tanggal.isoformat()

    def clean(self) -> dict[str, Any]:
        isi = super().clean()
        if "hasil" in isi and "tanggal" in isi and "catatan" in isi:
            for nama, kalimat in kesalahan(self.isian(), self.pelayanan, self.hari_ini).items():
                self.add_error(nama, kalimat)
        return isi

    def isian(self) -> IsianKunjungan:
        """Return the checked values."""
        return IsianKunjungan(*(self.cleaned_data[n] for n in ("tanggal", "hasil", "catatan")))
