"""Every way a monthly report changes. One function per change; each writes its trace in the same transaction."""

import datetime as dt
from typing import Any

from django.db import IntegrityError, transaction

from akseptor.enums import Tahap
from kader.actions import catat_jejak
from kader.cakupan import Cakupan
from kader.models import Jejak, Pengguna
from laporan.bulanan import imbang
from laporan.bulanan.formulir import UMUM
from laporan.bulanan.hitung import yang_dihitung
from laporan.bulanan.kelengkapan import Isian, kekurangan, lengkapi_nihil, rapikan
from laporan.bulanan.lembar import Lembar, buka
from laporan.bulanan.transisi import Panah, periksa, periksa_alasan
from laporan.models import LaporanBulanan
from poskb.dasar.tolak import Ditolak
from poskb.dasar.waktu import WIB, hari_wib, sekarang, tulis_tanggal


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
    return _tulis(oleh, lembar, rapikan(isian, lembar.susunan, lembar.dihitung), versi)


@transaction.atomic
def kirim(
    oleh: Pengguna, cakupan: Cakupan, kode_desa: str, bulan: dt.date, isian: Isian, versi: int
) -> LaporanBulanan:
    """Save and hand over to the officer, or neither. Raises BelumLengkap, or as `simpan`."""
    lembar = buka(kode_desa, bulan)
    panah = periksa("kirim", lembar.laporan, oleh, cakupan)
    isian = rapikan(lengkapi_nihil(isian, lembar.susunan, lembar.asal), lembar.susunan, lembar.dihitung)
    # A stale page first: what it lacks is not worth saying when the numbers beside it are old.
    _periksa_versi(lembar.laporan, versi)
    kurang = kekurangan(isian, lembar.susunan, lembar.dihitung, lembar.asal)
    if kurang:
        raise BelumLengkap(kurang)
    laporan = _tulis(oleh, lembar, isian, versi)
    beda = imbang.selisih(lembar.susunan, isian.isi)
    perubahan = {"selisih_imbang": [None, beda]} if beda else {}
    return _pindah(oleh, laporan, panah, perubahan=perubahan, dikirim_pada=sekarang(), dikirim_oleh=oleh)


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
    periksa_alasan(*catatan.values())
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
def setujui(oleh: Pengguna, cakupan: Cakupan, kode_desa: str, bulan: dt.date, versi: int) -> LaporanBulanan:
    """Approve: freeze what is counted and lock the report. Raises Ditolak while an acceptor is not verified."""
    lembar = buka(kode_desa, bulan)
    panah = periksa("setujui", lembar.laporan, oleh, cakupan)
    _periksa_versi(lembar.laporan, versi)
    # One SELECT: what is checked is what is frozen. What arrives a moment later is "susulan".
    catatan = list(yang_dihitung(bulan).filter(desa_id=kode_desa).order_by("pk").values_list("pk", "metode", "tahap"))
    belum = sum(tahap != Tahap.TERVERIFIKASI for _, _, tahap in catatan)
    if belum:
        raise Ditolak(
            f"{belum} dari {len(catatan)} akseptor baru bulan ini belum diverifikasi. "
            "Verifikasi atau kembalikan dulu di daftar akseptor pada halaman ini, lalu setujui."
        )
    if lembar.laporan.nihil and catatan:
        raise Ditolak(
            f"Laporan ini nihil, padahal kini tercatat {len(catatan)} akseptor baru. "
            "Kembalikan ke kader untuk dibetulkan."
        )
    baru: dict[str, int] = {}
    for _, metode, _ in catatan:
        baru[metode] = baru.get(metode, 0) + 1
    beku = {
        "baru": baru,
        "sd_lalu": {m: lembar.sd_lalu(m) for m in lembar.susunan.metode},
        "catatan": [str(pk) for pk, _, _ in catatan],
    }
    return _pindah(oleh, lembar.laporan, panah, dihitung=beku, disetujui_pada=sekarang(), disetujui_oleh=oleh)


@transaction.atomic
def buka_kembali(
    oleh: Pengguna, cakupan: Cakupan, kode_desa: str, bulan: dt.date, alasan: str, versi: int
) -> LaporanBulanan:
    """Unlock an approved report and give it back to the kader. Raises Ditolak without a reason."""
    lembar = buka(kode_desa, bulan)
    panah = periksa("buka_kembali", lembar.laporan, oleh, cakupan)
    alasan = alasan.strip()
    if not alasan:
        raise Ditolak("Tulis alasan membuka kembali laporan yang sudah disetujui.")
    periksa_alasan(alasan)
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
    )


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
        _buat(laporan)
    elif any(sebelum[nama] != nilai for nama, nilai in kolom.items()):
        _perbarui(laporan, **kolom)
    else:
        return laporan
    catat_jejak(oleh, "simpan", laporan, wilayah=laporan.desa_id, perubahan=_beda(sebelum, kolom))
    return laporan


def _buat(laporan: LaporanBulanan) -> None:
    laporan.versi, laporan.diubah_pada = 1, sekarang()
    try:
        with transaction.atomic():
            laporan.save(force_insert=True)
    except IntegrityError as galat:
        # Two first saves at once: the other one is the report now.
        ada = LaporanBulanan.objects.filter(desa_id=laporan.desa_id, bulan=laporan.bulan).first()
        if ada is None:
            raise
        try:
            _periksa_versi(ada, 0)
        except SudahBerubah as berubah:
            raise berubah from galat


def _perbarui(laporan: LaporanBulanan, **kolom: Any) -> None:
    """Write columns if nobody did since it was read; the row count is the proof."""
    kolom |= {"versi": laporan.versi + 1, "diubah_pada": sekarang()}
    baris = LaporanBulanan.objects.filter(pk=laporan.pk, versi=laporan.versi, status=laporan.status)
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
