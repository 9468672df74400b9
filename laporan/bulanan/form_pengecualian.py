"""The form by which DPPKB moves a deadline."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings

from akseptor.forms.medan import SALAH_TANGGAL, TANGGAL, IsianTanggal
from kader.cakupan import Cakupan
from kader.enums import Tingkat
from kader.models import Wilayah
from laporan.bulanan.lembar import periksa_bulan
from laporan.bulanan.pengecualian import PANJANG_ALASAN
from laporan.enums import TingkatTenggat
from poskb.dasar.tolak import Ditolak
from poskb.dasar.waktu import baca_bulan, bulan_lalu, geser_bulan, tulis_bulan

# How many months back the list offers; an older one can be named in the address.
BULAN_DITAWARKAN = 12


class PengecualianForm(forms.Form):
    """Area, month, which deadline, until when, why. What only the rules know, `pengecualian.beri` refuses."""

    wilayah = forms.ChoiceField(
        label="Untuk wilayah",
        error_messages={
            "required": "Pilih wilayahnya.",
            "invalid_choice": "Wilayah ini di luar wilayah tugas Anda. Pilih dari daftar.",
        },
    )
    bulan = forms.ChoiceField(
        label="Laporan bulan",
        error_messages={"required": "Pilih bulannya.", "invalid_choice": "Bulan ini tidak ada. Pilih dari daftar."},
    )
    tingkat = forms.ChoiceField(
        label="Tenggat yang digeser",
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Pilih tenggat mana yang digeser."),
    )
    sampai = forms.DateField(
        label="Sampai tanggal",
        help_text="Hari terakhir, sampai 23.59 WIB; sesudahnya berakhir sendiri.",
        widget=IsianTanggal,
        error_messages={"required": "Isi tanggalnya.", "invalid": SALAH_TANGGAL},
        **TANGGAL,
    )
    alasan = forms.CharField(
        label="Alasan",
        max_length=PANJANG_ALASAN,
        help_text="Misalnya: banjir, kader baru, listrik padam.",
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={
            "required": "Tulis alasannya: petugas dan koordinator membacanya.",
            "max_length": f"Alasan paling panjang {PANJANG_ALASAN} huruf. Persingkat, lalu simpan lagi.",
        },
    )

    def __init__(self, data: Any = None, *, cakupan: Cakupan, pilihan: Mapping[str, str]) -> None:
        lapor = bulan_lalu()
        awal = {"bulan": f"{lapor:%Y-%m}", "tingkat": TingkatTenggat.TUTUP}
        super().__init__(data, initial=awal | {k: pilihan[k] for k in ("wilayah", "bulan") if k in pilihan})
        # One query: the options and, later, the chosen one.
        self.per_kode = {w.kode: w for w in Wilayah.objects.dalam(cakupan).select_related("induk").order_by("kode")}
        self.fields["wilayah"].choices = _pilihan_wilayah(list(self.per_kode.values()))
        bulan = {geser_bulan(lapor, 1 - n) for n in range(BULAN_DITAWARKAN)} | _bulan_lain(pilihan.get("bulan", ""))
        self.fields["bulan"].choices = [(f"{b:%Y-%m}", tulis_bulan(b)) for b in sorted(bulan, reverse=True)]
        hari = settings.TENGGAT_LAPORAN
        self.fields["tingkat"].choices = [
            (t.value, f"{t.label} (tanggal {hari[t]})") for t in reversed(TingkatTenggat)
        ]

    def isian(self) -> tuple[Wilayah, dt.date, str, dt.date, str]:
        """Return the checked values in the order of `pengecualian.beri`."""
        isi = self.cleaned_data
        return self.per_kode[isi["wilayah"]], baca_bulan(isi["bulan"]), isi["tingkat"], isi["sampai"], isi["alasan"]


def _bulan_lain(teks: str) -> set[dt.date]:
    """The month named in the address, if there is such a month."""
    try:
        bulan = baca_bulan(teks)
        periksa_bulan(bulan)
    except (ValueError, Ditolak):
        return set()
    return {bulan}


def _pilihan_wilayah(wilayah: list[Wilayah]) -> list[tuple[str, Any]]:
    """Wide areas first, then the desa by kecamatan."""
    luas = [(w.kode, w.nama_lengkap) for w in wilayah if w.tingkat != Tingkat.DESA]
    kelompok: dict[str, list[tuple[str, str]]] = {}
    for w in wilayah:
        if w.tingkat == Tingkat.DESA:
            kelompok.setdefault(w.induk.nama_lengkap, []).append((w.kode, w.nama_lengkap))
    return [("", "Pilih wilayah"), ("Seluruh kecamatan atau kabupaten", luas), *kelompok.items()]
