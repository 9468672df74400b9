"""Erasing a person and keeping the count: what names her goes, what was done stays (docs/hak-subjek.md).

Services keep desa, day, method, status, stage and place, so every count, stored or recounted, says the same before and
after. Her rows keep their keys: they are the tombstones by which a phone that still holds her is refused.
"""

import datetime as dt
import uuid
from collections.abc import Collection
from typing import Any

from django.db import connection, transaction
from django.db.models import F

from akseptor.actions.pasangan import kunci_pasangan
from akseptor.actions.permintaan import pegang, tutup
from akseptor.enums import HasilKunjungan, JenisPermintaan, KeadaanPermintaan
from akseptor.models import Akseptor, Kunjungan, Pelayanan, PermintaanSubjek, Persetujuan
from akseptor.models.akseptor import AkseptorQuerySet
from akseptor.signals import data_ditutup
from akseptor.tertutup import NAMA_HAPUS
from kader.actions import catat_jejak
from kader.cakupan import Cakupan
from kader.models import Pengguna
from poskb.dasar.tolak import Ditolak
from poskb.dasar.waktu import sekarang

# The word on which the database lets values of her lines be taken out (kader, migration 0007).
MENGHAPUS = "menghapus data pribadi"
DIHAPUS = "Dihapus"
# Every column, of whatever table, whose values the history forgets.
KOLOM_PRIBADI = (
    "nama_istri nik_istri nik_indeks alasan_nik_menyusul tanggal_lahir_istri nama_suami no_hp hp_indeks rt alamat "
    "jumlah_anak perlu_tinjau_duplikat alasan_tahap peringatan_dikonfirmasi catatan alasan_tarik isi"
).split()
TERHAPUS = {nama: ["•", "•"] for nama in (*KOLOM_PRIBADI, "dihapus_pada")}
SETUJU_SESUDAHNYA = (
    "Sesudah permintaan ini ibu setuju datanya dicatat, jadi datanya tidak dihapus. Tanyakan kepada ibu: bila tetap "
    "ingin dihapus, jawab permintaan ini dengan Ditolak, lalu catat permintaan baru."
)
SUDAH_DIHAPUS = (
    "Data ibu ini sudah dihapus lebih dulu, jadi tidak ada lagi yang dihapus sekarang. Muat ulang halaman, lalu tulis "
    "jawabannya."
)
JAWABAN = "Data pribadi ibu sudah dihapus. Jumlah pelayanan tetap dihitung tanpa namanya."


@transaction.atomic
def penuhi_penghapusan(oleh: Pengguna, cakupan: Cakupan, pk: int) -> PermintaanSubjek:
    """Erase the person of a request, with every row that is said to be her, and answer it.

    Raises Ditolak for who is not on duty, a request that is closed or asks for something else, who agreed again
    since, or when there is nothing left to erase.
    """
    satu = pegang(oleh, cakupan, pk)
    if satu.jenis != JenisPermintaan.HAPUS:
        raise Ditolak("Permintaan ini tidak meminta penghapusan.")
    pasangan = satu.akseptor.pasangan
    if Persetujuan.objects.filter(akseptor__pasangan=pasangan, diberikan_pada__gt=satu.diterima_pada).exists():
        raise Ditolak(SETUJU_SESUDAHNYA)
    if not hapus_data(oleh, [pasangan], alasan=f"permintaan nomor {satu.pk}"):
        raise Ditolak(SUDAH_DIHAPUS)
    satu.isi = ""
    tutup(oleh, satu, KeadaanPermintaan.DIPENUHI, JAWABAN)
    for lain in (
        PermintaanSubjek.objects.select_for_update(of=("self",))
        .terbuka()
        .filter(akseptor__pasangan=pasangan)
        .select_related("akseptor")
    ):
        tutup(oleh, lain, KeadaanPermintaan.DIPENUHI, JAWABAN)
    return satu


