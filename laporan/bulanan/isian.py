"""The form of a report on screen, made from the data of its Formulir."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from kader.alasan import tanpa_nomor
from laporan.bulanan.bukti import kunci_kegiatan, kunci_orang, kunci_peran
from laporan.bulanan.formulir import kunci_alasan, kunci_lalu, kunci_lapor, kunci_target
from laporan.bulanan.kelengkapan import Isian
from laporan.bulanan.lembar import Lembar
from laporan.bulanan.transisi import PANJANG_ALASAN

TERBESAR = 99_999
# Digits, or thousands as people write them here: 1.250. ASCII only: int() would read other scripts' digits too.
BILANGAN = re.compile(r"[0-9]{1,12}|[0-9]{1,3}(?:\.[0-9]{3}){1,3}")


class BilanganField(forms.Field):
    """A whole number from 0 to 99.999; blank is None, so that "not filled in" and 0 stay apart."""

    widget = forms.TextInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.widget.attrs |= {
            "inputmode": "numeric",
            "autocomplete": "off",
            "size": "7",
            "maxlength": "12",
            "class": "form-control angka",
        }

    def to_python(self, value: Any) -> int | None:
        """Read what was typed. Raises ValidationError with what to write instead."""
        teks = str(value or "").strip()
        if not teks:
            return None
        if BILANGAN.fullmatch(teks):
            nilai = int(teks.replace(".", ""))
            if nilai > TERBESAR:
                raise ValidationError("Paling banyak 99.999. Periksa lagi angkanya.")
            return nilai
        if teks.startswith(("-", "−")):
            raise ValidationError("Tidak boleh kurang dari 0.")
        if re.fullmatch(r"[0-9]+[.,][0-9.,]*", teks):
            raise ValidationError("Tulis bilangan bulat tanpa koma, misalnya 1250 atau 1.250.")
        raise ValidationError("Tulis angka saja, misalnya 12.")


class LaporanForm(forms.Form):
    """Numbers by field key, reasons per method, the two ticks. Well-formed is enough for a draft.

    What a sent report must satisfy is `kelengkapan`, asked by the action; `tambah` shows its sentences.
    """

    nihil = forms.BooleanField(
        required=False,
        label="Nihil",
        help_text=(
            "Tidak ada akseptor baru dan tidak ada kegiatan bulan ini. Kolom kegiatan dicatat 0; "
            "kolom yang kosong memakai angka laporan sebelumnya. Nihil tetap terhitung melapor."
        ),
    )
    imbang_diperiksa = forms.BooleanField(required=False, label="Angka PUS memang tidak seimbang; sudah saya periksa")

    def __init__(self, *args: Any, lembar: Lembar, **kwargs: Any) -> None:
        self.lembar = lembar
        laporan, susunan = lembar.laporan, lembar.susunan
        awal = {**laporan.isi, **{kunci_alasan(m): teks for m, teks in laporan.alasan_selisih.items()}}
        super().__init__(*args, initial=awal | {"nihil": laporan.nihil}, **kwargs)
        for kunci, isian in susunan.isian.items():
            self.fields[kunci] = BilanganField(label=isian.label, help_text=isian.bantuan)
        for m in susunan.metode:
            self._isian_akseptor_baru(m.value, m.label)
        for p in susunan.peran:
            self._isian_peran(p, p.label)
        for nama in ("nihil", "imbang_diperiksa"):
            self.fields[nama].widget.attrs["class"] = "form-check-input"

    def _isian_akseptor_baru(self, metode: str, label: str) -> None:
        self.fields[kunci_target(metode)] = BilanganField(label=f"Target {label}")
        if self.lembar.sd_lalu_diketahui(metode) is None:
            self.fields[kunci_lalu(metode)] = BilanganField(label=f"{label} s/d bulan lalu")
        self.fields[kunci_lapor(metode)] = BilanganField(label=f"{label} bulan ini, bila berbeda dari catatan")
        self._beri_nama(kunci_target(metode), kunci_lalu(metode), kunci_lapor(metode))
        self._isian_alasan(metode, label)

    def _isian_peran(self, peran: int, label: str) -> None:
        self.fields[kunci_kegiatan(peran)] = BilanganField(label=f"{label}: kegiatan, bila berbeda dari catatan")
        self.fields[kunci_orang(peran)] = BilanganField(label=f"{label}: orang, bila berbeda dari catatan")
        self._beri_nama(kunci_kegiatan(peran), kunci_orang(peran))
        self._isian_alasan(kunci_peran(peran), label)

    def _beri_nama(self, *kunci: str) -> None:
        """In a table the column heads are no labels."""
        for k in kunci:
            if k in self.fields:
                self.fields[k].widget.attrs["aria-label"] = self.fields[k].label

    def _isian_alasan(self, kunci: str, label: str) -> None:
        self.fields[kunci_alasan(kunci)] = forms.CharField(
            required=False,
            max_length=PANJANG_ALASAN,
            label=f"Alasan {label} berbeda",
            # It leaves the house, in spreadsheet and print, with the numbers of a whole kabupaten.
            validators=[tanpa_nomor],
            widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "off"}),
        )

    def add_error(self, field: str | None, error: Any) -> None:
        """Mark the input as well."""
        super().add_error(field, error)
        if field in self.fields:
            self.fields[field].widget.attrs["class"] += " is-invalid"

    def isian(self) -> Isian:
        """Return what was filled in, as plain values. Only for a valid form."""
        susunan, rapi = self.lembar.susunan, self.cleaned_data
        kunci = [*susunan.isian]
        for m in susunan.metode:
            kunci += [kunci_target(m), kunci_lalu(m), kunci_lapor(m)]
        for p in susunan.peran:
            kunci += [kunci_kegiatan(p), kunci_orang(p)]
        beralasan = [*(m.value for m in susunan.metode), *(kunci_peran(p) for p in susunan.peran)]
        return Isian(
            isi={k: rapi[k] for k in kunci if rapi.get(k) is not None},
            alasan={k: rapi[kunci_alasan(k)] for k in beralasan if rapi[kunci_alasan(k)]},
            nihil=rapi["nihil"],
            imbang_diperiksa=rapi["imbang_diperiksa"],
        )

    def daftar_galat(self) -> list[tuple[str, str]]:
        """Return (id of the field, sentence) in the order of the form, each by its name off the page."""
        nama = self.lembar.susunan.nama
        return [
            (medan.auto_id, f"{nama[medan.name]}: {kalimat}" if medan.name in nama else kalimat)
            for medan in self
            for kalimat in medan.errors
        ]

    def tambah(self, galat: dict[str, str]) -> None:
        """Show sentences beside their fields."""
        for nama, kalimat in galat.items():
            self.add_error(nama if nama in self.fields else None, kalimat)
