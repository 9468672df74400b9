"""The people somebody looks after, to read: who, where, in what state."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from kader.akun.orang import kelolaan
from kader.cakupan import Cakupan
from kader.models import Jejak, Pengguna, Penugasan, Wilayah
from poskb.dasar.waktu import hari_ini

RIWAYAT_TERBANYAK = 50


@dataclass
class Baris:
    """One person and where she acts today or will."""

    orang: Pengguna
    tempat: list[Wilayah] = field(default_factory=list)

    @property
    def keadaan(self) -> str:
        """`aktif`, `nonaktif`, or `belum`: she has no password yet."""
        return keadaan(self.orang)


@dataclass
class Kelompok:
    """People of one kecamatan; without a name those who act nowhere, or everywhere."""

    nama: str
    baris: list[Baris] = field(default_factory=list)


def keadaan(orang: Pengguna) -> str:
    """Return `aktif`, `nonaktif` or `belum` (no password yet)."""
    if not orang.is_active:
        return "nonaktif"
    return "aktif" if orang.has_usable_password() else "belum"


def per_kecamatan(oleh: Pengguna, cakupan: Cakupan, peran: Iterable[str]) -> list[Kelompok]:
    """Return the people of these roles that somebody looks after, by kecamatan, who acts nowhere last. Two queries."""
    semua = {o.pk: Baris(o) for o in kelolaan(oleh, cakupan).filter(peran__in=list(peran)).order_by("nama", "pk")}
    tugas = Penugasan.objects.filter(pengguna__in=semua.keys(), pengganti=False).exclude(selesai__lt=hari_ini())
    for t in tugas.select_related("wilayah__induk", "pengguna").order_by("wilayah_id", "mulai"):
        baris = semua[t.pengguna_id]
        if t.sebagai == baris.orang.peran and t.wilayah not in baris.tempat:
            baris.tempat.append(t.wilayah)
    kelompok: dict[str, Kelompok] = {}
    for baris in sorted(semua.values(), key=lambda b: b.tempat[0].kode if b.tempat else "~"):
        nama = _kecamatan(baris.tempat[0]) if baris.tempat else ""
        kelompok.setdefault(nama, Kelompok(nama)).baris.append(baris)
    return list(kelompok.values())


def _kecamatan(tempat: Wilayah) -> str:
    return tempat.induk.nama_lengkap if tempat.tingkat == "desa" and tempat.induk else tempat.nama_lengkap


def tugas_semua(orang: Pengguna) -> list[Penugasan]:
    """Return where she acted, acts and will act, the latest first. One query."""
    return list(orang.penugasan.select_related("wilayah__induk").order_by("-mulai", "wilayah_id"))


def riwayat(orang: Pengguna) -> list[Jejak]:
    """Return the acts on her account, newest first. One query."""
    return list(Jejak.objects.tentang(orang).select_related("oleh")[:RIWAYAT_TERBANYAK])
