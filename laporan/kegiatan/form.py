"""The one definition of an activity: the page and the sync endpoint use this form."""

import datetime as dt
import uuid
from dataclasses import dataclass, field
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.db.models import Q
from django.forms.boundfield import BoundWidget

from akseptor.forms.medan import SALAH_TANGGAL, TANGGAL, WAJIB, IsianTanggal
from kader.alasan import tanpa_nomor
from kader.cakupan import Cakupan
from kader.models import Wilayah
from laporan.enums import PeranBhakti
from laporan.kegiatan.foto import MedanFoto
from laporan.kegiatan.isian import Isian
from laporan.models import Kegiatan, MacamKegiatan
from laporan.models.kegiatan import ORANG_TERBANYAK

PILIH_MACAM = "Pilih kegiatannya."
ISI_TANGGAL = "Isi tanggal kegiatan."
ISI_JUMLAH = "Isi berapa orang; tulis 0 bila tidak ada."
SALAH_JUMLAH = "Tulis dengan angka, 0 sampai 9999."
BELUM_TERJADI = "Tanggal ini belum tiba. Catat kegiatan sesudah dilaksanakan."
TERLALU_LAMA = "Tanggal ini lebih dari setahun yang lalu. Periksa tahunnya."
# The evidence of twelve months is looked at; an older day is a mistyped year.
TERLAMA = dt.timedelta(days=366)


@dataclass
class Kelompok:
    """The tiles of one role."""

    nama: str
    butir: list[BoundWidget] = field(default_factory=list)


class KegiatanForm(forms.Form):
    """An activity as the kader writes it. `isian()` hands the checked values to `laporan.kegiatan.actions`."""

    id = forms.UUIDField(widget=forms.HiddenInput, error_messages={"invalid": "Buka formulir ini sekali lagi."})
    versi = forms.IntegerField(required=False, widget=forms.HiddenInput)
    macam = forms.ChoiceField(
        widget=forms.RadioSelect,
        label="Kegiatan",
        error_messages={"required": PILIH_MACAM, "invalid_choice": PILIH_MACAM},
    )
    jumlah_orang = forms.IntegerField(
        min_value=0,
        max_value=ORANG_TERBANYAK,
        label="Berapa orang",
        error_messages={"required": ISI_JUMLAH} | dict.fromkeys(("invalid", "min_value", "max_value"), SALAH_JUMLAH),
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    tanggal = forms.DateField(
        label="Tanggal",
        widget=IsianTanggal,
        error_messages={"required": ISI_TANGGAL, "invalid": SALAH_TANGGAL},
        **TANGGAL,
    )
    desa = forms.ModelChoiceField(
        queryset=Wilayah.objects.none(),
        empty_label=None,
        error_messages={
            "required": WAJIB,
            "invalid_choice": "Desa ini di luar wilayah tugas Anda. Pilih desa Anda sendiri.",
        },
    )
    tempat = forms.CharField(
        required=False,
        max_length=100,
        label="Tempat",
        validators=[tanpa_nomor],
        help_text="Boleh kosong. Misalnya: posyandu Melati, balai desa.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    catatan = forms.CharField(
        required=False,
        max_length=500,
        label="Catatan",
        validators=[tanpa_nomor],
        help_text="Boleh kosong. Apa yang dibicarakan; jangan tulis nama ibu, NIK, atau alat KB seseorang.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    foto = MedanFoto(
        required=False,
        label="Foto (boleh kosong)",
        help_text="Suasananya saja. Minta izin dulu; jangan foto KTP atau kartu.",
    )
    hapus_foto = forms.BooleanField(required=False, label="Hapus foto ini")

    def __init__(
        self,
        data: Any = None,
        berkas: Any = None,
        *,
        cakupan: Cakupan,
        hari_ini: dt.date,
        kegiatan: Kegiatan | None = None,
        **kwargs: Any,
    ) -> None:
        """`kegiatan`: the one that is changed; `berkas`: the files of a page."""
        self.hari_ini, self.kegiatan = hari_ini, kegiatan
        awal: dict[str, Any] = {"id": uuid.uuid4(), "tanggal": hari_ini}
        if kegiatan:
            nama = "id versi tanggal jumlah_orang tempat catatan"
            awal = {n: getattr(kegiatan, n) for n in nama.split()}
            awal |= {"macam": kegiatan.macam_id, "desa": kegiatan.desa_id}
        super().__init__(data, berkas, initial=awal | kwargs.pop("initial", {}), **kwargs)
        self._batasi_pilihan(cakupan)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def _batasi_pilihan(self, cakupan: Cakupan) -> None:
        lama = self.kegiatan.macam_id if self.kegiatan else None
        # A kind that was switched off stays with the record that has it.
        self.macam = {m.kode: m for m in MacamKegiatan.objects.filter(Q(aktif=True) | Q(pk=lama))}
        self.fields["macam"].choices = [(m.kode, m.nama) for m in self.macam.values()]
        self.fields["desa"].queryset = Wilayah.objects.dalam(cakupan).desa().select_related("induk")
        if len(cakupan.kode) == 1:
            # No field that the system can know by itself.
            self.fields["desa"].widget = forms.HiddenInput()
            self.initial.setdefault("desa", cakupan.kode[0])
        self.fields["tanggal"].widget.attrs["max"] = self.hari_ini.isoformat()

    # --- checks ------------------------------------------------------------------------------------------------------
    def clean_tanggal(self) -> dt.date:
        tanggal = self.cleaned_data["tanggal"]
        if tanggal > self.hari_ini:
            raise forms.ValidationError(BELUM_TERJADI)
        tetap = self.kegiatan is not None and tanggal == self.kegiatan.tanggal
        if not tetap and self.hari_ini - tanggal > TERLAMA:
            raise forms.ValidationError(TERLALU_LAMA)
        return tanggal

    # --- for the page ------------------------------------------------------------------------------------------------
    @property
    def utama(self) -> list[BoundWidget]:
        """The tiles of the usual kinds."""
        return [b for b in self["macam"] if self.macam[b.data["value"]].utama]

    @property
    def lain(self) -> list[Kelompok]:
        """The other kinds, role by role."""
        kelompok: dict[int, Kelompok] = {}
        for butir in self["macam"]:
            macam = self.macam[butir.data["value"]]
            if not macam.utama:
                peran = PeranBhakti(macam.peran_bhakti)
                kelompok.setdefault(peran, Kelompok(peran.label)).butir.append(butir)
        return list(kelompok.values())

    @property
    def lain_terpilih(self) -> bool:
        """Whether what is chosen stands among the other kinds, which must be open then."""
        macam = self.macam.get(str(self["macam"].value() or ""))
        return macam is not None and not macam.utama

    @property
    def foto_hilang(self) -> bool:
        """Whether a photo was chosen that the page cannot show again: browsers give no file back."""
        return self.is_bound and bool(self.errors) and bool(self["foto"].data)

    @property
    def kalimat_wajib(self) -> dict[str, str]:
        """The sentences for what is missing, for the phone's own check without signal."""
        return {"macam": PILIH_MACAM, "jumlah_orang": ISI_JUMLAH, "tanggal": ISI_TANGGAL}

    def isian(self, **tambahan: Any) -> Isian:
        """Return the checked values, with what no field holds (`dicatat_pada`, `sidik`). Only after `is_valid()`."""
        isi = self.cleaned_data
        return Isian(
            desa=isi["desa"].pk,
            **{n: isi[n] for n in "id macam tanggal jumlah_orang tempat catatan foto hapus_foto".split()},
            **tambahan,
        )
