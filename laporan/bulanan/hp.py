"""Returned reports as the kader's phone keeps them, to be read without signal."""

from typing import Any

from django.urls import reverse

from kader.cakupan import Cakupan
from laporan.bulanan.bukti import kata
from laporan.bulanan.formulir import UMUM
from laporan.bulanan.lembar import buka
from laporan.bulanan.tampilan import BagianTampil, BarisBaru, KelompokTampil, Penata
from laporan.enums import StatusLaporan
from laporan.models import LaporanBulanan

# More than these do not come back at once; each costs the queries of one sheet.
PALING_BANYAK = 3


def laporan_di_hp(cakupan: Cakupan) -> list[dict[str, Any]]:
    """Return her returned reports: title, address, the officer's reasons, and what she had filled in, part by part."""
    kembali = LaporanBulanan.objects.dalam(cakupan).filter(status=StatusLaporan.DIKEMBALIKAN)
    return [_satu(x) for x in kembali.order_by("-bulan", "desa_id")[:PALING_BANYAK]]


def _satu(laporan: LaporanBulanan) -> dict[str, Any]:
    bagian = Penata(buka(laporan.desa_id, laporan.bulan), bertaut=False).bagian()
    umum = laporan.catatan_bagian.get(UMUM)
    return {
        "judul": f"Laporan {laporan.nama_bulan}",
        "alamat": reverse("laporan:bulanan", args=[laporan.desa_id, laporan.kode_bulan]),
        "alasan": [*([umum] if umum else []), *(f"Bagian {b.kunci}: {b.catatan}" for b in bagian if b.catatan)],
        "bagian": [_bagian(b) for b in bagian],
    }


def _bagian(bagian: BagianTampil) -> dict[str, Any]:
    isi = [baris for kelompok in bagian.kelompok for baris in _kelompok(kelompok)]
    return {"judul": f"{bagian.kunci}. {bagian.judul}", "alasan": bagian.catatan, "isi": isi}


def _kelompok(kelompok: KelompokTampil) -> list[tuple[str, str]]:
    angka = [(f"{kelompok.judul}: {k.label}", _tulis(k.nilai)) for k in kelompok.kolom]
    angka += [(f"{b.label}, akseptor baru", _baru(b)) for b in kelompok.baru]
    return angka + [(b.label, kata(b.dilaporkan)) for b in kelompok.peran]


def _baru(baris: BarisBaru) -> str:
    susulan = f" (termasuk {baris.susulan} susulan)" if baris.susulan else ""
    return f"{baris.bulan_ini}{susulan} dari target {_tulis(baris.target.nilai)}, s/d bulan ini {_tulis(baris.sd_ini)}"


def _tulis(nilai: int | None) -> str:
    return "belum diisi" if nilai is None else str(nilai)
