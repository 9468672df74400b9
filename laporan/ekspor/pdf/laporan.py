"""The report of one desa on A4: every part, what differs and why, and the place for two signatures."""

import datetime as dt
from collections.abc import Sequence

from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, Spacer, Table

from kader.models import Wilayah
from laporan.bulanan import imbang
from laporan.bulanan.bukti import kata
from laporan.bulanan.lembar import Lembar
from laporan.bulanan.tampilan import BagianTampil, BarisBaru, KelompokTampil, Penata
from laporan.ekspor.pdf.kertas import (
    BAGIAN,
    KECIL,
    TENGAH,
    TEPI,
    TEPI_ATAS,
    TEPI_BAWAH,
    Kop,
    Naskah,
    angka,
    cetak,
    tulis,
)
from laporan.ekspor.pdf.tabel import Isi, kanan, lebar_kolom, nama, tabel
from laporan.ekspor.sebulan import LembarDesa
from laporan.enums import StatusLaporan
from poskb.dasar.waktu import hari_wib, sekarang, tulis_bulan, tulis_saat, tulis_tanggal

LEBAR, TINGGI = 210 * mm - 2 * TEPI, 297 * mm - TEPI_ATAS - TEPI_BAWAH
LEBAR_NAMA = 46 * mm
# More columns than these beside each other would be too narrow for their heads.
TERBANYAK = 12
TANDA = {
    StatusLaporan.DRAF: "DRAF, BELUM DISETUJUI",
    StatusLaporan.DIKIRIM: "BELUM DISETUJUI",
    StatusLaporan.DIKEMBALIKAN: "DIKEMBALIKAN, BELUM DISETUJUI",
    StatusLaporan.DISETUJUI: "",
}
UKURAN_JAJAR = 8
# A sheet that nobody has filled in is filled in by hand.
KOSONG = ""
TITIK = "." * 44


def cetak_laporan(semua: Sequence[LembarDesa], oleh: str, maju: object = None) -> bytes:
    """Return the PDF of these reports, each with pages of its own. `oleh`: whoever prints it."""
    bulan = tulis_bulan(semua[0].lembar.laporan.bulan)
    judul = f"Laporan {bulan} {semua[0].desa.nama_lengkap}" if len(semua) == 1 else f"Laporan {bulan}"
    kaki = f"Pos KB · dicetak {tulis_saat(sekarang())} oleh {oleh}"
    return cetak([naskah(s.desa, s.lembar) for s in semua], judul=judul, kaki=kaki, maju=maju)


def naskah(desa: Wilayah, lembar: Lembar) -> Naskah:
    """Return one report as a document."""
    laporan = lembar.laporan
    tanda = "BELUM DIISI" if lembar.baru else TANDA[StatusLaporan(laporan.status)]
    kecamatan = desa.induk
    kop = Kop(
        f"Laporan bulanan Pos KB Desa, {laporan.nama_bulan}",
        (f"Desa {desa.nama}, Kecamatan {kecamatan.nama}, Kabupaten {kecamatan.induk.nama} · kode {desa.kode}",),
        tanda,
    )
    isi: list[Flowable] = []
    if laporan.nihil:
        isi.append(tulis("Laporan nihil: tidak ada akseptor baru dan tidak ada kegiatan bulan ini.", KECIL))
    *bagian, akhir = Penata(lembar, bertaut=False).bagian()
    for b in bagian:
        judul, *tabel_ = _bagian(b, kosong=lembar.baru)
        isi += [KeepTogether([judul, *tabel_[:1]]), *tabel_[1:]]
    # Nobody signs an empty page: what comes last stays with the part before it, or where there are more notes than a
    # page holds, with the last of them.
    *atas, penghabisan = [*_bagian(akhir, kosong=lembar.baru), *_catatan(lembar)]
    tanda_tangan = [penghabisan, *_tanda_tangan(desa, lembar)]
    return Naskah(kop, [*isi, CondPageBreak(_tinggi([*atas, *tanda_tangan])), *atas, KeepTogether(tanda_tangan)])


def _tinggi(isi: Sequence[Flowable]) -> float:
    """Return how much of a page these take, one below the other, at most a page."""
    return min(sum(x.wrap(LEBAR, TINGGI)[1] + x.getSpaceBefore() + x.getSpaceAfter() for x in isi), TINGGI)


