"""A substitute officer and an exception to the close, so that their pages tell something."""

import datetime as dt

from kader.actions import catat_jejak
from kader.enums import Peran
from kader.models import Penugasan, Wilayah
from kader.penggantian import MENUNJUK
from laporan.demo.lapor import JUNI
from laporan.demo.orang import KECAMATAN, Orang
from laporan.enums import TingkatTenggat
from laporan.models import Pengecualian
from poskb.dasar.waktu import hari_ini, sekarang

LAMA = dt.timedelta(days=12)
TERPENCIL = "32.14.15"  # Sukasari, across the lake
LONGSOR = "Jalan ke desa-desa tertutup longsor; kader belum dapat menyetor buku bantu."


def tambah_tenggat(orang: Orang) -> None:
    """Write both as `kader.penggantian` and `laporan.bulanan.pengecualian` do, from today on."""
    _pengganti(orang)
    dppkb, wilayah = orang.tetap["dppkb"], Wilayah.objects.kecamatan().filter(kode=TERPENCIL).first()
    if wilayah is None:
        return
    sampai = hari_ini() + LAMA
    satu = Pengecualian.objects.create(
        wilayah=wilayah,
        bulan=JUNI,
        tingkat=TingkatTenggat.TUTUP,
        sampai=sampai,
        alasan=LONGSOR,
        dibuat_pada=sekarang(),
        dibuat_oleh=dppkb,
    )
    perubahan = {"bulan": [None, f"{JUNI:%Y-%m}"], "tingkat": [None, "tutup"], "sampai": [None, f"{sampai}"]}
    catat_jejak(dppkb, "memberi", satu, wilayah=wilayah.kode, alasan=LONGSOR, perubahan=perubahan)


def _pengganti(orang: Orang) -> None:
    """In the koordinator's kecamatan one officer stands in for another; the one who signs in has enough to do."""
    milik: dict[int, list[str]] = {}
    for kode, petugas in sorted(orang.petugas.items()):
        if kode.startswith(KECAMATAN + ".") and petugas != orang.tetap["plkb"]:
            milik.setdefault(petugas.pk, []).append(kode)
    if len(milik) < 2:
        return
    digantikan, pengganti = (orang.petugas[kode[0]] for kode in list(milik.values())[:2])
    mulai, selesai, alasan = hari_ini(), hari_ini() + LAMA, "Pelatihan di Bandung."
    for kode in milik[digantikan.pk]:
        tugas = Penugasan.objects.create(
            pengguna=pengganti, wilayah_id=kode, sebagai=Peran.PLKB, mulai=mulai, selesai=selesai, pengganti=True
        )
        perubahan = {"pengganti": pengganti.nama, "menggantikan": digantikan.nama, "mulai": mulai, "selesai": selesai}
        perubahan = {k: [None, str(v)] for k, v in perubahan.items()}
        catat_jejak(orang.tetap["koordinator"], MENUNJUK, tugas, wilayah=kode, alasan=alasan, perubahan=perubahan)
