"""What the page of the campaign is tried on."""

import datetime as dt

import pytest

from laporan.kampanye.hitung import hitung_ulang_semua
from laporan.kampanye.target import bagi_rata_per_desa
from tests.alat import CITEKO, GANDASOLI, NAGROG, Dunia, buat_dunia, catatan


@pytest.fixture
def dunia(db: None) -> Dunia:
    """Records of every stage, method, status and delay, in three desa."""
    satu = buat_dunia()
    bagi_rata_per_desa(satu.kampanye)
    hari = [dt.date(2021, 6, 18) + dt.timedelta(days=n) for n in range(20)]
    for n, h in enumerate(hari):
        catatan(satu, h, desa=(CITEKO, GANDASOLI, NAGROG)[n % 3], tahap="terverifikasi" if n % 2 else "dilayani")
    catatan(satu, hari[3], metode="iud", status_peserta="ganti_cara")
    catatan(satu, hari[4], metode="mow", diterima_pada=dt.datetime(2021, 7, 6, 3, tzinfo=dt.UTC))
    catatan(satu, hari[9], metode="iud", diterima_pada=dt.datetime(2021, 6, 29, 3, tzinfo=dt.UTC))
    kembar = catatan(satu, hari[5])
    catatan(satu, hari[8], pasangan=kembar.pasangan, metode="iud")  # the same couple counts once
    catatan(satu, hari[6], tahap="dikembalikan", alasan_tahap="periksa tanggal")
    catatan(satu, hari[7], tahap="batal", alasan_tahap="keliru")
    for tahap in ("calon", "dirujuk"):
        catatan(satu, None, tahap=tahap, faskes=None, metode="", status_peserta="")
    menyusul = catatan(satu, hari[11], desa=GANDASOLI).akseptor
    menyusul.pasang_nik("")
    menyusul.nik_menyusul, menyusul.alasan_nik_menyusul = True, "KTP hilang"
    menyusul.save()
    catatan(satu, dt.date(2021, 5, 2))  # outside the window
    hitung_ulang_semua()
    return satu
