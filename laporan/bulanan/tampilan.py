"""A sheet arranged for the page: parts, rows, table of new acceptors, history. No rule, no request."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.forms import BoundField

from akseptor.models import Pelayanan
from kader.enums import Peran
from kader.models import Jejak
from laporan.bulanan import bukti, imbang
from laporan.bulanan.asal import KOSONG, Catatan
from laporan.bulanan.banding import Banding, banding
from laporan.bulanan.formulir import UMUM, Kelompok, kunci_alasan, kunci_lalu, kunci_lapor, kunci_target
from laporan.bulanan.hitung import NOL, Hitungan, baris_laporan, di_laporan_lain
from laporan.bulanan.isian import LaporanForm
from laporan.bulanan.lembar import Lembar
from laporan.bulanan.tautan import tautan
from laporan.kegiatan.daftar import Jumlah
from poskb.dasar.waktu import awal_bulan, hari_ini, tulis_bulan

KATA = {
    "simpan": "Menyimpan draf",
    "kirim": "Mengirim ke petugas",
    "tarik": "Menarik kembali laporan nihil",
    "kembalikan": "Mengembalikan ke kader",
    "setujui": "Menyetujui",
    "buka_kembali": "Membuka kembali",
}


@dataclass(frozen=True)
class Kolom:
    """One number: its stored value, its input (None when read-only), last month's value, the newest after a clash."""

    nama: str
    label: str
    bantuan: str
    nilai: int | None
    bidang: BoundField | None
    sebelumnya: int | None
    terbaru: str = ""


@dataclass(frozen=True)
class BarisBaru:
    """One method in the table of new acceptors."""

    metode: str
    label: str
    target: Kolom
    lalu: Kolom
    lapor: Kolom
    alasan: BoundField | None
    alasan_teks: str
    hitungan: Hitungan
    dihitung: int
    bulan_ini: int
    sd_ini: int | None
    sisa: int | None
    catatan: Catatan

    @property
    def berbeda(self) -> bool:
        """Whether another number is reported than counted."""
        return self.bulan_ini != self.dihitung

    @property
    def lebih(self) -> int:
        """By how much the target was passed; 0 when it was not."""
        return max(0, -(self.sisa or 0))

    @property
    def susulan(self) -> int:
        """How many of the counted are of earlier months, whose reports were approved before they came."""
        return self.hitungan.susulan


@dataclass(frozen=True)
class BarisPeran:
    """One role in the table of evidence."""

    peran: int
    label: str
    tercatat: Jumlah
    dilaporkan: Jumlah
    kegiatan: Kolom
    orang: Kolom
    alasan: BoundField | None
    alasan_teks: str

    @property
    def berbeda(self) -> bool:
        """Whether other numbers are reported than counted."""
        return self.dilaporkan != self.tercatat


@dataclass(frozen=True)
class KelompokTampil:
    judul: str
    bantuan: str
    kolom: list[Kolom]
    baru: list[BarisBaru]
    peran: list[BarisPeran]
    banding: Banding | None


@dataclass(frozen=True)
class BagianTampil:
    """One part; `catatan` is the officer's reason at the last return, `ketikan` what she has just typed."""

    kunci: str
    judul: str
    catatan: str
    ketikan: str
    kelompok: list[KelompokTampil]


@dataclass(frozen=True)
class LaporanLain:
    """Another report that counts new acceptors of this month. No `nama`: none does. No `kode`: it has not begun."""

    nama: str
    kode: str
    jumlah: int


@dataclass(frozen=True)
class Peristiwa:
    """One line of history."""

    jejak: Jejak
    nama: dict[str, str]

    @property
    def ubahan(self) -> list[tuple[str, str, str]]:
        """What a save changed: (name, before, after)."""
        return [
            (self.nama[k], _tulis(lama), _tulis(baru))
            for k, (lama, baru) in self.jejak.perubahan.items()
            if k in self.nama
        ]

    @property
    def kata(self) -> str:
        return KATA.get(self.jejak.tindakan, self.jejak.tindakan)

    @property
    def peran(self) -> str:
        return dict(Peran.choices).get(self.jejak.peran, self.jejak.peran)

    @property
    def imbang(self) -> int | None:
        """By how much PUS was off when it was sent all the same."""
        return self.jejak.perubahan.get("selisih_imbang", [None, None])[1]


def _tulis(nilai: object) -> str:
    if isinstance(nilai, bool):
        return "ya" if nilai else "tidak"
    return "kosong" if nilai is None else str(nilai)


