"""Correcting who a woman is, at her request: also where her records are verified or stand in an approved report.

Such records are locked, but name, NIK and phone are the couple's and stay open (keputusan 19). What was served is
corrected by the kader after the record was returned, or the report reopened.
"""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from akseptor.actions.pasangan import kunci_nik, naikkan_versi, umumkan
from akseptor.actions.permintaan import pegang
from akseptor.actions.tulis import beda_potret, potret
from akseptor.enums import JenisPermintaan
from akseptor.models import Akseptor
from akseptor.tertutup import periksa_terbuka
from kader.actions import catat_jejak
from kader.cakupan import Cakupan
from kader.models import Pengguna
from poskb.dasar.kunci import kunci_transaksi
from poskb.dasar.tolak import Ditolak

MEDAN = ("nama_istri", "tanggal_lahir_istri", "nama_suami", "no_hp", "rt", "rw", "alamat")
NIK_LAIN = (
    "NIK ini sudah ada pada catatan lain. Minta petugas PLKB memutuskan dulu apakah orangnya sama, lalu betulkan lagi."
)
SATU_PASANGAN = (
    "Catatan ini digabung dengan catatan lain sebagai orang yang sama, jadi NIK-nya tidak diubah dari sini. Minta "
    "petugas PLKB memisahkannya dulu."
)


@transaction.atomic
def koreksi_data_diri(oleh: Pengguna, cakupan: Cakupan, pk: int, isi: Mapping[str, Any]) -> Akseptor:
    """Write corrected columns of the person of an open request; the request stays open for its answer.

    `isi`: of MEDAN what is to stand (left out: as it is), and `nik_istri` (empty: as it is). Raises Ditolak for who
    is not on duty, a request of another kind, or a NIK that is another couple's key.
    """
    nik = isi.get("nik_istri") or ""
    if nik:
        # Before the couple, as who writes a record down.
        kunci_transaksi(*kunci_nik(nik))
    satu = pegang(oleh, cakupan, pk)
    if satu.jenis != JenisPermintaan.KOREKSI:
        raise Ditolak("Permintaan ini bukan permintaan pembetulan.")
    akseptor = satu.akseptor
    periksa_terbuka(akseptor)
    sebelum = potret(akseptor)
    with umumkan(akseptor.pasangan):
        for nama in isi.keys() & set(MEDAN):
            setattr(akseptor, nama, isi[nama])
        if nik and nik != akseptor.nik_istri:
            _pasang_nik(akseptor, nik)
        beda = beda_potret(sebelum, potret(akseptor))
        if beda:
            akseptor.save()
            naikkan_versi(akseptor)
    if beda:
        catat_jejak(
            oleh,
            "membetulkan data diri",
            akseptor,
            wilayah=akseptor.desa_id,
            alasan=f"permintaan nomor {satu.pk}",
            perubahan=beda,
        )
    return akseptor


def _pasang_nik(akseptor: Akseptor, nik: str) -> None:
    """Set another NIK where that joins and parts nobody: who is counted as one couple does not change by this."""
    lain = Akseptor.objects.exclude(pk=akseptor.pk)
    if lain.ber_nik(nik).exists():
        raise Ditolak(NIK_LAIN)
    if akseptor.nik_indeks and lain.filter(pasangan=akseptor.pasangan).exists():
        raise Ditolak(SATU_PASANGAN)
    akseptor.pasang_nik(nik)
    akseptor.nik_menyusul, akseptor.alasan_nik_menyusul = False, ""
