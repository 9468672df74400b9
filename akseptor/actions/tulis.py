"""From an Isian to the rows, and what changed on the way."""

from typing import Any

from django.db import models

from akseptor.isian import Isian
from akseptor.models import Akseptor, Pelayanan
from kader.cakupan import Cakupan
from kader.enums import Peran
from kader.models import Pengguna
from poskb.dasar.tolak import Ditolak

SUDAH_BERUBAH = "Catatan ini baru saja diubah orang lain. Muat ulang halaman, lalu periksa lagi sebelum menyimpan."
RAHASIA = {"nik_istri", "no_hp", "alamat"}
INDEKS = {"nik_indeks", "hp_indeks"}  # they say nothing that their column does not


def periksa_pencatat(oleh: Pengguna, cakupan: Cakupan, kode_desa: str, *, apa: str = "akseptor") -> None:
    if oleh.peran != Peran.KADER:
        raise Ditolak(f"Hanya kader yang mencatat {apa}.")
    if not cakupan.memuat(kode_desa):
        raise Ditolak("Desa ini di luar wilayah tugas Anda. Pilih desa Anda sendiri.")


def isi_akseptor(akseptor: Akseptor, isian: Isian) -> None:
    akseptor.desa_id = isian.desa
    akseptor.pasang_nik(isian.nik_istri)
    akseptor.nik_menyusul = not isian.nik_istri
    akseptor.alasan_nik_menyusul = "" if isian.nik_istri else isian.alasan_nik_menyusul
    for nama in ("nama_istri", "tanggal_lahir_istri", "nama_suami", "no_hp", "rw", "rt", "alamat", "jumlah_anak"):
        setattr(akseptor, nama, getattr(isian, nama))


def isi_pelayanan(pelayanan: Pelayanan, isian: Isian) -> None:
    pelayanan.tahap = isian.tahap
    pelayanan.faskes_id = isian.faskes
    pelayanan.tanggal = isian.tanggal_pelayanan
    pelayanan.peringatan_dikonfirmasi = list(isian.peringatan)
    for nama in ("metode", "status_peserta", "pascapersalinan", "pascakeguguran", "perlu_perhatian_bidan"):
        setattr(pelayanan, nama, getattr(isian, nama))


def potret(*baris_baris: models.Model) -> dict[str, Any]:
    return {
        f.attname: getattr(baris, f.attname)
        for baris in baris_baris
        for f in baris._meta.concrete_fields
        if f.attname not in {"id", "versi", "akseptor_id", "pasangan", "diterima_pada"}
    }


def beda_potret(sebelum: dict[str, Any], sesudah: dict[str, Any]) -> dict[str, list[str]]:
    """Return what changed; of secret columns only that they did."""
    beda = {}
    for nama, lama in sebelum.items():
        if lama == sesudah[nama] or nama in INDEKS:
            continue
        rahasia = nama in RAHASIA
        beda[nama] = ["•", "•"] if rahasia else [_tulis(lama), _tulis(sesudah[nama])]
    return beda


def _tulis(nilai: Any) -> str:
    return "" if nilai is None else str(nilai)
