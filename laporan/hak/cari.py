"""Searching the history by time, act, actor, person and area. What lies outside the asking one's area is not there."""

import datetime as dt
import re
import uuid
from dataclasses import dataclass
from functools import cache
from typing import Any

from django import forms
from django.apps import apps
from django.db.models import Q

from akseptor.forms.medan import SALAH_TANGGAL, TANGGAL, IsianTanggal, tahun_wajar
from kader.baca import PEMBACAAN
from kader.cakupan import Cakupan, di_bawah
from kader.enums import Peran
from kader.jejak_masuk import PERISTIWA
from kader.models import Jejak, Wilayah
from kader.models.jejak import TENTANG_ORANG, JejakQuerySet
from kader.models.pengguna import rapikan_nama_masuk
from poskb.dasar.waktu import WIB, hari_ini, tulis_saat, tulis_tanggal_iso

SEHALAMAN = 50
HARI = re.compile(r"\d{4}-\d\d-\d\d$")
SAAT = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d(\.\d+)?)?[+-]\d\d:\d\d$")
PALING_LAMA = dt.timedelta(days=366)
LUAR = "berubah di luar aplikasi"
EKSPOR = (
    "meminta ekspor",
    "membuat ekspor bernama",
    "mengunduh ekspor",
    "menghapus ekspor",
    "mencetak laporan",
    "mengunduh ringkasan",
    "mencetak riwayat pemrosesan",
    "membuat salinan data",
    "membuat laporan insiden",
)
HAK = (
    "menarik persetujuan",
    "setuju lagi",
    "menghapus data pribadi",
    "membetulkan data diri",
    "menjalankan masa simpan",
)
MASUK = (*PERISTIWA, "membuka data bernama")
ATAU_HAK = Q(tindakan__in=HAK) | Q(jenis="permintaansubjek")
KELOMPOK = {
    "perubahan": ("Perubahan", ~Q(tindakan__in=(*PEMBACAAN, *EKSPOR, *MASUK))),
    "pembacaan": ("Pembacaan data orang", Q(tindakan__in=PEMBACAAN)),
    "ekspor": ("Ekspor dan cetakan", Q(tindakan__in=EKSPOR)),
    "masuk": ("Masuk dan keluar", Q(tindakan__in=MASUK)),
    "hak": ("Hak ibu", ATAU_HAK),
    "luar": ("Berubah di luar aplikasi", Q(tindakan=LUAR)),
}


class FormCari(forms.Form):
    """What to look for. What is wrong is said, and then nothing is shown."""

    dari = forms.DateField(
        label="Dari",
        widget=IsianTanggal,
        error_messages={"required": "Isi tanggalnya.", "invalid": SALAH_TANGGAL},
        validators=[tahun_wajar],
        **TANGGAL,
    )
    sampai = forms.DateField(
        label="Sampai",
        widget=IsianTanggal,
        error_messages={"required": "Isi tanggalnya.", "invalid": SALAH_TANGGAL},
        validators=[tahun_wajar],
        **TANGGAL,
    )
    kelompok = forms.ChoiceField(
        required=False, label="Apa", choices=[("", "Semua"), *((k, label) for k, (label, _) in KELOMPOK.items())]
    )
    pelaku = forms.CharField(required=False, max_length=100, label="Siapa", help_text="Nama atau nama masuk pelaku")
    nomor = forms.CharField(
        required=False, max_length=40, label="Nomor catatan", help_text="Dari alamat halaman akseptor atau catatannya"
    )
    wilayah = forms.ModelChoiceField(
        Wilayah.objects.none(),
        required=False,
        label="Wilayah",
        empty_label="Semua wilayah",
        error_messages={"invalid_choice": "Wilayah ini di luar wilayah tugas Anda. Pilih dari daftar."},
    )
    sebelum = forms.IntegerField(required=False, min_value=1, max_value=2**62, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, cakupan: Cakupan) -> None:
        ini = hari_ini()
        awal = {"dari": (ini - dt.timedelta(days=6)).isoformat(), "sampai": ini.isoformat()}
        super().__init__(data if data is not None else awal)
        self.cakupan = cakupan
        self.fields["wilayah"].queryset = Wilayah.objects.dalam(cakupan).kecamatan()

    def clean(self) -> dict[str, Any]:
        isi = super().clean()
        dari, sampai = isi.get("dari"), isi.get("sampai")
        if dari and sampai and dari > sampai:
            self.add_error("sampai", "Tanggal terakhir lebih awal daripada tanggal pertama.")
        elif dari and sampai and sampai - dari > PALING_LAMA:
            self.add_error("sampai", "Paling lama setahun sekaligus. Persempit tanggalnya.")
        for nama in ("pelaku", "nomor"):
            if "\x00" in isi.get(nama, ""):
                self.add_error(nama, "Ada tanda yang tidak dapat dicari. Tulis ulang.")
        return isi

    def baris(self) -> JejakQuerySet:
        """Return the lines found, newest first. The form must be valid."""
        isi = self.cleaned_data
        baris = dalam_wilayah(self.cakupan).filter(
            pada__gte=awal_hari(isi["dari"]), pada__lt=awal_hari(isi["sampai"] + dt.timedelta(days=1))
        )
        if isi["kelompok"]:
            baris = baris.filter(KELOMPOK[isi["kelompok"]][1])
        if isi["pelaku"]:
            baris = baris.filter(
                Q(oleh__nama__icontains=isi["pelaku"]) | Q(oleh__nama_masuk=rapikan_nama_masuk(isi["pelaku"]))
            )
        if isi["nomor"]:
            baris = baris.filter(_nomor(isi["nomor"].strip()))
        if isi["wilayah"]:
            baris = baris.filter(di_bawah(isi["wilayah"].kode, jalur="wilayah__kode"))
        if isi["sebelum"]:
            baris = baris.filter(pk__lt=isi["sebelum"])
        return baris.select_related("oleh", "wilayah__induk").order_by("-pk")


