"""The history of a campaign, readable: who, when, why, what, from which number to which."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from kader.cakupan import Cakupan
from kader.enums import Peran
from kader.models import Jejak, Wilayah
from laporan.kelola.kata import LABEL, bertanda
from laporan.kelola.mentah import kata_nilai, kata_tindakan, kode_wilayah, mentah
from laporan.models import Kampanye
from poskb.dasar.angka import angka
from poskb.dasar.waktu import tulis_tanggal_iso

TERBANYAK = 100
BAGIAN = "bagian:"
ANGKA = ("tercatat", "terverifikasi")
URUTAN = list(LABEL)


@dataclass(frozen=True)
class Peristiwa:
    """One act. `ubahan`: (column, before, after) in words; `bagian`: the same per desa, for the shares."""

    jejak: Jejak
    nama: str
    ubahan: list[tuple[str, str, str]] = field(default_factory=list)
    bagian: list[tuple[str, str, str]] = field(default_factory=list)
    hitungan: list[str] = field(default_factory=list)

    @property
    def peran(self) -> str:
        return Peran(self.jejak.peran).label if self.jejak.peran else ""

    @property
    def tindakan(self) -> str:
        return kata_tindakan(self.jejak)[0]

    @property
    def alasan(self) -> str:
        return kata_tindakan(self.jejak)[1]


def riwayat(kampanye: Kampanye) -> list[Peristiwa]:
    """Return the acts on one campaign, newest first. Two queries."""
    return _susun(Jejak.objects.tentang(kampanye).select_related("oleh")[:TERBANYAK])


def yang_dihapus(cakupan: Cakupan) -> list[Peristiwa]:
    """Return the campaigns of an area that were removed before they began. One query."""
    hapus = Jejak.objects.dalam(cakupan).filter(jenis=Kampanye._meta.model_name, tindakan="menghapus")
    return _susun(hapus.select_related("oleh").order_by("-pk")[:TERBANYAK])


def _susun(baris: Iterable[Jejak]) -> list[Peristiwa]:
    baris = list(baris)
    kode = {k.removeprefix(BAGIAN) for j in baris for k in j.perubahan if k.startswith(BAGIAN)} | kode_wilayah(baris)
    nama = {w.kode: str(w) for w in Wilayah.objects.filter(kode__in=kode).select_related("induk")} if kode else {}
    return [_satu(j, nama) for j in baris]


def _satu(jejak: Jejak, nama: dict[str, str]) -> Peristiwa:
    ubahan, bagian, hitungan = [], [], []
    # The database keeps keys by length; people read them in the order of the form.
    for kolom, (lama, baru) in sorted(jejak.perubahan.items(), key=lambda butir: _letak(butir[0])):
        if kolom.startswith(BAGIAN):
            bagian.append((nama.get(kolom.removeprefix(BAGIAN), kolom), angka(lama), angka(baru)))
        elif kolom in ANGKA:
            hitungan.append(_kata_hitungan(kolom, lama, baru))
        elif mentah(jejak):
            kata = (_tulis(kata_nilai(kolom, n, nama)) for n in (lama, baru))
            ubahan.append((LABEL.get(kolom, kolom), *kata))
        else:
            ubahan.append((LABEL.get(kolom, kolom), _tulis(lama), _tulis(baru)))
    judul = jejak.perubahan.get("nama", ["", ""])
    return Peristiwa(jejak, judul[1] or judul[0], ubahan, bagian, hitungan)


def _letak(kolom: str) -> tuple[int, str]:
    return (URUTAN.index(kolom) if kolom in URUTAN else len(URUTAN), kolom)


def _kata_hitungan(kolom: str, lama: int | str, baru: int) -> str:
    if lama == "":
        return f"{LABEL[kolom]} {angka(baru)}"
    return f"{LABEL[kolom]} {angka(lama)} menjadi {angka(baru)} ({bertanda(baru - lama)})"


def _tulis(nilai: object) -> str:
    return tulis_tanggal_iso(str(nilai)) or "–"
