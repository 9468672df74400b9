"""Everything on a dashboard as a workbook: a sheet per table of the page, and every desa of the area.

Of one desa only what its paper says: sent on, methods and days of so few would point at persons.
"""

import datetime as dt
from collections.abc import Iterable

from akseptor.enums import Metode, StatusPeserta
from kader.cakupan import Cakupan
from kader.enums import JenisFaskes, Tingkat
from laporan.ekspor.lembaran import Kolom, Lembaran, Sel
from laporan.kampanye.isi import ANGKA
from laporan.kampanye.lihat import Lihat
from laporan.kampanye.mutu import desa_diam, mutu_per_wilayah, per_tunda
from laporan.kampanye.papan import Baris, Papan
from laporan.ringkasan.isi import Ringkasan
from poskb.dasar.waktu import sekarang, tulis_saat

TIGA = [Kolom("Tercatat", 11), Kolom("Terverifikasi", 13), Kolom("Semua pelayanan", 16)]
CAPAIAN = [
    Kolom("Target", 9),
    *TIGA,
    Kolom("Persen", 9),
    Kolom("Kurang", 9),
    Kolom("Terhadap garis lurus", 12),
    Kolom("Perlu per hari", 11),
    Kolom("Perlu hari ini", 11),
]
PENJELASAN = (
    "Tercatat: pasangan yang dihitung sekali, menurut tanggal pelayanan. Terverifikasi ada di dalamnya. "
    "Semua pelayanan: dengan alat/cara dan di tempat kampanye ini, apa pun status pesertanya."
)


def buku_dasbor(papan: Papan, cakupan: Cakupan, lihat: Lihat, oleh: str) -> list[Lembaran]:
    """Return the sheets of an area's dashboard; `lihat`: which campaign and day `papan` is of."""
    isi, r = papan.isi, Ringkasan.dari(papan)
    if r.satu_desa:
        return [_ringkasan(r, oleh)]
    return [
        _ringkasan(r, oleh),
        _per_hari(r),
        *_per_kecamatan(papan),
        _per_desa(papan, cakupan, lihat),
        _tabel("Alat-cara", "Alat/cara", ((Metode(b["metode"]).label, b) for b in isi["per_metode"])),
        _tabel("Status", "Status peserta", ((StatusPeserta(b["status"]).label, b) for b in isi["per_status"])),
        _tabel("Tempat", "Tempat pelayanan", ((JenisFaskes(b["tempat"]).label, b) for b in isi["per_tempat"])),
        _tahap(papan),
        _pekan(papan),
        _mutu(papan),
        *_mutu_wilayah(papan),
        _diam(papan),
    ]


def _ringkasan(r: Ringkasan, oleh: str) -> Lembaran:
    papan, isi, laju = r.papan, r.papan.isi, r.papan.laju
    # Of a closed campaign the announced figure stands first; what counts by now is called so.
    kini = ", kini" if papan.akhir else ""
    baris: list[list[Sel]] = [
        [r.judul, None],
        ["Keadaan", papan.hari_ini],
        ["Angka dihitung", tulis_saat(papan.cuplikan.dihitung_pada)],
        ["Dibuat", f"{tulis_saat(sekarang())} oleh {oleh}"],
        *[[kata, None] for kata in r.catatan],
        [None, None],
        ["Target", isi["target"]],
        *_akhir(papan),
        [f"Tercatat{kini}", isi["tercatat"]],
        [f"Terverifikasi{kini}", isi["terverifikasi"]],
        *([] if r.satu_desa else [["Semua pelayanan", isi["semua"]]]),
        [f"Persen{kini}", papan.persen],
        [f"Persen terverifikasi{kini}", papan.persen_terverifikasi],
        [f"Kurang{kini}", laju.sisa],
        *([] if papan.belum_mulai else _laju(r)),
        *[[kata, None] for kata in (r.laju, *r.perkiraan) if kata],
        [None, None],
        [PENJELASAN, None],
    ]
    return Lembaran("Ringkasan", [Kolom("", 34), Kolom("", 40)], baris, tebal=frozenset({0}))


