"""Which campaign and which day a dashboard is asked for, and the stored numbers that answer."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django import forms
from django.db.models import F, QuerySet

from kader.cakupan import Cakupan
from kader.enums import Tingkat
from kader.models import Wilayah
from laporan.kampanye.isi import ANGKA
from laporan.kampanye.papan import Papan, susun_papan
from laporan.models import Cuplikan, CuplikanHarian, Kampanye
from poskb.dasar.waktu import hari_ini


def kampanye_terlihat(cakupan: Cakupan) -> QuerySet[Kampanye]:
    """Return the campaigns whose numbers lie inside a scope, the newest first."""
    terlihat = Cuplikan.objects.dalam(cakupan).values("kampanye")
    return Kampanye.objects.filter(pk__in=terlihat).order_by("-mulai", "-pk")


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
        self.fields["kampanye"].queryset = kampanye_terlihat(cakupan)

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
        return self._baris(cakupan, cakupan.kode)

    def _baris(self, cakupan: Cakupan, kode: Iterable[str]) -> QuerySet[Cuplikan] | QuerySet[CuplikanHarian]:
        kampanye = self.kampanye.pk if self.kampanye else Kampanye.objects.utama(self.hari, kode).values("pk")
        baris = CuplikanHarian.objects.pada(self.tanggal) if self.tanggal else Cuplikan.objects.all()
        return baris.dalam(cakupan).filter(kampanye=kampanye).select_related("kampanye", "wilayah__induk__induk")

    def papan(self, cakupan: Cakupan, kode: str) -> Papan | None:
        """Return the board of an area; None outside the scope, or when nothing was known of it then."""
        cuplikan = self._baris(cakupan, [kode]).filter(wilayah=kode).first()
        return susun_papan(cuplikan, self.hari) if cuplikan else None

    def wilayah_terluas(self, cakupan: Cakupan, kode: str) -> Wilayah | None:
        """Return the widest area inside a scope in which the chosen campaign counts; None when it does so in `kode`.

        A code sorts before those inside it.
        """
        if self.kampanye is None:
            return None
        ada = Cuplikan.objects.dalam(cakupan).filter(kampanye=self.kampanye).select_related("wilayah__induk")
        if ada.filter(wilayah=kode).exists():
            return None
        satu = ada.order_by("wilayah_id").first()
        return satu.wilayah if satu else None

    def angka_per_wilayah(self, cakupan: Cakupan, tingkat: Tingkat, *kolom: str) -> QuerySet:
        """Return rows (each `kolom`, target, then ANGKA) of every area of a level inside a scope, by its code.

        Only these numbers leave the database, not every snapshot whole.
        """
        baris = self.cuplikan(cakupan).filter(wilayah__tingkat=tingkat).order_by("wilayah_id")
        return baris.values_list(*kolom, *(F(f"isi__{a}") for a in ("target", *ANGKA)))


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
