"""Classes of the IMP in one kecamatan, as its officers set them; in the others nobody has yet."""

import datetime as dt

from laporan.demo.buku import Buku
from laporan.demo.orang import DESA_DRAF, DESA_KADER, KECAMATAN
from laporan.enums import TingkatImp
from laporan.models import KelasImp

DASAR, BERKEMBANG, MANDIRI = TingkatImp.DASAR, TingkatImp.BERKEMBANG, TingkatImp.MANDIRI
# Left for her who signs in, so that there is something to decide.
BELUM_DITETAPKAN = (DESA_DRAF, "32.14.04.2010", "32.14.04.2015")
ALASAN = {
    DASAR: (
        "Pembagian tugas per RW belum jalan; buku bantu masih diisi bersama petugas.",
        "Kader baru berganti awal tahun, kegiatan masih didampingi setiap bulan.",
    ),
    BERKEMBANG: (
        "Pertemuan dan penyuluhan dijadwalkan sendiri; iuran belum ada.",
        "Buku bantu rapi dan diisi sendiri; kegiatan masih bergantung dana desa.",
    ),
    MANDIRI: ("Kegiatan direncanakan dan dibiayai sendiri; petugas cukup memantau.",),
}
NAIK = "Dibicarakan dengan kader dan kepala desa: pembagian tugas per RW sudah berjalan."


def tambah_kelas(buku: Buku, mandiri: set[str]) -> int:
    """Write them with their histories; return how many desa have one. `mandiri`: desa that may be called so."""
    acak, baris = buku.acak, []
    for n, desa in enumerate(d for d in sorted(buku.orang.petugas) if d.startswith(KECAMATAN + ".")):
        if desa in BELUM_DITETAPKAN:
            continue
        lama = desa == DESA_KADER or n % 5 == 4
        kelas = MANDIRI if desa in mandiri and n % 4 == 2 else (DASAR, BERKEMBANG, BERKEMBANG)[n % 3]
        if lama:
            baris.append(_satu(buku, desa, DASAR, dt.date(2021, 3, 22), acak.choice(ALASAN[DASAR])))
            kelas = BERKEMBANG
        hari = acak.hari_antara(dt.date(2021, 4, 19), dt.date(2021, 6, 11))
        baris.append(_satu(buku, desa, kelas, hari, NAIK if lama else acak.choice(ALASAN[kelas])))
    KelasImp.objects.bulk_create(baris)
    sebelum: dict[str, str] = {}
    for k in baris:
        kelas = [sebelum.get(k.desa_id, ""), str(k.kelas)]
        buku.tulis_jejak(
            "menetapkan", k, k.ditetapkan_oleh, k.ditetapkan_pada, k.desa_id, alasan=k.alasan, kelas=kelas
        )
        sebelum[k.desa_id] = str(k.kelas)
    return len(sebelum)


def _satu(buku: Buku, desa: str, kelas: str, mulai: dt.date, alasan: str) -> KelasImp:
    return KelasImp(
        desa_id=desa,
        kelas=kelas,
        mulai=mulai,
        alasan=alasan,
        ditetapkan_oleh=buku.orang.petugas[desa],
        ditetapkan_pada=buku.acak.jam(mulai, 9, 15),
    )
