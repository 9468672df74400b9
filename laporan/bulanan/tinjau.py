"""The officer's acts on a whole month: verify together what is clean, and approve in the same breath."""

import datetime as dt
import uuid
from collections.abc import Mapping

from django.db import transaction

from akseptor.actions import Terverifikasi, verifikasi_banyak
from kader.cakupan import Cakupan
from kader.models import Pengguna
from laporan.bulanan import actions
from laporan.bulanan.kunci import pegang_baris, pegang_laporan
from laporan.bulanan.lembar import buka_laporan
from laporan.bulanan.tanda import TandaDesa, tanda_bulan
from laporan.bulanan.transisi import periksa
from laporan.models import LaporanBulanan
from poskb.dasar.tolak import Ditolak

# The records that she saw as clean, each with the version she saw.
Dilihat = Mapping[uuid.UUID, int]


@transaction.atomic
def verifikasi_bersih(
    oleh: Pengguna, cakupan: Cakupan, kode_desa: str, bulan: dt.date, dilihat: Dilihat
) -> Terverifikasi:
    """Verify the clean records of a month that she saw. What is flagged by now, or stands otherwise, is left.

    Raises Ditolak for role, area, a report that does not wait for her, or when nothing is left to verify.
    """
    periksa("setujui", buka_laporan(kode_desa, bulan), oleh, cakupan)
    hasil = _verifikasi(oleh, cakupan, dilihat, _tanda(kode_desa, bulan))
    if not hasil.sudah:
        raise Ditolak(
            "Tidak ada yang diverifikasi: catatannya sudah berubah atau sudah diputuskan sejak halaman ini dibuka. "
            "Periksa yang tampak sekarang."
        )
    return hasil


@transaction.atomic
def verifikasi_dan_setujui(
    oleh: Pengguna,
    cakupan: Cakupan,
    kode_desa: str,
    bulan: dt.date,
    dilihat: Dilihat,
    versi: int,
    terlihat: str | None = None,
) -> LaporanBulanan:
    """Verify what she saw and approve the report, or neither. Raises Ditolak, and as `actions.setujui`.

    Only for a month in which nothing wants a look of its own, and only while it stands as she saw it.
    """
    periksa("setujui", buka_laporan(kode_desa, bulan), oleh, cakupan)
    # The report, then all of its couples at once, also those that are verified already: in the order in which every
    # approval takes them, so that nobody waits in a circle.
    pegang_laporan(kode_desa, bulan)
    pegang_baris(kode_desa, bulan)
    tanda = _tanda(kode_desa, bulan)
    if not tanda.bersih:
        apa = ", ".join(f"{jenis.label.lower()} ({n})" for jenis, n in tanda.per_jenis)
        raise Ditolak(f"Belum disetujui: kini ada yang perlu Anda lihat dulu, yaitu {apa}.")
    hasil = _verifikasi(oleh, cakupan, dilihat, tanda)
    if hasil.tertinggal:
        raise Ditolak(
            f"Belum disetujui: {len(hasil.tertinggal)} catatan berubah sejak halaman ini dibuka. "
            "Periksa lagi catatan di bawah, lalu setujui."
        )
    return actions.setujui(oleh, cakupan, kode_desa, bulan, versi, terlihat)


def _tanda(kode_desa: str, bulan: dt.date) -> TandaDesa:
    return tanda_bulan([kode_desa], bulan).get(kode_desa, TandaDesa())


def _verifikasi(oleh: Pengguna, cakupan: Cakupan, dilihat: Dilihat, tanda: TandaDesa) -> Terverifikasi:
    """Verify what she saw of the clean records of the month. Whatever else the page sent is left, and named."""
    bersih = {c.pk for c in tanda.catatan_bersih}
    hasil = verifikasi_banyak(oleh, cakupan, {pk: versi for pk, versi in dilihat.items() if pk in bersih})
    sudah = set(hasil.sudah)
    return Terverifikasi(hasil.sudah, [pk for pk in dilihat if pk not in sudah])
