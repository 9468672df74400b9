"""What a changed rule would do to the count, before anybody saves it: counted by the one rule, nothing written."""

import copy
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from akseptor.enums import Metode
from kader.models import Wilayah
from laporan.kampanye.progres import hitung
from laporan.kelola.kata import MEDAN, bertanda
from laporan.models import Kampanye
from poskb.dasar.angka import angka


def terapkan(kampanye: Kampanye, isi: Mapping[str, Any]) -> Kampanye:
    """Return a copy of a campaign with other values, not saved. `isi`: some of the columns `MEDAN`."""
    baru = copy.copy(kampanye)
    for nama in MEDAN:
        if nama in isi:
            setattr(baru, nama, isi[nama])
    return baru


@dataclass(frozen=True)
class Baris:
    """One number before and after."""

    nama: str
    sebelum: int
    sesudah: int

    @property
    def selisih(self) -> int:
        return self.sesudah - self.sebelum

    @property
    def tanda(self) -> str:
        """The difference with its sign."""
        return bertanda(self.selisih)


@dataclass(frozen=True)
class Pratinjau:
    """The whole district and, where something moves, its kecamatan and methods."""

    tercatat: Baris
    terverifikasi: Baris
    per_kecamatan: list[Baris]
    per_metode: list[Baris]

    @property
    def kata(self) -> str:
        """ "822 menjadi 790 (−32)"."""
        t = self.tercatat
        return f"{angka(t.sebelum)} menjadi {angka(t.sesudah)} ({t.tanda})"

    @property
    def perubahan(self) -> dict[str, list[int]]:
        """Both numbers before and after, for the history."""
        return {
            "tercatat": [self.tercatat.sebelum, self.tercatat.sesudah],
            "terverifikasi": [self.terverifikasi.sebelum, self.terverifikasi.sesudah],
        }


def pratinjau(lama: Kampanye, baru: Kampanye) -> Pratinjau:
    """Count a campaign by two rules from the records. Two passes over its services."""
    satu, dua = _jumlah(lama), _jumlah(baru)
    kecamatan = dict(Wilayah.objects.di(baru.wilayah_id).kecamatan().values_list("kode", "nama"))
    return Pratinjau(
        Baris("Tercatat", satu["tercatat"], dua["tercatat"]),
        Baris("Terverifikasi", satu["terverifikasi"], dua["terverifikasi"]),
        _bergerak(satu, dua, {f"wilayah:{k}": nama for k, nama in sorted(kecamatan.items())}),
        _bergerak(satu, dua, {f"metode:{m.value}": str(m.label) for m in Metode}),
    )


def _jumlah(kampanye: Kampanye) -> Counter[str]:
    hasil: Counter[str] = Counter()
    for (desa, _, metode), (tercatat, terverifikasi, *_lain) in hitung(kampanye).items():
        hasil["tercatat"] += tercatat
        hasil["terverifikasi"] += terverifikasi
        hasil[f"wilayah:{desa.rpartition('.')[0]}"] += tercatat
        hasil[f"metode:{metode}"] += tercatat
    return hasil


def _bergerak(satu: Counter[str], dua: Counter[str], nama: dict[str, str]) -> list[Baris]:
    return [Baris(teks, satu[k], dua[k]) for k, teks in nama.items() if satu[k] != dua[k]]