def _laju(r: Ringkasan) -> list[list[Sel]]:
    laju, hari = r.papan.laju, r.papan.kata_hari
    lengkap = (r.ramalan or {}).get("tujuh_hari_lengkap")
    return [
        [f"Hari tersisa, termasuk {hari}", laju.sisa_hari],
        ["Perlu per hari", laju.perlu_per_hari],
        [f"Perlu {hari}, menurut pola hari dalam sepekan", r.papan.perlu_hari_ini],
        [f"Tercatat {hari}", laju.sudah],
        ["Rata-rata 7 hari terakhir", laju.rata_rata],
        *([["Rata-rata 7 hari, setelah yang terlambat masuk", lengkap]] if lengkap is not None else []),
        [f"Garis lurus menuju target {hari}", laju.seharusnya],
    ]


def _akhir(papan: Papan) -> list[list[Sel]]:
    """The final figure of a closed campaign, beside which today's stands."""
    a = papan.akhir
    if a is None:
        return []
    return [
        ["Ditutup", a.ditutup],
        ["Angka akhir", a.tercatat],
        ["Angka akhir, terverifikasi", a.terverifikasi],
        ["Angka akhir, persen", papan.pokok.persen],
        ["Angka akhir, kurang", papan.pokok.kurang],
        ["Susulan sesudah ditutup", a.susulan],
        ["Koreksi sesudah ditutup", a.koreksi],
    ]


def _per_hari(r: Ringkasan) -> Lembaran:
    """What the curves draw: days, straight line, and the forecast with its band where one was made."""
    jalur = {t["tanggal"]: t for t in (r.ramalan or {}).get("jalur", [])}
    kolom = [Kolom("Tanggal", 13), *TIGA, Kolom("Jumlah sampai hari itu", 14), Kolom("Garis ke target", 12)]
    if jalur:
        kolom += [Kolom(f"Ramalan, {k}", 12) for k in ("bawah", "tengah", "atas")]
    baris: list[list[Sel]] = []
    for h in r.papan.kurva():
        # Of a day to come nothing is known: an empty cell, that no mean counts as nought.
        tiga = [h[a] if h["kumulatif"] is not None else None for a in ANGKA]
        satu: list[Sel] = [dt.date.fromisoformat(h["tanggal"]), *tiga, h["kumulatif"], h["garis"]]
        ramalan = jalur.get(h["tanggal"], {})
        baris.append(satu + ([ramalan.get(k) for k in ("bawah", "tengah", "atas")] if jalur else []))
    return Lembaran("Per hari", kolom, baris, beku=1)


def _capaian(b: Baris) -> list[Sel]:
    return [
        b.target,
        *(getattr(b, a) for a in ANGKA),
        b.persen,
        b.kurang,
        b.garis.selisih if b.target else None,
        b.perlu,
        b.perlu_kini,
    ]


def _jumlah(papan: Papan) -> list[Sel]:
    isi, laju = papan.isi, papan.laju
    return [
        isi["target"],
        *(isi[a] for a in ANGKA),
        papan.persen,
        laju.sisa,
        papan.garis.selisih,
        laju.perlu_per_hari,
        papan.perlu_hari_ini,
    ]


def _per_kecamatan(papan: Papan) -> list[Lembaran]:
    """The page's table of the kabupaten, in its order; a kecamatan's is the sheet of its desa."""
    if papan.cuplikan.wilayah.tingkat != Tingkat.KABUPATEN:
        return []
    baris: list[list[Sel]] = [[b.kode, b.nama, *_capaian(b)] for b in papan.per_wilayah()]
    baris.append([None, "Jumlah", *_jumlah(papan)])
    kolom = [Kolom("Kode", 14), Kolom("Kecamatan", 18), *CAPAIAN]
    return [Lembaran("Per kecamatan", kolom, baris, beku=2, tebal=frozenset({len(baris) - 1}))]