@transaction.atomic
def hapus_data(oleh: Pengguna | None, pasangan: Collection[uuid.UUID], *, alasan: str, nama: str = NAMA_HAPUS) -> int:
    """Erase all rows of some couples; return how many. What was erased before is left as it is.

    `oleh` None: the product itself, for retention. `nama`: what stands where her name stood.
    """
    kunci_pasangan(*pasangan)
    return _hapus(oleh, Akseptor.objects.filter(pasangan__in=pasangan), alasan=alasan, nama=nama)


@transaction.atomic
def hapus_lagi(orang: Collection[uuid.UUID]) -> int:
    """Erase again exactly these rows, which a restored backup brought back; return how many.

    Not their couples: who was taken for the same person when the backup was made need not have been.
    """
    semua = Akseptor.objects.filter(pk__in=orang)
    kunci_pasangan(*semua.values_list("pasangan", flat=True))
    return _hapus(None, semua, alasan="penghapusan diulang sesudah pemulihan cadangan", nama=NAMA_HAPUS)


def _hapus(oleh: Pengguna | None, baris: AkseptorQuerySet, *, alasan: str, nama: str) -> int:
    akseptor = list(baris.filter(dihapus_pada__isnull=True).select_for_update(of=("self",)).order_by("pk"))
    if not akseptor:
        return 0
    kini = sekarang()
    for a in akseptor:
        # First the word, then the deed: the database asks for it.
        catat_jejak(oleh, MENGHAPUS, a, wilayah=a.desa_id, alasan=alasan, perubahan=TERHAPUS)
        _kosongkan(a, nama, kini)
    kunci = [a.pk for a in akseptor]
    _kosongkan_pelayanan(kunci)
    _kosongkan_kunjungan(oleh, kunci)
    PermintaanSubjek.objects.filter(akseptor__in=kunci).exclude(isi="").update(isi="")
    with connection.cursor() as cursor:
        cursor.execute("SELECT jejak_lupakan(%s::uuid[], %s::text[])", [kunci, KOLOM_PRIBADI])
    data_ditutup.send(sender=Akseptor, orang=kunci)
    return len(akseptor)


def _kosongkan(a: Akseptor, nama: str, kini: dt.datetime) -> None:
    a.nama_istri = nama
    # Of the birth date the year stays: it names nobody, and the column must hold a date.
    a.tanggal_lahir_istri = a.tanggal_lahir_istri.replace(month=1, day=1)
    a.nik_istri, a.nik_indeks = "", None
    a.alasan_nik_menyusul = a.nama_suami = a.no_hp = a.alamat = a.rt = ""
    a.jumlah_anak, a.perlu_tinjau_duplikat = None, False
    # RW stays: the map of a desa is drawn in steps of five by it. So does whether the NIK was missing: it was counted.
    a.dihapus_pada = kini
    a.save()


def _kosongkan_pelayanan(akseptor: list[uuid.UUID]) -> None:
    """Take out free words, confirmed warnings and the hash of what was sent; of a locked service too, which the
    database allows for who was erased. What stands in an approved report has no free words."""
    semua = Pelayanan.objects.filter(akseptor__in=akseptor)
    semua.update(versi=F("versi") + 1, peringatan_dikonfirmasi=[], sidik="")
    semua.filter(bulan_laporan__isnull=True).exclude(alasan_tahap="").update(alasan_tahap=DIHAPUS)


def _kosongkan_kunjungan(oleh: Pengguna | None, akseptor: list[uuid.UUID]) -> None:
    semua = Kunjungan.objects.filter(pelayanan__akseptor__in=akseptor).select_related("pelayanan")
    for k in semua.select_for_update(of=("self",)).order_by("pk"):
        kolom: dict[str, Any] = {
            "catatan": DIHAPUS if k.hasil == HasilKunjungan.PERLU_DIPERBAIKI else "",
            "alasan_tarik": DIHAPUS if k.ditarik else "",
        }
        if any(getattr(k, n) != v for n, v in kolom.items()):
            for n, v in kolom.items():
                setattr(k, n, v)
            k.versi += 1
            k.save(update_fields=[*kolom, "versi"])
            perubahan = {n: ["•", "•"] for n in kolom}
            catat_jejak(oleh, "mengosongkan kunjungan", k, wilayah=k.pelayanan.desa_id, perubahan=perubahan)
