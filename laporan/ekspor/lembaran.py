"""A sheet of a workbook as plain values, and the sheets of a month. No library, no bytes."""

import datetime as dt
from dataclasses import dataclass, field

from laporan.bulanan.papan import LABEL
from laporan.ekspor.bulan import BarisDesa, BarisRekap, Bulan, jumlah_semua, rekap_kecamatan
from laporan.ekspor.isi import CATAT, TEKS, BagianLajur, Lajur
from laporan.enums import StatusLaporan
from poskb.dasar.waktu import WIB, hari_wib, sekarang, tulis_bulan

Sel = int | float | str | dt.date | dt.datetime | None
CATATAN_REKAP = "Jumlah dari laporan yang sudah dikirim atau disetujui. Draf dan yang dikembalikan tidak ikut."
SIFAT = {CATAT: "dihitung dari catatan"}


@dataclass(frozen=True)
class Kolom:
    """A column: what stands above it (a group over several columns, or nothing), its head, its width in letters."""

    judul: str
    lebar: int = 10
    kelompok: str = ""


@dataclass(frozen=True)
class Lembaran:
    """One sheet. `beku`: so many columns stay while the others are scrolled. `tebal`: row numbers of sums."""

    nama: str
    kolom: list[Kolom]
    baris: list[list[Sel]]
    judul: str = ""
    beku: int = 0
    tebal: frozenset[int] = field(default_factory=frozenset)


WILAYAH = [Kolom("Kode", 14), Kolom("Desa", 22), Kolom("Kecamatan", 18), Kolom("Status", 13)]


def buku_bulan(isi: Bulan, wilayah: str, oleh: str, siga: dict[str, dt.datetime]) -> list[Lembaran]:
    """Return the workbook of a month: about it, state per desa, a sheet per part of the form, the sums.

    `siga`: {kode desa: when it was ticked as typed into SIGA}.
    """
    return [
        tentang(isi, wilayah, oleh),
        keadaan(isi, siga),
        *(bagian(isi, b) for b in isi.bagian),
        *buku_rekap(isi),
    ]


def buku_rekap(isi: Bulan) -> list[Lembaran]:
    """Return the sums per kecamatan (a row each) and of the whole (a row per column of the form)."""
    return [_rekap_kecamatan(isi), _rekap_semua(isi)]


def tentang(isi: Bulan, wilayah: str, oleh: str) -> Lembaran:
    """Say what this file is, who made it when, and which reports may still change."""
    status = [b.status for b in isi.baris]
    jumlah = {label: status.count(kode) for kode, label in LABEL.items()}
    saat = sekarang()
    baris: list[list[Sel]] = [
        ["Laporan bulanan Pos KB Desa", None],
        ["Bulan", tulis_bulan(isi.bulan)],
        ["Wilayah", wilayah],
        ["Dibuat", _polos(saat)],
        ["Oleh", oleh],
        ["Jumlah desa", len(isi.baris)],
        *[[label, n] for label, n in jumlah.items()],
        [None, None],
        [
            "Angka laporan yang belum disetujui bersifat sementara dan masih dapat berubah."
            if jumlah[LABEL[StatusLaporan.DISETUJUI]] < len(status)
            else "Semua laporan sudah disetujui.",
            None,
        ],
        [CATATAN_REKAP, None],
    ]
    sementara = [b for b in isi.baris if b.status != StatusLaporan.DISETUJUI]
    if sementara:
        baris += [[None, None], ["Belum disetujui", "Status"]]
        baris += [[b.desa.nama_lengkap, b.label_status] for b in sementara]
    return Lembaran("Tentang", [Kolom("", 44), Kolom("", 34)], baris, tebal=frozenset({0}))


def keadaan(isi: Bulan, siga: dict[str, dt.datetime]) -> Lembaran:
    """Say where every report stands, with dates as dates."""
    kolom = [*WILAYAH, Kolom("Nihil", 8), Kolom("Dikirim", 12), Kolom("Dikirim oleh", 22)]
    kolom += [Kolom("Disetujui", 12), Kolom("Disetujui oleh", 22), Kolom("Diinput ke SIGA", 14)]
    return Lembaran("Keadaan", kolom, [_keadaan(b, siga) for b in isi.baris], beku=2)


