"""The tick of a consent that is asked afterwards: the same words as in the form of a record."""

from typing import Any

from django import forms

from akseptor.forms.medan import medan_persetujuan
from akseptor.persetujuan import VERSI, teks_berlaku


class PersetujuanForm(forms.Form):
    """She read the text out and the woman agreed."""

    persetujuan_data = medan_persetujuan()
    versi_teks = forms.CharField(required=False, initial=VERSI, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["persetujuan_data"].widget.attrs["class"] = "form-check-input"

    @property
    def teks(self) -> str:
        """What she reads out."""
        return teks_berlaku()
