"""Asking for an export, and throwing one away. Each writes its trace in the same transaction."""

import datetime as dt

from django.db import transaction

from kader.actions import catat_jejak
from kader.alasan import periksa_alasan
from kader.cakupan import Cakupan
from kader.enums import Peran
from kader.models import Jejak, Pengguna, Wilayah
from laporan.bulanan.formulir import formulir_untuk
from laporan.bulanan.lembar import periksa_bulan
from laporan.ekspor.jenis import JENIS, Jenis
from laporan.models import Ekspor
from laporan.models.ekspor import BELUM_SELESAI
from laporan.tasks import kerjakan_ekspor
from poskb.dasar.antrean import setelah_commit
from poskb.dasar.kunci import kunci_transaksi
from poskb.dasar.tolak import Ditolak
from poskb.dasar.waktu import sekarang

ALASAN_TERPENDEK, ALASAN_TERPANJANG = 10, 300
PALING_BANYAK = 5


@transaction.atomic
def minta(oleh: Pengguna, cakupan: Cakupan, jenis: str, bulan: dt.date, kode: str = "", alasan: str = "") -> Ekspor:
    """Ask for an export; the same one that is still being made comes back instead of a second.

    Raises Ditolak for kind, role, area, month, a missing reason of a named list, or too many at once.
    """
    macam = periksa(oleh, cakupan, jenis, bulan, kode)
    alasan = _alasan(macam, alasan)
    kunci_transaksi(f"ekspor:{oleh.pk}")
    belum = Ekspor.objects.milik(oleh).filter(keadaan__in=BELUM_SELESAI)
    sama = belum.filter(jenis=jenis, bulan=bulan, wilayah=kode, alasan=alasan).first()
    if sama:
        return sama
    if belum.count() >= PALING_BANYAK:
        raise Ditolak(f"{PALING_BANYAK} ekspor Anda masih dikerjakan. Tunggu salah satu selesai, lalu minta lagi.")
    ekspor = Ekspor.objects.create(
        oleh=oleh, jenis=jenis, bulan=bulan, wilayah=kode, alasan=alasan, dibuat_pada=sekarang()
    )
    catat_jejak(
        oleh,
        "meminta ekspor",
        ekspor,
        wilayah=kode or None,
        alasan=alasan,
        perubahan={"jenis": [None, jenis], "bulan": [None, f"{bulan:%Y-%m}"], "cakupan": [None, list(cakupan.kode)]},
    )
    setelah_commit(kerjakan_ekspor)
    return ekspor


def periksa(oleh: Pengguna, cakupan: Cakupan, jenis: str, bulan: dt.date, kode: str) -> Jenis:
    """Return the kind. Raises Ditolak unless this person may have it of this area and month."""
    macam = JENIS.get(jenis)
    if macam is None:
        raise Ditolak("Jenis ekspor ini tidak dikenal. Pilih dari daftar.")
    if oleh.peran not in macam.peran:
        raise Ditolak(f"{macam.nama} bukan untuk peran {Peran(oleh.peran).label}. Minta kepada petugas PLKB.")
    if not cakupan.kode or (kode and not _ada(cakupan, kode)):
        raise Ditolak("Wilayah ini di luar wilayah tugas Anda. Pilih dari daftar.")
    periksa_bulan(bulan)
    formulir_untuk(bulan)
    return macam


def _ada(cakupan: Cakupan, kode: str) -> bool:
    return cakupan.memuat(kode) and Wilayah.objects.filter(pk=kode).exists()


def _alasan(macam: Jenis, alasan: str) -> str:
    """Return the reason to keep: a file with names leaves the house, so somebody must be able to say why."""
    alasan = alasan.strip()
    if not macam.bernama:
        return ""
    if len(alasan) < ALASAN_TERPENDEK:
        raise Ditolak(f"Tulis untuk apa daftar bernama ini dipakai, paling pendek {ALASAN_TERPENDEK} huruf.")
    return periksa_alasan(alasan, kosong="", terpanjang=ALASAN_TERPANJANG)


@transaction.atomic
def unduh(oleh: Pengguna, ekspor: Ekspor) -> None:
    """Write down that the file was fetched."""
    # Whose names it holds was written when it was made.
    orang = Jejak.objects.tentang(ekspor).exclude(orang=[]).values_list("orang", flat=True).first() or []
    perubahan = {"jenis": [None, ekspor.jenis], "bulan": [None, f"{ekspor.bulan:%Y-%m}"]}
    if orang:
        perubahan["jumlah"] = [None, len(orang)]
    catat_jejak(oleh, "mengunduh ekspor", ekspor, wilayah=ekspor.wilayah or None, perubahan=perubahan, orang=orang)


@transaction.atomic
def hapus(oleh: Pengguna, ekspor: Ekspor) -> None:
    """Throw an export and its file away before it expires; one that is being made stops at its next step."""
    catat_jejak(oleh, "menghapus ekspor", ekspor, wilayah=ekspor.wilayah or None)
    # Row before file, as everybody who throws files away.
    Ekspor.objects.select_for_update().filter(pk=ekspor.pk).first()
    ekspor.delete()
