"""The kinds of export as data: who may ask, whether it holds names, how its bytes are made."""

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field

from kader.cakupan import Cakupan
from kader.enums import Peran
from kader.models import Wilayah
from laporan.ekspor.akseptor import daftar_akseptor, tanpa_nama
from laporan.ekspor.bulan import Bulan, Maju, kumpulkan
from laporan.ekspor.lembaran import Kolom, Lembaran, buku_bulan, buku_rekap, tentang
from laporan.ekspor.pdf.laporan import cetak_laporan
from laporan.ekspor.pdf.rekap import cetak_rekap
from laporan.ekspor.sebulan import lembar_sebulan
from laporan.ekspor.xlsx import MIME, tulis
from laporan.models import InputSiga
from laporan.models.ekspor import JenisEkspor
from poskb.dasar.tolak import Ditolak
from poskb.dasar.waktu import sekarang, tulis_bulan, tulis_saat

PDF = "application/pdf"
ANGKA = frozenset({Peran.PLKB, Peran.KOORDINATOR, Peran.DPPKB, Peran.ADMIN})
NAMA = frozenset({Peran.PLKB, Peran.KOORDINATOR, Peran.DPPKB})


@dataclass(frozen=True)
class Permintaan:
    """What is to be made: whose scope, which month, below which code (empty: all of it), who asks.

    `orang`: filled while it is made with whose names the file holds.
    """

    cakupan: Cakupan
    bulan: dt.date
    kode: str
    oleh: str
    alasan: str = ""
    orang: set[uuid.UUID] = field(default_factory=set)

    @property
    def wilayah(self) -> str:
        """The area in words."""
        if self.kode:
            return Wilayah.objects.select_related("induk").get(pk=self.kode).nama_lengkap
        nama = list(Wilayah.objects.filter(kode__in=self.cakupan.kode).select_related("induk"))
        return nama[0].nama_lengkap if len(nama) == 1 else f"wilayah tugas {self.oleh}"

    def isi(self, maju: Maju) -> Bulan:
        """Collect the month. Raises Ditolak when the area has no desa."""
        isi = kumpulkan(self.cakupan, self.bulan, self.kode, maju)
        if not isi.baris:
            raise Ditolak("Tidak ada desa dalam wilayah tugas Anda, jadi tidak ada yang dapat diekspor.")
        return isi


@dataclass(frozen=True)
class Jenis:
    """One kind."""

    kode: str
    nama: str
    keterangan: str
    akhiran: str
    peran: frozenset[Peran]
    buat: Callable[[Permintaan, Maju], bytes]
    bernama: bool = False

    @property
    def mime(self) -> str:
        return PDF if self.akhiran == "pdf" else MIME

    def nama_berkas(self, bulan: dt.date, kode: str) -> str:
        """Return a name that says what it is and nobody's name: "poskb-bulan-2021-06-32.14.xlsx"."""
        return (
            "-".join(filter(None, ["poskb", self.kode.replace("_", "-"), f"{bulan:%Y-%m}", kode])) + f".{self.akhiran}"
        )


def _bulan(p: Permintaan, maju: Maju) -> bytes:
    isi = p.isi(maju)
    tanda = InputSiga.objects.dalam(p.cakupan).filter(laporan__bulan=p.bulan)
    return tulis(buku_bulan(isi, p.wilayah, p.oleh, dict(tanda.values_list("laporan__desa_id", "pada"))))


def _rekap_xlsx(p: Permintaan, maju: Maju) -> bytes:
    isi = p.isi(maju)
    return tulis([tentang(isi, p.wilayah, p.oleh), *buku_rekap(isi)])


def _rekap_pdf(p: Permintaan, maju: Maju) -> bytes:
    return cetak_rekap(p.isi(lambda *_: None), p.wilayah, p.oleh, maju)


def _cetak(p: Permintaan, maju: Maju) -> bytes:
    semua = lembar_sebulan(p.cakupan, p.bulan, p.kode)
    if not semua:
        raise Ditolak("Tidak ada desa dalam wilayah tugas Anda, jadi tidak ada yang dapat dicetak.")
    return cetak_laporan(semua, p.oleh, maju)


def _akseptor(p: Permintaan, maju: Maju) -> bytes:
    daftar, orang = daftar_akseptor(p.cakupan, p.bulan, p.kode)
    p.orang.update(orang)
    maju(1, 2)
    isi: list[list] = [
        ["Daftar akseptor bernama", None],
        ["Bulan", tulis_bulan(p.bulan)],
        ["Wilayah", p.wilayah],
        ["Dibuat", tulis_saat(sekarang())],
        ["Oleh", p.oleh],
        ["Alasan", p.alasan],
        ["Jumlah baris", len(daftar.baris)],
        ["Tanpa nama karena hak ibu, tidak ikut", tanpa_nama(p.cakupan, p.bulan, p.kode)],
    ]
    return tulis([Lembaran("Tentang", [Kolom("", 30), Kolom("", 60)], isi, tebal=frozenset({0})), daftar])


def _satu(kode: JenisEkspor, keterangan: str, akhiran: str, buat: Callable, *, bernama: bool = False) -> Jenis:
    return Jenis(kode.value, kode.label, keterangan, akhiran, NAMA if bernama else ANGKA, buat, bernama)


JENIS = {
    j.kode: j
    for j in (
        _satu(
            JenisEkspor.BULAN,
            "Satu buku kerja: satu lembar per bagian formulir, satu baris per desa, dan rekapnya.",
            "xlsx",
            _bulan,
        ),
        _satu(JenisEkspor.REKAP_PDF, "A4 rebah: per kecamatan, lalu per desa, dengan jumlahnya.", "pdf", _rekap_pdf),
        _satu(JenisEkspor.REKAP_XLSX, "Rekap yang sama sebagai buku kerja.", "xlsx", _rekap_xlsx),
        _satu(JenisEkspor.CETAK, "Laporan setiap desa, siap cetak dengan kolom tanda tangan.", "pdf", _cetak),
        _satu(
            JenisEkspor.AKSEPTOR,
            "Nama, NIK, dan pelayanan bulan ini. Perlu alasan; tercatat dalam riwayat.",
            "xlsx",
            _akseptor,
            bernama=True,
        ),
    )
}
