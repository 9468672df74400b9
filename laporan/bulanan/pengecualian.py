"""Dated exceptions to a deadline or to the close: given and taken back by DPPKB. One function per change."""

import datetime as dt

from django.db import transaction

from kader.actions import catat_jejak
from kader.alasan import periksa_alasan
from kader.cakupan import Cakupan
from kader.enums import Peran, Tingkat
from kader.models import Pengguna, Wilayah
from laporan.bulanan.formulir import formulir_untuk
from laporan.bulanan.lembar import periksa_bulan
from laporan.bulanan.tenggat import KABUPATEN, KECAMATAN, TUTUP, kalender
from laporan.enums import TingkatTenggat
from laporan.models import Pengecualian
from laporan.tasks import perbarui_pesan
from poskb.dasar.antrean import setelah_commit
from poskb.dasar.kunci import kunci_transaksi
from poskb.dasar.tolak import Ditolak
from poskb.dasar.waktu import hari_ini, sekarang, tulis_bulan, tulis_tanggal

PANJANG_ALASAN = 300
TANPA_ALASAN = "Tulis alasannya: petugas dan koordinator membacanya."
# Longer is a mistyped month or year, not an agreement.
PALING_LAMA = dt.timedelta(days=92)
# What is judged for a whole area can only be moved for that area or one above it.
HANYA_UNTUK = {KECAMATAN: {Tingkat.KECAMATAN, Tingkat.KABUPATEN}, KABUPATEN: {Tingkat.KABUPATEN}}


@transaction.atomic
def beri(
    oleh: Pengguna, cakupan: Cakupan, wilayah: Wilayah, bulan: dt.date, tingkat: str, sampai: dt.date, alasan: str
) -> Pengecualian:
    """Move the deadline of a level for an area and a month to the end of a day.

    Raises Ditolak for who is not DPPKB, an area outside hers or of the wrong level, a month that has not begun or has
    no form, a day that is over, changes nothing, lies beyond the close or too far, or a reason that is none.
    """
    _periksa_pemberi(oleh, cakupan, wilayah.kode)
    periksa_bulan(bulan)
    formulir_untuk(bulan)
    tingkat = TingkatTenggat(tingkat)
    if wilayah.tingkat not in HANYA_UNTUK.get(tingkat, set(Tingkat)):
        raise Ditolak(f"“{tingkat.label}” dinilai untuk seluruh wilayahnya, bukan per desa. Pilih wilayah di atasnya.")
    alasan = periksa_alasan(alasan, kosong=TANPA_ALASAN, terpanjang=PANJANG_ALASAN)
    # Two at once: the second one sees the first.
    kunci_transaksi(f"pengecualian:{bulan:%Y-%m}")
    _periksa_hari(wilayah, bulan, tingkat, sampai)
    satu = Pengecualian.objects.create(
        wilayah=wilayah,
        bulan=bulan,
        tingkat=tingkat,
        sampai=sampai,
        alasan=alasan,
        dibuat_pada=sekarang(),
        dibuat_oleh=oleh,
    )
    perubahan = {"bulan": [None, f"{bulan:%Y-%m}"], "tingkat": [None, str(tingkat)], "sampai": [None, f"{sampai}"]}
    catat_jejak(oleh, "memberi", satu, wilayah=wilayah.kode, alasan=alasan, perubahan=perubahan)
    setelah_commit(perbarui_pesan)
    return satu


@transaction.atomic
def akhiri(oleh: Pengguna, cakupan: Cakupan, pk: int) -> Pengecualian:
    """Take an exception back at once. Raises Ditolak when it is over already, or for who may not."""
    satu = Pengecualian.objects.select_for_update(of=("self",)).select_related("diakhiri_oleh").get(pk=pk)
    _periksa_pemberi(oleh, cakupan, satu.wilayah_id)
    if satu.diakhiri_pada:
        raise Ditolak(f"Pengecualian ini sudah diakhiri oleh {satu.diakhiri_oleh}. Muat ulang halaman.")
    if not satu.masih_berlaku:
        raise Ditolak(f"Pengecualian ini sudah berakhir sendiri {tulis_tanggal(satu.sampai)}.")
    satu.diakhiri_pada, satu.diakhiri_oleh = sekarang(), oleh
    satu.save(update_fields=["diakhiri_pada", "diakhiri_oleh"])
    catat_jejak(oleh, "mengakhiri", satu, wilayah=satu.wilayah_id)
    setelah_commit(perbarui_pesan)
    return satu


def _periksa_pemberi(oleh: Pengguna, cakupan: Cakupan, kode: str) -> None:
    if oleh.peran != Peran.DPPKB:
        raise Ditolak("Pengecualian tenggat hanya diberikan oleh DPPKB. Hubungi DPPKB.")
    if not cakupan.memuat(kode):
        raise Ditolak("Wilayah ini di luar wilayah tugas Anda. Pilih wilayah dari daftar.")


def _periksa_hari(wilayah: Wilayah, bulan: dt.date, tingkat: TingkatTenggat, sampai: dt.date) -> None:
    """Raise Ditolak unless this day moves the deadline, and not beyond the close."""
    ini, kal = hari_ini(), kalender([wilayah.kode], [bulan])
    if sampai < ini:
        raise Ditolak("Tanggal ini sudah lewat. Pilih hari ini atau sesudahnya.")
    if sampai > ini + PALING_LAMA:
        raise Ditolak("Tanggal ini lebih dari tiga bulan lagi. Periksa bulan dan tahunnya.")
    kini = kal.sampai(wilayah.kode, bulan, tingkat)
    if sampai <= kini:
        raise Ditolak(
            f"Untuk {wilayah.nama_lengkap}, batas “{tingkat.label}” bulan {tulis_bulan(bulan)} sudah "
            f"{tulis_tanggal(kini)}. Pilih tanggal sesudahnya."
        )
    tutup = kal.sampai(wilayah.kode, bulan, TUTUP)
    if tingkat != TUTUP and sampai > tutup:
        raise Ditolak(
            f"Periode {tulis_bulan(bulan)} tutup {tulis_tanggal(tutup)}. Pilih tanggal sampai hari itu, "
            f"atau beri pengecualian untuk “{TUTUP.label}”."
        )
