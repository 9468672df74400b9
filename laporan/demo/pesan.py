"""Reminders of June that officers have sent already; what waits today is made by the product itself."""

import datetime as dt

from kader.models import Wilayah
from laporan.bulanan.pengingat import Keadaan, teks_pesan
from laporan.bulanan.tenggat import BIASA
from laporan.demo.buku import Buku
from laporan.demo.kisah import juli
from laporan.demo.lapor import JUNI
from laporan.demo.orang import KECAMATAN
from laporan.enums import JenisPesan, StatusPesan
from laporan.models import LaporanBulanan, Pesan
from poskb.dasar.waktu import WIB

# Two days before the deadline, and the day after it.
PENGINGAT = ((juli(1), JenisPesan.MENJELANG), (juli(4), JenisPesan.LEWAT))


def tambah_pesan(buku: Buku, laporan: list[LaporanBulanan]) -> int:
    """Write them with their histories; return how many."""
    dikirim = {x.desa_id: x.dikirim_pada for x in laporan}
    desa = Wilayah.objects.desa().di(KECAMATAN).select_related("induk").order_by("kode")
    baris = []
    for d in desa:
        for hari, jenis in PENGINGAT:
            pagi = dt.datetime.combine(hari, dt.time(6), tzinfo=WIB)
            if dikirim.get(d.kode) is None or dikirim[d.kode] > pagi:
                baris.append(_satu(buku, d, hari, jenis, pagi))
    Pesan.objects.bulk_create(baris)
    for p in baris:
        status = [str(StatusPesan.MENUNGGU), str(p.status)]
        buku.tulis_jejak("menandai", p, p.ditandai_oleh, p.ditandai_pada, p.desa_id, status=status)
    return len(baris)


def _satu(buku: Buku, desa: Wilayah, hari: dt.date, jenis: JenisPesan, pagi: dt.datetime) -> Pesan:
    return Pesan(
        untuk=buku.orang.kader[desa.kode],
        desa=desa,
        bulan=JUNI,
        jenis=jenis,
        hari=hari,
        teks=teks_pesan(jenis, Keadaan(desa, JUNI), BIASA),
        status=StatusPesan.DIKIRIM if buku.acak.mujur(0.85) else StatusPesan.TIDAK_PERLU,
        dibuat_pada=pagi,
        ditandai_pada=buku.acak.jam(hari, 8, 12),
        ditandai_oleh=buku.orang.petugas[desa.kode],
    )
