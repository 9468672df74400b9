"""Which campaign and which day a dashboard is asked for, and the stored numbers that answer."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django import forms
from django.db.models import QuerySet

from kader.cakupan import Cakupan
from laporan.models import Cuplikan, CuplikanHarian, Kampanye
from poskb.dasar.waktu import hari_ini


class FormLihat(forms.Form):
    """`?kampanye=3&tanggal=2021-07-01`; both may be missing: the campaign of the day, as it stands now."""

    kampanye = forms.ModelChoiceField(
        Kampanye.objects.none(),
        required=False,
        error_messages={"invalid_choice": "Kampanye itu tidak ada. Pilih salah satu dari daftar."},
    )
    tanggal = forms.DateField(
        required=False,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": "Tanggal tidak dikenali. Tulis seperti 2021-07-01."},
    )

    def __init__(self, data: Mapping[str, str], cakupan: Cakupan) -> None:
        super().__init__(data)
        terlihat = Cuplikan.objects.dalam(cakupan).values("kampanye")
        self.fields["kampanye"].queryset = Kampanye.objects.filter(pk__in=terlihat).order_by("-mulai", "-pk")

    def clean_tanggal(self) -> dt.date | None:
        """Nothing is known of tomorrow; today is simply now."""
        tanggal = self.cleaned_data["tanggal"]
        if tanggal and tanggal > hari_ini():
            raise forms.ValidationError("Tanggal itu belum tiba. Pilih tanggal sampai hari ini.")
        return None if tanggal == hari_ini() else tanggal


@dataclass(frozen=True)
class Lihat:
    """What is asked for. `tanggal`: a past day, whose evening's numbers are shown; None is now."""

    kampanye: Kampanye | None = None
    tanggal: dt.date | None = None

    @property
    def kueri(self) -> str:
        """The same question for another area: "?kampanye=3&tanggal=2021-07-01", empty when nothing was asked."""
        isi = {"kampanye": self.kampanye and self.kampanye.pk, "tanggal": self.tanggal}
        teks = urlencode({k: v for k, v in isi.items() if v})
        return f"?{teks}" if teks else ""

    @property
    def hari(self) -> dt.date:
        """The day that counts as today in pace and forecast."""
        return self.tanggal or hari_ini()

    def cuplikan(self, cakupan: Cakupan) -> QuerySet[Cuplikan] | QuerySet[CuplikanHarian]:
        """Return the stored numbers inside a scope, with campaign and area; of a past day what was known then."""
        kampanye = self.kampanye.pk if self.kampanye else Kampanye.objects.utama(hari_ini()).values("pk")
        baris = CuplikanHarian.objects.pada(self.tanggal) if self.tanggal else Cuplikan.objects.all()
        return baris.dalam(cakupan).filter(kampanye=kampanye).select_related("kampanye", "wilayah__induk__induk")


def pilihan_kampanye(cakupan: Cakupan) -> list[Kampanye]:
    """Return the campaigns whose numbers lie inside a scope, the newest first: one query."""
    return list(FormLihat({}, cakupan).fields["kampanye"].queryset)


def baca_lihat(data: Mapping[str, str], cakupan: Cakupan) -> tuple[Lihat, list[str]]:
    """Read the query of a dashboard; return what is asked for and what is wrong with it, in sentences.

    What is wrong is left out, so that the page still shows the numbers of now. A query that asks nothing costs none.
    """
    if not any(data.get(k) for k in FormLihat.base_fields):
        return Lihat(), []
    form = FormLihat(data, cakupan)
    form.is_valid()
    salah = [pesan for daftar in form.errors.values() for pesan in daftar]
    return Lihat(**{k: form.cleaned_data.get(k) for k in FormLihat.base_fields}), salah