def _keadaan(b: BarisDesa, siga: dict[str, dt.datetime]) -> list[Sel]:
    laporan = b.lembar.laporan
    return [
        *_wilayah(b),
        "ya" if laporan.nihil else None,
        _hari(laporan.dikirim_pada),
        str(laporan.dikirim_oleh) if laporan.dikirim_oleh else None,
        _hari(laporan.disetujui_pada),
        str(laporan.disetujui_oleh) if laporan.disetujui_oleh else None,
        _hari(siga.get(b.desa.kode)),
    ]


def bagian(isi: Bulan, b: BagianLajur) -> Lembaran:
    """Return a part of the form: a row per desa."""
    return Lembaran(
        f"{b.kunci}. {b.judul}",
        [*WILAYAH, *map(_kolom, b.lajur)],
        [[*_wilayah(x), *(x.nilai.get(lajur.kunci) for lajur in b.lajur)] for x in isi.baris],
        beku=2,
        judul=f"Bagian {b.kunci}. {b.judul} · {tulis_bulan(isi.bulan)}",
    )


def _kolom(lajur: Lajur) -> Kolom:
    return Kolom(lajur.label, 34 if lajur.sifat == TEKS else max(9, min(16, len(lajur.label) + 2)), lajur.kelompok)


def _wilayah(b: BarisDesa) -> list[Sel]:
    return [b.desa.kode, b.desa.nama, b.desa.induk.nama, b.label_status]


def _rekap_kecamatan(isi: Bulan) -> Lembaran:
    lajur = [(b, x) for b in isi.bagian for x in b.lajur if x.sifat != TEKS]
    baris = [*rekap_kecamatan(isi), jumlah_semua(isi)]
    kepala = [Kolom("Kode", 11), Kolom("Kecamatan", 20), Kolom("Desa", 7), Kolom("Melapor", 9), Kolom("Disetujui", 10)]
    return Lembaran(
        "Rekap kecamatan",
        kepala + [Kolom(x.label, _kolom(x).lebar, f"{b.kunci}. {x.kelompok}") for b, x in lajur],
        [_rekap(r, [x for _, x in lajur]) for r in baris],
        judul=f"Rekap per kecamatan · {tulis_bulan(isi.bulan)}. {CATATAN_REKAP}",
        beku=2,
        tebal=frozenset({len(baris) - 1}),
    )


def _rekap(r: BarisRekap, lajur: list[Lajur]) -> list[Sel]:
    return [r.kode or None, r.nama, r.desa, r.melapor, r.disetujui, *(r.nilai[x.kunci] for x in lajur)]


def _rekap_semua(isi: Bulan) -> Lembaran:
    semua = jumlah_semua(isi)
    return Lembaran(
        "Rekap semua",
        [Kolom("Bagian", 26), Kolom("Kelompok", 34), Kolom("Isian", 22), Kolom("Jumlah", 12), Kolom("Catatan", 22)],
        [
            [f"{b.kunci}. {b.judul}", x.kelompok, x.label, semua.nilai[x.kunci], SIFAT.get(x.sifat)]
            for b in isi.bagian
            for x in b.lajur
            if x.sifat != TEKS
        ],
        judul=f"{tulis_bulan(isi.bulan)}: {semua.melapor} dari {semua.desa} desa melapor, "
        f"{semua.disetujui} disetujui. {CATATAN_REKAP}",
        beku=3,
    )


def _hari(saat: dt.datetime | None) -> dt.date | None:
    return hari_wib(saat) if saat else None


def _polos(saat: dt.datetime) -> dt.datetime:
    """A spreadsheet knows no time zones: the wall clock of Purwakarta, to the second."""
    return saat.astimezone(WIB).replace(tzinfo=None, microsecond=0)
