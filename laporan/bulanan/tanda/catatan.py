"""Flags of the records behind the counted number: what of a service wants a look before it is verified."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.conf import settings
from django.db.models import BooleanField, Case, Count, Exists, OuterRef, When

from akseptor.enums import Tahap
from akseptor.models import Akseptor, Persetujuan
from kader.baris import lintas_wilayah
from laporan.bulanan.hitung import baris_terbuka
from laporan.bulanan.tanda.jenis import SEKADAR_DIKETAHUI, URUTAN, Jenis, Tanda
from laporan.bulanan.tenggat import KADER, kalender
from poskb.dasar.waktu import awal_bulan, hari_wib, tulis_tanggal

# What to do about records of a kind; how many stands before it.
SARAN = {
    Jenis.DUPLIKAT: "catatan mirip catatan lain. Buka, lalu putuskan: orang yang sama atau bukan.",
    Jenis.MENYUSUL: "catatan tanpa NIK. Putuskan satu per satu: verifikasi bila orangnya jelas, atau kembalikan.",
    Jenis.PERSETUJUAN: (
        "catatan tanpa persetujuan ibu atas datanya. Minta kader menanyakannya, lalu mencatatnya di halaman ibu itu."
    ),
    Jenis.TERLAMBAT: "catatan datang terlambat. Cocokkan tanggalnya dengan register tempat pelayanan.",
    Jenis.HP: "catatan memakai nomor HP yang sama dengan banyak ibu lain. Mungkin nomor kader atau tetangga.",
}


class Catatan(NamedTuple):
    """One record that the report counts, with why it wants a look: {kind: sentence}. `bulan`: that of the service."""

    pk: uuid.UUID
    bulan: dt.date
    metode: str
    tahap: str
    versi: int
    sebab: dict[Jenis, str]

    @property
    def bersih(self) -> bool:
        """Whether it waits for the officer and nothing speaks against it."""
        return self.tahap == Tahap.DILAYANI and not (self.sebab.keys() - SEKADAR_DIKETAHUI)


class Data(NamedTuple):
    """What is read of a record to judge it."""

    pk: uuid.UUID
    desa: str
    metode: str
    tahap: str
    versi: int
    tanggal: dt.date
    diterima: dt.datetime
    duplikat: bool
    menyusul: bool
    alasan_menyusul: str
    hp: str | None
    setuju: bool


@lintas_wilayah("tanda menghitung nomor HP yang sama di desa lain, dan dibaca juga tanpa nama")
def catatan_bulan(kode_desa: Sequence[str], bulan: dt.date) -> dict[str, list[Catatan]]:
    """Return {kode desa: its records} that the open reports of a month count. Four queries, however many desa."""
    # Asked only of those that still wait: what was verified is not looked at again.
    ada = Exists(Persetujuan.objects.filter(akseptor_id=OuterRef("akseptor_id")))
    setuju = Case(When(tahap=Tahap.TERVERIFIKASI, then=True), default=ada, output_field=BooleanField())
    data = [
        Data(*nilai)
        for nilai in baris_terbuka(kode_desa, bulan)
        .order_by("tanggal", "pk")
        .values_list(
            "pk",
            "desa_id",
            "metode",
            "tahap",
            "versi",
            "tanggal",
            "diterima_pada",
            "akseptor__perlu_tinjau_duplikat",
            "akseptor__nik_menyusul",
            "akseptor__alasan_nik_menyusul",
            "akseptor__hp_indeks",
            setuju,
        )
    ]
    ramai = _hp_ramai({d.hp for d in data if d.hp and d.tahap == Tahap.DILAYANI})
    kal = kalender(kode_desa, [bulan])
    hasil: dict[str, list[Catatan]] = defaultdict(list)
    for d in data:
        alasan = sebab(d, kal.sampai(d.desa, bulan, KADER), ramai.get(d.hp or "", 0))
        hasil[d.desa].append(Catatan(d.pk, awal_bulan(d.tanggal), d.metode, d.tahap, d.versi, alasan))
    return dict(hasil)


def _hp_ramai(indeks: set[str]) -> dict[str, int]:
    """Return {index of a phone number: couples that have it} where they are many."""
    sama = Akseptor.objects.filter(hp_indeks__in=indeks).order_by().values_list("hp_indeks")
    return dict(sama.annotate(n=Count("pasangan", distinct=True)).filter(n__gte=settings.TANDA_LAPORAN["hp_sama"]))


def sebab(data: Data, batas: dt.date, hp_sama: int) -> dict[Jenis, str]:
    """Return why a record wants a look. What an officer has verified she has looked at: only a likely duplicate,
    which stays open until it is decided, is said again. `batas`: the kader's deadline, exceptions included.
    """
    hasil = {}
    if data.duplikat:
        hasil[Jenis.DUPLIKAT] = "Mirip catatan lain; belum diputuskan orang yang sama atau bukan."
    if data.tahap != Tahap.DILAYANI:
        return hasil
    if data.menyusul:
        hasil[Jenis.MENYUSUL] = f"NIK menyusul: {data.alasan_menyusul}"
    if not data.setuju:
        hasil[Jenis.PERSETUJUAN] = "Persetujuan ibu atas datanya tidak tercatat."
    terlambat = _terlambat(data, batas)
    if terlambat:
        hasil[Jenis.TERLAMBAT] = terlambat
    if hp_sama:
        hasil[Jenis.HP] = f"Nomor HP ini ada pada {hp_sama} pasangan."
    return hasil


def _terlambat(data: Data, batas: dt.date) -> str:
    tiba = hari_wib(data.diterima)
    lama = (tiba - data.tanggal).days
    if tiba <= batas and lama <= settings.TANDA_LAPORAN["terlambat_hari"]:
        return ""
    kapan = f"Dilayani {tulis_tanggal(data.tanggal)}, diterima {tulis_tanggal(tiba)}"
    if tiba > batas:
        return f"{kapan}, sesudah tenggat laporan {tulis_tanggal(batas)}."
    return f"{kapan}, {lama} hari kemudian."


def tanda_catatan(catatan: Iterable[Catatan]) -> list[Tanda]:
    """Gather the reasons of records into one flag per kind."""
    per_jenis: dict[Jenis, list[uuid.UUID]] = defaultdict(list)
    for c in catatan:
        for jenis in c.sebab:
            per_jenis[jenis].append(c.pk)
    return [
        Tanda(jenis, f"{len(pk)} {SARAN[jenis]}", f"#catatan-{pk[0]}", tuple(pk))
        for jenis, pk in sorted(per_jenis.items(), key=lambda x: URUTAN[x[0]])
    ]
