"""A substitute for an officer, by dates: appointed and ended by koordinator or DPPKB. She sees the desa just then.

The assignment ends by itself. Why, and who replaced whom, stands in the history (Jejak) of each assignment.
"""

import datetime as dt
from collections.abc import Collection

from django.db import transaction

from kader.actions import catat_jejak
from kader.alasan import periksa_alasan
from kader.cakupan import Cakupan
from kader.enums import Peran
from kader.models import Pengguna, Penugasan, Wilayah
from poskb.dasar.kunci import kunci_transaksi
from poskb.dasar.tolak import Ditolak
from poskb.dasar.waktu import hari_ini, tulis_tanggal

PENUNJUK = frozenset({Peran.KOORDINATOR, Peran.DPPKB})
MENUNJUK, MENGAKHIRI, MEMBATALKAN = "menunjuk pengganti", "mengakhiri pengganti", "membatalkan pengganti"
PANJANG_ALASAN = 300
TANPA_ALASAN = "Tulis alasannya, cukup singkat: cuti, pelatihan, sakit."
# Longer, or later, is a mistyped year: who stays away longer is followed by another officer.
PALING_LAMA = dt.timedelta(days=366)


@transaction.atomic
def tunjuk(
    oleh: Pengguna,
    cakupan: Cakupan,
    petugas: Pengguna,
    pengganti: Pengguna,
    kode_desa: Collection[str],
    mulai: dt.date,
    selesai: dt.date,
    alasan: str,
) -> list[Penugasan]:
    """Let another officer act in desa of an officer from a day to a day, both included: all of these desa or none.

    Raises Ditolak for the wrong role of either, desa or substitute outside the area, desa that are not that officer's,
    dates reversed, over or too far, another substitute in the same days, or without a reason.
    """
    _periksa_penunjuk(oleh, cakupan, kode_desa)
    _periksa_pengganti(oleh, cakupan, petugas, pengganti)
    _periksa_hari(mulai, selesai)
    alasan = periksa_alasan(alasan, kosong=TANPA_ALASAN, terpanjang=PANJANG_ALASAN)
    # Two at once for one desa: the second sees the first.
    kunci_transaksi(*(f"pengganti:{kode}" for kode in sorted(kode_desa)))
    desa = list(Wilayah.objects.desa().filter(kode__in=kode_desa).select_related("induk").order_by("kode"))
    _periksa_dipegang(petugas, desa, mulai)
    _periksa_bentrok(desa, mulai, selesai)
    hasil = []
    for satu in desa:
        tugas = Penugasan.objects.create(
            pengguna=pengganti, wilayah=satu, sebagai=Peran.PLKB, mulai=mulai, selesai=selesai, pengganti=True
        )
        _catat(oleh, MENUNJUK, tugas, petugas.nama, alasan)
        hasil.append(tugas)
    return hasil


@transaction.atomic
def akhiri(oleh: Pengguna, cakupan: Cakupan, pk: int) -> int:
    """End a substitution at once, in all desa that were given together; return how many assignments.

    What has begun before today gets yesterday as its last day; what begins today or later is taken back, and only its
    history stays. Raises Ditolak when it is over already, or for who may not.
    """
    satu = Penugasan.objects.filter(pk=pk, pengganti=True).first()
    if satu is None:
        raise Ditolak("Penggantian ini sudah dibatalkan. Muat ulang halaman.")
    _periksa_penunjuk(oleh, cakupan, [satu.wilayah_id])
    ini = hari_ini()
    sama = {"pengguna": satu.pengguna_id, "mulai": satu.mulai, "selesai": satu.selesai, "pengganti": True}
    semua = Penugasan.objects.dalam(cakupan).filter(**sama).select_for_update(of=("self",)).order_by("pk")
    tugas = [p for p in semua.select_related("pengguna") if p.selesai is None or p.selesai >= ini]
    if not tugas:
        raise Ditolak("Penggantian ini sudah berakhir. Muat ulang halaman.")
    for p in tugas:
        if p.mulai < ini:
            p.selesai = ini - dt.timedelta(days=1)
            p.save(update_fields=["selesai"])
            _catat(oleh, MENGAKHIRI, p)
        else:
            _catat(oleh, MEMBATALKAN, p)
            p.delete()
    return len(tugas)


