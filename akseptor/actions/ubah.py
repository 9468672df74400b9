"""Changing a record that is not verified."""

import uuid
from typing import Any

from django.db import transaction

from akseptor.actions.pasangan import kunci_pelayanan, pasangan_lain, umumkan
from akseptor.actions.tulis import beda_potret, isi_akseptor, isi_pelayanan, periksa_pencatat, potret
from akseptor.enums import TAHAP_ISIAN, Tahap
from akseptor.isian import Isian
from akseptor.models import Akseptor, Pelayanan
from akseptor.rahasia import indeks_buta
from kader.actions import catat_jejak
from kader.cakupan import Cakupan
from kader.models import Pengguna
from poskb.dasar.kunci import kunci_transaksi
from poskb.dasar.tolak import Ditolak

JATI_DIRI = ("nama_istri", "tanggal_lahir_istri", "nama_suami", "nik_indeks")
SUDAH_BERUBAH = "Catatan ini baru saja diubah orang lain. Muat ulang halaman, lalu periksa lagi sebelum menyimpan."


def kalimat_terkunci(pelayanan: Pelayanan) -> str:
    """Return why a record can no longer be changed, with the next step."""
    if pelayanan.tahap == Tahap.BATAL:
        return (
            "Catatan ini sudah dibatalkan, jadi tidak bisa diubah. Bila ibu jadi dilayani, catat sebagai catatan baru."
        )
    return (
        "Catatan ini sudah diverifikasi, jadi tidak bisa diubah. "
        "Bila ada yang keliru, minta petugas PLKB mengembalikannya."
    )


@transaction.atomic
def ubah(oleh: Pengguna, cakupan: Cakupan, pelayanan_id: uuid.UUID, isian: Isian, *, versi: int) -> Pelayanan:
    """Change a record that is not verified; a returned one goes back to the officer by this.

    `versi` is the version the person saw. Raises Ditolak when it is locked, outside the area or changed meanwhile.
    """
    if isian.nik_istri:
        kunci_transaksi("nik:" + indeks_buta(isian.nik_istri))
    pelayanan = kunci_pelayanan(pelayanan_id)
    akseptor = pelayanan.akseptor
    periksa_pencatat(oleh, cakupan, pelayanan.desa_id)
    periksa_pencatat(oleh, cakupan, isian.desa)
    if pelayanan.terkunci:
        raise Ditolak(kalimat_terkunci(pelayanan))
    if pelayanan.versi != versi:
        raise Ditolak(SUDAH_BERUBAH)
    if isian.tahap not in TAHAP_ISIAN:
        raise Ditolak("Tahap ini tidak bisa dipilih di formulir.")
    with umumkan(pelayanan.pasangan) as ikut:
        sebelum = potret(akseptor, pelayanan)
        isi_akseptor(akseptor, isian)
        _sesuaikan_pasangan(akseptor, sebelum, isian)
        ikut.add(akseptor.pasangan)
        akseptor.save()
        pelayanan.refresh_from_db(fields=["desa", "pasangan"])  # the database moved them along
        isi_pelayanan(pelayanan, isian)
        pelayanan.alasan_tahap = ""
        pelayanan.versi += 1
        pelayanan.save()
        beda = beda_potret(sebelum, potret(akseptor, pelayanan))
    catat_jejak(oleh, "mengubah", pelayanan, wilayah=pelayanan.desa_id, perubahan=beda)
    return pelayanan


def _sesuaikan_pasangan(akseptor: Akseptor, sebelum: dict[str, Any], isian: Isian) -> None:
    """A new NIK joins the couple that has it, and leaves the one that it was joined to by its old NIK."""
    indeks_lama = sebelum["nik_indeks"]
    if akseptor.nik_indeks != indeks_lama:
        lain = Akseptor.objects.filter(pasangan=akseptor.pasangan).exclude(pk=akseptor.pk)
        if indeks_lama and lain.filter(nik_indeks=indeks_lama).exists():
            akseptor.pasangan = uuid.uuid4()
            akseptor.perlu_tinjau_duplikat = False
    sama = pasangan_lain(akseptor, isian.orang_sama)
    if sama and sama != akseptor.pasangan:
        kunci_transaksi(f"pasangan:{sama}")
        akseptor.pasangan = sama
        akseptor.perlu_tinjau_duplikat = True
    # What an officer has decided stays decided until the person is written differently.
    if isian.ada_kemiripan and any(getattr(akseptor, nama) != sebelum[nama] for nama in JATI_DIRI):
        akseptor.perlu_tinjau_duplikat = True
