"""Taking one arrow of `akseptor.tahap`."""

import uuid

from django.db import transaction

from akseptor.actions.pasangan import DI_LUAR, kunci_pelayanan, umumkan
from akseptor.actions.tulis import SUDAH_BERUBAH
from akseptor.enums import TAHAP_TERLAYANI, Tahap
from akseptor.kunci import periksa_belum_dilaporkan
from akseptor.models import Pelayanan
from akseptor.tahap import PANAH, periksa
from akseptor.tertutup import periksa_terbuka
from kader.actions import catat_jejak
from kader.cakupan import Cakupan
from kader.models import Pengguna
from poskb.dasar.tolak import Ditolak
from poskb.dasar.waktu import sekarang


@transaction.atomic
def pindah_tahap(
    oleh: Pengguna,
    cakupan: Cakupan,
    pelayanan_id: uuid.UUID,
    tindakan: str,
    *,
    alasan: str = "",
    versi: int | None = None,
) -> Pelayanan:
    """Take one arrow of `akseptor.tahap`.

    Raises Ditolak when role, area, stage, a missing reason or the approved report it stands in forbid it.

    `versi`: what the person saw; another version now means that nobody has reviewed what stands there.
    """
    panah = PANAH[tindakan]
    pelayanan = kunci_pelayanan(pelayanan_id)
    if not cakupan.memuat(pelayanan.desa_id):
        raise Ditolak(DI_LUAR)
    # Verifying judges the service, not her: a month can be closed though a woman in it withdrew.
    if tindakan != "verifikasi":
        periksa_terbuka(pelayanan.akseptor)
    periksa_belum_dilaporkan(pelayanan)
    periksa(panah, pelayanan.tahap, oleh.peran, alasan)
    if versi is not None and versi != pelayanan.versi:
        raise Ditolak(SUDAH_BERUBAH)
    if panah.ke in TAHAP_TERLAYANI and not pelayanan.lengkap:
        raise Ditolak("Lengkapi dulu alat/cara, status peserta, tempat, dan tanggal pelayanannya di formulir.")
    sebelum = pelayanan.tahap
    with umumkan(pelayanan.pasangan):
        pelayanan.tahap = panah.ke
        pelayanan.alasan_tahap = alasan.strip()
        terverifikasi = panah.ke == Tahap.TERVERIFIKASI
        pelayanan.diverifikasi_oleh = oleh if terverifikasi else None
        pelayanan.diverifikasi_pada = sekarang() if terverifikasi else None
        pelayanan.versi += 1
        pelayanan.save(update_fields=["tahap", "alasan_tahap", "diverifikasi_oleh", "diverifikasi_pada", "versi"])
    catat_jejak(
        oleh,
        panah.tindakan,
        pelayanan,
        wilayah=pelayanan.desa_id,
        alasan=alasan.strip(),
        perubahan={"tahap": [sebelum, pelayanan.tahap]},
    )
    return pelayanan
