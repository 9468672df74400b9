"""Everything on a dashboard as a workbook: a sheet per table of the page, and every desa of the area."""

import datetime as dt
from collections.abc import Iterable

from akseptor.enums import Metode, StatusPeserta, Tahap
from kader.cakupan import Cakupan
from kader.enums import JenisFaskes, Tingkat
from laporan.ekspor.lembaran import Kolom, Lembaran, Sel, tulis_saat
from laporan.kampanye.isi import ANGKA
from laporan.kampanye.lihat import Lihat
from laporan.kampanye.mutu import LABEL_TUNDA
from laporan.kampanye.papan import Papan, persen
from laporan.ringkasan.isi import Ringkasan
from poskb.dasar.waktu import sekarang

TIGA = [Kolom("Tercatat", 11), Kolom("Terverifikasi", 13), Kolom("Semua pelayanan", 16)]
PENJELASAN = (
    "Tercatat: pasangan yang dihitung sekali, menurut tanggal pelayanan. Terverifikasi ada di dalamnya. "
    "Semua pelayanan: apa pun status pesertanya."
)


def buku_dasbor(papan: Papan, cakupan: Cakupan, lihat: Lihat, oleh: str) -> list[Lembaran]:
    """Return the sheets of an area's dashboard; `lihat`: which campaign and day `papan` is of."""
    isi = papan.isi
    return [
        _ringkasan(papan, oleh),
        _per_hari(papan),
        _wilayah(papan, _per_desa(papan, cakupan, lihat)),
        _tabel("Alat-cara", "Alat/cara", ((Metode(b["metode"]).label, b) for b in isi["per_metode"])),
        _tabel("Status", "Status peserta", ((StatusPeserta(b["status"]).label, b) for b in isi["per_status"])),
        _tabel("Tempat", "Tempat pelayanan", ((JenisFaskes(b["tempat"]).label, b) for b in isi["per_tempat"])),
        _dua("Tahap", "Tahap", [(Tahap(t).label, n) for t, n in isi["tahap"].items()]),
        _dua("Mutu data", "Di antara yang tercatat", _mutu(isi)),
        *_ramalan(Ringkasan.dari(papan)),
    ]


def _ringkasan(papan: Papan, oleh: str) -> Lembaran:
    r, isi, laju = Ringkasan(papan), papan.isi, papan.laju
    baris: list[list[Sel]] = [
        [r.judul, None],
        ["Keadaan", papan.hari_ini],
        ["Angka dihitung", tulis_saat(papan.cuplikan.dihitung_pada)],
        ["Dibuat", f"{tulis_saat(sekarang())} oleh {oleh}"],
        [None, None],
        ["Target", isi["target"]],
        ["Tercatat", isi["tercatat"]],
        ["Terverifikasi", isi["terverifikasi"]],
        ["Semua pelayanan", isi["semua"]],
        ["Persen", papan.persen],
        ["Kurang", laju.sisa],
        ["Hari tersisa, termasuk hari ini", laju.sisa_hari],
        ["Perlu per hari", laju.perlu_per_hari],
        ["Rata-rata 7 hari terakhir", laju.rata_rata],
        ["Garis lurus menuju target hari ini", laju.seharusnya],
        [None, None],
        [PENJELASAN, None],
    ]
    return Lembaran("Ringkasan", [Kolom("", 34), Kolom("", 40)], baris, tebal=frozenset({0}))


def _per_hari(papan: Papan) -> Lembaran:
    kolom = [Kolom("Tanggal", 13), *TIGA, Kolom("Jumlah sampai hari itu", 14), Kolom("Garis ke target", 12)]
    baris = [
        [dt.date.fromisoformat(h["tanggal"]), *(h[a] for a in ANGKA), h["kumulatif"], h["garis"]]
        for h in papan.kurva()
    ]
    return Lembaran("Per hari", kolom, baris, beku=1)


def _ramalan(r: Ringkasan) -> list[Lembaran]:
    """The forecast, day by day; no sheet where none was made."""
    if not r.ramalan:
        return []
    kolom = [Kolom("Tanggal", 13), Kolom("Perkiraan", 11), Kolom("Batas bawah", 12), Kolom("Batas atas", 12)]
    baris: list[list[Sel]] = [
        [dt.date.fromisoformat(t["tanggal"]), t["tengah"], t["bawah"], t["atas"]] for t in r.ramalan["jalur"]
    ]
    return [Lembaran("Ramalan", kolom, baris, judul=" ".join(r.perkiraan), beku=1)]


def _per_desa(papan: Papan, cakupan: Cakupan, lihat: Lihat) -> Iterable[list[Sel]]:
    """One row per desa of the area."""
    kolom = ("wilayah_id", "wilayah__induk__nama", "wilayah__nama")
    baris = lihat.angka_per_wilayah(cakupan, Tingkat.DESA, *kolom).di(papan.cuplikan.wilayah_id)
    for kode, kecamatan, desa, target, *tiga in baris:
        yield [kode, kecamatan, desa, target, *tiga, persen(tiga[0], target), max(target - tiga[0], 0)]


def _wilayah(papan: Papan, baris: Iterable[list[Sel]]) -> Lembaran:
    kolom = [Kolom("Kode", 14), Kolom("Kecamatan", 18), Kolom("Desa", 22), Kolom("Target", 9), *TIGA]
    kolom += [Kolom("Persen", 9), Kolom("Kurang", 9)]
    isi = list(baris)
    jumlah: list[Sel] = [None, None, "Jumlah", papan.isi["target"], *(papan.isi[a] for a in ANGKA)]
    isi.append([*jumlah, papan.persen, papan.laju.sisa])
    return Lembaran("Per desa", kolom, isi, beku=3, tebal=frozenset({len(isi) - 1}))


def _tabel(nama: str, kepala: str, baris: Iterable[tuple[str, dict[str, int]]]) -> Lembaran:
    isi: list[list[Sel]] = [[label, *(b[a] for a in ANGKA)] for label, b in baris]
    return Lembaran(nama, [Kolom(kepala, 30), *TIGA], isi, beku=1)


def _dua(nama: str, kepala: str, baris: Iterable[tuple[str, int]]) -> Lembaran:
    return Lembaran(nama, [Kolom(kepala, 44), Kolom("Jumlah", 10)], [list(b) for b in baris], beku=1)


def _mutu(isi: dict) -> list[tuple[str, int]]:
    mutu = isi["mutu"]
    return [
        ("belum diverifikasi", isi["tercatat"] - isi["terverifikasi"]),
        ("NIK menyusul", mutu["nik_menyusul"]),
        *((f"sampai di server {kata.lower()}", mutu[kunci]) for kunci, kata in LABEL_TUNDA.items()),
    ]
