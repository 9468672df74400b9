"""The rescue file that an officer brings in."""

from django import forms
from django.core.files.uploadedfile import UploadedFile

# A hundred activities with their photos.
TERBESAR = 25 * 1024 * 1024
PILIH = "Pilih berkas cadangan yang dikirim kader; namanya berakhir dengan .poskb."


class CadanganForm(forms.Form):
    """One file, small enough to be one."""

    berkas = forms.FileField(
        label="Berkas cadangan",
        help_text="Berkas .poskb yang dikirim kader lewat WhatsApp.",
        error_messages={"required": PILIH, "invalid": PILIH, "missing": PILIH, "empty": "Berkas ini kosong. " + PILIH},
        widget=forms.FileInput(attrs={"class": "form-control", "accept": ".poskb,application/octet-stream"}),
    )

    def clean_berkas(self) -> UploadedFile:
        berkas: UploadedFile = self.cleaned_data["berkas"]
        if berkas.size > TERBESAR:
            raise forms.ValidationError("Berkas ini terlalu besar untuk cadangan Pos KB. " + PILIH)
        return berkas
