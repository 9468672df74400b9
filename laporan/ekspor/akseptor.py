"""The named list of a month: who was served. NIK as text; no phone, no address: nobody needs them."""

import datetime as dt
import uuid

from akseptor.models import Pelayanan
from akseptor.models.pelayanan import PelayananQuerySet
from kader.cakupan import Cakupan
from laporan.ekspor.lembaran import Kolom, Lembaran, Sel
from poskb.dasar.waktu import geser_bulan, tulis_bulan

KOLOM = [
    Kolom("No.", 6),
    Kolom("Nama istri", 26),
    Kolom("NIK istri", 19),
    Kolom("Alasan NIK menyusul", 24),
    Kolom("Tanggal lahir", 13),
    Kolom("Nama suami", 22),
    Kolom("Desa", 20),
    Kolom("Kecamatan", 18),
    Kolom("RW", 6),
    Kolom("RT", 6),
    Kolom("Tanggal pelayanan", 13),
    Kolom("Metode", 18),
    Kolom("Status peserta", 14),
    Kolom("Tempat pelayanan", 26),
    Kolom("Tahap", 14),
]


def daftar_akseptor(cakupan: Cakupan, bulan: dt.date, kode: str = "") -> tuple[Lembaran, set[uuid.UUID]]:
    """Return the services of a month that happened and stand, by desa and day, and whose names they hold. One query.

    Who withdrew her consent or was erased stands in no list of names.
    """
    baris = _bulan_ini(cakupan, bulan, kode).boleh_dipakai().lengkap_dengan_nama()
    baris = baris.defer("akseptor__no_hp", "akseptor__alamat")
    semua = list(baris.order_by("desa_id", "tanggal", "pk"))
    isi = [_baris(nomor, p) for nomor, p in enumerate(semua, 1)]
    judul = f"Daftar akseptor {tulis_bulan(bulan)}. Data pribadi dan kesehatan: jangan disebarkan, hapus bila selesai."
    return Lembaran("Akseptor", KOLOM, isi, judul=judul, beku=2), {p.akseptor_id for p in semua}


def tanpa_nama(cakupan: Cakupan, bulan: dt.date, kode: str = "") -> int:
    """Return how many services of the month the list leaves out because their person withdrew or was erased."""
    semua = _bulan_ini(cakupan, bulan, kode)
    return semua.count() - semua.boleh_dipakai().count()


def _bulan_ini(cakupan: Cakupan, bulan: dt.date, kode: str) -> PelayananQuerySet:
    baris = Pelayanan.objects.dalam(cakupan).terlayani()
    baris = baris.filter(tanggal__gte=bulan, tanggal__lt=geser_bulan(bulan, 1))
    return baris.di(kode) if kode else baris


def _baris(nomor: int, p: Pelayanan) -> list[Sel]:
    a = p.akseptor
    return [
        nomor,
        a.nama_istri,
        a.nik_istri or None,
        a.alasan_nik_menyusul or None,
        a.tanggal_lahir_istri,
        a.nama_suami or None,
        p.desa.nama,
        p.desa.induk.nama,
        a.rw or None,
        a.rt or None,
        p.tanggal,
        p.get_metode_display(),
        p.get_status_peserta_display(),
        p.faskes.nama,
        p.get_tahap_display(),
    ]
