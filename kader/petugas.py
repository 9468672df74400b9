"""Officers of an area and their substitutes, to read: who has which desa, who replaces whom until when."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby

from kader.cakupan import Cakupan
from kader.enums import Peran
from kader.models import Jejak, Pengguna, Penugasan, Wilayah
from kader.penggantian import MEMBATALKAN, MENGAKHIRI, MENUNJUK
from poskb.dasar.waktu import hari_ini, tulis_tanggal_iso

RIWAYAT_TERBANYAK = 200


@dataclass
class Petugas:
    """A regular officer and her desa in the area."""

    orang: Pengguna
    desa: list[Wilayah] = field(default_factory=list)


@dataclass
class Penggantian:
    """Desa in which one person stands in for others in the same days. `pk` names it for ending."""

    pk: int
    pengganti: Pengguna
    mulai: dt.date
    selesai: dt.date | None
    desa: list[Wilayah] = field(default_factory=list)
    menggantikan: list[str] = field(default_factory=list)
    alasan: str = ""

    @property
    def berjalan(self) -> bool:
        """Whether it has begun."""
        return self.mulai <= hari_ini()

    @property
    def nama_digantikan(self) -> str:
        """Whom she replaces, in words."""
        return " dan ".join(self.menggantikan) or "petugas yang belum ada"


@dataclass(frozen=True)
class Peristiwa:
    """One act of the history, over all its desa."""

    jejak: Jejak
    desa: list[Wilayah]

    @property
    def isi(self) -> dict[str, str]:
        """Names and days as they stood then: pengganti, menggantikan, mulai, selesai."""
        return {k: tulis_tanggal_iso(str(baru)) for k, (_, baru) in self.jejak.perubahan.items()}


def daftar_petugas(cakupan: Cakupan) -> list[Petugas]:
    """Return the officers who have desa in an area today, in the order of their desa. One query."""
    tetap = Penugasan.objects.berlaku(hari_ini()).dalam(cakupan).filter(sebagai=Peran.PLKB, pengganti=False)
    daftar: dict[int, Petugas] = {}
    for p in tetap.filter(pengguna__is_active=True).select_related("pengguna", "wilayah__induk").order_by("wilayah"):
        daftar.setdefault(p.pengguna_id, Petugas(p.pengguna)).desa.append(p.wilayah)
    return list(daftar.values())


def daftar_pengganti(cakupan: Cakupan) -> list[Penggantian]:
    """Return the substitutions of an area that run or are to come. Three queries at most."""
    berjalan = Penugasan.objects.dalam(cakupan).exclude(selesai__lt=hari_ini())
    return _kelompok(berjalan.filter(sebagai=Peran.PLKB, pengganti=True, pengguna__is_active=True))


def menggantikan(pengguna: Pengguna) -> list[Penggantian]:
    """Return for whom an officer stands in today. One query while she does so for nobody."""
    berlaku = Penugasan.objects.berlaku(hari_ini())
    return _kelompok(berlaku.filter(pengguna=pengguna, sebagai=Peran.PLKB, pengganti=True))


def digantikan(pengguna: Pengguna) -> list[Penggantian]:
    """Return who stands in for an officer today. Two queries while nobody does."""
    berlaku = Penugasan.objects.berlaku(hari_ini()).filter(sebagai=Peran.PLKB)
    milik = list(berlaku.filter(pengguna=pengguna, pengganti=False).values_list("wilayah_id", flat=True))
    return _kelompok(berlaku.filter(wilayah_id__in=milik, pengganti=True, pengguna__is_active=True))


def riwayat(cakupan: Cakupan) -> list[Peristiwa]:
    """Return the latest acts on substitutes of an area, newest first. One query."""
    jejak = Jejak.objects.dalam(cakupan).filter(
        jenis=Penugasan._meta.model_name, tindakan__in=[MENUNJUK, MENGAKHIRI, MEMBATALKAN]
    )
    jejak = jejak.select_related("oleh", "wilayah__induk").order_by("-pk")[:RIWAYAT_TERBANYAK]
    # Appointed together is one line.
    kelompok = [list(k) for _, k in groupby(jejak, key=lambda j: (j.oleh_id, j.tindakan, j.alasan, str(j.perubahan)))]
    return [Peristiwa(k[0], [j.wilayah for j in reversed(k)]) for k in kelompok]


def _kelompok(baris: Iterable[Penugasan]) -> list[Penggantian]:
    """Put together what was given together, with whom it replaces and why."""
    tugas = list(baris.select_related("pengguna", "wilayah__induk").order_by("mulai", "pengguna__nama", "wilayah"))
    if not tugas:
        return []
    tetap = _tetap({p.wilayah_id for p in tugas})
    alasan = _alasan([p.pk for p in tugas])
    hasil: dict[tuple, Penggantian] = {}
    for p in tugas:
        kunci = (p.pengguna_id, p.mulai, p.selesai)
        satu = hasil.setdefault(
            kunci, Penggantian(p.pk, p.pengguna, p.mulai, p.selesai, alasan=alasan.get(str(p.pk), ""))
        )
        satu.desa.append(p.wilayah)
        nama = _nama_pada(tetap.get(p.wilayah_id, []), max(p.mulai, hari_ini()))
        if nama and nama not in satu.menggantikan:
            satu.menggantikan.append(nama)
    return list(hasil.values())


def _tetap(kode: set[str]) -> dict[str, list[Penugasan]]:
    semua = Penugasan.objects.filter(wilayah_id__in=kode, sebagai=Peran.PLKB, pengganti=False)
    per_desa: dict[str, list[Penugasan]] = {}
    for p in semua.select_related("pengguna"):
        per_desa.setdefault(p.wilayah_id, []).append(p)
    return per_desa


def _nama_pada(tetap: list[Penugasan], hari: dt.date) -> str:
    return next((p.pengguna.nama for p in tetap if p.mulai <= hari and (p.selesai is None or p.selesai >= hari)), "")


def _alasan(pk: list[int]) -> dict[str, str]:
    jejak = Jejak.objects.filter(jenis=Penugasan._meta.model_name, kunci__in=[str(k) for k in pk], tindakan=MENUNJUK)
    return dict(jejak.order_by("pk").values_list("kunci", "alasan"))
