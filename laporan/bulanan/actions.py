"""Every way a monthly report changes. One function per change; each writes its trace in the same transaction."""

import datetime as dt
from typing import Any

from django.db import transaction

from akseptor.enums import Tahap
from kader.actions import catat_jejak
from kader.alasan import periksa_teks
from kader.cakupan import Cakupan
from kader.models import Jejak, Pengguna
from laporan.bulanan import imbang
from laporan.bulanan.beku import isi_beku, sidik
from laporan.bulanan.bukti import jumlah
from laporan.bulanan.formulir import UMUM
from laporan.bulanan.kelengkapan import Isian, kekurangan, lengkapi_nihil, rapikan
from laporan.bulanan.kunci import pegang_baris, pegang_laporan
from laporan.bulanan.lembar import Lembar, buka
from laporan.bulanan.pembukaan import buka_baris
from laporan.bulanan.transisi import PANJANG_ALASAN, SEBAB, Panah, periksa
from laporan.enums import StatusLaporan
from laporan.models import LaporanBulanan
from poskb.dasar.tolak import Ditolak
from poskb.dasar.waktu import WIB, hari_wib, sekarang, tulis_tanggal

# In the history of a sent nihil report: what stood in the sheet before that one tap.
SEBELUM_NIHIL = "sebelum_nihil"


class SudahBerubah(Ditolak):
    """The report changed since the page was opened; nothing was overwritten."""


class BelumLengkap(Ditolak):
    """The report cannot be sent yet; `kekurangan` is {field name: sentence}."""

    def __init__(self, kekurangan: dict[str, str]) -> None:
        super().__init__(f"Laporan belum dikirim: {len(kekurangan)} isian perlu dilengkapi. Lihat tanda di bawah.")
        self.kekurangan = kekurangan


@transaction.atomic
def simpan(
    oleh: Pengguna, cakupan: Cakupan, kode_desa: str, bulan: dt.date, isian: Isian, versi: int
) -> LaporanBulanan:
    """Save a draft; the first save makes the report. `versi` is the one the page showed, 0 for none.

    Raises SudahBerubah when the report has moved on since, Ditolak for role, area, state or month.
    """
    lembar = buka(kode_desa, bulan)
    periksa("simpan", lembar.laporan, oleh, cakupan)
    return _tulis(oleh, lembar, rapikan(isian, lembar.susunan, lembar.dihitung, lembar.kegiatan), versi)


@transaction.atomic
def kirim(
    oleh: Pengguna,
    cakupan: Cakupan,
    kode_desa: str,
    bulan: dt.date,
    isian: Isian,
    versi: int,
    *,
    ingat: dict[str, Any] | None = None,
) -> LaporanBulanan:
    """Save and hand over to the officer, or neither. Raises BelumLengkap, or as `simpan`.

    `ingat` is kept in the history beside the act.
    """
    lembar = buka(kode_desa, bulan)
    panah = periksa("kirim", lembar.laporan, oleh, cakupan)
    isian = lengkapi_nihil(isian, lembar.susunan, lembar.asal)
    isian = rapikan(isian, lembar.susunan, lembar.dihitung, lembar.kegiatan)
    # A stale page first: what it lacks is not worth saying when the numbers beside it are old.
    _periksa_versi(lembar.laporan, versi)
    kurang = kekurangan(isian, lembar.susunan, lembar.dihitung, lembar.asal, lembar.kegiatan)
    if kurang:
        raise BelumLengkap(kurang)
    laporan = _tulis(oleh, lembar, isian, versi)
    beda = imbang.selisih(lembar.susunan, isian.isi)
    perubahan = ({"selisih_imbang": [None, beda]} if beda else {}) | (ingat or {})
    return _pindah(oleh, laporan, panah, perubahan=perubahan, dikirim_pada=sekarang(), dikirim_oleh=oleh)


@transaction.atomic
def tarik(oleh: Pengguna, cakupan: Cakupan, kode_desa: str, bulan: dt.date, versi: int) -> LaporanBulanan:
    """Take a nihil report back before the officer decided on it: the sheet is again what it was before that tap.

    Raises Ditolak once she has decided, and for a report that is not nihil.
    """
    lembar = buka(kode_desa, bulan)
    laporan = lembar.laporan
    panah = periksa("tarik", laporan, oleh, cakupan)
    if not laporan.nihil:
        raise Ditolak(f"Hanya laporan nihil yang dapat ditarik kembali. {SEBAB[StatusLaporan.DIKIRIM]}")
    _periksa_versi(laporan, versi)
    jejak = Jejak.objects.tentang(laporan).filter(tindakan="kirim").first()
    dulu = (jejak.perubahan if jejak else {}).get(SEBELUM_NIHIL, [{}])[0]
    isi = {"isi": laporan.isi, "alasan_selisih": laporan.alasan_selisih} | dulu | {"nihil": False}
    beda = _beda(vars(laporan).copy(), isi)
    return _pindah(oleh, laporan, panah, perubahan=beda, **isi, dikirim_pada=None, dikirim_oleh=None)


