"""The report of one desa on A4: every part, what differs and why, and the place for two signatures."""

import datetime as dt
from collections.abc import Sequence

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Paragraph, Spacer, Table

from kader.models import Wilayah
from laporan.bulanan import imbang
from laporan.bulanan.bukti import kata
from laporan.bulanan.lembar import Lembar
from laporan.bulanan.tampilan import BagianTampil, BarisBaru, KelompokTampil, Penata
from laporan.ekspor.lembaran import tulis_saat
from laporan.ekspor.pdf.kertas import BAGIAN, KECIL, TENGAH, TEPI, Kop, Naskah, cetak, tulis
from laporan.ekspor.pdf.tabel import Isi, kanan, nama, tabel
from laporan.ekspor.sebulan import LembarDesa
from laporan.enums import StatusLaporan
from poskb.dasar.waktu import hari_wib, sekarang, tulis_bulan, tulis_tanggal

LEBAR = 210 * mm - 2 * TEPI
LEBAR_NAMA = 46 * mm
# More columns than these in one table would be too narrow for their heads.
TERBANYAK = 8
TANDA = {
    StatusLaporan.DRAF: "DRAF, BELUM DISETUJUI",
    StatusLaporan.DIKIRIM: "BELUM DISETUJUI",
    StatusLaporan.DIKEMBALIKAN: "DIKEMBALIKAN, BELUM DISETUJUI",
    StatusLaporan.DISETUJUI: "",
}
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
    # Nobody signs an empty page: the last part goes with the signatures.
    penutup = [*_bagian(akhir, kosong=lembar.baru), *_catatan(lembar), *_tanda_tangan(desa, lembar)]
    return Naskah(kop, [*isi, KeepTogether(penutup)])


def _bagian(b: BagianTampil, *, kosong: bool) -> list[Flowable]:
    """Return the head of a part, then its tables."""
    isi: list[Flowable] = [t for k in _serupa(b.kelompok) for t in (_tabel(k, kosong=kosong), Spacer(1, 1.5 * mm))]
    return [tulis(f"{b.kunci}. {b.judul}", BAGIAN), *isi]


def _serupa(kelompok: list[KelompokTampil]) -> list[list[KelompokTampil]]:
    """Put neighbours with the same columns into one table: a row each."""
    hasil: list[list[KelompokTampil]] = []
    for k in kelompok:
        sendiri = k.baru or k.peran or (hasil and (hasil[-1][0].baru or hasil[-1][0].peran))
        if hasil and not sendiri and _label(k) == _label(hasil[-1][0]):
            hasil[-1].append(k)
        else:
            hasil.append([k])
    return hasil


def _label(k: KelompokTampil) -> list[str]:
    return [kolom.label for kolom in k.kolom]


def _tabel(kelompok: list[KelompokTampil], *, kosong: bool) -> Flowable:
    if kelompok[0].baru:
        return _tabel_baru(kelompok[0], kosong=kosong)
    if kelompok[0].peran:
        return _tabel_peran(kelompok[0], kosong=kosong)
    label = [f"{x.label} ({x.bantuan})" if len(x.bantuan) <= 8 and x.bantuan else x.label for x in kelompok[0].kolom]
    baris: list[list[Isi]] = [[_nama(k), *(None if kosong else kolom.nilai for kolom in k.kolom)] for k in kelompok]
    lebar = (LEBAR - LEBAR_NAMA) / max(len(label), 3)
    return tabel([["", *label]], baris, [LEBAR_NAMA, *[lebar] * len(label)])


def _nama(k: KelompokTampil) -> Paragraph | str:
    return nama(k.judul)


def _tabel_baru(k: KelompokTampil, *, kosong: bool) -> Flowable:
    kepala = ["Metode", "Target", "S/d bulan lalu", "Tercatat", "Bulan ini", "S/d bulan ini", "Sisa"]
    lebar = (LEBAR - LEBAR_NAMA) / (len(kepala) - 1)
    baris = [_baris_baru(r, kosong=kosong) for r in k.baru]
    atas = [[k.judul, *[""] * (len(kepala) - 1)], kepala]
    return tabel(atas, baris, [LEBAR_NAMA, *[lebar] * (len(kepala) - 1)], gabung=[(0, 0, len(kepala) - 1)])


def _baris_baru(r: BarisBaru, *, kosong: bool) -> list[Isi]:
    if kosong:
        return [nama(r.label), None, None, r.dihitung, None, None, None]
    sisa: Isi = kanan(f"0 (lebih {r.lebih})") if r.lebih else r.sisa
    return [nama(r.label), r.target.nilai, r.lalu.nilai, r.dihitung, r.bulan_ini, r.sd_ini, sisa]


def _tabel_peran(k: KelompokTampil, *, kosong: bool) -> Flowable:
    kepala = ["Peran", "Kegiatan tercatat", "Orang tercatat", "Kegiatan", "Orang"]
    lebar = (LEBAR - LEBAR_NAMA) / (len(kepala) - 1)
    baris: list[list[Isi]] = [
        [nama(r.label), r.tercatat.kegiatan, r.tercatat.orang]
        + ([None, None] if kosong else [r.dilaporkan.kegiatan, r.dilaporkan.orang])
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