def _bagian(b: BagianTampil, *, kosong: bool) -> list[Flowable]:
    """Return the head of a part, then its tables."""
    isi: list[Flowable] = []
    for kelompok in _setabel(b.kelompok):
        isi += [_tabel(kelompok, kosong=kosong), Spacer(1, 1.5 * mm)]
    return [tulis(f"{b.kunci}. {b.judul}", BAGIAN), *isi[:-1]]


def _setabel(kelompok: list[KelompokTampil]) -> list[list[KelompokTampil]]:
    """Put neighbours into one table: those with the same columns, else as many as stand beside each other."""
    hasil: list[list[KelompokTampil]] = []
    for k in kelompok:
        if hasil and (_serupa([*hasil[-1], k]) or _muat([*hasil[-1], k])):
            hasil[-1].append(k)
        else:
            hasil.append([k])
    return hasil


def _sendiri(k: KelompokTampil) -> bool:
    return bool(k.baru or k.peran)


def _serupa(kelompok: list[KelompokTampil]) -> bool:
    return not any(map(_sendiri, kelompok)) and all(_label(k) == _label(kelompok[0]) for k in kelompok)


def _muat(kelompok: list[KelompokTampil]) -> bool:
    beda = not _serupa(kelompok[:2]) and not any(map(_sendiri, kelompok))
    return beda and sum(len(k.kolom) for k in kelompok) <= TERBANYAK


def _label(k: KelompokTampil) -> list[str]:
    return [f"{x.label} ({x.bantuan})" if len(x.bantuan) <= 8 and x.bantuan else x.label for x in k.kolom]


def _tabel(kelompok: list[KelompokTampil], *, kosong: bool) -> Flowable:
    if kelompok[0].baru:
        return _tabel_baru(kelompok[0], kosong=kosong)
    if kelompok[0].peran:
        return _tabel_peran(kelompok[0], kosong=kosong)
    if not _serupa(kelompok):
        return _tabel_jajar(kelompok, kosong=kosong)
    kiri, kepala = [k.judul for k in kelompok], _label(kelompok[0])
    sel: list[list[Isi]] = [[KOSONG if kosong else kolom.nilai for kolom in k.kolom] for k in kelompok]
    if len(kiri) > 2 * len(kepala):
        # More rows than the sheet is worth: it lies down.
        kiri, kepala, sel = kepala, kiri, [list(satu) for satu in zip(*sel, strict=True)]
    lebar = (LEBAR - LEBAR_NAMA) / max(len(kepala), 3)
    baris: list[list[Isi]] = [[nama(judul), *nilai] for judul, nilai in zip(kiri, sel, strict=True)]
    return tabel([["", *kepala]], baris, [LEBAR_NAMA, *[lebar] * len(kepala)])


def _tabel_jajar(kelompok: list[KelompokTampil], *, kosong: bool) -> Flowable:
    """Groups of different columns beside each other, one row of numbers."""
    atas, gabung, awal = [], [], 0
    for k in kelompok:
        atas += [k.judul, *[""] * (len(k.kolom) - 1)]
        gabung.append((0, awal, awal + len(k.kolom) - 1))
        awal += len(k.kolom)
    kepala = [t for k in kelompok for t in _label(k)]
    # A title over a single column needs its words whole, too.
    kata = [f"{x} {k.judul if len(k.kolom) == 1 else ''}" for k in kelompok for x in _label(k)]
    lebar = lebar_kolom(kata, LEBAR, UKURAN_JAJAR)
    isi: list[Isi] = [
        kanan(KOSONG if kosong else angka(kolom.nilai), UKURAN_JAJAR) for k in kelompok for kolom in k.kolom
    ]
    return tabel([atas, kepala], [isi], lebar, gabung=gabung, ukuran=UKURAN_JAJAR)


def _tabel_baru(k: KelompokTampil, *, kosong: bool) -> Flowable:
    kepala = ["Metode", "Target", "S/d bulan lalu", "Tercatat", "Bulan ini", "S/d bulan ini", "Sisa"]
    lebar = (LEBAR - LEBAR_NAMA) / (len(kepala) - 1)
    baris = [_baris_baru(r, kosong=kosong) for r in k.baru]
    atas = [[k.judul, *[""] * (len(kepala) - 1)], kepala]
    return tabel(atas, baris, [LEBAR_NAMA, *[lebar] * (len(kepala) - 1)], gabung=[(0, 0, len(kepala) - 1)])


