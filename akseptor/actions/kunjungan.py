"""An officer writes down, corrects or takes back a visit. Each writes its trace in the same transaction."""

import uuid
from typing import Any

from django.db import transaction

from akseptor.actions.pasangan import DI_LUAR
from akseptor.actions.tulis import SUDAH_BERUBAH
from akseptor.kunjungan.isian import BELUM_DILAYANI, IsianKunjungan, bisa_dikunjungi, kesalahan
from akseptor.kunjungan.sampel import termasuk_sampel
from akseptor.models import Kunjungan, Pelayanan
from akseptor.models.kunjungan import PANJANG_CATATAN
from akseptor.tertutup import periksa_terbuka
from kader.actions import catat_jejak
from kader.alasan import periksa_alasan
from kader.cakupan import Cakupan
from kader.enums import Peran
from kader.models import Pengguna
from poskb.dasar.tolak import Ditolak
from poskb.dasar.waktu import hari_ini, sekarang

HARI_SAMA = "Kunjungan hari itu sudah dicatat dengan isi lain. Ubah yang sudah ada, jangan dicatat lagi."
SUDAH_DITARIK = "Kunjungan ini sudah ditarik. Catat kunjungan baru bila memang berkunjung."
KOLOM = ("tanggal", "hasil", "catatan")


@transaction.atomic
def catat_kunjungan(
    oleh: Pengguna, cakupan: Cakupan, pelayanan_id: uuid.UUID, isian: IsianKunjungan
) -> tuple[Kunjungan, bool]:
    """Write a visit down; the same one pressed twice gives the same row and False.

    Raises Ditolak for another role or area, a service that does not stand, a date or note that cannot be, or another
    visit of the same day.
    """
    pelayanan = _pegang(oleh, cakupan, pelayanan_id)
    if ada := Kunjungan.objects.berlaku().filter(pelayanan=pelayanan, tanggal=isian.tanggal).first():
        if _isi(ada) != _isi(isian) or ada.dicatat_oleh_id != oleh.pk:
            raise Ditolak(HARI_SAMA)
        return ada, False
    if not bisa_dikunjungi(pelayanan):
        raise Ditolak(BELUM_DILAYANI)
    _periksa(isian, pelayanan)
    kunjungan = Kunjungan(
        pelayanan=pelayanan,
        dari_sampel=termasuk_sampel(pelayanan),
        dicatat_oleh=oleh,
        dicatat_pada=sekarang(),
        **_isi(isian),
    )
    kunjungan.save(force_insert=True)
    _jejak(oleh, "mencatat kunjungan", kunjungan, {})
    return kunjungan, True


@transaction.atomic
def ubah_kunjungan(
    oleh: Pengguna, cakupan: Cakupan, kunjungan_id: int, isian: IsianKunjungan, *, versi: int
) -> Kunjungan:
    """Correct a visit. `versi` is the one the person saw. Raises Ditolak as `catat_kunjungan`, or when it changed."""
    kunjungan = _pegang_kunjungan(oleh, cakupan, kunjungan_id, versi)
    _periksa(isian, kunjungan.pelayanan)
    lain = Kunjungan.objects.berlaku().filter(pelayanan=kunjungan.pelayanan, tanggal=isian.tanggal)
    if lain.exclude(pk=kunjungan.pk).exists():
        raise Ditolak(HARI_SAMA)
    sebelum = _isi(kunjungan)
    if sebelum != _isi(isian):
        _tulis(kunjungan, **_isi(isian))
        _jejak(oleh, "mengubah kunjungan", kunjungan, sebelum)
    return kunjungan


@transaction.atomic
def tarik_kunjungan(oleh: Pengguna, cakupan: Cakupan, kunjungan_id: int, *, versi: int, alasan: str) -> Kunjungan:
    """Take a visit back: it counts no longer and stays readable. Raises Ditolak without a reason, or as `ubah`."""
    kunjungan = _pegang_kunjungan(oleh, cakupan, kunjungan_id, versi)
    kosong = "Tulis dulu alasan menarik kunjungan ini."
    alasan = periksa_alasan(alasan, kosong=kosong, terpanjang=PANJANG_CATATAN)
    _tulis(kunjungan, ditarik_pada=sekarang(), ditarik_oleh=oleh, alasan_tarik=alasan)
    wilayah = kunjungan.pelayanan.desa_id
    perubahan = {"ditarik_pada": ["", str(kunjungan.ditarik_pada)], "alasan_tarik": ["", alasan]}
    catat_jejak(oleh, "menarik kunjungan", kunjungan, wilayah=wilayah, alasan=alasan, perubahan=perubahan)
    return kunjungan


def _pegang(oleh: Pengguna, cakupan: Cakupan, pelayanan_id: uuid.UUID) -> Pelayanan:
    """Fetch a service and hold it: two visits of one service are written one after the other."""
    pelayanan = Pelayanan.objects.select_for_update(of=("self",), no_key=True).filter(pk=pelayanan_id).first()
    if pelayanan is None:
        raise Ditolak(DI_LUAR)
    if oleh.peran != Peran.PLKB:
        raise Ditolak("Kunjungan rumah dicatat oleh petugas PLKB desa ini.")
    if not cakupan.memuat(pelayanan.desa_id):
        raise Ditolak(DI_LUAR)
    periksa_terbuka(pelayanan.akseptor)
    return pelayanan


def _pegang_kunjungan(oleh: Pengguna, cakupan: Cakupan, kunjungan_id: int, versi: int) -> Kunjungan:
    pelayanan = _pegang(oleh, cakupan, Kunjungan.objects.values_list("pelayanan", flat=True).get(pk=kunjungan_id))
    kunjungan = Kunjungan.objects.get(pk=kunjungan_id)
    kunjungan.pelayanan = pelayanan
    if kunjungan.ditarik:
        raise Ditolak(SUDAH_DITARIK)
    if kunjungan.versi != versi:
        raise Ditolak(SUDAH_BERUBAH)
    return kunjungan


def _periksa(isian: IsianKunjungan, pelayanan: Pelayanan) -> None:
    for kalimat in kesalahan(isian, pelayanan, hari_ini()).values():
        raise Ditolak(kalimat)


def _isi(sumber: Kunjungan | IsianKunjungan) -> dict[str, Any]:
    return {nama: getattr(sumber, nama) for nama in KOLOM}


def _tulis(kunjungan: Kunjungan, **kolom: Any) -> None:
    for nama, nilai in kolom.items():
        setattr(kunjungan, nama, nilai)
    kunjungan.versi += 1
    kunjungan.save(update_fields=[*kolom, "versi"])


def _jejak(oleh: Pengguna, tindakan: str, kunjungan: Kunjungan, sebelum: dict[str, Any]) -> None:
    sesudah = _isi(kunjungan)
    beda = {k: [str(sebelum.get(k, "")), str(v)] for k, v in sesudah.items() if v != sebelum.get(k, "")}
    catat_jejak(oleh, tindakan, kunjungan, wilayah=kunjungan.pelayanan.desa_id, perubahan=beda)
