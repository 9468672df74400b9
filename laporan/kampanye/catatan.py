"""The rows behind a number of the dashboard: exactly those, by the same rule that counted them."""

from django import forms

from akseptor.enums import Metode, StatusPeserta, Tahap
from akseptor.models.pelayanan import PelayananQuerySet
from kader.cakupan import Cakupan
from kader.enums import JenisFaskes
from kader.models import Faskes
from laporan.kampanye.lihat import kampanye_terlihat
from laporan.kampanye.mutu import LABEL_TUNDA
from laporan.kampanye.papan import JALAN
from laporan.kampanye.progres import belum_terlayani, di_jendela, yang_dihitung
from laporan.kampanye.rinci import batas_tunda
from laporan.models import Kampanye
from poskb.dasar.waktu import tulis_tanggal

TERCATAT, SEMUA = "tercatat", "semua"
KELOMPOK = ((TERCATAT, "Tercatat"), (SEMUA, "Semua pelayanan"))


class FormCatatan(forms.Form):
    """Which number: `kelompok` (couples counted, all services; empty for every stage), narrowed by the rest."""

    kampanye = forms.ModelChoiceField(
        Kampanye.objects.none(), error_messages={"invalid_choice": "Kampanye itu tidak ada."}
    )
    kelompok = forms.ChoiceField(required=False, choices=KELOMPOK)
    tahap = forms.ChoiceField(required=False, choices=Tahap)
    # This stage of the road or one further on.
    sejak = forms.ChoiceField(required=False, choices=[(t.value, t.label) for t in JALAN])
    metode = forms.ChoiceField(required=False, choices=Metode)
    status = forms.ChoiceField(required=False, choices=StatusPeserta)
    tempat = forms.ChoiceField(required=False, choices=JenisFaskes)
    faskes = forms.ModelChoiceField(
        Faskes.objects.all(), required=False, error_messages={"invalid_choice": "Tempat itu tidak ada."}
    )
    tanggal = forms.DateField(required=False, input_formats=["%Y-%m-%d"])
    tunda = forms.ChoiceField(required=False, choices=tuple(LABEL_TUNDA.items()))
    nik_menyusul = forms.BooleanField(required=False)

    def __init__(self, data: object, cakupan: Cakupan) -> None:
        super().__init__(data)
        self.fields["kampanye"].queryset = kampanye_terlihat(cakupan)

    def baris(self, kode: str, cakupan: Cakupan) -> PelayananQuerySet:
        """Return the rows of an area inside a scope. The form must be valid: what is wrong never widens a list."""
        isi = self.cleaned_data
        kampanye = isi["kampanye"]
        asal = {TERCATAT: yang_dihitung, SEMUA: di_jendela}.get(isi["kelompok"])
        baris = asal(kampanye) if asal else di_jendela(kampanye) | belum_terlayani(kampanye)
        jalur = {n: n for n in ("tahap", "metode", "faskes")} | {"status": "status_peserta", "tempat": "faskes__jenis"}
        baris = baris.dalam(cakupan).di(kode).dengan_hari()
        baris = baris.filter(**{jalur[k]: isi[k] for k in jalur if isi[k]})
        if isi["sejak"]:
            baris = baris.filter(tahap__in=JALAN[JALAN.index(isi["sejak"]) :])
        if isi["tanggal"]:
            baris = baris.filter(hari=isi["tanggal"])
        if isi["tunda"]:
            baris = baris.filter(batas_tunda(isi["tunda"]))
        return baris.filter(akseptor__nik_menyusul=True) if isi["nik_menyusul"] else baris

    @property
    def kata(self) -> list[str]:
        """What was chosen, in words; nothing of a person stands in them."""
        isi = self.cleaned_data
        pilihan = [str(dict(self.fields[k].choices)[isi[k]]) for k in PILIHAN if isi[k]]
        if isi["faskes"]:
            pilihan.append(isi["faskes"].nama)
        if isi["sejak"]:
            pilihan.append(f"{Tahap(isi['sejak']).label} atau lebih jauh")
        if isi["tanggal"]:
            pilihan.append(tulis_tanggal(isi["tanggal"]))
        if isi["tunda"]:
            pilihan.append("sampai " + LABEL_TUNDA[isi["tunda"]].lower())
        if isi["nik_menyusul"]:
            pilihan.append("NIK menyusul")
        return pilihan or ["Semua tahap"]

    def tersembunyi(self) -> list[tuple[str, str]]:
        """Return names and values for the form that leads to other pages of the list."""
        return [(nama, self.data[nama]) for nama in self.fields if self.data.get(nama)]


PILIHAN = ("kelompok", "tahap", "metode", "status", "tempat")
