"""Completeness and timeliness: every desa, every month of a year, and who was last heard of. Eight queries at most."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from django.conf import settings
from django.db.models import Max, Min, OuterRef, Subquery

from akseptor.models import Pelayanan
from kader.cakupan import Cakupan
from kader.enums import Peran
from kader.models import Jejak, Penugasan, Wilayah
from laporan.bulanan.tenggat import KADER, Kalender, kalender
from laporan.enums import StatusLaporan
from laporan.models import Kegiatan, LaporanBulanan
from poskb.dasar.waktu import awal_bulan, hari_ini, hari_wib

BELUM = "belum"
# Sign and word: a state is never said by a colour alone.
TANDA = {
    BELUM: ("–", "belum"),
    StatusLaporan.DRAF: ("…", "draf"),
    StatusLaporan.DIKIRIM: ("→", "dikirim"),
    StatusLaporan.DIKEMBALIKAN: ("←", "kembali"),
    StatusLaporan.DISETUJUI: ("●", "disetujui"),
}
SAMPAI = frozenset({StatusLaporan.DIKIRIM, StatusLaporan.DISETUJUI})


@dataclass(frozen=True)
class Sel:
    """One desa, one month ("2021-06"). `telat`: first sent after the kader's deadline. `jatuh`: that one is over.

    The deadline with the exceptions that were given, as on the board."""

    bulan: str
    status: str
    telat: bool = False
    nihil: bool = False
    jatuh: bool = False

    @property
    def tanda(self) -> str:
        return TANDA[self.status][0]

    @property
    def kata(self) -> str:
        return TANDA[self.status][1]

    @property
    def lengkap(self) -> bool:
        """Whether the report lies with the officer or is approved."""
        return self.status in SAMPAI

    @property
    def tepat(self) -> bool:
        """Whether it does, and was first sent in time."""
        return self.lengkap and not self.telat


sel = lru_cache(maxsize=1024)(Sel)


@dataclass(frozen=True)
class Jumlah:
    """Of the reports that are due: how many are complete, how many were in time."""

    jatuh: int = 0
    lengkap: int = 0
    tepat: int = 0

    @property
    def persen_lengkap(self) -> int:
        return _persen(self.lengkap, self.jatuh)

    @property
    def persen_tepat(self) -> int:
        return _persen(self.tepat, self.jatuh)


def _persen(bagian: int, dari: int) -> int:
    # Downwards: 100 % is said only when nothing is missing.
    return 100 * bagian // dari if dari else 0


def jumlahkan(semua: Iterable[Sel]) -> Jumlah:
    """Count what is due."""
    jatuh = [s for s in semua if s.jatuh]
    return Jumlah(len(jatuh), sum(s.lengkap for s in jatuh), sum(s.tepat for s in jatuh))


@dataclass(frozen=True)
class BarisDesa:
    """One desa: its months, when its kader was last here, when something of it last arrived."""

    desa: Wilayah
    sel: list[Sel]
    terlihat: dt.date | None
    catatan: dt.date | None

    @property
    def terakhir(self) -> dt.date | None:
        """The last sign of life."""
        return max((h for h in (self.terlihat, self.catatan) if h), default=None)

    @cached_property
    def diam(self) -> bool:
        """Whether nothing was heard for longer than the setting allows."""
        return self.terakhir is None or (hari_ini() - self.terakhir).days > settings.HARI_DIAM


@dataclass
class Kelompok:
    """The desa of one kecamatan, or of the whole area (`kecamatan` None). Complete before it is read."""

    kecamatan: Wilayah | None
    baris: list[BarisDesa] = field(default_factory=list)

    @cached_property
    def jumlah(self) -> Jumlah:
        return jumlahkan(s for b in self.baris for s in b.sel)

    @cached_property
    def per_bulan(self) -> list[Jumlah]:
        return [jumlahkan(kolom) for kolom in zip(*(b.sel for b in self.baris), strict=True)]

    @cached_property
    def diam(self) -> list[BarisDesa]:
        return [b for b in self.baris if b.diam]


def bulan_pertama() -> dt.date:
    """Return the month with which reporting began: what lies before is no silence. One query."""
    return LaporanBulanan.objects.aggregate(b=Min("bulan"))["b"] or awal_bulan(hari_ini())


def bulan_tahun(tahun: int, sejak: dt.date) -> list[dt.date]:
    """Return the months of a year that have begun, from the first that can hold a report."""
    return [b for n in range(1, 13) if sejak <= (b := dt.date(tahun, n, 1)) <= awal_bulan(hari_ini())]


def matriks(cakupan: Cakupan, bulan: list[dt.date], kecamatan: str = "") -> list[Kelompok]:
    """Return the desa of a scope by kecamatan, in the order of their codes."""
    desa = Wilayah.objects.desa().dalam(cakupan).select_related("induk").order_by("kode")
    desa = desa.filter(induk_id=kecamatan) if kecamatan else desa
    # One probe of an index for each desa, however many records there are.
    tiba = Pelayanan.objects.filter(desa=OuterRef("pk")).order_by("-diterima_pada", "-id").values("diterima_pada")
    giat = Kegiatan.objects.filter(desa=OuterRef("pk")).order_by("-tanggal").values("diterima_pada")
    baris = list(desa.annotate(tiba=Subquery(tiba[:1]), giat=Subquery(giat[:1])))
    kal = kalender([d.kode for d in baris], bulan)
    laporan = _laporan(cakupan, bulan, kal)
    terlihat = _terlihat(cakupan)
    kelompok: dict[str, Kelompok] = {}
    ini = hari_ini()
    for d in baris:
        satu = BarisDesa(
            d,
            [
                laporan.get((d.kode, b)) or sel(f"{b:%Y-%m}", BELUM, jatuh=ini > kal.sampai(d.kode, b, KADER))
                for b in bulan
            ],
            _hari(terlihat.get(d.kode)),
            max((h for h in (_hari(d.tiba), _hari(d.giat)) if h), default=None),
        )
        kelompok.setdefault(d.induk_id, Kelompok(d.induk)).baris.append(satu)
    return list(kelompok.values())


def _hari(saat: dt.datetime | None) -> dt.date | None:
    return hari_wib(saat) if saat else None


def _laporan(cakupan: Cakupan, bulan: list[dt.date], kal: Kalender) -> dict[tuple[str, dt.date], Sel]:
    laporan = LaporanBulanan.objects.dalam(cakupan).filter(bulan__gte=bulan[0], bulan__lte=bulan[-1]).order_by()
    baris = list(laporan.values_list("pk", "desa_id", "bulan", "status", "nihil", "dikirim_pada"))
    batas = {pk: kal.sampai(kode, b, KADER) for pk, kode, b, _, _, _ in baris}
    lambat = [pk for pk, _, _, _, _, kirim in baris if kirim and hari_wib(kirim) > batas[pk]]
    pertama = _pertama_dikirim(lambat)
    # Sent in time, returned and sent again is in time: the first sending counts.
    ini = hari_ini()
    telat = {pk for pk in lambat if pk not in pertama or hari_wib(pertama[pk]) > batas[pk]}
    return {
        (kode, b): sel(f"{b:%Y-%m}", status, telat=pk in telat, nihil=nihil, jatuh=ini > batas[pk])
        for pk, kode, b, status, nihil, _ in baris
    }


def _pertama_dikirim(laporan: Iterable[int]) -> dict[int, dt.datetime]:
    """When each of these was first sent, from the history. What its kader herself took back was not sent."""
    kunci = [str(pk) for pk in laporan]
    jejak = Jejak.objects.filter(jenis="laporanbulanan", tindakan__in=["kirim", "tarik"], kunci__in=kunci)
    pertama: dict[int, dt.datetime] = {}
    for pk, tindakan, pada in jejak.order_by("pk").values_list("kunci", "tindakan", "pada"):
        if tindakan == "tarik":
            pertama.pop(int(pk), None)
        else:
            pertama.setdefault(int(pk), pada)
    return pertama


def _terlihat(cakupan: Cakupan) -> dict[str, dt.datetime]:
    """When the server last heard of a kader of each desa."""
    tugas = Penugasan.objects.dalam(cakupan).berlaku(hari_ini()).filter(sebagai=Peran.KADER)
    tugas = tugas.filter(pengguna__peran=Peran.KADER, pengguna__is_active=True)
    return dict(tugas.order_by().values_list("wilayah_id").annotate(Max("pengguna__terakhir_terlihat")))