@transaction.atomic
def kembalikan(
    oleh: Pengguna, cakupan: Cakupan, kode_desa: str, bulan: dt.date, catatan: dict[str, str], versi: int
) -> LaporanBulanan:
    """Give a report back with a reason per part (or one for all, key "umum"). Raises Ditolak without any reason."""
    lembar = buka(kode_desa, bulan)
    panah = periksa("kembalikan", lembar.laporan, oleh, cakupan)
    dikenal = (*lembar.susunan.kunci_bagian, UMUM)
    catatan = {k: catatan[k].strip() for k in dikenal if catatan.get(k, "").strip()}
    if not catatan:
        raise Ditolak("Tulis alasannya pada sedikitnya satu bagian, supaya kader tahu apa yang harus diperbaiki.")
    for teks in catatan.values():
        periksa_teks(teks, terpanjang=PANJANG_ALASAN)
    _periksa_versi(lembar.laporan, versi)
    return _pindah(
        oleh,
        lembar.laporan,
        panah,
        alasan="\n".join(teks if k == UMUM else f"Bagian {k}: {teks}" for k, teks in catatan.items()),
        perubahan={"catatan_bagian": [lembar.laporan.catatan_bagian, catatan]},
        catatan_bagian=catatan,
    )


@transaction.atomic
def setujui(
    oleh: Pengguna, cakupan: Cakupan, kode_desa: str, bulan: dt.date, versi: int, terlihat: str | None = None
) -> LaporanBulanan:
    """Approve: freeze what is counted and lock the report and its rows (triggers of migration 0006).

    `terlihat`: `beku.sidik` of what the page showed. Raises Ditolak while an acceptor is not verified, SudahBerubah
    when the report, its rows or its evidence are not what was seen.
    """
    # Held before anything is read: what is checked is what is frozen. What arrives a moment later is "susulan".
    pegang_laporan(kode_desa, bulan)
    lembar = buka(kode_desa, bulan)
    panah = periksa("setujui", lembar.laporan, oleh, cakupan)
    _periksa_versi(lembar.laporan, versi)
    catatan = pegang_baris(kode_desa, bulan)
    if terlihat is not None and terlihat != sidik(lembar, catatan):
        raise SudahBerubah(
            "Akseptor baru atau kegiatan yang dihitung laporan ini berubah sejak halaman Anda dibuka, jadi belum "
            "disetujui. Periksa angkanya yang terbaru, lalu setujui lagi."
        )
    belum = sum(p.tahap != Tahap.TERVERIFIKASI for p in catatan)
    if belum:
        raise Ditolak(
            f"{belum} dari {len(catatan)} akseptor baru laporan ini belum diverifikasi. "
            "Verifikasi atau kembalikan dulu di daftar akseptor pada halaman ini, lalu setujui."
        )
    _periksa_nihil(lembar, len(catatan))
    beku = isi_beku(lembar, catatan)
    return _pindah(oleh, lembar.laporan, panah, dihitung=beku, disetujui_pada=sekarang(), disetujui_oleh=oleh)


@transaction.atomic
def buka_kembali(
    oleh: Pengguna, cakupan: Cakupan, kode_desa: str, bulan: dt.date, alasan: str, versi: int
) -> LaporanBulanan:
    """Unlock an approved report and its rows, and give it back to the kader. Raises Ditolak without a reason."""
    lembar = buka(kode_desa, bulan)
    panah = periksa("buka_kembali", lembar.laporan, oleh, cakupan)
    alasan = alasan.strip()
    if not alasan:
        raise Ditolak("Tulis alasan membuka kembali laporan yang sudah disetujui.")
    periksa_teks(alasan, terpanjang=PANJANG_ALASAN)
    _periksa_versi(lembar.laporan, versi)
    return _pindah(
        oleh,
        lembar.laporan,
        panah,
        alasan=alasan,
        catatan_bagian={UMUM: alasan},
        dihitung={},
        disetujui_pada=None,
        disetujui_oleh=None,
        dibuka_pada=sekarang(),
        dibuka_oleh=oleh,
        alasan_buka=alasan,
    )


