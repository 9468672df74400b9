"""Setting and taking away the tick. Each writes its trace on the report in the same transaction."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence

from django.db import transaction

from kader.actions import catat_jejak, susun_jejak
from kader.cakupan import Cakupan
from kader.enums import Peran
from kader.models import Jejak, Pengguna
from laporan.ekspor.isi import angka
from laporan.ekspor.sebulan import lembar_sebulan
from laporan.models import InputSiga, LaporanBulanan
from poskb.dasar.tolak import Ditolak
from poskb.dasar.waktu import sekarang

PERAN = frozenset({Peran.PLKB, Peran.KOORDINATOR, Peran.DPPKB})
TANDAI, BATALKAN = "Menandai sudah diinput ke SIGA", "Membatalkan tanda SIGA"


@transaction.atomic
def tandai(oleh: Pengguna, cakupan: Cakupan, bulan: dt.date, dilihat: Mapping[str, int]) -> int:
    """Tick reports as typed into SIGA, with the numbers of this moment; return how many.

    `dilihat`: {kode desa: version of the report that the page showed}. A report that is ticked already gets today's
    numbers: what changed was typed in too. Nothing is ticked when one of them may not be. Raises Ditolak for role,
    area, a report that is not approved, or one that is not what the page showed: other numbers were typed then.
    """
    _periksa(oleh, cakupan, dilihat)
    # Held until the end: a report is not reopened between the look and the tick. In one order, against deadlocks.
    kunci = LaporanBulanan.objects.dalam(cakupan).filter(bulan=bulan, desa__in=list(dilihat)).order_by("pk")
    list(kunci.select_for_update(no_key=True, of=("self",)).values_list("pk"))
    semua = lembar_sebulan(cakupan, bulan, desa=dilihat)
    if len(semua) < len(dilihat):
        raise Ditolak("Ada desa yang tidak dikenal di antara pilihan Anda. Pilih laporan dari daftar.")
    belum = [s.desa.nama for s in semua if not s.lembar.disetujui]
    if belum:
        raise Ditolak(
            f"Laporan {_sebut(belum)} belum disetujui, jadi angkanya belum boleh diinput ke SIGA. "
            "Setujui dulu laporannya."
        )
    berubah = [s.desa.nama for s in semua if s.lembar.laporan.versi != dilihat[s.desa.kode]]
    if berubah:
        raise Ditolak(
            f"Laporan {_sebut(berubah)} berubah sejak halaman Anda dibuka, jadi belum ada yang ditandai. "
            "Cocokkan dulu angka terbarunya dengan SIGA, lalu tandai lagi."
        )
    kini = sekarang()
    InputSiga.objects.bulk_create(
        [
            InputSiga(laporan=x, oleh=oleh, pada=kini, versi=x.versi, angka=angka(lembar))
            for x, lembar in ((s.lembar.laporan, s.lembar) for s in semua)
        ],
        update_conflicts=True,
        unique_fields=["laporan"],
        update_fields=["oleh", "pada", "versi", "angka"],
    )
    Jejak.objects.bulk_create(susun_jejak(oleh, TANDAI, s.lembar.laporan, wilayah=s.desa.kode) for s in semua)
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


def _sebut(nama: Sequence[str]) -> str:
    """Name some desa, and say that there are more."""
    return f"{', '.join(nama[:3])}{' dan lainnya' if len(nama) > 3 else ''}"


def _periksa(oleh: Pengguna, cakupan: Cakupan, kode: Collection[str]) -> None:
    if oleh.peran not in PERAN:
        raise Ditolak("Tanda SIGA hanya dipasang oleh petugas PLKB, koordinator, atau DPPKB.")
    if not kode:
        raise Ditolak("Pilih sedikitnya satu laporan, lalu tekan tombolnya lagi.")
    if not all(cakupan.memuat(k) for k in kode):
        raise Ditolak("Desa ini di luar wilayah tugas Anda. Pilih laporan dari daftar.")
