"""A handful of activities per desa and month, from March up to the demo's day."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from laporan.demo.acak import Acak
from laporan.demo.buku import Buku
from laporan.demo.diam import sesudah_diam
from laporan.demo.gambar import gambar
from laporan.demo.kisah import juli, juni
from laporan.demo.orang import DESA_KADER
from laporan.demo.rencana import BELUM
from laporan.demo.silam import SILAM, Nasib
from laporan.enums import PeranBhakti
from laporan.kegiatan.actions import tulis_foto
from laporan.models import Kegiatan, MacamKegiatan
from poskb.dasar.waktu import geser_bulan


@dataclass(frozen=True)
class Spek:
    """One activity that is told."""

    macam: str
    tanggal: dt.date
    orang: int
    tempat: str = ""
    catatan: str = ""
    gambar: str = ""


# Kind: weight, fewest and most people, where.
MACAM = {
    "pertemuan-rutin": (3, 6, 18, ("Balai desa", "Rumah ketua kader", "Posyandu Melati")),
    "rakor-desa": (2, 8, 20, ("Balai desa",)),
    "pokja": (0.6, 5, 10, ("Balai desa",)),
    "penyuluhan-kelompok": (4, 12, 40, ("Posyandu Melati", "Posyandu Anggrek", "Majelis taklim", "Balai RW")),
    "konseling-individu": (3, 1, 3, ("", "Posyandu Mawar")),
    "kunjungan-rumah": (4, 1, 6, ("",)),
    "penyebaran-media": (1, 20, 80, ("Pasar desa", "Balai desa")),
    "verval-data": (2, 10, 60, ("",)),
    "pemetaan-pus": (1.5, 5, 30, ("", "Balai RW")),
    "buku-bantu": (1, 0, 0, ("",)),
    "pendampingan-rujukan": (2.5, 1, 4, ("Puskesmas", "Saung Ambu")),
    "distribusi-alokon": (1, 3, 12, ("", "Posyandu Mawar")),
    "pembinaan-poktan": (1, 8, 20, ("Posyandu Anggrek", "Balai RW")),
    "fasilitasi-pelayanan": (1, 4, 15, ("Puskesmas", "Saung Ambu")),
    "pup": (0.8, 10, 30, ("SMK", "Karang taruna")),
    "kespro": (0.6, 10, 25, ("Majelis taklim",)),
    "hiv-aids-pms": (0.4, 10, 25, ("Karang taruna",)),
    "napza": (0.4, 10, 30, ("SMP", "Karang taruna")),
    "iuran-kader": (0.7, 6, 15, ("Rumah ketua kader",)),
    "usaha-bersama": (0.4, 4, 10, ("Rumah ketua kader",)),
}
KISAH = (
    Spek("rakor-desa", juni(9), 14, "Balai desa", "Persiapan pelayanan MKJP gratis mulai 18 Juni."),
    Spek("penyuluhan-kelompok", juni(12), 32, "Posyandu Melati", "Mengenal implan dan IUD.", "penyuluhan"),
    Spek("pertemuan-rutin", juni(15), 9, "Rumah ketua kader", gambar="pertemuan"),
    Spek("kunjungan-rumah", juni(21), 4),
    Spek("pendampingan-rujukan", juni(22), 2, "Puskesmas Plered"),
    Spek("pup", juni(26), 24, "Karang taruna", "Usia kawin 21 dan 25 tahun."),
    Spek("verval-data", juni(29), 41),
    Spek("pertemuan-rutin", juli(2), 11, "Rumah ketua kader", "Membagi sasaran per RW.", "pertemuan"),
    Spek("konseling-individu", juli(5), 2),
    Spek("penyuluhan-kelompok", juli(7), 25, "Majelis taklim", "Tanya jawab tentang IUD; diminta jadwal berikutnya."),
    Spek("kunjungan-rumah", juli(7), 3),
)
# Roles that many desa have nothing of for months.
JARANG = (PeranBhakti.PENGORGANISASIAN, PeranBhakti.PENDATAAN, PeranBhakti.KEMANDIRIAN)
BERDIRI_SENDIRI = {"iuran-kader", "usaha-bersama"}
# What the named kader corrected and took away, so that its history can be seen.
DIUBAH, DIHAPUS = 9, Spek("konseling-individu", juli(5), 2)


def susun_kegiatan(buku: Buku, nihil: set[str]) -> list[Kegiatan]:
    """Make those of June and July, with their histories. A desa that reported nihil has none in June."""
    daftar: list[Kegiatan] = []
    for desa in buku.orang.kader:
        if desa != DESA_KADER:
            spek = [_setelah_juni(s) if desa in nihil else s for s in _acak(buku.acak)]
            daftar += [_satu(buku, desa, s) for s in spek if not sesudah_diam(desa, s.tanggal)]
    return daftar + _kisah(buku)


def tambah_foto(kegiatan: Iterable[Kegiatan]) -> None:
    """Give those that are told their drawn picture; before the months are approved, which closes them."""
    bergambar = {(s.macam, s.tanggal): s.gambar for s in KISAH if s.gambar}
    for satu in kegiatan:
        kunci = (satu.macam_id, satu.tanggal)
        if satu.desa_id == DESA_KADER and kunci in bergambar:
            tulis_foto(satu, gambar(bergambar.pop(kunci)))


def susun_kegiatan_silam(buku: Buku, nasib: Mapping[tuple[str, dt.date], Nasib]) -> list[Kegiatan]:
    """Make those of the months before. Nobody does everything: each desa leaves some of the roles empty."""
    acak, daftar = buku.acak, []
    peran = dict(MacamKegiatan.objects.values_list("kode", "peran_bhakti"))
    for desa in sorted(buku.orang.kader):
        tanpa = set(acak.sample(JARANG, acak.randint(1, 2)))
        macam = {k: v[0] for k, v in MACAM.items() if peran[k] not in tanpa}
        for bulan in SILAM:
            akhir = geser_bulan(bulan, 1) - dt.timedelta(days=1)
            hari = [acak.hari_antara(bulan, akhir) for _ in range(_banyak(acak, nasib[desa, bulan]))]
            daftar += [_satu(buku, desa, s) for s in _pada(acak, hari, macam)]
    return daftar


def _banyak(acak: Acak, nasib: Nasib) -> int:
    """How many in one month: none where nihil was reported, hardly any where nothing was."""
    if nasib.nihil:
        return 0
    return acak.randint(0, 1) if nasib.status == BELUM else acak.randint(2, 5)


def _acak(acak: Acak) -> list[Spek]:
    hari = [acak.hari_antara(juni(1), juni(30)) for _ in range(acak.randint(2, 5))]
    hari += [acak.hari_antara(juli(1), juli(7)) for _ in range(acak.randint(0, 2))]
    return _pada(acak, hari, {k: v[0] for k, v in MACAM.items()})


def _pada(acak: Acak, hari: list[dt.date], bobot: dict[str, float]) -> list[Spek]:
    spek = []
    for tanggal in hari:
        macam = acak.timbang(bobot)
        _, paling_sedikit, paling_banyak, tempat = MACAM[macam]
        orang = acak.randint(paling_sedikit, paling_banyak)
        spek.append(Spek(macam, tanggal, orang, acak.choice(tempat)))
    return spek


def _setelah_juni(spek: Spek) -> Spek:
    return replace(spek, tanggal=juli(spek.tanggal.day % 7 + 1)) if spek.tanggal.month == juni(1).month else spek


def _satu(buku: Buku, desa: str, spek: Spek) -> Kegiatan:
    """Written down on the evening of its day."""
    saat = buku.acak.jam(spek.tanggal, 11, 20)
    kegiatan = Kegiatan(
        id=buku.acak.uuid(),
        desa_id=desa,
        macam_id=spek.macam,
        tanggal=spek.tanggal,
        jumlah_orang=spek.orang,
        tempat=spek.tempat,
        catatan=spek.catatan,
        sidik_foto=gambar(spek.gambar).sidik if spek.gambar else "",
        dicatat_oleh=buku.orang.kader[desa],
        dicatat_pada=saat,
        diterima_pada=saat,
    )
    foto = {"sidik_foto": ["", "ditambah"]} if spek.gambar else {}
    buku.tulis_jejak("mencatat", kegiatan, kegiatan.dicatat_oleh, saat, desa, **foto)
    return kegiatan


def _kisah(buku: Buku) -> list[Kegiatan]:
    """The named kader's: one corrected, one written twice and removed."""
    daftar = [_satu(buku, DESA_KADER, spek) for spek in KISAH]
    kader = buku.orang.kader[DESA_KADER]
    diubah = daftar[DIUBAH]
    _lalu(buku, diubah, "mengubah", jumlah_orang=["22", str(diubah.jumlah_orang)])
    dobel = _satu(buku, DESA_KADER, DIHAPUS)
    dobel.alasan_hapus = "tercatat dua kali"
    dobel.dihapus_oleh, dobel.dihapus_pada = kader, _lalu(buku, dobel, "menghapus", alasan=dobel.alasan_hapus)
    return [*daftar, dobel]


def _lalu(buku: Buku, kegiatan: Kegiatan, tindakan: str, **isi: object) -> dt.datetime:
    """Write the act that came after; return its moment."""
    saat = buku.acak.setelah(kegiatan.diterima_pada, 0)
    kegiatan.versi += 1
    buku.tulis_jejak(tindakan, kegiatan, kegiatan.dicatat_oleh, saat, kegiatan.desa_id, **isi)
    return saat
