"""Changing a record that is not verified."""

import uuid
from typing import Any

from django.db import transaction

from akseptor.actions.pasangan import (
    gabungkan,
    kunci_nik,
    kunci_pasangan,
    kunci_pelayanan,
    naikkan_versi,
    pasangan_lain,
    umumkan,
)
from akseptor.actions.tulis import SUDAH_BERUBAH, beda_potret, isi_akseptor, isi_pelayanan, periksa_pencatat, potret
from akseptor.enums import TAHAP_ISIAN, Tahap
from akseptor.isian import Isian
from akseptor.kunci import kalimat_dilaporkan
from akseptor.models import Akseptor, Pelayanan
from akseptor.tertutup import periksa_terbuka
from kader.actions import catat_jejak
from kader.baris import lintas_wilayah
from kader.cakupan import Cakupan
from kader.models import Pengguna
from poskb.dasar.kunci import kunci_transaksi
from poskb.dasar.tolak import Ditolak

# The NIK itself, not its index: that is another one under a new key.
JATI_DIRI = ("nama_istri", "tanggal_lahir_istri", "nama_suami", "nik_istri")


def kalimat_terkunci(pelayanan: Pelayanan) -> str:
    """Return why a record can no longer be changed, with the next step."""
    if pelayanan.bulan_laporan is not None:
        return kalimat_dilaporkan(pelayanan.bulan_laporan)
    if pelayanan.tahap == Tahap.BATAL:
        return (
            "Catatan ini sudah dibatalkan, jadi tidak bisa diubah. Bila ibu jadi dilayani, catat sebagai catatan baru."
        )
    if pelayanan.tahap == Tahap.DITUNDA:
        return "Catatan ini sedang ditunda. Tekan Lanjutkan lagi dulu, baru ubah isinya."
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
        kunci_transaksi(*kunci_nik(isian.nik_istri))
    _kunci_bersama(pelayanan_id, isian)
    pelayanan = kunci_pelayanan(pelayanan_id)
    akseptor = pelayanan.akseptor
    periksa_pencatat(oleh, cakupan, pelayanan.desa_id)
    periksa_pencatat(oleh, cakupan, isian.desa)
    periksa_terbuka(akseptor)
    if pelayanan.terkunci:
        raise Ditolak(kalimat_terkunci(pelayanan))
    if pelayanan.versi != versi:
        raise Ditolak(SUDAH_BERUBAH)
    _periksa_tahap(pelayanan.tahap, isian.tahap)
    with umumkan(pelayanan.pasangan) as ikut:
        sebelum = potret(akseptor, pelayanan)
        isi_akseptor(akseptor, isian)
        _periksa_jati_diri(akseptor, sebelum)
        _sesuaikan_pasangan(akseptor, sebelum, isian)
        ikut.add(akseptor.pasangan)
        akseptor.save()
        pelayanan.refresh_from_db(fields=["desa", "pasangan"])  # the database moved them along
        isi_pelayanan(pelayanan, isian)
        pelayanan.alasan_tahap = ""
        pelayanan.versi += 1
        pelayanan.save()
        naikkan_versi(akseptor, kecuali=pelayanan.pk)
        beda = beda_potret(sebelum, potret(akseptor, pelayanan))
    catat_jejak(oleh, "mengubah", pelayanan, wilayah=pelayanan.desa_id, perubahan=beda)
    return pelayanan


@lintas_wilayah("pasangan di desa lain ikut dikunci")
def _kunci_bersama(pelayanan_id: uuid.UUID, isian: Isian) -> None:
    """Take the locks of this couple and of the one that has the written NIK together, in one order."""
    perlu = set(Pelayanan.objects.filter(pk=pelayanan_id).values_list("pasangan", flat=True))
    if isian.nik_istri:
        pemilik = Akseptor.objects.ber_nik(isian.nik_istri)
        perlu |= set(pemilik.values_list("pasangan", flat=True))
    kunci_pasangan(*perlu)


def _periksa_tahap(dari: str, ke: str) -> None:
    if ke not in TAHAP_ISIAN:
        raise Ditolak("Tahap ini tidak bisa dipilih di formulir.")
    if dari in {Tahap.DILAYANI, Tahap.DIKEMBALIKAN} and ke != Tahap.DILAYANI:
        raise Ditolak("Catatan yang sudah dilayani tidak kembali menjadi calon. Bila keliru, batalkan dengan alasan.")


def _periksa_jati_diri(akseptor: Akseptor, sebelum: dict[str, Any]) -> None:
    """Four eyes: what an officer verified of a person is not rewritten through another record of hers."""
    berubah = any(getattr(akseptor, nama) != sebelum[nama] for nama in (*JATI_DIRI, "desa_id"))
    if berubah and akseptor.pelayanan.filter(tahap=Tahap.TERVERIFIKASI).exists():
        raise Ditolak(
            "Ibu ini punya pelayanan yang sudah diverifikasi, jadi nama, NIK, tanggal lahir, suami, dan desanya tidak "
            "bisa diubah dari sini. Bila keliru, minta petugas PLKB mengembalikan pelayanan itu dulu."
        )


@lintas_wilayah("pasangan melintasi desa")
def _ada_serumah(akseptor: Akseptor, nik: str) -> bool:
    """Whether another row of this couple has that NIK."""
    lain = Akseptor.objects.filter(pasangan=akseptor.pasangan).exclude(pk=akseptor.pk)
    return lain.ber_nik(nik).exists()


def _sesuaikan_pasangan(akseptor: Akseptor, sebelum: dict[str, Any], isian: Isian) -> None:
    """A new NIK joins the couple that has it, and leaves the one that it was joined to by its old NIK."""
    nik_lama = sebelum["nik_istri"]
    if nik_lama and akseptor.nik_istri != nik_lama and _ada_serumah(akseptor, nik_lama):
        akseptor.pasangan = uuid.uuid4()
        akseptor.perlu_tinjau_duplikat = False
    sama = pasangan_lain(akseptor, isian.orang_sama)
    if sama and sama != akseptor.pasangan:
        gabungkan(akseptor, sama)
        akseptor.perlu_tinjau_duplikat = True
    # What an officer has decided stays decided until the person is written differently.
    if isian.ada_kemiripan and any(getattr(akseptor, nama) != sebelum[nama] for nama in JATI_DIRI):
        akseptor.perlu_tinjau_duplikat = True