def _periksa_nihil(lembar: Lembar, akseptor: int) -> None:
    """Raise Ditolak for a nihil month in which something is recorded by now."""
    ada = ((akseptor, "akseptor baru"), (jumlah(lembar.kegiatan).kegiatan, "kegiatan"))
    tercatat = " dan ".join(f"{n} {apa}" for n, apa in ada if n)
    if lembar.laporan.nihil and tercatat:
        raise Ditolak(f"Laporan ini nihil, padahal kini tercatat {tercatat}. Kembalikan ke kader untuk dibetulkan.")


def _periksa_versi(laporan: LaporanBulanan, versi: int) -> None:
    """Raise SudahBerubah when the page showed another version than the present one."""
    if laporan.versi == versi:
        return
    jejak = Jejak.objects.tentang(laporan).select_related("oleh").first() if laporan.pk else None
    siapa = (
        f" oleh {jejak.oleh} pukul {jejak.pada.astimezone(WIB):%H.%M}, {tulis_tanggal(hari_wib(jejak.pada))}"
        if jejak
        else ""
    )
    raise SudahBerubah(
        f"Laporan ini sudah diubah{siapa}, jadi belum ada yang tersimpan dari halaman Anda. "
        "Bandingkan dengan isi terbaru, lalu simpan lagi bila yang Anda isi memang benar."
    )


def _tulis(oleh: Pengguna, lembar: Lembar, isian: Isian, versi: int) -> LaporanBulanan:
    """Write content, only onto the version it was made from."""
    laporan = lembar.laporan
    _periksa_versi(laporan, versi)
    kolom = {"isi": isian.isi, "alasan_selisih": isian.alasan, "nihil": isian.nihil}
    sebelum = {"isi": {}, "alasan_selisih": {}, "nihil": False} if lembar.baru else vars(laporan).copy()
    for nama, nilai in kolom.items():
        setattr(laporan, nama, nilai)
    if lembar.baru:
        _buat(laporan, **kolom)
    elif any(sebelum[nama] != nilai for nama, nilai in kolom.items()):
        _perbarui(laporan, **kolom)
    else:
        return laporan
    catat_jejak(oleh, "simpan", laporan, wilayah=laporan.desa_id, perubahan=_beda(sebelum, kolom))
    return laporan


def _buat(laporan: LaporanBulanan, **kolom: Any) -> None:
    """Write the first content, onto the opened row; where beat has not opened the month, this does."""
    if laporan.pk is None:
        buka_baris([laporan.desa_id], laporan.bulan, laporan.formulir)
        laporan.pk = LaporanBulanan.semua.values_list("pk", flat=True).get(
            desa_id=laporan.desa_id, bulan=laporan.bulan
        )
    _perbarui(laporan, formulir=laporan.formulir, **kolom)


def _perbarui(laporan: LaporanBulanan, **kolom: Any) -> None:
    """Write columns if nobody did since it was read; the row count is the proof."""
    kolom |= {"versi": laporan.versi + 1, "diubah_pada": sekarang()}
    baris = LaporanBulanan.semua.filter(pk=laporan.pk, versi=laporan.versi, status=laporan.status)
    if baris.update(**kolom) != 1:
        raise SudahBerubah("Laporan ini baru saja diubah orang lain. Muat ulang halaman, lalu coba lagi.")
    for nama, nilai in kolom.items():
        setattr(laporan, nama, nilai)


def _pindah(
    oleh: Pengguna,
    laporan: LaporanBulanan,
    panah: Panah,
    *,
    alasan: str = "",
    perubahan: dict[str, Any] | None = None,
    **kolom: Any,
) -> LaporanBulanan:
    """Take an arrow that was checked, and write who, when and why."""
    dari = laporan.status
    _perbarui(laporan, status=panah.ke, **kolom)
    catat_jejak(
        oleh,
        panah.tindakan,
        laporan,
        wilayah=laporan.desa_id,
        alasan=alasan,
        perubahan={"status": [str(dari), str(panah.ke)]} | (perubahan or {}),
    )
    return laporan


def _beda(sebelum: dict[str, Any], sesudah: dict[str, Any]) -> dict[str, list[Any]]:
    """Return {name: [before, after]} of every number, reason and mark that changed."""
    beda = {}
    for awalan, nama in (("", "isi"), ("alasan_", "alasan_selisih")):
        lama, baru = sebelum[nama], sesudah[nama]
        semua = sorted(lama.keys() | baru.keys())
        beda |= {awalan + k: [lama.get(k), baru.get(k)] for k in semua if lama.get(k) != baru.get(k)}
    if sebelum["nihil"] != sesudah["nihil"]:
        beda["nihil"] = [sebelum["nihil"], sesudah["nihil"]]
    return beda
