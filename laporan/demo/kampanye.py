"""Campaigns beside the one of 1831: one that is closed, with what arrived after its final figure, and one to come."""

import datetime as dt

from akseptor.enums import Metode
from laporan.demo.buku import Buku
from laporan.demo.orang import KECAMATAN
from laporan.kampanye.target import bagi_rata_per_desa
from laporan.kelola.kata import kampanye_baru
from laporan.kelola.penutupan import per_sel, susulan
from laporan.models import AngkaAkhir, Kampanye, Penutupan
from poskb.dasar.waktu import WIB

# Of one kecamatan only: there the records of May are told one by one (laporan/demo/mei.py).
MEI = {
    "nama": "Pekan MKJP Mei",
    "wilayah_id": KECAMATAN,
    "mulai": dt.date(2021, 5, 17),
    "selesai": dt.date(2021, 5, 31),
    "target": 30,
}
SEPTEMBER = {
    "nama": "Hari Kontrasepsi Sedunia",
    "mulai": dt.date(2021, 9, 1),
    "selesai": dt.date(2021, 9, 30),
    "target": 600,
    "metode": [str(Metode.IMPLAN), str(Metode.IUD)],
}
DIBUAT_MEI = dt.datetime(2021, 5, 10, 9, 15, tzinfo=WIB)
DITUTUP_MEI = dt.datetime(2021, 6, 10, 10, 5, tzinfo=WIB)
DIBUAT_SEPTEMBER = dt.datetime(2021, 7, 5, 14, 20, tzinfo=WIB)
CATATAN = "Rapat evaluasi DPPKB 10 Juni 2021."


def tambah_kampanye(buku: Buku, kabupaten: str) -> int:
    """Write both as `laporan.kelola` does, and their history; return how many. The records must be stored."""
    _buat(buku, SEPTEMBER | {"wilayah_id": kabupaten}, DIBUAT_SEPTEMBER)
    _tutup(buku, _buat(buku, MEI, DIBUAT_MEI))
    return 2


def _buat(buku: Buku, isi: dict[str, object], pada: dt.datetime) -> Kampanye:
    satu = Kampanye.objects.create(**isi)
    bagi_rata_per_desa(satu)
    buku.tulis_jejak("membuat", satu, buku.orang.tetap["dppkb"], pada, satu.wilayah_id, **kampanye_baru(satu))
    return satu


def _tutup(buku: Buku, kampanye: Kampanye) -> None:
    """Close it weeks ago: what arrived since then was not in the figure."""
    oleh = buku.orang.tetap["dppkb"]
    akhir = Penutupan.objects.create(
        kampanye=kampanye, target=kampanye.target, ditutup_pada=DITUTUP_MEI, ditutup_oleh=oleh, catatan=CATATAN
    )
    menyusul = susulan(akhir)
    for (desa, metode), (kini, terverifikasi) in sorted(per_sel(kampanye).items()):
        kurang = menyusul.get((desa, metode), 0)
        if tercatat := kini - kurang:
            angka = {"tercatat": tercatat, "terverifikasi": min(terverifikasi, tercatat)}
            AngkaAkhir.objects.create(penutupan=akhir, desa_id=desa, metode=metode, **angka)
    jumlah = [sum(getattr(a, n) for a in akhir.angka.all()) for n in ("tercatat", "terverifikasi")]
    perubahan = {"tercatat": ["", jumlah[0]], "terverifikasi": ["", jumlah[1]]}
    buku.tulis_jejak("menutup", kampanye, oleh, DITUTUP_MEI, kampanye.wilayah_id, alasan=CATATAN, **perubahan)
    Kampanye.objects.filter(pk=kampanye.pk).update(versi=2)
