"""People, areas, services and reports of one village story. Plain functions; each says what it makes."""

import datetime as dt
import json
import uuid
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.test import Client, override_settings

from akseptor.enums import Metode, StatusPeserta, Tahap
from akseptor.models import Akseptor, Pelayanan, Persetujuan
from kader.cakupan import Cakupan
from kader.enums import JenisFaskes, Peran, Tingkat
from kader.models import Faskes, Pengguna, Penugasan, Wilayah
from kader.models.penugasan import cakupan_pengguna
from laporan.bulanan import actions
from laporan.bulanan.formulir import baca, kunci_lalu, kunci_target
from laporan.bulanan.kelengkapan import Isian
from laporan.models import Formulir, LaporanBulanan
from poskb.dasar.waktu import WIB, awal_bulan, geser_bulan, sekarang

HARI_INI = "2021-07-08"
JUNI = dt.date(2021, 6, 1)
MEI = dt.date(2021, 5, 1)
KAB, KEC = "32.14", "32.14.01"
DESA, TETANGGA = "32.14.01.2001", "32.14.01.2002"
BERKAS = Path(__file__).resolve().parents[3] / "laporan" / "data" / "formulir-2021.json"


def wilayah(kode: str, nama: str = "") -> Wilayah:
    """Make an area and those above it."""
    ruas = kode.count(".")
    tingkat = {1: Tingkat.KABUPATEN, 2: Tingkat.KECAMATAN, 3: Tingkat.DESA}[ruas]
    induk = wilayah(kode.rsplit(".", 1)[0]) if ruas > 1 else None
    isi = {"nama": nama or kode, "tingkat": tingkat, "jenis": tingkat, "induk": induk}
    return Wilayah.objects.get_or_create(kode=kode, defaults=isi)[0]


def orang(peran: Peran, *kode: str) -> Pengguna:
    """Make a person of a role, assigned to areas."""
    satu = Pengguna.objects.create_user(f"{peran}{Pengguna.objects.count()}", nama=f"Bu {peran}", peran=peran)
    for k in kode:
        Penugasan.objects.create(pengguna=satu, wilayah=wilayah(k), mulai=dt.date(2020, 1, 1))
    return satu


def cakupan(satu: Pengguna) -> Cakupan:
    """What she may see on the pinned day."""
    return cakupan_pengguna(satu, dt.date.fromisoformat(HARI_INI), KAB)


def masuk(satu: Pengguna) -> Client:
    """A browser in which she is signed in."""
    client = Client()
    client.force_login(satu)
    return client


def formulir() -> Formulir:
    """Load the form that the product ships."""
    data = json.loads(BERKAS.read_text())
    mulai = dt.date.fromisoformat(data["berlaku_mulai"])
    return Formulir.objects.get_or_create(versi=data["versi"], defaults={"berlaku_mulai": mulai, "isi": data["isi"]})[
        0
    ]


@dataclass
class Cerita:
    """One desa with everybody around it."""

    kader: Pengguna
    kader_tetangga: Pengguna
    plkb: Pengguna
    plkb_lain: Pengguna
    koordinator: Pengguna
    dppkb: Pengguna
    admin: Pengguna
    tanpa_wilayah: Pengguna


def cerita() -> Cerita:
    """Make the story: two desa of one kecamatan, an officer for the first, another for the second."""
    formulir()
    return Cerita(
        kader=orang(Peran.KADER, DESA),
        kader_tetangga=orang(Peran.KADER, TETANGGA),
        plkb=orang(Peran.PLKB, DESA),
        plkb_lain=orang(Peran.PLKB, TETANGGA),
        koordinator=orang(Peran.KOORDINATOR, KEC),
        dppkb=orang(Peran.DPPKB),
        admin=orang(Peran.ADMIN),
        tanpa_wilayah=orang(Peran.KADER),
    )


def pelayanan(
    tanggal: dt.date = dt.date(2021, 6, 18),
    metode: Metode = Metode.IMPLAN,
    *,
    desa: str = DESA,
    tahap: Tahap = Tahap.DILAYANI,
    status: StatusPeserta = StatusPeserta.BARU,
    nama: str = "Siti",
    hp: str = "",
    bersih: bool = False,
    **ubah: object,
) -> Pelayanan:
    """Make a couple with one service. Plain: NIK to follow, no consent, received today; `bersih`: nothing to flag."""
    petugas = Pengguna.objects.order_by("pk").first() or orang(Peran.PLKB)
    pk = uuid.uuid4()
    akseptor = Akseptor.objects.create(
        id=pk,
        pasangan=pk,
        desa=wilayah(desa),
        nama_istri=nama,
        nik_indeks=pk.hex if bersih else None,
        nik_menyusul=not bersih,
        alasan_nik_menyusul="" if bersih else "KTP di rumah",
        no_hp=hp,
        tanggal_lahir_istri=dt.date(1990, 1, 1),
    )
    faskes = Faskes.objects.get_or_create(
        nama="Puskesmas", wilayah=wilayah(KEC), defaults={"jenis": JenisFaskes.PUSKESMAS}
    )[0]
    verifikasi = {"diverifikasi_oleh": petugas, "diverifikasi_pada": sekarang()}
    tiba = dt.datetime.combine(tanggal, dt.time(9), WIB) if bersih else sekarang()
    if bersih:
        Persetujuan.objects.create(akseptor=akseptor, versi_teks="x", diberikan_pada=tiba, dicatat_oleh=petugas)
    nilai = verifikasi if tahap == Tahap.TERVERIFIKASI else {}
    return Pelayanan.objects.create(
        akseptor=akseptor,
        desa=akseptor.desa,
        pasangan=akseptor.pasangan,
        tahap=tahap,
        metode=metode,
        status_peserta=status,
        faskes=faskes,
        tanggal=tanggal,
        **({"dicatat_oleh": petugas, "dicatat_pada": tiba, "diterima_pada": tiba} | nilai | ubah),
    )


