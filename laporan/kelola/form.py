"""The form of a campaign."""

import hashlib
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from akseptor.enums import MKJP, StatusPeserta
from akseptor.forms.medan import SALAH_TANGGAL, TANGGAL, IsianTanggal, tahun_wajar
from kader.cakupan import Cakupan
from kader.enums import JenisFaskes
from kader.models import Faskes
from laporan.kelola.actions import PANJANG_ALASAN
from laporan.kelola.kata import MEDAN
from laporan.models import Kampanye
from laporan.models.kampanye import metode_bawaan, status_bawaan

TARGET_TERBESAR = 1_000_000
PALING_LAMA = 366
SALAH_TARGET = "Tulis target dengan angka, misalnya 1831."


def hari(label: str, bantuan: str) -> forms.DateField:
    """A day of the window."""
    return forms.DateField(
        label=label,
        help_text=bantuan,
        widget=IsianTanggal,
        error_messages={"required": "Isi tanggalnya.", "invalid": SALAH_TANGGAL},
        validators=[tahun_wajar],
        **TANGGAL,
    )


def centang(label: str, pilihan: Any, kosong: str = "", **kwargs: Any) -> forms.MultipleChoiceField:
    """Ticks. `kosong`: what to say when there is none; without it none is allowed."""
    return forms.MultipleChoiceField(
        label=label,
        choices=pilihan,
        required=bool(kosong),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": kosong, "invalid_choice": "Pilih dari daftar."},
        **kwargs,
    )


class KampanyeForm(forms.ModelForm):
    """Name, window, target, what counts and where; a reason when the rule of a campaign that exists changes."""

    nama = forms.CharField(
        label="Nama kampanye",
        max_length=100,
        error_messages={"required": "Beri nama, misalnya MKJP 1831.", "max_length": "Nama paling panjang 100 huruf."},
    )
    mulai = hari("Hari pertama", "Pelayanan pada hari ini sudah dihitung.")
    selesai = hari("Hari terakhir", "Pelayanan pada hari ini masih dihitung.")
    target = forms.IntegerField(
        label="Target akseptor",
        min_value=1,
        max_value=TARGET_TERBESAR,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "required": SALAH_TARGET,
            "invalid": SALAH_TARGET,
            "min_value": "Target paling kecil 1.",
            "max_value": "Target ini terlalu besar. Periksa angkanya.",
        },
    )
    metode = centang(
        "Alat/cara yang dihitung",
        # Other methods are recorded for the monthly report and never count in a campaign (domain.md).
        [(m.value, m.label) for m in MKJP],
        "Pilih sedikitnya satu alat/cara.",
        initial=metode_bawaan,
    )
    status_peserta = centang(
        "Status peserta yang dihitung", StatusPeserta.choices, "Pilih sedikitnya satu status.", initial=status_bawaan
    )
    jenis_tempat = centang("Jenis tempat yang dihitung", JenisFaskes.choices)
    tempat = centang("Tempat tertentu yang dihitung", [])
    alasan = forms.CharField(
        label="Alasan perubahan",
        required=False,
        max_length=PANJANG_ALASAN,
        help_text="Wajib bila target atau aturan hitung berubah. Tampil dalam riwayat.",
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": f"Alasan paling panjang {PANJANG_ALASAN} huruf. Persingkat, lalu simpan lagi."},
    )

    class Meta:
        model = Kampanye
        fields = MEDAN

    def __init__(self, data: Any = None, *, cakupan: Cakupan, kode: str, instance: Kampanye | None = None) -> None:
        self.kode = kode
        super().__init__(data, instance=instance)
        dipakai = instance.tempat if instance else []
        faskes = Faskes.objects.dalam(cakupan).select_related("wilayah").order_by("wilayah_id", "nama")
        # A place that was closed stays choosable where it counts already.
        self.fields["tempat"].choices = [
            (str(f.pk), f"{f.nama}, Kec. {f.wilayah.nama}") for f in faskes if f.aktif or f.pk in dipakai
        ]
        if instance is None:
            del self.fields["alasan"]

    def clean_nama(self) -> str:
        nama = " ".join(self.cleaned_data["nama"].replace("\x00", "").split())
        lain = Kampanye.objects.filter(wilayah=self.kode, nama__iexact=nama).exclude(pk=self.instance.pk)
        if lain.exists():
            raise ValidationError("Sudah ada kampanye dengan nama ini. Tambahkan tahun atau bulannya.")
        return nama

    def clean_tempat(self) -> list[int]:
        return sorted(int(pk) for pk in self.cleaned_data["tempat"])

    def clean(self) -> dict[str, Any]:
        isi = super().clean()
        mulai, selesai = isi.get("mulai"), isi.get("selesai")
        if mulai and selesai and selesai < mulai:
            self.add_error("selesai", "Hari terakhir tidak boleh sebelum hari pertama.")
        elif mulai and selesai and (selesai - mulai).days >= PALING_LAMA:
            self.add_error("selesai", f"Kampanye paling lama {PALING_LAMA} hari. Periksa tahunnya.")
        return isi

    @property
    def isi(self) -> dict[str, Any]:
        """The checked values by column."""
        return {n: self.cleaned_data[n] for n in MEDAN}

    @property
    def sidik(self) -> str:
        """Names what was shown before saving: changed values need another look."""
        isi = "|".join(f"{n}={self.cleaned_data[n]}" for n in MEDAN)
        return hashlib.sha256(isi.encode()).hexdigest()[:32]


class BobotForm(forms.Form):
    """Weights typed in or pasted: one desa per line."""

    macam = forms.ChoiceField(
        label="Angka apa?",
        choices=[("pus", "Jumlah PUS"), ("penduduk", "Jumlah penduduk")],
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Pilih angka apa yang dimuat."),
    )
    sumber = forms.CharField(
        label="Sumber",
        max_length=200,
        help_text="Misalnya: Pendataan Keluarga 2021, DPPKB.",
        error_messages={"required": "Tulis sumbernya: angka tanpa sumber tidak dipakai."},
    )
    tahun = forms.IntegerField(
        label="Keadaan tahun",
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages=dict.fromkeys(("required", "invalid"), "Tulis tahunnya dengan empat angka."),
    )
    isi = forms.CharField(
        label="Satu desa per baris: kode; jumlah",
        max_length=200_000,
        help_text="Dapat ditempel dari lembar kerja. Kolom sesudahnya (nama desa) tidak dibaca.",
        widget=forms.Textarea(attrs={"rows": 14, "spellcheck": "false", "class": "teks-tabel"}),
        error_messages={"required": "Isi sedikitnya satu desa.", "max_length": "Teks ini terlalu panjang."},
    )


class TutupForm(forms.Form):
    """What is written when a campaign is closed."""

    catatan = forms.CharField(label="Catatan penutupan", widget=forms.Textarea(attrs={"rows": 2}), required=False)


class BukaForm(forms.Form):
    """Why a closed campaign is opened again."""

    alasan = forms.CharField(label="Alasan membuka kembali", widget=forms.Textarea(attrs={"rows": 2}), required=False)