def _catat(oleh: Pengguna, tindakan: str, tugas: Penugasan, menggantikan: str = "", alasan: str = "") -> None:
    perubahan = {
        "pengganti": [None, tugas.pengguna.nama],
        "mulai": [None, f"{tugas.mulai}"],
        "selesai": [None, f"{tugas.selesai}"],
    }
    if menggantikan:
        perubahan["menggantikan"] = [None, menggantikan]
    catat_jejak(oleh, tindakan, tugas, wilayah=tugas.wilayah_id, alasan=alasan, perubahan=perubahan)


def _periksa_penunjuk(oleh: Pengguna, cakupan: Cakupan, kode_desa: Collection[str]) -> None:
    if oleh.peran not in PENUNJUK:
        raise Ditolak("Pengganti ditunjuk oleh koordinator atau DPPKB. Hubungi koordinator Anda.")
    if not kode_desa:
        raise Ditolak("Pilih sedikitnya satu desa.")
    if not all(cakupan.memuat(kode) for kode in kode_desa):
        raise Ditolak("Ada desa di luar wilayah tugas Anda. Pilih desa dari daftar.")


def _periksa_pengganti(oleh: Pengguna, cakupan: Cakupan, petugas: Pengguna, pengganti: Pengguna) -> None:
    if pengganti.peran != Peran.PLKB or not pengganti.is_active:
        raise Ditolak("Pengganti harus petugas PLKB yang masih aktif. Pilih petugas lain.")
    if pengganti.pk == petugas.pk:
        raise Ditolak("Petugas tidak dapat menggantikan dirinya sendiri. Pilih petugas lain.")
    if oleh.peran == Peran.DPPKB:
        return
    tugas = Penugasan.objects.berlaku(hari_ini()).dalam(cakupan).filter(pengguna=pengganti, sebagai=Peran.PLKB)
    if not tugas.exists():
        raise Ditolak("Petugas ini tidak bertugas di wilayah Anda. Pilih petugas dari wilayah Anda, atau minta DPPKB.")


def _periksa_hari(mulai: dt.date, selesai: dt.date) -> None:
    ini = hari_ini()
    if selesai < mulai:
        raise Ditolak("Tanggal selesai tidak boleh sebelum tanggal mulai.")
    if mulai < ini:
        raise Ditolak("Tanggal mulai sudah lewat. Pilih hari ini atau sesudahnya.")
    if mulai > ini + PALING_LAMA or selesai > mulai + PALING_LAMA:
        raise Ditolak(
            "Tanggalnya lebih dari setahun. Periksa tahunnya; untuk selamanya, DPPKB mengganti penugasannya."
        )


def _periksa_dipegang(petugas: Pengguna, desa: list[Wilayah], mulai: dt.date) -> None:
    tetap = Penugasan.objects.berlaku(mulai).filter(pengguna=petugas, sebagai=Peran.PLKB, pengganti=False)
    milik = set(tetap.values_list("wilayah_id", flat=True))
    asing = [d for d in desa if d.kode not in milik]
    if asing:
        raise Ditolak(
            f"{asing[0].nama_lengkap} bukan desa binaan {petugas.nama} pada {tulis_tanggal(mulai)}. Pilih desa lain."
        )


def _periksa_bentrok(desa: list[Wilayah], mulai: dt.date, selesai: dt.date) -> None:
    lain = Penugasan.objects.filter(wilayah__in=desa, sebagai=Peran.PLKB, pengganti=True, mulai__lte=selesai)
    satu = lain.exclude(selesai__lt=mulai).select_related("pengguna", "wilayah__induk").order_by("mulai").first()
    if satu:
        sampai = f" sampai {tulis_tanggal(satu.selesai)}" if satu.selesai else ""
        raise Ditolak(
            f"{satu.wilayah.nama_lengkap} sudah punya pengganti: {satu.pengguna.nama}, mulai "
            f"{tulis_tanggal(satu.mulai)}{sampai}. Akhiri dulu yang itu, atau pilih tanggal lain."
        )
