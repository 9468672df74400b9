"""The fields of a record, each with its own check."""

import datetime as dt
import re
from typing import Any

import phonenumbers
from django import forms

from akseptor import nik as nik_istri
from akseptor.enums import Metode, StatusPeserta, Tahap
from kader.models import Faskes, Wilayah
from poskb.dasar.waktu import TAHUN

NAMA = re.compile(r"^(?!.*\d)[^\W_](?:[\w .,'’`\"/()-]*[\w.)\"'’`])?$")
SALAH_NAMA = "Tulis nama dengan huruf saja, seperti di KTP. Tanda yang boleh: titik, koma, petik, garis hubung."
WAJIB = "Bagian ini perlu diisi."
TANGGAL = {"input_formats": ["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"]}
SALAH_TANGGAL = "Tanggal ini tidak ada di kalender. Tulis seperti 31-12-1990."


def tahun_wajar(hari: dt.date) -> None:
    """Validate a day or moment that is no birth. Raises ValidationError for a year that is a slip, and with which
    nobody can reckon: after the last of all days there is no next one."""
    if hari.year not in TAHUN:
        raise forms.ValidationError(f"Periksa tahunnya: {TAHUN[0]} sampai {TAHUN[-1]}.")


class IsianTanggal(forms.DateInput):
    """The phone's own date picker; the value is ISO whatever the language."""

    input_type = "date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)


def teks(panjang: int, *, wajib: bool = False, **kwargs: Any) -> forms.CharField:
    """Return a text field with our sentence for "empty"."""
    return forms.CharField(max_length=panjang, required=wajib, error_messages={"required": WAJIB}, **kwargs)


def awal_sebagai_isi(form: forms.Form) -> dict[str, str]:
    """Return what stands in a form before anybody types, as a browser would post it."""
    isi = {}
    for nama, medan in form.fields.items():
        nilai = form.get_initial_for_field(medan, nama)
        isi[nama] = "on" if nilai is True else "" if nilai is None or nilai is False else str(nilai)
    return isi


def angka_kecil(label: str) -> forms.CharField:
    """RT and RW: one to three digits."""
    return teks(3, label=label, widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}))


def medan_persetujuan() -> forms.BooleanField:
    """The tick that she read the text out and the woman agreed."""
    return forms.BooleanField(
        label="Ibu setuju datanya dicatat",
        error_messages={"required": "Bacakan teks ini dan minta persetujuannya. Tanpa itu data tidak boleh dicatat."},
    )


class PilihBaris(forms.ModelChoiceField):
    """A choice of a row. `dikenal`: the rows that can be chosen by what is typed, when they are at hand already."""

    dikenal: dict[str, Any] | None = None

    def to_python(self, value: Any) -> Any:
        if self.dikenal is None or value in self.empty_values:
            return super().to_python(value)
        if value not in self.dikenal:
            raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return self.dikenal[value]


