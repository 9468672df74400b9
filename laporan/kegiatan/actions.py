"""Every way an activity changes. One function per change; each writes its trace in the same transaction."""

import uuid
from typing import Any

from django.db import transaction

from akseptor.actions import NomorTerpakai
from akseptor.actions.pasangan import DI_LUAR
from akseptor.actions.tulis import SUDAH_BERUBAH, beda_potret, periksa_pencatat, potret
from kader.actions import catat_jejak, susun_jejak
from kader.baris import lintas_wilayah
from kader.cakupan import Cakupan
from kader.models import Pengguna
from laporan.kegiatan.isian import Foto, Isian
from laporan.kegiatan.kunci import periksa_terbuka
from laporan.models import FotoKegiatan, Kegiatan
from poskb.dasar.kunci import kunci_transaksi
from poskb.dasar.sisip import sisip
from poskb.dasar.tolak import Ditolak
from poskb.dasar.waktu import sekarang

APA = "kegiatan"
KOLOM = ("desa_id", "macam_id", "tanggal", "jumlah_orang", "tempat", "catatan", "sidik_foto")
SUDAH_DIHAPUS = "Kegiatan ini sudah dihapus. Pulihkan dulu dari daftar kegiatan, lalu ubah."
PANJANG_ALASAN = 200


@transaction.atomic
def catat(oleh: Pengguna, cakupan: Cakupan, isian: Isian) -> tuple[Kegiatan, bool]:
    """Write an activity down once; sending it again gives the same row and False.

    Raises Ditolak outside the area, for a role that does not record, in an approved month, or (NomorTerpakai) when
    the id stands for something else.
    """
    kunci_transaksi(f"catatan:{isian.id}")
    ada = _yang_bernomor(isian.id)
    if ada:
        if ada.dicatat_oleh_id != oleh.pk or any(getattr(ada, k) != v for k, v in _kolom(isian, "").items()):
            raise NomorTerpakai
        return ada, False
    periksa_pencatat(oleh, cakupan, isian.desa, apa=APA)
    periksa_terbuka((isian.desa, isian.tanggal))
    kini = sekarang()
    kegiatan = Kegiatan(
        id=isian.id,
        dicatat_oleh=oleh,
        dicatat_pada=isian.dicatat_pada or kini,
        diterima_pada=kini,
        sidik=isian.sidik,
        **_kolom(isian, ""),
    )
    perubahan = {"sidik_foto": _kata_foto("", kegiatan.sidik_foto)} if isian.foto else {}
    # Nothing is asked back: of an activity that is handed over the database lets nothing be read.
    sisip([kegiatan], [susun_jejak(oleh, "mencatat", kegiatan, wilayah=kegiatan.desa_id, perubahan=perubahan)])
    if isian.foto:
        tulis_foto(kegiatan, isian.foto)
    return kegiatan, True


@lintas_wilayah("nomor kegiatan berlaku di semua desa")
def _yang_bernomor(kunci: uuid.UUID) -> Kegiatan | None:
    return Kegiatan.objects.filter(pk=kunci).first()


@transaction.atomic
def ubah(oleh: Pengguna, cakupan: Cakupan, kegiatan_id: uuid.UUID, isian: Isian, *, versi: int) -> Kegiatan:
    """Correct an activity. `versi` is the one the person saw.

    Raises Ditolak when it is removed, changed meanwhile, outside the area, or when its old or new month is approved.
    """
    kegiatan = _pegang(oleh, cakupan, kegiatan_id)
    periksa_pencatat(oleh, cakupan, isian.desa, apa=APA)
    if kegiatan.versi != versi:
        raise Ditolak(SUDAH_BERUBAH)
    if kegiatan.dihapus:
        raise Ditolak(SUDAH_DIHAPUS)
    periksa_terbuka((kegiatan.desa_id, kegiatan.tanggal), (isian.desa, isian.tanggal))
    kolom = _kolom(isian, kegiatan.sidik_foto)
    if kolom["sidik_foto"] != kegiatan.sidik_foto:
        tulis_foto(kegiatan, isian.foto)
    return _tulis(oleh, kegiatan, "mengubah", kolom)


