"""Forms about a woman's rights: what she asks, what is answered, what is corrected."""

import datetime as dt
from typing import Any

from django import forms

from akseptor.enums import BuktiDiri, JenisPermintaan, SaluranPermintaan
from akseptor.forms.medan import MedanAkseptor, tahun_wajar
from akseptor.models import Akseptor
from akseptor.models.permintaan import PANJANG_ISI, PANJANG_JAWABAN
from kader.alasan import tanpa_nomor
from poskb.dasar.waktu import WIB, sekarang

PILIH = "Pilih salah satu."


class SaatLokal(forms.DateTimeInput):
    """The phone's own picker of day and hour."""

    input_type = "datetime-local"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M", **kwargs)


class PermintaanForm(forms.Form):
    """What she asks, how it reached us, by what she was recognised, and when: from then 72 hours run."""

    jenis = forms.ChoiceField(
        choices=JenisPermintaan,
        widget=forms.RadioSelect,
        label="Apa yang diminta?",
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Pilih apa yang diminta ibu."),
    )
    saluran = forms.ChoiceField(
        choices=[c for c in SaluranPermintaan.choices if c[0] != SaluranPermintaan.SISTEM],
        widget=forms.RadioSelect,
        label="Disampaikan lewat",
        error_messages=dict.fromkeys(("required", "invalid_choice"), PILIH),
    )
    bukti_diri = forms.ChoiceField(
        choices=[c for c in BuktiDiri.choices if c[0] != BuktiDiri.SISTEM],
        widget=forms.RadioSelect,
        label="Dari mana Anda yakin ibu sendiri yang meminta?",
        error_messages=dict.fromkeys(("required", "invalid_choice"), PILIH),
    )
    diterima_pada = forms.DateTimeField(
        label="Kapan disampaikan?",
        help_text="Jawaban paling lambat 3 x 24 jam sesudah saat ini.",
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%d-%m-%Y %H:%M"],
        widget=SaatLokal,
        validators=[tahun_wajar],
        error_messages=dict.fromkeys(("required", "invalid"), "Isi tanggal dan jamnya, misalnya 08-07-2021 09:30."),
    )
    isi = forms.CharField(
        label="Isi permintaan",
        required=False,
        max_length=PANJANG_ISI,
        help_text="Singkat, tanpa nama dan nomor. Misalnya: tanggal lahir keliru.",
        widget=forms.Textarea(attrs={"rows": 2}),
        validators=[tanpa_nomor],
        error_messages={"max_length": f"Paling panjang {PANJANG_ISI} huruf. Persingkat, lalu simpan lagi."},
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"diterima_pada": sekarang().astimezone(WIB).replace(second=0, microsecond=0)})

    def clean_isi(self) -> str:
        return " ".join(self.cleaned_data["isi"].split())

    def isian(self) -> dict[str, Any]:
        """Return the checked values as `akseptor.actions.ajukan` wants them, without the kind."""
        return {n: self.cleaned_data[n] for n in ("saluran", "bukti_diri", "isi", "diterima_pada")}


class JawabanForm(forms.Form):
    """What was answered, and by which button."""

    putusan = forms.ChoiceField(
        label="Putusan",
        choices=[("penuhi", "Dipenuhi"), ("tolak", "Ditolak")],
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Tekan Dipenuhi atau Ditolak."),
    )

    jawaban = forms.CharField(
        label="Jawaban kepada ibu",
        max_length=PANJANG_JAWABAN,
        help_text="Apa yang dilakukan, atau mengapa ditolak. Tanpa nomor.",
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[tanpa_nomor],
        error_messages={
            "required": "Tulis jawabannya: apa yang dilakukan, atau mengapa ditolak.",
            "max_length": f"Paling panjang {PANJANG_JAWABAN} huruf. Persingkat, lalu simpan lagi.",
        },
    )


class KoreksiForm(MedanAkseptor):
    """Who she is, as it should stand: the fields of a record that are the couple's own, with their checks."""

    id = versi = tahap = nik_menyusul = alasan_nik_menyusul = jumlah_anak = desa = metode = status_peserta = None
    faskes = tanggal_pelayanan = pascapersalinan = pascakeguguran = perlu_perhatian_bidan = persetujuan_data = None
    konfirmasi = orang_sama = kemiripan_dilihat = None
    hapus_no_hp = forms.BooleanField(required=False, label="Hapus nomor HP yang tersimpan")
    hapus_alamat = forms.BooleanField(required=False, label="Hapus alamat yang tersimpan")

    def __init__(self, data: Any = None, *, akseptor: Akseptor, hari_ini: dt.date) -> None:
        # NIK, phone and address are not among them: who corrects a name need not see her numbers.
        nama = ("nama_istri", "tanggal_lahir_istri", "nama_suami", "rt", "rw")
        super().__init__(data, initial={n: getattr(akseptor, n) for n in nama})
        self.hari_ini = hari_ini
        self.fields["nik_istri"].help_text = "Kosongkan bila NIK-nya sudah benar."
        self.fields["no_hp"].help_text = "Kosongkan bila nomornya sudah benar."
        self.fields["alamat"].help_text = "Kosongkan bila alamatnya sudah benar."
        lahir = self.fields["tanggal_lahir_istri"]
        lahir.required, lahir.help_text = True, ""
        lahir.error_messages["required"] = "Isi tanggal lahirnya."
        self.fields["nama_suami"].required = bool(akseptor.nama_suami)

    def clean_nama_suami(self) -> str:
        return super().clean_nama_suami() if self.cleaned_data["nama_suami"] else ""

    def clean(self) -> dict[str, Any]:
        """Leave out what stays as it is: an empty phone or address that she did not ask to take away."""
        isi = super().clean()
        for nama in ("no_hp", "alamat"):
            hapus = isi.pop(f"hapus_{nama}", False)
            if isi.get(nama) and hapus:
                self.add_error(nama, "Tulis yang baru, atau centang hapus: salah satu saja.")
            elif not hapus and not isi.get(nama):
                isi.pop(nama, None)
        return isi
