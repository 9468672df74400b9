"""Home visits: those of May are done, those of June are under way."""

import datetime as dt

from akseptor.enums import HasilKunjungan
from akseptor.kunjungan.sampel import sampel
from akseptor.models import Kunjungan, Pelayanan
from laporan.demo.buku import Buku
from laporan.demo.lapor import JUNI
from laporan.demo.orang import KECAMATAN
from laporan.demo.silam import MEI
from poskb.dasar.waktu import geser_bulan

# Kecamatan whose officers visit; elsewhere the sample waits.
BERKUNJUNG = (KECAMATAN, "32.14.09")
# Of the doors of a desa's sample she has come to all but so many.
BELUM_DIDATANGI = {MEI: (0, 0, 0, 0, 1), JUNI: (0, 1, 1, 2, 3)}
HASIL = {HasilKunjungan.DIKONFIRMASI: 78, HasilKunjungan.TIDAK_BERTEMU: 15, HasilKunjungan.PERLU_DIPERBAIKI: 7}
CATATAN = {
    HasilKunjungan.DIKONFIRMASI: ("", "", "", "Kartu peserta ada.", "Sudah kontrol satu kali."),
    HasilKunjungan.TIDAK_BERTEMU: ("Rumah kosong, kata tetangga bekerja.", "Sedang ke pasar."),
    HasilKunjungan.PERLU_DIPERBAIKI: ("Tanggal di kartu peserta satu hari lebih awal.", "RT-nya keliru."),
}


def tambah_kunjungan(buku: Buku) -> int:
    """Write visits of the sample with their histories; return how many. The records must be stored."""
    per_pk = {p.pk: p for p in buku.pelayanan}
    kunjungan = []
    for bulan, belum in BELUM_DIDATANGI.items():
        desa = [d for d in sorted(buku.orang.petugas) if d.startswith(tuple(f"{k}." for k in BERKUNJUNG))]
        for _, terpilih in sorted(sampel(desa, bulan).items()):
            sudah = max(0, len(terpilih) - buku.acak.choice(belum))
            kunjungan += [_satu(buku, per_pk[pk], bulan) for pk in terpilih[:sudah]]
    Kunjungan.objects.bulk_create(kunjungan)
    for k in kunjungan:
        isi = {"tanggal": ["", str(k.tanggal)], "hasil": ["", str(k.hasil)]}
        isi |= {"catatan": ["", k.catatan]} if k.catatan else {}
        buku.tulis_jejak("mencatat kunjungan", k, k.dicatat_oleh, k.dicatat_pada, k.pelayanan.desa_id, **isi)
    return len(kunjungan)


def _satu(buku: Buku, pelayanan: Pelayanan, bulan: dt.date) -> Kunjungan:
    """On a working day after the service was known, in its month or the next one."""
    acak, awal = buku.acak, pelayanan.diterima_pada.date() + dt.timedelta(days=1)
    akhir = min(geser_bulan(bulan, 2) - dt.timedelta(days=1), acak.hari_ini - dt.timedelta(days=1))
    hari = acak.hari_antara(min(awal, akhir), akhir)
    hasil = acak.timbang(HASIL)
    return Kunjungan(
        pelayanan=pelayanan,
        tanggal=hari,
        hasil=hasil,
        catatan=acak.choice(CATATAN[HasilKunjungan(hasil)]),
        dari_sampel=True,
        dicatat_oleh=buku.orang.petugas[pelayanan.desa_id],
        dicatat_pada=acak.jam(hari, 10, 16),
    )