def isian(*, nihil: bool = False, imbang_diperiksa: bool = False, alasan: dict | None = None, **angka: int) -> Isian:
    """A complete, balanced content of zeros, with these numbers changed."""
    susunan = baca(formulir().isi)
    isi = dict.fromkeys(susunan.isian, 0)
    for m in susunan.metode:
        isi |= {kunci_target(m): 0, kunci_lalu(m): 0}
    return Isian(isi | angka, alasan or {}, nihil, imbang_diperiksa)


def ketikan(satu: Isian, versi: int) -> dict[str, str]:
    """The same content as a browser posts it."""
    data = {k: str(v) for k, v in satu.isi.items()} | {f"alasan_{m}": t for m, t in satu.alasan.items()}
    tanda = {"nihil": satu.nihil, "imbang_diperiksa": satu.imbang_diperiksa}
    return data | {k: "on" for k, v in tanda.items() if v} | {"versi": str(versi)}


def masanya(bulan: dt.date) -> override_settings:
    """The day on which a report of that month is made: the pinned one, or for an older month one before its close."""
    dipatok = awal_bulan(dt.date.fromisoformat(settings.HARI_INI))
    sesudah = geser_bulan(bulan, 1)
    return override_settings(HARI_INI=settings.HARI_INI if sesudah >= dipatok else f"{sesudah.replace(day=8)}")


def draf(c: Cerita, bulan: dt.date = JUNI, satu: Isian | None = None) -> LaporanBulanan:
    """A saved draft."""
    with masanya(bulan):
        return actions.simpan(c.kader, cakupan(c.kader), DESA, bulan, satu or isian(), 0)


def dikirim(c: Cerita, bulan: dt.date = JUNI, satu: Isian | None = None) -> LaporanBulanan:
    """A sent report."""
    with masanya(bulan):
        return actions.kirim(c.kader, cakupan(c.kader), DESA, bulan, satu or isian(), 0)


def laporan_dikirim(
    c: Cerita, desa: str, bulan: dt.date = JUNI, satu: Isian | None = None, menit: int = 0
) -> LaporanBulanan:
    """A sent report of any desa, as it stands in the database; `menit` later than the first."""
    satu = satu or isian()
    pada = dt.datetime.combine(geser_bulan(bulan, 1), dt.time(9, menit), WIB)
    return LaporanBulanan.objects.create(
        desa=wilayah(desa),
        bulan=bulan,
        formulir=formulir(),
        status="dikirim",
        isi=satu.isi,
        alasan_selisih=satu.alasan,
        nihil=satu.nihil,
        versi=2,
        diubah_pada=pada,
        dikirim_pada=pada,
        dikirim_oleh=c.kader,
    )


def dikembalikan(c: Cerita, bulan: dt.date = JUNI) -> LaporanBulanan:
    """A report that came back because of part II."""
    laporan = dikirim(c, bulan)
    with masanya(bulan):
        return actions.kembalikan(c.plkb, cakupan(c.plkb), DESA, bulan, {"II": "Rakor belum diisi"}, laporan.versi)


def disetujui(c: Cerita, bulan: dt.date = JUNI, satu: Isian | None = None) -> LaporanBulanan:
    """An approved report; its acceptors must be verified."""
    laporan = dikirim(c, bulan, satu)
    with masanya(bulan):
        return actions.setujui(c.plkb, cakupan(c.plkb), DESA, bulan, laporan.versi)


# A report in every state, by the name of the state.
KEADAAN = {"draf": draf, "dikirim": dikirim, "dikembalikan": dikembalikan, "disetujui": disetujui}


def potret() -> list[tuple]:
    """Everything that an act on reports may write, for "nothing was written"."""
    from kader.baca import PEMBACAAN
    from kader.models import Jejak

    # A page that shows names again writes that it did; that is no act on a report.
    tindakan = Jejak.objects.exclude(tindakan__in=PEMBACAAN).order_by("pk")
    return [*LaporanBulanan.objects.order_by("pk").values_list(), *tindakan.values_list("pk")]
