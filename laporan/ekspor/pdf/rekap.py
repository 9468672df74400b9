"""The recap of an area on A4 lying: a table per part of the form, a row per area, the sum below."""

import datetime as dt
from collections.abc import Callable

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Spacer

from laporan.ekspor.bulan import (
    BarisRekap,
    Bulan,
    jumlah_semua,
    per_kecamatan,
    rekap,
    rekap_desa,
    rekap_kecamatan,
)
from laporan.ekspor.isi import TEKS, BagianLajur, Lajur
from laporan.ekspor.lembaran import CATATAN_REKAP
from laporan.ekspor.pdf.kertas import BAGIAN, KECIL, TEPI, Kop, Naskah, angka, cetak, tulis
from laporan.ekspor.pdf.tabel import lebar_kolom, tabel
from poskb.dasar.waktu import sekarang, tulis_bulan, tulis_saat

LEBAR = 297 * mm - 2 * TEPI
LEBAR_NAMA, LEBAR_LAPOR = 34 * mm, 15 * mm
TERBANYAK = 18
UKURAN = 7


def cetak_rekap(isi: Bulan, wilayah: str, oleh: str, maju: Callable[[int, int], None] | None = None) -> bytes:
    """Return the recap: of several kecamatan with a row each, then every kecamatan with a row per desa."""
    kaki = f"Pos KB · dicetak {tulis_saat(sekarang())} oleh {oleh}"
    kelompok = per_kecamatan(isi)
    semua = []
    if len(kelompok) > 1:
        semua.append(_naskah(isi, wilayah, "Kecamatan", rekap_kecamatan(isi), jumlah_semua(isi)))
    for kecamatan, baris in kelompok:
        jumlah = rekap("Jumlah", "", baris, isi.lajur)
        semua.append(_naskah(isi, kecamatan.nama_lengkap, "Desa", rekap_desa(baris, isi.lajur), jumlah))
    judul = f"Rekap laporan {tulis_bulan(isi.bulan)} {wilayah}"
    return cetak(semua, judul=judul, kaki=kaki, rebah=True, maju=maju)


def _naskah(isi: Bulan, wilayah: str, kolom: str, baris: list[BarisRekap], jumlah: BarisRekap) -> Naskah:
    kop = Kop(
        f"Rekap laporan bulanan Pos KB Desa, {_bulan(isi.bulan)}",
        (f"{wilayah} · {jumlah.melapor} dari {jumlah.desa} desa melapor, {jumlah.disetujui} disetujui",),
        "" if jumlah.disetujui == jumlah.desa else "SEMENTARA, BELUM SEMUA DISETUJUI",
    )
    isi_naskah: list[Flowable] = [tulis(CATATAN_REKAP, KECIL)]
    for b in isi.bagian:
        isi_naskah += _bagian(b, kolom, baris, jumlah)
    # A gap at the end may not fit any more, and would be a page of its own.
    return Naskah(kop, isi_naskah[:-1])


def _bagian(b: BagianLajur, kolom: str, baris: list[BarisRekap], jumlah: BarisRekap) -> list[Flowable]:
    cerita: list[Flowable] = []
    for nomor, lajur in enumerate(_potong([x for x in b.lajur if x.sifat != TEKS])):
        judul = tulis(f"{b.kunci}. {b.judul}{' (lanjutan)' if nomor else ''}", BAGIAN)
        cerita += [KeepTogether([judul, _tabel(lajur, kolom, [*baris, jumlah])]), Spacer(1, 2 * mm)]
    return cerita


def _potong(lajur: list[Lajur]) -> list[list[Lajur]]:
    """Cut a part into tables that fit the width; a group stays whole while it can."""
    kelompok: list[list[Lajur]] = []
    for x in lajur:
        if kelompok and kelompok[-1][0].kelompok == x.kelompok and len(kelompok[-1]) < TERBANYAK:
            kelompok[-1].append(x)
        else:
            kelompok.append([x])
    hasil: list[list[Lajur]] = []
    for k in kelompok:
        if hasil and len(hasil[-1]) + len(k) <= TERBANYAK:
            hasil[-1] += k
        else:
            hasil.append(list(k))
    return hasil


def _tabel(lajur: list[Lajur], kolom: str, baris: list[BarisRekap]) -> Flowable:
    atas, gabung = [kolom, "Melapor"], []
    for nomor, x in enumerate(lajur, 2):
        sama = nomor > 2 and lajur[nomor - 3].kelompok == x.kelompok
        atas.append("" if sama else x.kelompok)
        if sama:
            _, awal, _ = gabung.pop()
            gabung.append((0, awal, nomor))
        else:
            gabung.append((0, nomor, nomor))
    bawah = ["", "", *(x.label for x in lajur)]
    # Whole must stay: the words of a head, of a title over a single column, and the sum, in larger letters.
    sendiri = {awal for _, awal, akhir in gabung if awal == akhir}
    jumlah = baris[-1].nilai
    kata = [
        f"{x.label} {x.kelompok if n in sendiri else ''} {angka(jumlah[x.kunci])}0" for n, x in enumerate(lajur, 2)
    ]
    lebar = lebar_kolom(kata, min(24 * mm * len(lajur), LEBAR - LEBAR_NAMA - LEBAR_LAPOR), UKURAN)
    isi = [[r.nama, _melapor(r), *(r.nilai[x.kunci] for x in lajur)] for r in baris]
    return tabel(
        [atas, bawah],
        isi,
        [LEBAR_NAMA, LEBAR_LAPOR, *lebar],
        gabung=gabung,
        tebal=[len(baris) - 1],
        ukuran=UKURAN,
        rapat=True,
    )


def _melapor(r: BarisRekap) -> str:
    """Words for one desa, a fraction for many."""
    if r.desa == 1:
        return "disetujui" if r.disetujui else ("dikirim" if r.melapor else "belum")
    return f"{r.melapor}/{r.desa}"


def _bulan(bulan: dt.date) -> str:
    return tulis_bulan(bulan)
