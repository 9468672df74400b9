"""What the summary says of an area on a day: plain values and finished sentences, aggregates only."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, Self

from kader.enums import Tingkat
from laporan.kampanye.papan import Baris, Papan
from laporan.kampanye.putusan import putusan
from laporan.kampanye.ramalan.tampil import baca_ramalan
from poskb.dasar.angka import angka
from poskb.dasar.waktu import WIB, tulis_tanggal

SELESAI = "kampanye selesai"
KETERANGAN_BAGIAN = "Dibandingkan dengan bagian targetnya sendiri; persen terendah di atas."


def tulis_persen(n: float | None) -> str:
    """Write a coverage: "42,0 %", or that there is no target to be measured by."""
    return "tanpa target" if n is None else f"{angka(n, 1)} %"


@dataclass(frozen=True)
class Ubin:
    """A number with its name and what it means."""

    nama: str
    nilai: str
    arti: str


@dataclass(frozen=True)
class Ringkasan:
    """The summary of one area; made from what the dashboard shows, so the two never differ."""

    papan: Papan
    ramalan: dict[str, Any] | None = None

    @classmethod
    def dari(cls, papan: Papan) -> Self:
        """Return the summary of a board, with the forecast that held on its day."""
        return cls(papan, baca_ramalan(papan))

    @property
    def perkiraan(self) -> list[str]:
        """The forecast in at most two sentences; none where none was made."""
        if not self.ramalan:
            return []
        return [self.ramalan["kalimat"], *self.ramalan["lanjutan"][:1]]

    @property
    def judul(self) -> str:
        """Campaign and area."""
        return f"{self.papan.cuplikan.kampanye.nama} · {self.wilayah}"

    @property
    def wilayah(self) -> str:
        w = self.papan.cuplikan.wilayah
        return w.nama_lengkap if w.tingkat == Tingkat.DESA else f"{w.get_tingkat_display()} {w.nama}"

    @property
    def keadaan(self) -> str:
        """Which day and hour the numbers are of."""
        hari, dihitung = self.papan.hari_ini, self.papan.cuplikan.dihitung_pada.astimezone(WIB)
        if self.papan.lalu:
            return f"Keadaan yang diketahui pada {tulis_tanggal(hari)}"
        return f"Keadaan {tulis_tanggal(hari)} pukul {dihitung:%H.%M} WIB"

    @property
    def catatan(self) -> list[str]:
        """What must stand beside the numbers: when counted (a past day), when it begins, the final figure (closed)."""
        akhir = self.papan.akhir
        return [k for k in (self.papan.kata_dihitung, self.papan.kata_mulai, akhir.kata if akhir else "") if k]

    @property
    def jendela(self) -> str:
        k = self.papan.cuplikan.kampanye
        if self.papan.belum_mulai:
            return f"{tulis_tanggal(k.mulai)} sampai {tulis_tanggal(k.selesai)}"
        lewat = SELESAI if self.papan.hari_ini > k.selesai else f"hari ke-{self._hari_ke()} dari {k.lama}"
        return f"{tulis_tanggal(k.mulai)} sampai {tulis_tanggal(k.selesai)}, {lewat}"

    def _hari_ke(self) -> int:
        k = self.papan.cuplikan.kampanye
        return min(max((self.papan.hari_ini - k.mulai).days + 1, 0), k.lama)

    @property
    def utama(self) -> str:
        """Are we there, in one sentence; of a closed campaign by its final figure."""
        p = self.papan.pokok
        return (
            f"{angka(p.tercatat)} dari {angka(p.target)} akseptor ({tulis_persen(p.persen)}), "
            f"{angka(p.terverifikasi)} di antaranya sudah diverifikasi"
        )

    def ubin(self) -> list[Ubin]:
        """The four numbers that say what is left to do; before the first day only the target."""
        laju = self.papan.laju
        if self.papan.belum_mulai:
            return [Ubin("Target", angka(self.papan.pokok.target), "akseptor")]
        perlu = "–" if laju.perlu_per_hari is None else angka(laju.perlu_per_hari, 1)
        rata = "–" if laju.rata_rata is None else angka(laju.rata_rata, 1)
        hari = self.papan.kata_hari
        return [
            Ubin("Kurang", angka(self.papan.pokok.kurang), self._arti_kurang()),
            Ubin("Hari tersisa", angka(laju.sisa_hari), f"termasuk {hari}" if laju.sisa_hari else SELESAI),
            Ubin("Perlu per hari", perlu, self._arti_perlu()),
            Ubin("Rata-rata 7 hari", rata, "akseptor per hari"),
        ]

    def _arti_perlu(self) -> str:
        if self.papan.laju.perlu_per_hari and self.papan.berpola:
            perlu = angka(self.papan.perlu_hari_ini, 1)
            return f"{self.papan.kata_hari} perlu {perlu}, sudah {angka(self.papan.laju.sudah)}"
        if self.papan.laju.perlu_per_hari is not None:
            return f"mulai {self.papan.kata_hari}"
        return SELESAI if self.papan.pokok.kurang else self._arti_kurang()

    def _arti_kurang(self) -> str:
        if self.papan.tanpa_target:
            return "tanpa target"
        return "akseptor lagi" if self.papan.pokok.kurang else "target tercapai"

    @property
    def garis(self) -> str:
        """Where it stands against the straight line; empty where there is none: no share, not begun, closed."""
        if self.papan.tanpa_target or self.papan.belum_mulai or self.papan.akhir:
            return ""
        garis, kini = self.papan.garis, angka(self.papan.laju.seharusnya)
        letak = "di atas" if garis.di_depan else "di bawah"
        return f"{angka(garis.jarak)} {letak} garis lurus menuju target ({kini} {self.papan.kata_hari})."

    @property
    def laju(self) -> str:
        """Whether the pace is enough, in words; empty when there is nothing to compare."""
        if self.papan.tanpa_target:
            return "Wilayah ini tidak mendapat bagian target."
        if self.papan.akhir:
            return self.papan.pokok.kata_target
        if not self.papan.laju.sisa:
            return "Target sudah tercapai."
        jawaban = putusan(self.papan, self.ramalan)
        return jawaban.kata if jawaban else ""

    def wilayah_bawah(self) -> list[Baris]:
        """The areas below, furthest behind their own share first; none below a desa, or before the first day."""
        return [] if self.papan.belum_mulai else self.papan.per_wilayah()

    def metode(self) -> list[Baris]:
        """Numbers per method; none of a desa, where one man with a MOP would be known by it."""
        return [] if self.satu_desa or self.papan.belum_mulai else self.papan.per_metode()

    @property
    def satu_desa(self) -> bool:
        """Whether it is of one desa: sent on, days and methods of so few would point at persons."""
        return self.papan.cuplikan.wilayah.tingkat == Tingkat.DESA

    def mutu(self) -> list[str]:
        """How good the data is, in short phrases; nothing of a desa, for the same reason."""
        if self.satu_desa or self.papan.belum_mulai:
            return []
        isi = self.papan.isi
        terlambat = isi["mutu"]["tunda_7"] + isi["mutu"]["tunda_lama"]
        return [
            f"{angka(self.papan.belum_terverifikasi)} belum diverifikasi",
            f"{angka(isi['tahap']['dikembalikan'])} dikembalikan untuk diperbaiki",
            f"{angka(isi['mutu']['nik_menyusul'])} NIK menyusul",
            f"{angka(terlambat)} sampai di server lebih dari 3 hari sesudah pelayanan",
        ]

    def nama_berkas(self, akhiran: str) -> str:
        """Name of the file: area and day, nobody's name."""
        return f"poskb-ringkasan-{self.papan.cuplikan.wilayah_id}-{self.papan.hari_ini:%Y-%m-%d}.{akhiran}"


def hari_kurva(ringkasan: Ringkasan) -> list[tuple[dt.date, int | None, float]]:
    """Return (day, cumulative or None when not yet known, straight line) for the curve; nothing of a desa."""
    kurva = [] if ringkasan.satu_desa or ringkasan.papan.belum_mulai else ringkasan.papan.kurva()
    return [(dt.date.fromisoformat(h["tanggal"]), h["kumulatif"], h["garis"]) for h in kurva]
