"""A substitute officer and exceptions to deadlines, so that their pages tell something."""

import datetime as dt

from kader.actions import catat_jejak
from kader.enums import Peran
from kader.models import Penugasan, Wilayah
from kader.penggantian import MENUNJUK
from laporan.demo.buku import Buku
from laporan.demo.lapor import JUNI
from laporan.demo.orang import KECAMATAN, Orang
from laporan.demo.silam import APRIL
from laporan.enums import TingkatTenggat
from laporan.models import Pengecualian
from poskb.dasar.waktu import WIB, hari_ini, sekarang

LAMA = dt.timedelta(days=12)
TERPENCIL = "32.14.15"  # Sukasari, across the lake
JARINGAN = "Jaringan seluler di seberang waduk putus sejak 28 April; laporan diantar dengan perahu."
LONGSOR = "Jalan ke desa-desa tertutup longsor; kader belum dapat menyetor buku bantu."


def tambah_pengecualian(buku: Buku) -> None:
    """Write one that is over, as `laporan.bulanan.pengecualian` does."""
    pada = dt.datetime(2021, 5, 2, 9, 40, tzinfo=WIB)
    satu = _pengecualian(buku.orang, APRIL, TingkatTenggat.KADER, dt.date(2021, 5, 10), JARINGAN, pada)
    if satu:
        buku.tulis_jejak("memberi", satu, satu.dibuat_oleh, pada, TERPENCIL, alasan=JARINGAN, **_isi(satu))


def tambah_tenggat(orang: Orang) -> None:
    """Write both that hold, as `kader.penggantian` and `laporan.bulanan.pengecualian` do, from today on."""
    _pengganti(orang)
    satu = _pengecualian(orang, JUNI, TingkatTenggat.TUTUP, hari_ini() + LAMA, LONGSOR, sekarang())
    if satu:
        catat_jejak(satu.dibuat_oleh, "memberi", satu, wilayah=TERPENCIL, alasan=LONGSOR, perubahan=_isi(satu))


def _pengecualian(
    orang: Orang, bulan: dt.date, tingkat: TingkatTenggat, sampai: dt.date, alasan: str, pada: dt.datetime
) -> Pengecualian | None:
    """Write one; None where that kecamatan is not loaded."""
    wilayah = Wilayah.objects.kecamatan().filter(kode=TERPENCIL).first()
    isi = {"bulan": bulan, "tingkat": tingkat, "sampai": sampai, "alasan": alasan}
    isi |= {"dibuat_pada": pada, "dibuat_oleh": orang.tetap["dppkb"]}
    return wilayah and Pengecualian.objects.create(wilayah=wilayah, **isi)


def _isi(satu: Pengecualian) -> dict[str, list[str | None]]:
    return {
        "bulan": [None, f"{satu.bulan:%Y-%m}"],
        "tingkat": [None, str(satu.tingkat)],
        "sampai": [None, f"{satu.sampai}"],
    }


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
