"""Telling a kader at once that what she wrote came too late for its month: it is *susulan*."""

import uuid
from collections.abc import Sequence

from django.db import connection

from akseptor.enums import TAHAP_TERLAYANI, StatusPeserta
from akseptor.models import Pelayanan
from laporan.bulanan.hitung import SUSULAN_TERLAMA, bulan_disetujui, tujuan
from laporan.enums import StatusLaporan
from poskb.dasar.waktu import awal_bulan, geser_bulan, tulis_bulan

SUSULAN = (
    "Laporan {bulan} desa ini sudah disetujui, jadi catatan ini dihitung sebagai susulan di laporan {ke}. "
    "Anda tidak perlu melakukan apa-apa."
)
TANPA_LAPORAN = (
    "Laporan {bulan} desa ini sudah disetujui lebih dari setahun lalu, jadi catatan ini tidak masuk laporan mana pun. "
    "Beri tahu petugas PLKB Anda."
)
# By hand: every record that is sent asks this, and the answer is nearly always no.
ADA = "SELECT EXISTS (SELECT 1 FROM laporan_laporanbulanan WHERE status = %s AND (desa_id, bulan) IN %s)"


def kabar_susulan(pelayanan: Sequence[Pelayanan]) -> dict[uuid.UUID, str]:
    """Return {service: sentence} of the new acceptors that count in another report than that of their month.

    One query, and a second one where there is something to tell.
    """
    baru = [
        p
        for p in pelayanan
        if p.tahap in TAHAP_TERLAYANI and p.status_peserta == StatusPeserta.BARU and p.bulan_laporan is None
    ]
    bulan = {p.pk: awal_bulan(p.tanggal) for p in baru}
    if not baru or not _ada_disetujui(tuple((p.desa_id, bulan[p.pk]) for p in baru)):
        return {}
    akhir = geser_bulan(max(bulan.values()), SUSULAN_TERLAMA)
    disetujui = bulan_disetujui({p.desa_id for p in baru}, min(bulan.values()), akhir)
    ke = {p.pk: tujuan(bulan[p.pk], disetujui[p.desa_id]) for p in baru}
    return {
        pk: SUSULAN.format(bulan=tulis_bulan(b), ke=tulis_bulan(ke[pk]))
        if ke[pk]
        else TANPA_LAPORAN.format(bulan=tulis_bulan(b))
        for pk, b in bulan.items()
        if ke[pk] != b
    }


def _ada_disetujui(desa_bulan: tuple) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(ADA, [StatusLaporan.DISETUJUI.value, desa_bulan])
        return bool(cursor.fetchone()[0])
