"""A sheet as plain values under named columns. Columns and values come from what the page shows, part by part.

Spreadsheet, recap and the list of what changed since it was typed into SIGA all read this, so none of them can say
another number than the page.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from laporan.bulanan.lembar import Lembar
from laporan.bulanan.tampilan import BagianTampil, BarisBaru, BarisPeran, KelompokTampil, Penata

Nilai = int | str | None
LAPOR, CATAT, TEKS = "lapor", "catat", "teks"


@dataclass(frozen=True)
class Lajur:
    """One column: its key, the group it stands in, its label, and what kind of value it holds.

    LAPOR: a reported number. CATAT: what the records count beside it. TEKS: words.
    """

    kunci: str
    kelompok: str
    label: str
    sifat: str = LAPOR

    @property
    def nama(self) -> str:
        """What to call the column outside its table."""
        return f"{self.kelompok}, {self.label}"


@dataclass
class BagianLajur:
    """One part of the form with its columns, in the order of the form."""

    kunci: str
    judul: str
    lajur: list[Lajur] = field(default_factory=list)


def isi_bagian(lembar: Lembar) -> list[tuple[BagianTampil, dict[Lajur, Nilai]]]:
    """Return every part with its values by column. A report never saved has reported nothing: all blank."""
    return [
        (b, {lajur: nilai for k in b.kelompok for lajur, nilai in _isi_kelompok(k, kosong=lembar.baru)})
        for b in Penata(lembar, bertaut=False).bagian()
    ]


def _isi_kelompok(k: KelompokTampil, *, kosong: bool) -> Iterator[tuple[Lajur, Nilai]]:
    for kolom in k.kolom:
        yield Lajur(kolom.nama, k.judul, kolom.label), None if kosong else kolom.nilai
    for baris in k.baru:
        for lajur, nilai in _isi_baru(k.judul, baris):
            yield lajur, None if kosong and lajur.sifat != CATAT else nilai
    for peran in k.peran:
        for lajur, nilai in _isi_peran(k.judul, peran):
            yield lajur, None if kosong and lajur.sifat != CATAT else nilai


def _isi_peran(judul: str, r: BarisPeran) -> list[tuple[Lajur, Nilai]]:
    kelompok = f"{judul}: {r.label}"
    isi: list[tuple[str, str, str, Nilai]] = [
        ("tercatat_kegiatan", "Kegiatan tercatat", CATAT, r.tercatat.kegiatan),
        ("tercatat_orang", "Orang tercatat", CATAT, r.tercatat.orang),
        ("kegiatan", "Kegiatan", LAPOR, r.dilaporkan.kegiatan),
        ("orang", "Orang", LAPOR, r.dilaporkan.orang),
        ("alasan", "Alasan berbeda", TEKS, r.alasan_teks or None),
    ]
    return [(Lajur(f"peran_{r.peran}_{kunci}", kelompok, label, sifat), nilai) for kunci, label, sifat, nilai in isi]


def _isi_baru(judul: str, r: BarisBaru) -> list[tuple[Lajur, Nilai]]:
    kelompok = f"{judul}: {r.label}"
    isi: list[tuple[str, str, str, Nilai]] = [
        ("target", "Target", LAPOR, r.target.nilai),
        ("lalu", "S/d bulan lalu", LAPOR, r.lalu.nilai),
        ("tercatat", "Tercatat", CATAT, r.dihitung),
        ("ini", "Bulan ini", LAPOR, r.bulan_ini),
        ("sd", "S/d bulan ini", LAPOR, r.sd_ini),
        ("sisa", "Sisa", LAPOR, r.sisa),
        ("alasan", "Alasan berbeda", TEKS, r.alasan_teks or None),
    ]
    return [(Lajur(f"baru_{r.metode}_{kunci}", kelompok, label, sifat), nilai) for kunci, label, sifat, nilai in isi]


def angka(lembar: Lembar) -> dict[str, int]:
    """Return every reported number by column key; blanks are missing. What is typed into SIGA."""
    return {
        lajur.kunci: nilai
        for _, isi in isi_bagian(lembar)
        for lajur, nilai in isi.items()
        if lajur.sifat == LAPOR and isinstance(nilai, int)
    }


def nama_angka(lembar: Lembar) -> dict[str, str]:
    """Return {column key: name} in the order of the form."""
    return {lajur.kunci: f"{b.kunci}. {lajur.nama}" for b, isi in isi_bagian(lembar) for lajur in isi}


def gabung(semua: Iterable[list[tuple[BagianTampil, dict[Lajur, Nilai]]]]) -> list[BagianLajur]:
    """Return the parts and columns of many sheets. Where the form changed between them, what is new comes last."""
    bagian: dict[str, BagianLajur] = {}
    dikenal: dict[str, set[str]] = {}
    for satu in semua:
        for b, isi in satu:
            tempat = bagian.setdefault(b.kunci, BagianLajur(b.kunci, b.judul))
            ada = dikenal.setdefault(b.kunci, set())
            baru = [lajur for lajur in isi if lajur.kunci not in ada]
            tempat.lajur += baru
            ada.update(lajur.kunci for lajur in baru)
    return list(bagian.values())