class Penata:
    """Arranges one sheet; with a form the numbers are inputs. `bentrok`: show the newest values beside the typed.

    `bertaut`: count the records that the numbers link to, which costs a query.
    """

    def __init__(
        self,
        lembar: Lembar,
        form: LaporanForm | None = None,
        *,
        bentrok: bool = False,
        ketikan: Mapping[str, str] | None = None,
        bertaut: bool = True,
    ) -> None:
        self.lembar, self.form, self.bentrok, self.ketikan = lembar, form, bentrok, ketikan or {}
        self.bertaut = bertaut

    def bagian(self) -> list[BagianTampil]:
        """Return the parts in order."""
        catatan = self.lembar.laporan.catatan_bagian
        # None: approved before there was such a part.
        terhitung = self.lembar.bukti
        return [
            BagianTampil(
                b.kunci,
                b.judul,
                catatan.get(b.kunci, ""),
                self.ketikan.get(f"catatan_{b.kunci}", ""),
                [
                    KelompokTampil(
                        k.judul,
                        k.bantuan,
                        [self._kolom(i.kunci, i.label, i.bantuan) for i in k.isian],
                        [self._baris_baru(m.value, m.label) for m in k.metode],
                        [self._baris_peran(p, p.label, terhitung[p]) for p in k.peran],
                        self._banding(k),
                    )
                    for k in b.kelompok
                ],
            )
            for b in self.lembar.susunan.bagian
            if terhitung or not any(k.peran for k in b.kelompok)
        ]

    def _banding(self, kelompok: Kelompok) -> Banding | None:
        """Return the comparison below the last group of the rule, of what is typed when something is."""
        susunan = self.lembar.susunan
        if not susunan.imbang_dari or susunan.imbang_dari[-1] not in (i.kunci for i in kelompok.isian):
            return None
        form = self.form
        # Asking for its errors cleans a form that was only posted; a number that cannot be read is missing then.
        isi = form.cleaned_data if form and form.is_bound and form.errors is not None else self.lembar.laporan.isi
        return banding(susunan, isi, self.lembar.asal.sebelumnya)

    def _baris_peran(self, p: int, label: str, tercatat: Jumlah) -> BarisPeran:
        laporan, alasan = self.lembar.laporan, kunci_alasan(bukti.kunci_peran(p))
        return BarisPeran(
            peran=p,
            label=label,
            tercatat=tercatat,
            dilaporkan=bukti.dilaporkan(laporan.isi, p, tercatat),
            kegiatan=self._kolom(bukti.kunci_kegiatan(p), "Kegiatan"),
            orang=self._kolom(bukti.kunci_orang(p), "Orang"),
            alasan=self.form[alasan] if self.form else None,
            alasan_teks=laporan.alasan_selisih.get(bukti.kunci_peran(p), ""),
        )

    def _kolom(self, nama: str, label: str, bantuan: str = "") -> Kolom:
        nilai = self.lembar.laporan.isi.get(nama)
        bidang = self.form[nama] if self.form and nama in self.form.fields else None
        return Kolom(
            nama, label, bantuan, nilai, bidang, self.lembar.asal.isi.get(nama), self._terbaru(nama, nilai, bidang)
        )

    def _terbaru(self, nama: str, nilai: int | None, bidang: BoundField | None) -> str:
        """Return the stored value where a clash left another one in the form."""
        if not self.bentrok or bidang is None or self.form is None or not self.form.is_bound:
            return ""
        if self.form.cleaned_data.get(nama) == nilai:
            return ""
        return "kosong" if nilai is None else str(nilai)

    def _baris_baru(self, m: str, label: str) -> BarisBaru:
        lembar = self.lembar
        return BarisBaru(
            metode=m,
            label=label,
            target=self._kolom(kunci_target(m), "Target"),
            lalu=Kolom(
                kunci_lalu(m),
                "S/d bulan lalu",
                "",
                lembar.sd_lalu(m),
                self.form[kunci_lalu(m)] if self.form and kunci_lalu(m) in self.form.fields else None,
                None,
            ),
            lapor=self._kolom(kunci_lapor(m), "Dilaporkan"),
            alasan=self.form[kunci_alasan(m)] if self.form else None,
            alasan_teks=lembar.laporan.alasan_selisih.get(m, ""),
            hitungan=lembar.hitungan.get(m, NOL),
            dihitung=lembar.dihitung.get(m, 0),
            bulan_ini=lembar.bulan_ini(m),
            sd_ini=lembar.sd_ini(m),
            sisa=lembar.sisa(m),
            catatan=lembar.catatan.get(m, KOSONG) if self.bertaut else KOSONG,
        )


def baris_akseptor(lembar: Lembar) -> list[Pelayanan]:
    """Return the named rows behind the counts, those to verify first. Two queries.

    `row.susulan`: whether it is of an earlier month, whose report was approved before it came.
    """
    laporan = lembar.laporan
    baris = list(
        baris_laporan(laporan.desa_id, laporan.bulan).lengkap_dengan_nama().order_by("tahap", "tanggal", "pk")
    )
    for b in baris:
        b.susulan = b.tanggal < laporan.bulan
    return baris


def laporan_lain(lembar: Lembar) -> list[LaporanLain]:
    """Return which other reports count new acceptors of this month, the earliest first."""
    per_laporan = di_laporan_lain(lembar.laporan.desa_id, lembar.laporan.bulan)
    kini = awal_bulan(hari_ini())
    return [
        LaporanLain(tulis_bulan(b) if b else "", f"{b:%Y-%m}" if b and b <= kini else "", n)
        for b, n in sorted(per_laporan.items(), key=lambda satu: satu[0] or dt.date.max)
    ]


def sejarah(lembar: Lembar) -> list[Peristiwa]:
    """Return who did what, newest first. One query."""
    if lembar.baru:
        return []
    nama = lembar.susunan.nama
    return [Peristiwa(j, nama) for j in Jejak.objects.tentang(lembar.laporan).select_related("oleh")]


def ringkas(lembar: Lembar) -> dict[str, Any]:
    """Return what stands above the parts: balance sentence, general reason, rows that other reports count; and where
    the rows of its numbers are.
    """
    return tautan(lembar.laporan) | {
        "kalimat_imbang": imbang.kalimat(lembar.susunan, lembar.laporan.isi),
        "catatan_umum": lembar.laporan.catatan_bagian.get(UMUM, ""),
        "di_laporan_lain": laporan_lain(lembar),
    }
