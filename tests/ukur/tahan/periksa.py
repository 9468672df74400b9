"""Were the promises kept? Reads the database beside the product."""

import json
from dataclasses import dataclass

from tests.ukur.tahan import isi
from tests.ukur.tahan.buku import Buku
from tests.ukur.tahan.rumah import Rumah

HILANG = "SELECT id::text FROM unnest(%s::uuid[]) AS id WHERE NOT EXISTS (SELECT 1 FROM {} t WHERE t.id = id.id)"
# One woman, one row: the same NIK twice would be the same record twice under two ids.
DOBEL = """
SELECT count(*) FROM (
  SELECT a.nik_indeks FROM akseptor_akseptor a WHERE a.nik_indeks IN (
    SELECT b.nik_indeks FROM akseptor_akseptor b JOIN akseptor_pelayanan p ON p.akseptor_id = b.id
    WHERE p.id = ANY(%s::uuid[])) GROUP BY 1 HAVING count(*) > 1) AS x
"""
# One act, one line of history.
JEJAK = """
SELECT count(*) FROM (
  SELECT kunci FROM kader_jejak WHERE tindakan = %s AND jenis = 'pelayanan' AND kunci = ANY(%s)
  GROUP BY 1 HAVING count(*) > 1) AS x
"""
TAHAP = {"verifikasi": "terverifikasi", "kembalikan": "dikembalikan"}


@dataclass(frozen=True)
class Hasil:
    """The figures; everything but the first two has to be nothing."""

    diakui: int
    putusan: int
    hilang: list[str]
    berubah: list[str]
    dobel: int
    tak_dikenal: int
    putusan_hilang: int
    putusan_dobel: int
    disetujui_hilang: int
    hitung_ulang: str

    @property
    def baik(self) -> bool:
        """Whether every promise was kept."""
        salah = (self.dobel, self.tak_dikenal, self.putusan_hilang, self.putusan_dobel, self.disetujui_hilang)
        return not self.hilang and not self.berubah and not any(salah) and not self.hitung_ulang


def periksa(rumah: Rumah, buku: Buku, sebelum: int) -> Hasil:
    """Compare the book with the database; `sebelum`: how many services there were before anybody began."""
    with rumah.sql() as kursor:
        hilang: list[str] = []
        for tabel, nomor in (("akseptor_pelayanan", buku.diterima), ("laporan_kegiatan", buku.kegiatan)):
            kursor.execute(HILANG.format(tabel), [sorted(nomor)])
            hilang += [n for (n,) in kursor.fetchall()]
        kursor.execute(DOBEL, [sorted(buku.diterima)])
        (dobel,) = kursor.fetchone()
        for tindakan in ("mencatat",):
            kursor.execute(JEJAK, [tindakan, sorted(buku.diterima)])
            dobel += kursor.fetchone()[0]
        # Nothing that nobody sent: every new service is one of those that were sent.
        kursor.execute(
            "SELECT count(*) FROM akseptor_pelayanan WHERE NOT id = ANY(%s::uuid[])", [sorted(buku.terkirim)]
        )
        tak_dikenal = kursor.fetchone()[0] - sebelum
        putusan_hilang = putusan_dobel = 0
        for tindakan, tahap in TAHAP.items():
            nomor = sorted(n for n, t in buku.putusan.items() if t == tindakan)
            kursor.execute(
                "SELECT count(*) FROM akseptor_pelayanan WHERE id = ANY(%s::uuid[]) AND tahap <> %s", [nomor, tahap]
            )
            putusan_hilang += kursor.fetchone()[0]
            kursor.execute(JEJAK, [tindakan, nomor])
            putusan_dobel += kursor.fetchone()[0]
        kursor.execute(
            "SELECT count(*) FROM laporan_laporanbulanan WHERE bulan = '2021-06-01' AND desa_id = ANY(%s)"
            " AND status <> 'disetujui'",
            [sorted(buku.disetujui)],
        )
        (disetujui_hilang,) = kursor.fetchone()
    kini = json.loads(rumah.python(isi.TANYA))
    kode, kata = rumah.kelola("hitung_ulang")
    return Hasil(
        diakui=len(buku.diterima) + len(buku.kegiatan),
        putusan=len(buku.putusan) + len(buku.disetujui),
        hilang=hilang,
        berubah=isi.berubah(buku.terkirim, buku.diterima | buku.kegiatan, kini),
        dobel=dobel,
        tak_dikenal=tak_dikenal,
        putusan_hilang=putusan_hilang,
        putusan_dobel=putusan_dobel,
        disetujui_hilang=disetujui_hilang,
        hitung_ulang=kata if kode else "",
    )