def awal_hari(hari: dt.date) -> dt.datetime:
    """Return the first moment of a day in Purwakarta."""
    return dt.datetime.combine(hari, dt.time(), WIB)


def dalam_wilayah(cakupan: Cakupan) -> JejakQuerySet:
    """Return the lines of an area and those of no area (sign-ins, lists over several desa): for the district only."""
    return Jejak.objects.filter(cakupan.syarat("wilayah__kode") | Q(wilayah__isnull=True))


def _nomor(teks: str) -> Q:
    syarat = Q(kunci=teks)
    try:
        return syarat | Q(orang__contains=[uuid.UUID(teks)])
    except ValueError:
        return syarat


@dataclass(frozen=True)
class Ubahan:
    """One column of a line."""

    nama: str
    sebelum: str
    sesudah: str


def tulis_ubahan(jejak: Jejak, *, terbuka: bool) -> list[Ubahan]:
    """Return the columns of a line, before and after; of a person's only their names unless names are open."""
    tutup = jejak.jenis in TENTANG_ORANG and not terbuka
    hasil = []
    for nama, nilai in jejak.perubahan.items():
        pasang = nilai if isinstance(nilai, list) and len(nilai) == 2 else [None, nilai]
        sebelum, sesudah = ("•", "•") if tutup else (_kata(pasang[0]), _kata(pasang[1]))
        hasil.append(Ubahan(nama.removesuffix("_id").replace("_", " "), sebelum, sesudah))
    return hasil


def siapkan(jejak: Jejak, *, terbuka: bool) -> Jejak:
    """Hang on a line what a page shows of it in words: `.ubahan`, `.kata_peran`, `.kata_jenis`."""
    jejak.ubahan = tulis_ubahan(jejak, terbuka=terbuka)
    jejak.kata_peran = Peran(jejak.peran).label if jejak.peran in Peran.values else jejak.peran
    jejak.kata_jenis = _nama_jenis().get(jejak.jenis, jejak.jenis)
    return jejak


@cache
def _nama_jenis() -> dict[str, str]:
    return {str(m._meta.model_name): str(m._meta.verbose_name) for m in apps.get_models()}


def _kata(nilai: Any) -> str:
    teks = "" if nilai is None else str(nilai)
    try:
        # Moments as the database and Python write them.
        teks = (
            tulis_saat(dt.datetime.fromisoformat(teks))
            if SAAT.match(teks)
            else tulis_tanggal_iso(teks)
            if HARI.match(teks)
            else teks
        )
    except ValueError:
        return teks
    return teks if len(teks) <= 200 else teks[:200] + "…"