@transaction.atomic
def hapus(oleh: Pengguna, cakupan: Cakupan, kegiatan_id: uuid.UUID, *, versi: int, alasan: str = "") -> Kegiatan:
    """Take an activity out of lists and counts; what is removed already stays so. Raises Ditolak as `ubah`."""
    kegiatan = _pegang(oleh, cakupan, kegiatan_id)
    if kegiatan.dihapus:
        return kegiatan
    if kegiatan.versi != versi:
        raise Ditolak(SUDAH_BERUBAH)
    alasan = " ".join(alasan.replace("\x00", "").split())[:PANJANG_ALASAN]
    periksa_terbuka((kegiatan.desa_id, kegiatan.tanggal))
    kolom = {"dihapus_pada": sekarang(), "dihapus_oleh": oleh, "alasan_hapus": alasan}
    return _tulis(oleh, kegiatan, "menghapus", kolom, alasan=alasan)


@transaction.atomic
def pulihkan(oleh: Pengguna, cakupan: Cakupan, kegiatan_id: uuid.UUID) -> Kegiatan:
    """Put a removed activity back; one that was not removed stays as it is. Raises Ditolak as `ubah`."""
    kegiatan = _pegang(oleh, cakupan, kegiatan_id)
    if not kegiatan.dihapus:
        return kegiatan
    periksa_terbuka((kegiatan.desa_id, kegiatan.tanggal))
    kolom = {"dihapus_pada": None, "dihapus_oleh": None, "alasan_hapus": ""}
    return _tulis(oleh, kegiatan, "memulihkan", kolom)


def _kolom(isian: Isian, foto_sebelum: str) -> dict[str, Any]:
    return {
        "desa_id": isian.desa,
        "macam_id": isian.macam,
        "tanggal": isian.tanggal,
        "jumlah_orang": isian.jumlah_orang,
        "tempat": isian.tempat,
        "catatan": isian.catatan,
        "sidik_foto": isian.sidik_foto(foto_sebelum),
    }


def tulis_foto(kegiatan: Kegiatan, foto: Foto | None) -> None:
    """Put a photo in the place of what was there; None takes the bytes away for good. `sidik_foto` is the caller's."""
    if foto is None:
        FotoKegiatan.objects.filter(pk=kegiatan.pk).delete()
        return
    isi = {nama: getattr(foto, nama) for nama in ("isi", "kecil")}
    FotoKegiatan.objects.update_or_create(kegiatan=kegiatan, defaults=isi)


def _kata_foto(sebelum: str, sesudah: str) -> list[str]:
    """Return what the history says of a photo: that it was there, never which one it was."""
    return ["ada" if sebelum else "", "dihapus" if not sesudah else "diganti" if sebelum else "ditambah"]


def _pegang(oleh: Pengguna, cakupan: Cakupan, kegiatan_id: uuid.UUID) -> Kegiatan:
    """Fetch an activity and hold it. Raises Ditolak for who may not write there."""
    kegiatan = Kegiatan.objects.select_for_update(of=("self",), no_key=True).filter(pk=kegiatan_id).first()
    if kegiatan is None:
        raise Ditolak(DI_LUAR)
    periksa_pencatat(oleh, cakupan, kegiatan.desa_id, apa=APA)
    return kegiatan


def _tulis(oleh: Pengguna, kegiatan: Kegiatan, tindakan: str, kolom: dict[str, Any], *, alasan: str = "") -> Kegiatan:
    """Write columns, raise the version, keep what stood there."""
    sebelum = potret(kegiatan)
    for nama, nilai in kolom.items():
        setattr(kegiatan, nama, nilai)
    kegiatan.versi += 1
    kegiatan.save(update_fields=[*kolom, "versi"])
    # That it was removed or put back is the act itself; what she wrote is what may need reading again.
    beda = {k: v for k, v in beda_potret(sebelum, potret(kegiatan)).items() if k in KOLOM}
    if "sidik_foto" in beda:
        beda["sidik_foto"] = _kata_foto(*beda["sidik_foto"])
    catat_jejak(oleh, tindakan, kegiatan, wilayah=kegiatan.desa_id, alasan=alasan, perubahan=beda)
    return kegiatan