def _baris_baru(r: BarisBaru, *, kosong: bool) -> list[Isi]:
    if kosong:
        return [nama(r.label), KOSONG, KOSONG, r.dihitung, KOSONG, KOSONG, KOSONG]
    sisa: Isi = kanan(f"0 (lebih {r.lebih})") if r.lebih else r.sisa
    return [nama(r.label), r.target.nilai, r.lalu.nilai, r.dihitung, r.bulan_ini, r.sd_ini, sisa]


def _tabel_peran(k: KelompokTampil, *, kosong: bool) -> Flowable:
    kepala = ["Peran", "Kegiatan tercatat", "Orang tercatat", "Kegiatan", "Orang"]
    lebar = (LEBAR - LEBAR_NAMA) / (len(kepala) - 1)
    baris: list[list[Isi]] = [
        [nama(r.label), r.tercatat.kegiatan, r.tercatat.orang]
        + ([KOSONG, KOSONG] if kosong else [r.dilaporkan.kegiatan, r.dilaporkan.orang])
        for r in k.peran
    ]
    return tabel([kepala], baris, [LEBAR_NAMA, *[lebar] * (len(kepala) - 1)])


def _catatan(lembar: Lembar) -> list[Flowable]:
    """Say in words what the numbers do not: other numbers than counted, PUS out of balance, late records."""
    kalimat = []
    kelompok = [k for b in Penata(lembar, bertaut=False).bagian() for k in b.kelompok]
    for r in (r for k in kelompok for r in k.baru):
        if r.berbeda and not lembar.baru:
            kalimat.append(
                f"{r.label}: tercatat {r.dihitung}, dilaporkan {r.bulan_ini}. "
                f"Alasan: {r.alasan_teks or 'belum ditulis'}"
            )
        if r.susulan:
            kalimat.append(f"{r.label}: termasuk {r.susulan} susulan dari bulan yang laporannya sudah disetujui.")
    kalimat += [
        f"{p.label}: tercatat {kata(p.tercatat)}, dilaporkan {kata(p.dilaporkan)}. "
        f"Alasan: {p.alasan_teks or 'belum ditulis'}"
        for k in kelompok
        for p in k.peran
        if p.berbeda and not lembar.baru
    ]
    if beda := imbang.kalimat(lembar.susunan, lembar.laporan.isi):
        kalimat.append(beda)
    if not kalimat:
        return []
    return [tulis("Catatan", BAGIAN), *(tulis(f"• {x}", KECIL) for x in kalimat)]


def _tanda_tangan(desa: Wilayah, lembar: Lembar) -> list[Flowable]:
    """Two blocks side by side: the officer who knows of it, the PPKBD who reports."""
    laporan = lembar.laporan
    dikirim = laporan.dikirim_oleh if laporan.status in (StatusLaporan.DIKIRIM, StatusLaporan.DISETUJUI) else None
    kiri = _blok("Mengetahui,", "Petugas PLKB", laporan.disetujui_oleh, laporan.disetujui_pada, "disetujui")
    tempat = f"{desa.nama}, {_hari(laporan.dikirim_pada) if dikirim else TITIK[:24]}"
    kanan_ = _blok(tempat, "PPKBD", dikirim, laporan.dikirim_pada if dikirim else None, "dikirim")
    gaya = [("VALIGN", (0, 0), (-1, -1), "TOP")]
    return [Spacer(1, 4 * mm), Table([[kiri, kanan_]], colWidths=[LEBAR / 2] * 2, style=gaya)]


def _blok(atas: str, jabatan: str, siapa: object, pada: dt.datetime | None, kata: str) -> list[Flowable]:
    nama_ = f"( {siapa} )" if siapa else f"( {TITIK} )"
    bawah = f"{kata} di Pos KB {_hari(pada)}" if siapa and pada else ""
    return [
        tulis(atas, TENGAH),
        tulis(jabatan, TENGAH),
        Spacer(1, 15 * mm),
        tulis(nama_, TENGAH),
        tulis(bawah, TENGAH.clone("bawah", fontSize=7)),
    ]


def _hari(saat: dt.datetime | None) -> str:
    return tulis_tanggal(hari_wib(saat)) if saat else ""
