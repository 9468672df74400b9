"""Forms of accounts."""

from typing import Any

from django import forms
from django.contrib.auth.forms import PasswordChangeForm, SetPasswordMixin
from django.contrib.auth.validators import UnicodeUsernameValidator

from kader.akun.orang import PANJANG_ALASAN
from kader.akun.sandi import BANTUAN
from kader.alasan import tanpa_nomor
from kader.cakupan import Cakupan
from kader.enums import Peran
from kader.form_pengganti import TANGGAL, pilih_hari
from kader.models import Pengguna, Penugasan, Wilayah
from kader.models.pengguna import rapikan_nama_masuk
from kader.models.penugasan import TINGKAT_PERAN
from poskb.dasar.waktu import hari_ini

BEDA = "Dua kata sandi ini tidak sama. Ketik sekali lagi."
KOSONG = {"required": "Isi bagian ini."}


def medan_alasan(bantuan: str) -> forms.CharField:
    """Return a reason's field; the act itself asks whether there is one."""
    return forms.CharField(
        label="Alasan",
        max_length=PANJANG_ALASAN,
        help_text=bantuan,
        validators=[tanpa_nomor],
        error_messages={"required": "Tulis alasannya, cukup singkat."},
    )


class AlasanForm(forms.Form):
    """An act that only asks why."""

    alasan = medan_alasan("Tersimpan dalam riwayat. Tanpa nomor HP.")


def _ubah_medan_sandi(medan: forms.Field, label: str, bantuan: str = "") -> None:
    medan.label, medan.help_text = label, bantuan
    medan.error_messages |= KOSONG
    medan.widget.attrs |= {"autocomplete": "new-password", "autocapitalize": "none", "spellcheck": "false"}


class SandiBaruForm(SetPasswordMixin, forms.Form):
    """The page of a one-time code: the code and the new password, twice. `orang` is set once the code is known."""

    kode = forms.CharField(
        label="Kode dari petugas",
        max_length=20,
        help_text="12 angka, misalnya 1234-5678-9012.",
        error_messages={"required": "Ketik kode yang diberikan petugas Anda."},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )
    password1, password2 = SetPasswordMixin.create_password_fields()

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        _ubah_medan_sandi(self.fields["password1"], "Kata sandi baru", BANTUAN)
        _ubah_medan_sandi(self.fields["password2"], "Ketik sekali lagi")
        self.error_messages = {"password_mismatch": BEDA}

    def periksa_sandi(self, orang: Pengguna) -> bool:
        """Say whether the two are equal and strong enough for this person; what is wrong stands at its field."""
        self.validate_passwords()
        if not self.errors:
            self.validate_password_for_user(orang, "password1")
        return not self.errors


class GantiSandiForm(PasswordChangeForm):
    """The old password, and a new one twice."""

    error_messages = {"password_incorrect": "Kata sandi lama ini keliru. Coba lagi.", "password_mismatch": BEDA}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["old_password"].label = "Kata sandi sekarang"
        self.fields["old_password"].error_messages |= KOSONG
        _ubah_medan_sandi(self.fields["new_password1"], "Kata sandi baru", BANTUAN)
        _ubah_medan_sandi(self.fields["new_password2"], "Ketik sekali lagi")


class AngkaForm(forms.Form):
    """Digits of the app, or a backup code."""

    angka = forms.CharField(
        label="Kode enam angka",
        max_length=20,
        error_messages={"required": "Ketik enam angka dari aplikasi."},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "autofocus": True}),
    )


def pilihan_tempat(cakupan: Cakupan, peran: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the places of a role in an area, by the area above them. One query."""
    tingkat = TINGKAT_PERAN[Peran(peran)]
    kelompok: dict[str, list[tuple[str, str]]] = {}
    for w in Wilayah.objects.dalam(cakupan).filter(tingkat__in=tingkat).select_related("induk").order_by("kode"):
        kelompok.setdefault(w.induk.nama_lengkap if w.induk else "", []).append((w.kode, w.nama))
    return list(kelompok.items())


class TugasForm(forms.Form):
    """Where and from when: one desa for a kader, any number for an officer."""

    mulai = forms.DateField(label="Mulai tanggal", widget=pilih_hari(), **TANGGAL)
    alasan = medan_alasan("Misalnya: pindah rumah, pembagian desa baru.")

    def __init__(
        self, data: Any = None, *, cakupan: Cakupan, peran: str, tugas: list[Penugasan] | None = None
    ) -> None:
        super().__init__(data, initial={"mulai": hari_ini()})
        pilihan = pilihan_tempat(cakupan, peran)
        kini = [t.wilayah_id for t in tugas or []]
        if peran == Peran.KADER:
            self.fields["tempat"] = forms.ChoiceField(
                label="Desa",
                choices=[("", "Pilih desa"), *(pilihan if len(pilihan) > 1 else pilihan[0][1] if pilihan else [])],
                initial=kini[0] if kini else "",
                error_messages={"required": "Pilih desanya.", "invalid_choice": "Pilih desa dari daftar."},
            )
        else:
            self.fields["tempat"] = forms.MultipleChoiceField(
                label="Desa binaan" if peran == Peran.PLKB else "Kecamatan",
                choices=pilihan,
                initial=kini,
                required=False,
                widget=forms.CheckboxSelectMultiple,
                error_messages={"invalid_choice": "Pilih dari daftar."},
            )
        self.order_fields(["nama", "nama_masuk", "tempat", "mulai", "alasan"])

    @property
    def kode(self) -> list[str]:
        """The chosen codes."""
        tempat = self.cleaned_data.get("tempat") or []
        return [tempat] if isinstance(tempat, str) else list(tempat)

    @property
    def terpilih(self) -> set[str]:
        """What is ticked on the page as it stands."""
        nilai = self["tempat"].value() or []
        return {nilai} if isinstance(nilai, str) else set(nilai)


class OrangBaruForm(TugasForm):
    """A new person: name, sign-in name, and where she acts. DPPKB and admins act everywhere."""

    nama = forms.CharField(label="Nama lengkap", max_length=100, error_messages={"required": "Tulis namanya."})
    nama_masuk = forms.CharField(
        label="Nama masuk",
        max_length=40,
        help_text="Nomor HP-nya, atau nama pendek tanpa spasi.",
        error_messages={"required": "Tulis nomor HP-nya, atau nama pendek tanpa spasi."},
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}),
    )
    alasan = None

    def __init__(self, data: Any = None, *, cakupan: Cakupan, peran: str) -> None:
        super().__init__(data, cakupan=cakupan, peran=peran)
        if peran in {Peran.DPPKB, Peran.ADMIN}:
            del self.fields["tempat"], self.fields["mulai"]

    def clean_nama(self) -> str:
        """One line; no control characters."""
        return " ".join(self.cleaned_data["nama"].split())

    def clean_nama_masuk(self) -> str:
        """As it is stored; Django's own rule says which letters a name may have."""
        nama = rapikan_nama_masuk(self.cleaned_data["nama_masuk"])
        try:
            UnicodeUsernameValidator()(nama)
        except forms.ValidationError:
            raise forms.ValidationError("Pakai nomor HP, atau huruf dan angka tanpa spasi.") from None
        return nama
