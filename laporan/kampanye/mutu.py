"""How good the numbers are: what is not verified, came back, lacks a NIK, came late; and desa that fell silent."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from kader.models import Wilayah
from laporan.kampanye.isi import Isi, hari_terakhir
from laporan.kampanye.papan import Baris, persen
from laporan.models import Kampanye

# A desa is silent in a campaign when for so many days nothing of it has reached the server. Not to be confused with
# settings.HARI_DIAM, after which nothing of a desa was heard at all.
HARI_TANPA_CATATAN = 7
# Of fewer records no part is told: one of four would be "25 %".
CATATAN_CUKUP = 10
LABEL_TUNDA = {
    "tunda_0": "Pada hari pelayanan",
    "tunda_3": "1 sampai 3 hari sesudahnya",
    "tunda_7": "4 sampai 7 hari sesudahnya",
    "tunda_lama": "Lebih dari 7 hari sesudahnya",
}


@dataclass(frozen=True)
class Tunda:
    """How many of those counted came with a delay, and the percentage."""

    kunci: str
    label: str
    jumlah: int
    persen: float


@dataclass(frozen=True)
class MutuWilayah:
    """How good the numbers of an area are: `terlambat` of those counted came more than three days after the service.

    `minggu` of them within seven days, `lama` later.
    """

    kode: str
    nama: str
    tercatat: int
    belum_terverifikasi: int
    nik_menyusul: int
    minggu: int
    lama: int

    @property
    def terlambat(self) -> int:
        return self.minggu + self.lama

    @property
    def persen(self) -> float | None:
        """Percent that came late; None where nothing was counted."""
        return persen(self.terlambat, self.tercatat)


@dataclass(frozen=True)
class Diam:
    """A silent desa. `lama`: days since something came, or since the campaign began when nothing ever did."""

    desa: Wilayah
    terakhir: dt.date | None
    lama: int


def per_tunda(isi: Isi) -> list[Tunda]:
    """Return those counted by delay from the service to the server."""
    seluruh = sum(isi["mutu"][k] for k in LABEL_TUNDA)
    return [Tunda(k, label, isi["mutu"][k], persen(isi["mutu"][k], seluruh) or 0) for k, label in LABEL_TUNDA.items()]


def mutu_per_wilayah(baris: Iterable[Baris]) -> list[MutuWilayah]:
    """Return it for the areas that counted something, the one with the largest part late first."""
    hasil = [
        MutuWilayah(
            b.kode,
            b.nama,
            b.tercatat,
            b.tercatat - b.terverifikasi,
            b.mutu["nik_menyusul"],
            b.mutu["tunda_7"],
            b.mutu["tunda_lama"],
        )
        for b in baris
        if b.mutu is not None and b.tercatat
    ]
    return sorted(hasil, key=lambda m: (-m.terlambat / m.tercatat, m.nama))


def paling_terlambat(baris: Iterable[MutuWilayah]) -> MutuWilayah | None:
    """Return the area of which the largest part came late; one with few records says nothing and is never it."""
    cukup = [m for m in baris if m.tercatat >= CATATAN_CUKUP and m.terlambat]
    return cukup[0] if cukup else None


def kode_diam(isi: Isi, kampanye: Kampanye, hari: dt.date) -> dict[str, tuple[dt.date | None, int]]:
    """Return the codes of silent desa: the last day something came and for how long now. After the end nobody is."""
    if hari > kampanye.selesai:
        return {}
    hasil = {}
    for kode in isi["terakhir"]:
        terakhir = hari_terakhir(isi, kode)
        # Before the campaign there was nothing to send.
        lama = (hari - max(terakhir or kampanye.mulai, kampanye.mulai)).days
        if lama >= HARI_TANPA_CATATAN:
            hasil[kode] = (terakhir, lama)
    return hasil


def desa_diam(isi: Isi, kampanye: Kampanye, hari: dt.date) -> list[Diam]:
    """Return the silent desa by kecamatan and name, in one query."""
    kode = kode_diam(isi, kampanye, hari)
    desa = Wilayah.objects.filter(kode__in=kode).select_related("induk").order_by("induk__nama", "nama", "kode")
    return [Diam(d, *kode[d.kode]) for d in desa]
