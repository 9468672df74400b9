"""How far each level is with a month, read off the reports: no state of its own.

An officer is done when her desa are approved, a kecamatan when all of its desa are, the kabupaten when all kecamatan
are. Who still holds a level up is named.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from kader.cakupan import Cakupan
from kader.enums import Peran
from kader.models import Penugasan, Wilayah
from laporan.bulanan.papan import BELUM, LABEL
from laporan.bulanan.tenggat import KABUPATEN, KECAMATAN, PLKB, TUTUP, Kalender, kalender, kata_sisa
from laporan.enums import StatusLaporan, TingkatTenggat
from laporan.models import LaporanBulanan
from poskb.dasar.waktu import Berbulan, hari_ini

Keadaan = list[tuple[Wilayah, str]]


@dataclass(frozen=True)
class Tertahan:
    """An area that is not done. `status` of its report, or "" for a kecamatan; `oleh`: who has it now; a
    kecamatan need not have a koordinator: ""."""

    wilayah: Wilayah
    status: str
    label: str
    oleh: str


@dataclass(frozen=True)
class Jenjang(Berbulan):
    """One level of one area in one month."""

    nama: str
    satuan: str
    bulan: dt.date
    batas: dt.date
    akhir: dt.date
    tutup: bool
    jumlah: int
    tertahan: list[Tertahan] = field(default_factory=list)

    @property
    def selesai(self) -> int:
        return self.jumlah - len(self.tertahan)

    @property
    def lengkap(self) -> bool:
        return not self.tertahan

    @property
    def lewat(self) -> bool:
        """Whether the level is late with it."""
        return not self.lengkap and hari_ini() > self.batas

    @property
    def sisa(self) -> str:
        """How far away the deadline is, in words."""
        return kata_sisa(self.batas)

    @property
    def bar(self) -> dict[str, float]:
        """Widths for `komponen/bar_capaian.html`: what is approved is green."""
        return {"lebar_tercatat": 0, "lebar_terverifikasi": 100 * self.selesai / (self.jumlah or 1), "letak_target": 0}


def keadaan_desa(cakupan: Cakupan, bulan: dt.date) -> Keadaan:
    """Return every desa of a scope with the state of its report, in order of code. Two queries."""
    status = dict(LaporanBulanan.objects.dalam(cakupan).bulan(bulan).order_by().values_list("desa_id", "status"))
    desa = Wilayah.objects.desa().dalam(cakupan).select_related("induk").order_by("kode")
    return [(d, status.get(d.kode, BELUM)) for d in desa]


def jenjang(
    cakupan: Cakupan, bulan: dt.date, keadaan: Keadaan | None = None, sebagai: Peran | None = None
) -> list[Jenjang]:
    """Return the levels of a person: an officer's desa, a koordinator's kecamatan one by one, DPPKB's kabupaten.

    `keadaan` where it is at hand; `sebagai`: the level of another role, as when DPPKB looks into a kecamatan.
    Two queries more, or four; none for nothing.
    """
    keadaan = keadaan_desa(cakupan, bulan) if keadaan is None else sorted(keadaan, key=lambda k: k[0].kode)
    if not keadaan:
        return []
    kal = kalender([d.kode for d, _ in keadaan], [bulan])
    susun = {Peran.PLKB: _petugas, Peran.KOORDINATOR: _kecamatan}.get(sebagai or cakupan.peran, _kabupaten)
    return susun(bulan, keadaan, kal)


def _satu(
    nama: str,
    satuan: str,
    kode: Iterable[str],
    tingkat: TingkatTenggat,
    bulan: dt.date,
    kal: Kalender,
    jumlah: int,
    tertahan: list[Tertahan],
) -> Jenjang:
    """One level. With several areas the day of the first of them counts, so that nobody is told too late."""
    kode = list(kode)
    batas = min(kal.sampai(k, bulan, tingkat) for k in kode)
    akhir = min(kal.sampai(k, bulan, TUTUP) for k in kode)
    tutup = all(kal.tutup(k, bulan) for k in kode)
    return Jenjang(nama, satuan, bulan, batas, akhir, tutup, jumlah, tertahan)


def _belum(keadaan: Keadaan) -> Keadaan:
    return [(d, s) for d, s in keadaan if s != StatusLaporan.DISETUJUI]


def _petugas(bulan: dt.date, keadaan: Keadaan, kal: Kalender) -> list[Jenjang]:
    belum = _belum(keadaan)
    kader = Penugasan.objects.per_wilayah([d.kode for d, _ in belum], hari_ini(), Peran.KADER)
    tertahan = [
        Tertahan(d, s, LABEL[s], "menunggu Anda" if s == StatusLaporan.DIKIRIM else _sebut("kader", kader.get(d.kode)))
        # What waits for her first.
        for d, s in sorted(belum, key=lambda k: (k[1] != StatusLaporan.DIKIRIM, k[0].kode))
    ]
    kode = [d.kode for d, _ in belum or keadaan]
    return [_satu("Desa binaan Anda", "desa disetujui", kode, PLKB, bulan, kal, len(keadaan), tertahan)]


def _kecamatan(bulan: dt.date, keadaan: Keadaan, kal: Kalender) -> list[Jenjang]:
    petugas = Penugasan.objects.per_wilayah([d.kode for d, _ in _belum(keadaan)], hari_ini(), Peran.PLKB)
    hasil = []
    for induk, milik in _per_induk(keadaan).items():
        tertahan = [Tertahan(d, s, LABEL[s], _sebut("petugas", petugas.get(d.kode))) for d, s in _belum(milik)]
        nama = milik[0][0].induk.nama_lengkap
        hasil.append(_satu(nama, "desa disetujui", [induk], KECAMATAN, bulan, kal, len(milik), tertahan))
    return hasil


def _kabupaten(bulan: dt.date, keadaan: Keadaan, kal: Kalender) -> list[Jenjang]:
    kelompok = _per_induk(keadaan)
    belum = {kode: milik for kode, milik in kelompok.items() if _belum(milik)}
    koordinator = Penugasan.objects.per_wilayah(belum, hari_ini(), Peran.KOORDINATOR)
    tertahan = [
        Tertahan(
            milik[0][0].induk,
            "",
            f"{len(milik) - len(_belum(milik))} dari {len(milik)} desa disetujui",
            _sebut("koordinator", koordinator[kode]) if kode in koordinator else "",
        )
        for kode, milik in belum.items()
    ]
    kode = sorted({k.rsplit(".", 1)[0] for k in kelompok})
    return [_satu("Kabupaten", "kecamatan lengkap", kode, KABUPATEN, bulan, kal, len(kelompok), tertahan)]


def _per_induk(keadaan: Keadaan) -> dict[str, Keadaan]:
    kelompok: dict[str, Keadaan] = {}
    for d, s in keadaan:
        kelompok.setdefault(d.induk_id, []).append((d, s))
    return kelompok


def _sebut(apa: str, tugas: Penugasan | None) -> str:
    if tugas is None:
        return f"belum ada {apa}"
    return f"{apa} {tugas.pengguna.nama}{' (pengganti)' if tugas.pengganti else ''}"
