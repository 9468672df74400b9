"""The table of shares: kecamatan with their desa. A kecamatan's number and those of its desa agree, whoever typed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms

from kader.models import Wilayah
from laporan.kampanye.target import bagi_seperti, sisa_menyesuaikan
from laporan.kelola.actions import PANJANG_ALASAN
from laporan.kelola.form import TARGET_TERBESAR
from laporan.kelola.kata import kata_selisih
from poskb.dasar.angka import angka

SALAH = "Tulis dengan angka, 0 atau lebih."
DASAR = "dasar"


def medan_angka(label: str) -> forms.IntegerField:
    """A share."""
    return forms.IntegerField(
        label=label,
        min_value=0,
        max_value=TARGET_TERBESAR,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), SALAH),
    )


@dataclass(frozen=True)
class BarisDesa:
    """One desa: its field, what is stored, its weights in words."""

    wilayah: Wilayah
    medan: forms.BoundField
    tersimpan: int
    dasar: int
    bobot: str


@dataclass(frozen=True)
class BarisKecamatan:
    """One kecamatan with its desa."""

    wilayah: Wilayah
    medan: forms.BoundField
    tersimpan: int
    desa: list[BarisDesa]

    @property
    def galat(self) -> bool:
        """Whether something below it is wrong, so that the fold opens."""
        return any(d.medan.errors for d in self.desa)


class BagianForm(forms.Form):
    """Shares as typed. `dasar`: those that the page showed last, in the order of the codes; what differs was typed."""

    dasar = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20_000)
    alasan = forms.CharField(
        label="Catatan",
        required=False,
        max_length=PANJANG_ALASAN,
        help_text="Boleh kosong. Tampil dalam riwayat.",
        error_messages={"max_length": f"Catatan paling panjang {PANJANG_ALASAN} huruf."},
    )

    def __init__(
        self, data: Any = None, *, desa: list[Wilayah], tersimpan: Mapping[str, int], target: int, alasan: str = ""
    ) -> None:
        self.desa, self.tersimpan, self.target = desa, tersimpan, target
        self.kecamatan = {d.induk_id: d.induk for d in desa}
        super().__init__(data, initial=isi_form(desa, tersimpan) | {"alasan": alasan})
        for kode, satu in self.kecamatan.items():
            self.fields[f"kec-{kode}"] = medan_angka(f"Bagian Kec. {satu.nama}")
        for d in desa:
            self.fields[f"desa-{d.kode}"] = medan_angka(f"Bagian {d.nama}")

    def _dasar(self) -> dict[str, int]:
        teks = self.cleaned_data.get(DASAR, "").split(",")
        if len(teks) != len(self.desa) or not all(t.isascii() and t.isdigit() and len(t) < 8 for t in teks):
            return {d.kode: self.tersimpan.get(d.kode, 0) for d in self.desa}
        return {d.kode: int(t) for d, t in zip(self.desa, teks, strict=True)}

    def clean(self) -> dict[str, Any]:
        """Bring kecamatan and desa together; `self.bagian` holds the shares per desa, `self.acuan` the last shown."""
        isi = super().clean()
        self.acuan = self._dasar()
        self.bagian: dict[str, int] = {}
        for kode, satu in self.kecamatan.items():
            self._satukan(isi, kode, satu)
        return isi

    def _satukan(self, isi: dict[str, Any], kode: str, satu: Wilayah) -> None:
        """One kecamatan: a number typed there is shared by its desa, unless these were typed too."""
        milik = [d.kode for d in self.desa if d.induk_id == kode]
        ketik = {k: isi.get(f"desa-{k}") for k in milik}
        jumlah = isi.get(f"kec-{kode}")
        if jumlah is None or None in ketik.values():
            return
        dasar = {k: self.acuan[k] for k in milik}
        if jumlah not in (sum(ketik.values()), sum(dasar.values())):
            if ketik != dasar:
                self.add_error(
                    f"kec-{kode}",
                    f"Anda menulis {angka(jumlah)} untuk Kec. {satu.nama}, tetapi jumlah desanya "
                    f"{angka(sum(ketik.values()))}. Samakan salah satunya.",
                )
                return
            ketik = bagi_seperti(jumlah, dasar)
        self.bagian |= ketik

    def periksa_jumlah(self) -> bool:
        """Say whether the shares meet the target; if not, by how much, on top of the page."""
        kata = kata_selisih(sum(self.bagian.values()), self.target)
        if kata:
            self.add_error(None, f"{kata} Samakan dulu, lalu simpan lagi. Belum ada yang berubah.")
        return not kata

    def sisa_menyesuaikan(self) -> dict[str, int] | None:
        """Return the shares with what was not typed fitted to the rest; None, and why, when that cannot be."""
        try:
            return sisa_menyesuaikan(self.target, self.acuan, self.bagian)
        except ValueError:
            self.add_error(None, self._sebab_sisa())
            return None

    def _sebab_sisa(self) -> str:
        tetap = sum(n for k, n in self.bagian.items() if n != self.acuan[k])
        if tetap > self.target:
            return f"Yang Anda ubah sudah {angka(tetap)}, lebih dari target {angka(self.target)}. Kecilkan dulu."
        return "Semua desa sudah Anda ubah, jadi tidak ada yang dapat disesuaikan. Samakan jumlahnya dengan tangan."

    def dasar_berikut(self, usulan: Mapping[str, int]) -> dict[str, int]:
        """Return what the next page takes as shown last: what was typed stays typed."""
        return {k: self.acuan[k] if self.bagian[k] != self.acuan[k] else n for k, n in usulan.items()}

    def baris(self, bobot: Mapping[str, str]) -> list[BarisKecamatan]:
        """Return the table. `bobot`: the weights of a desa in words, by its code."""
        acuan = getattr(self, "acuan", self.tersimpan)
        hasil = []
        for kode, satu in self.kecamatan.items():
            desa = [
                BarisDesa(
                    d,
                    self[f"desa-{d.kode}"],
                    self.tersimpan.get(d.kode, 0),
                    acuan.get(d.kode, 0),
                    bobot.get(d.kode, ""),
                )
                for d in self.desa
                if d.induk_id == kode
            ]
            hasil.append(BarisKecamatan(satu, self[f"kec-{kode}"], sum(d.tersimpan for d in desa), desa))
        return hasil


def isi_form(
    desa: list[Wilayah], bagian: Mapping[str, int], dasar: Mapping[str, int] | None = None
) -> dict[str, int | str]:
    """Return the fields of shares as a browser would post them, kecamatan summed."""
    isi: dict[str, int | str] = {f"desa-{d.kode}": bagian.get(d.kode, 0) for d in desa}
    for d in desa:
        kunci = f"kec-{d.induk_id}"
        isi[kunci] = int(isi.get(kunci, 0)) + bagian.get(d.kode, 0)
    return isi | {DASAR: ",".join(str((dasar or bagian).get(d.kode, 0)) for d in desa)}
