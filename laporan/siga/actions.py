"""Setting and taking away the tick. Each writes its trace on the report in the same transaction."""

import datetime as dt
from collections.abc import Collection

from django.db import transaction

from kader.actions import catat_jejak
from kader.cakupan import Cakupan
from kader.enums import Peran
from kader.models import Pengguna
from laporan.ekspor.isi import angka
from laporan.ekspor.sebulan import lembar_sebulan
from laporan.models import InputSiga, LaporanBulanan
from poskb.dasar.tolak import Ditolak
from poskb.dasar.waktu import sekarang

PERAN = frozenset({Peran.PLKB, Peran.KOORDINATOR, Peran.DPPKB})
TANDAI, BATALKAN = "Menandai sudah diinput ke SIGA", "Membatalkan tanda SIGA"


@transaction.atomic
def tandai(oleh: Pengguna, cakupan: Cakupan, bulan: dt.date, kode: Collection[str]) -> int:
    """Tick the reports of these desa as typed into SIGA, with the numbers of this moment; return how many.

    A report that is ticked already gets today's numbers: what changed was typed in too. Nothing is ticked when one of
    them may not be. Raises Ditolak for role, area, or a report that is not approved.
    """
    _periksa(oleh, cakupan, kode)
    # Held until the end: a report is not reopened between the look and the tick. In one order, against deadlocks.
    kunci = LaporanBulanan.objects.dalam(cakupan).filter(bulan=bulan, desa__in=list(kode)).order_by("pk")
    list(kunci.select_for_update(no_key=True, of=("self",)).values_list("pk"))
    semua = lembar_sebulan(cakupan, bulan, desa=kode)
    belum = [s.desa.nama for s in semua if not s.lembar.disetujui]
    if belum:
        raise Ditolak(
            f"Laporan {', '.join(belum[:3])}{' dan lainnya' if len(belum) > 3 else ''} belum disetujui, "
            "jadi angkanya belum boleh diinput ke SIGA. Setujui dulu laporannya."
        )
    for satu in semua:
        laporan = satu.lembar.laporan
        isi = {"oleh": oleh, "pada": sekarang(), "versi": laporan.versi, "angka": angka(satu.lembar)}
        InputSiga.objects.update_or_create(laporan_id=laporan.pk, defaults=isi)
        catat_jejak(oleh, TANDAI, laporan, wilayah=laporan.desa_id)
    return len(semua)


@transaction.atomic
def batalkan(oleh: Pengguna, cakupan: Cakupan, bulan: dt.date, kode: str) -> None:
    """Take a tick away. Raises Ditolak for role, area, or when there is none."""
    _periksa(oleh, cakupan, [kode])
    tanda = InputSiga.objects.dalam(cakupan).filter(laporan__bulan=bulan, laporan__desa=kode).first()
    if tanda is None:
        raise Ditolak("Laporan ini tidak bertanda SIGA, jadi tidak ada yang dibatalkan. Muat ulang halaman.")
    catat_jejak(oleh, BATALKAN, tanda.laporan, wilayah=kode)
    tanda.delete()


def _periksa(oleh: Pengguna, cakupan: Cakupan, kode: Collection[str]) -> None:
    if oleh.peran not in PERAN:
        raise Ditolak("Tanda SIGA hanya dipasang oleh petugas PLKB, koordinator, atau DPPKB.")
    if not kode:
        raise Ditolak("Pilih sedikitnya satu laporan, lalu tekan tombolnya lagi.")
    if not all(cakupan.memuat(k) for k in kode):
        raise Ditolak("Desa ini di luar wilayah tugas Anda. Pilih laporan dari daftar.")