def _per_desa(papan: Papan, cakupan: Cakupan, lihat: Lihat) -> Lembaran:
    """One row per desa of the area."""
    kampanye, hari = papan.cuplikan.kampanye, papan.hari_ini
    urut = (hari - kampanye.mulai).days
    # What a desa recorded of this very day; on a day outside the window nothing.
    sudah = f"isi__per_hari__{urut}__tercatat" if 0 <= urut < kampanye.lama else "isi__per_hari__tidak_ada"
    nama = ("wilayah_id", "wilayah__induk__nama", "wilayah__nama", sudah)
    semua = lihat.angka_per_wilayah(cakupan, Tingkat.DESA, *nama).di(papan.cuplikan.wilayah_id)
    baris: list[list[Sel]] = [
        [kode, kecamatan, desa, *_capaian(papan.baris_wilayah(kode, desa, *angka, sudah=kini or 0))]
        for kode, kecamatan, desa, kini, *angka in semua
    ]
    baris.append([None, None, "Jumlah", *_jumlah(papan)])
    kolom = [Kolom("Kode", 14), Kolom("Kecamatan", 18), Kolom("Desa", 22), *CAPAIAN]
    return Lembaran("Per desa", kolom, baris, beku=3, tebal=frozenset({len(baris) - 1}))


def _tabel(nama: str, kepala: str, baris: Iterable[tuple[str, dict[str, int]]]) -> Lembaran:
    isi: list[list[Sel]] = [[label, *(b[a] for a in ANGKA)] for label, b in baris]
    return Lembaran(nama, [Kolom(kepala, 30), *TIGA], isi, beku=1)


def _tahap(papan: Papan) -> Lembaran:
    baris: list[list[Sel]] = [[t.nama, t.sampai, t.jumlah] for t in papan.corong()]
    baris += [[t.nama, None, t.jumlah] for t in papan.di_samping()]
    return Lembaran("Tahap", [Kolom("Tahap", 30), Kolom("Sampai di sini", 14), Kolom("Sekarang di sini", 14)], baris)


def _pekan(papan: Papan) -> Lembaran:
    baris: list[list[Sel]] = [[h.nama, h.rata, h.banyak] for h in papan.pekan]
    judul = "" if baris else "Belum cukup hari penuh untuk mengatakan hari apa yang ramai."
    kolom = [Kolom("Hari", 12), Kolom("Rata-rata", 11), Kolom("Hari penuh", 11)]
    return Lembaran("Hari sepekan", kolom, baris, judul=judul)


def _mutu(papan: Papan) -> Lembaran:
    isi = papan.isi
    baris: list[list[Sel]] = [
        ["belum diverifikasi", papan.belum_terverifikasi, None],
        ["dikembalikan", isi["tahap"]["dikembalikan"], None],
        ["NIK menyusul", isi["mutu"]["nik_menyusul"], None],
        *[[f"sampai di server: {t.label}", t.jumlah, t.persen] for t in per_tunda(isi)],
    ]
    return Lembaran("Mutu data", [Kolom("", 52), Kolom("Jumlah", 10), Kolom("Persen", 10)], baris, beku=1)


def _mutu_wilayah(papan: Papan) -> list[Lembaran]:
    """The same per area right below, as the page has it; none where it was not kept."""
    baris: list[list[Sel]] = [
        [m.kode, m.nama, m.tercatat, m.belum_terverifikasi, m.nik_menyusul, m.minggu, m.lama, m.persen]
        for m in mutu_per_wilayah(papan.per_wilayah())
    ]
    judul = ("Kode", "Wilayah", "Tercatat", "Belum diverifikasi", "NIK menyusul", "4-7 hari", "Lebih dari 7 hari")
    kolom = [*(Kolom(k, 14) for k in judul), Kolom("Persen lebih dari 3 hari", 14)]
    return [Lembaran("Mutu per wilayah", kolom, baris, beku=2)] if baris else []


def _diam(papan: Papan) -> Lembaran:
    diam = desa_diam(papan.isi, papan.cuplikan.kampanye, papan.hari_ini)
    baris: list[list[Sel]] = [[d.desa.kode, d.desa.induk.nama, d.desa.nama, d.terakhir, d.lama] for d in diam]
    kolom = [Kolom("Kode", 14), Kolom("Kecamatan", 18), Kolom("Desa", 22), Kolom("Catatan terakhir", 14)]
    return Lembaran("Desa diam", [*kolom, Kolom("Hari diam", 10)], baris, beku=3)
