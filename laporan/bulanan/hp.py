"""Returned reports as the kader's phone keeps them, to be read without signal."""

from typing import Any

from django.urls import reverse

from kader.cakupan import Cakupan
from laporan.enums import StatusLaporan
from laporan.models import LaporanBulanan


def laporan_di_hp(cakupan: Cakupan) -> list[dict[str, Any]]:
    """Return her returned reports: title, address, the officer's reasons, and what she had filled in, part by part."""
    kembali = LaporanBulanan.objects.dalam(cakupan).filter(status=StatusLaporan.DIKEMBALIKAN)
    return [_satu(x) for x in kembali.select_related("formulir").order_by("-bulan", "desa_id")]


def _satu(laporan: LaporanBulanan) -> dict[str, Any]:
    return {
        "judul": f"Laporan {laporan.nama_bulan}",
        "alamat": reverse("laporan:bulanan", args=[laporan.desa_id, laporan.kode_bulan]),
        "alasan": [f"Bagian {k}: {v}" if k != "umum" else v for k, v in laporan.catatan_bagian.items()],
        "bagian": [],
    }