class MedanAkseptor(forms.Form):
    """What is asked, in the order of a conversation, and what each answer must look like alone."""

    # Set by AkseptorForm.
    hari_ini: dt.date

    id = forms.UUIDField(widget=forms.HiddenInput, error_messages={"invalid": "Buka formulir ini sekali lagi."})
    versi = forms.IntegerField(required=False, widget=forms.HiddenInput)
    tahap = forms.ChoiceField(
        choices=[
            (Tahap.DILAYANI.value, "Sudah dilayani"),
            (Tahap.DIRUJUK.value, "Dirujuk, belum dilayani"),
            (Tahap.CALON.value, "Calon, masih berminat"),
        ],
        initial=Tahap.DILAYANI,
        widget=forms.RadioSelect,
        label="Sampai di mana?",
    )
    nama_istri = teks(
        100,
        wajib=True,
        label="Nama istri",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "words"}),
    )
    nik_istri = teks(
        40,
        label="NIK istri",
        help_text="16 angka, dari KTP atau KK.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    nik_menyusul = forms.BooleanField(required=False, label="NIK menyusul")
    alasan_nik_menyusul = teks(200, label="Mengapa NIK menyusul?", help_text="Misalnya: belum punya KTP.")
    tanggal_lahir_istri = forms.DateField(
        required=False,
        label="Tanggal lahir istri",
        help_text="Boleh kosong bila NIK diisi: dibaca dari NIK.",
        widget=IsianTanggal,
        error_messages={"invalid": SALAH_TANGGAL},
        **TANGGAL,
    )
    nama_suami = teks(
        100,
        wajib=True,
        label="Nama suami",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "words"}),
    )
    jumlah_anak = forms.IntegerField(
        required=False,
        min_value=0,
        max_value=20,
        label="Jumlah anak hidup",
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), "Tulis dengan angka, 0 sampai 20."),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    no_hp = teks(
        30,
        label="Nomor HP",
        help_text="Boleh kosong.",
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "off"}),
    )
    desa = PilihBaris(
        queryset=Wilayah.objects.none(),
        empty_label=None,
        error_messages={
            "required": WAJIB,
            "invalid_choice": "Desa ini di luar wilayah tugas Anda. Pilih desa Anda sendiri.",
        },
    )
    rw = angka_kecil("RW")
    rt = angka_kecil("RT")
    alamat = teks(200, label="Alamat", help_text="Kampung atau patokan rumah.")
    metode = forms.ChoiceField(
        required=False,
        choices=[(m.value, m.label) for m in Metode],
        widget=forms.RadioSelect,
        label="Alat/cara KB",
        error_messages={"invalid_choice": "Pilih salah satu alat/cara KB."},
    )
    status_peserta = forms.ChoiceField(
        required=False,
        choices=[(s.value, s.label) for s in StatusPeserta],
        initial=StatusPeserta.BARU,
        widget=forms.RadioSelect,
        label="Status peserta",
        help_text="Baru: pertama kali ikut KB, atau kembali ikut setelah melahirkan/keguguran.",
        error_messages={"invalid_choice": "Pilih salah satu status peserta."},
    )
    faskes = PilihBaris(
        queryset=Faskes.objects.none(),
        required=False,
        label="Tempat pelayanan",
        empty_label="Pilih tempat",
        error_messages={"invalid_choice": "Tempat ini tidak ada di daftar. Pilih salah satu."},
    )
    tanggal_pelayanan = forms.DateField(
        required=False,
        label="Tanggal pelayanan",
        widget=IsianTanggal,
        error_messages={"invalid": SALAH_TANGGAL},
        **TANGGAL,
    )
    pascapersalinan = forms.BooleanField(required=False, label="Pascapersalinan (dalam 42 hari setelah melahirkan)")
    pascakeguguran = forms.BooleanField(required=False, label="Pascakeguguran")
    perlu_perhatian_bidan = forms.BooleanField(required=False, label="Perlu perhatian bidan")
    persetujuan_data = medan_persetujuan()
    # Answers to what the form asked back.
    konfirmasi = forms.CharField(required=False, max_length=200)
    orang_sama = forms.CharField(required=False, max_length=40)
    kemiripan_dilihat = forms.CharField(required=False, max_length=400)

    # --- single fields ---------------------------------------------------------------------------------------------
    def _nama(self, medan: str) -> str:
        nama = " ".join(self.cleaned_data[medan].split())
        if not NAMA.match(nama):
            raise forms.ValidationError(SALAH_NAMA)
        return nama

    def clean_nama_istri(self) -> str:
        return self._nama("nama_istri")

    def clean_nama_suami(self) -> str:
        return self._nama("nama_suami")

    def clean_nik_istri(self) -> str:
        nik = nik_istri.bersihkan(self.cleaned_data["nik_istri"])
        salah = nik_istri.periksa_struktur(nik) if nik else ""
        if salah:
            raise forms.ValidationError(salah)
        return nik

    def clean_no_hp(self) -> str:
        isi = self.cleaned_data["no_hp"]
        if not isi:
            return ""
        salah = "Nomor HP tidak lengkap. Tulis seperti 0812-3456-7890, atau kosongkan."
        try:
            nomor = phonenumbers.parse("+" + isi if isi.startswith("62") else isi, "ID")
        except phonenumbers.NumberParseException:
            raise forms.ValidationError(salah) from None
        if not phonenumbers.is_possible_number(nomor):
            raise forms.ValidationError(salah)
        return phonenumbers.format_number(nomor, phonenumbers.PhoneNumberFormat.E164)

    def _angka(self, medan: str) -> str:
        isi = self.cleaned_data[medan]
        if isi and not (isi.isascii() and isi.isdigit()):
            raise forms.ValidationError(f"{medan.upper()} hanya angka, misalnya 003.")
        return isi.zfill(3) if isi else ""

    def clean_rw(self) -> str:
        return self._angka("rw")

    def clean_rt(self) -> str:
        return self._angka("rt")

    def clean_tanggal_lahir_istri(self) -> dt.date | None:
        lahir = self.cleaned_data["tanggal_lahir_istri"]
        if lahir and lahir > self.hari_ini:
            raise forms.ValidationError("Tanggal lahir ini belum terjadi. Periksa tahunnya.")
        if lahir and nik_istri.usia(lahir, self.hari_ini) > 100:
            raise forms.ValidationError("Umur menurut tanggal ini lebih dari 100 tahun. Periksa tahunnya.")
        return lahir

    def clean_tanggal_pelayanan(self) -> dt.date | None:
        tanggal = self.cleaned_data["tanggal_pelayanan"]
        if tanggal and tanggal > self.hari_ini:
            raise forms.ValidationError("Tanggal pelayanan ini belum terjadi. Tulis tanggal saat ibu dilayani.")
        return tanggal
