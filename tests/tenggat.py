"""Rows about deadlines, reminders and substitutes, as they stand in the database. Each function returns a key."""

import datetime as dt

from akseptor.models import Titipan
from kader.enums import Peran
from kader.models import Pengguna, Penugasan, TokenApi
from laporan.models import Pengecualian, Pesan
from poskb.dasar.waktu import sekarang

JUNI = dt.date(2021, 6, 1)
SEBELUM, SESUDAH = dt.date(2021, 7, 5), dt.date(2021, 7, 20)


def pengecualian(kode: str, tingkat: str = "tutup", sampai: dt.date = SESUDAH, bulan: dt.date = JUNI) -> int:
    """An exception in force."""
    return Pengecualian.objects.create(
        wilayah_id=kode,
        bulan=bulan,
        tingkat=tingkat,
        sampai=sampai,
        alasan="banjir",
        dibuat_pada=sekarang(),
        dibuat_oleh=Pengguna.objects.filter(peran=Peran.DPPKB).first(),
    ).pk


def pesan(kode: str) -> int:
    """A reminder that waits, to the kader of a desa."""
    kader = Penugasan.objects.filter(wilayah=kode, sebagai=Peran.KADER).first()
    isi = {
        "jenis": "lewat",
        "hari": SEBELUM,
        "teks": "Laporan Juni 2021 belum kami terima.",
        "dibuat_pada": sekarang(),
    }
    return Pesan.objects.create(untuk_id=kader.pengguna_id, desa_id=kode, bulan=JUNI, **isi).pk


def petugas(kode: str) -> int:
    """The regular officer of a desa."""
    return Penugasan.objects.get(wilayah=kode, sebagai=Peran.PLKB, pengganti=False).pengguna_id


def penggantian(kode: str, mulai: dt.date = SEBELUM, selesai: dt.date = SESUDAH) -> int:
    """A substitution that runs: by an officer who has no desa of her own."""
    lain = Pengguna.objects.get_or_create(nama_masuk="cadangan", defaults={"nama": "Cadangan", "peran": Peran.PLKB})[0]
    return Penugasan.objects.create(
        pengguna=lain, wilayah_id=kode, sebagai=Peran.PLKB, mulai=mulai, selesai=selesai, pengganti=True
    ).pk


def kader(kode: str) -> int:
    """The kader of a desa."""
    return Penugasan.objects.get(wilayah=kode, sebagai=Peran.KADER).pengguna_id


def titipan(kode: str) -> int:
    """Her, with something that her phone handed over: an envelope that nobody can open."""
    satu = kader(kode)
    Titipan.objects.create(
        kader_id=satu, desa_id=kode, berkas=b"x", jumlah=1, sidik=f"sidik {kode}", diterima_pada=sekarang()
    )
    return satu


def token(kode: str) -> int:
    """A key of another office for an area."""
    return TokenApi.objects.create(
        kantor="Diskominfo",
        keperluan="papan",
        wilayah_id=kode,
        sidik=f"sidik {kode}",
        awal="poskb_abcd",
        berlaku_sampai=SESUDAH,
        dibuat_oleh=Pengguna.objects.filter(peran=Peran.DPPKB).first(),
        dibuat_pada=sekarang(),
    ).pk
