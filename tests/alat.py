"""One small district for tests: two kecamatan, four desa, a person of each role. Traits are functions, not files."""

import datetime as dt
import itertools
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection, models
from django.test import Client

from akseptor.enums import Tahap
from akseptor.isian import Isian
from akseptor.models import Akseptor, Kunjungan, Pelayanan, PermintaanSubjek
from kader import token
from kader.cakupan import Cakupan
from kader.enums import Peran, Tingkat
from kader.models import Faskes, Pengguna, Penugasan, Wilayah
from laporan.models import Kampanye, Kegiatan
from poskb.dasar.sekejap import Sekejap
from poskb.dasar.waktu import WIB

KABUPATEN = "32.14"
PLERED = "32.14.04"
WANAYASA = "32.14.09"
# Kader's desa, her neighbour's, and one in another kecamatan.
CITEKO, GANDASOLI, NAGROG, WANASARI = "32.14.04.2006", "32.14.04.2005", "32.14.09.2001", "32.14.09.2002"
HARI = dt.date(2021, 7, 8)
SEJAK = dt.date(2021, 1, 4)
urut = itertools.count(1)


def lupakan() -> None:
    """Let the moment pass for which a web process remembers what many ask."""
    for satu in Sekejap.semua:
        satu.lupakan()


@contextmanager
def longgarkan_jejak() -> Iterator[None]:
    """Let a test move the history in time or take it away, which the database refuses to everybody."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; ALTER TABLE kader_jejak DISABLE TRIGGER jejak_tetap")
        yield
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; ALTER TABLE kader_jejak ENABLE ALWAYS TRIGGER jejak_tetap")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


@dataclass(frozen=True)
class Dunia:
    """Who and where."""

    kader: Pengguna
    tetangga: Pengguna
    jauh: Pengguna
    plkb: Pengguna
    plkb_jauh: Pengguna
    koordinator: Pengguna
    dppkb: Pengguna
    admin: Pengguna
    tanpa_wilayah: Pengguna
    faskes: Faskes
    kampanye: Kampanye

    def orang(self) -> dict[str, Pengguna]:
        """Everybody by name."""
        return {nama: nilai for nama, nilai in vars(self).items() if isinstance(nilai, Pengguna)}


def buat_dunia() -> Dunia:
    """Make the district; no password is hashed."""
    Wilayah.objects.create(kode=KABUPATEN, nama="Purwakarta", tingkat=Tingkat.KABUPATEN, jenis="kabupaten")
    for kode, nama in ((PLERED, "Plered"), (WANAYASA, "Wanayasa")):
        Wilayah.objects.create(kode=kode, nama=nama, tingkat=Tingkat.KECAMATAN, jenis="kecamatan", induk_id=KABUPATEN)
    for kode, nama in ((CITEKO, "Citeko"), (GANDASOLI, "Gandasoli"), (NAGROG, "Nagrog"), (WANASARI, "Wanasari")):
        Wilayah.objects.create(kode=kode, nama=nama, tingkat=Tingkat.DESA, jenis="desa", induk_id=kode[:8])
    return Dunia(
        kader=orang("kader", Peran.KADER, CITEKO),
        tetangga=orang("tetangga", Peran.KADER, GANDASOLI),
        jauh=orang("jauh", Peran.KADER, NAGROG),
        plkb=orang("plkb", Peran.PLKB, CITEKO, GANDASOLI),
        plkb_jauh=orang("plkb_jauh", Peran.PLKB, NAGROG, WANASARI),
        koordinator=orang("koordinator", Peran.KOORDINATOR, PLERED),
        dppkb=orang("dppkb", Peran.DPPKB),
        admin=orang("admin", Peran.ADMIN),
        tanpa_wilayah=orang("tanpa_wilayah", Peran.KADER),
        faskes=Faskes.objects.create(nama="Puskesmas Plered", jenis="puskesmas", wilayah_id=PLERED),
        kampanye=Kampanye.objects.create(
            nama="MKJP 1831",
            wilayah_id=KABUPATEN,
            mulai=dt.date(2021, 6, 18),
            selesai=dt.date(2021, 7, 31),
            target=1831,
        ),
    )


def orang(nama: str, peran: Peran, *kode: str) -> Pengguna:
    """Make a person with assignments; she signs in by `force_login` only."""
    satu = Pengguna.objects.create(nama_masuk=nama, nama=nama.replace("_", " ").title(), peran=peran, password="!")
    for k in kode:
        Penugasan.objects.create(pengguna=satu, wilayah_id=k, mulai=SEJAK)
    return satu


def bernama(dppkb: Pengguna) -> Client:
    """Return a browser of hers in which she has opened people's names, with a reason."""
    client = Client()
    client.force_login(dppkb)
    client.post("/akseptor/buka-data/", {"alasan": "menjawab permintaan ibu"})
    return client


def token_kantor(dunia: Dunia, kode: str = KABUPATEN, *, boleh_desa: bool = False, sampai: dt.date = HARI) -> str:
    """Return a key with which another office reads the numbers of an area."""
    _, teks = token.terbitkan(
        dunia.dppkb,
        cakupan(dunia.dppkb),
        kantor="Diskominfo",
        keperluan="papan di kantor Bupati",
        wilayah=Wilayah.objects.get(kode=kode),
        berlaku_sampai=sampai,
        boleh_desa=boleh_desa,
    )
    return teks


def cakupan(siapa: Pengguna) -> Cakupan:
    """The scope of a person on any day of the test world."""
    if siapa.peran in {Peran.DPPKB, Peran.ADMIN}:
        return Cakupan(Peran(siapa.peran), (KABUPATEN,))
    return Cakupan(
        Peran(siapa.peran), tuple(siapa.penugasan.order_by("wilayah_id").values_list("wilayah_id", flat=True))
    )


def nik_baru(lahir: dt.date = dt.date(1990, 3, 12)) -> str:
    """A NIK of a woman born that day that nobody else in the test has."""
    return f"321499{lahir.day + 40:02d}{lahir:%m%y}{next(urut) % 9999 + 1:04d}"


def isian(dunia: Dunia, **ubah: object) -> Isian:
    """A complete record: served today with an implan in Citeko."""
    tahap = ubah.get("tahap", Tahap.DILAYANI)
    nilai: dict = {
        "id": uuid.uuid4(),
        "tahap": tahap,
        "nama_istri": f"Ibu {next(urut)}",
        "nik_istri": nik_baru(),
        "alasan_nik_menyusul": "",
        "tanggal_lahir_istri": dt.date(1990, 3, 12),
        "nama_suami": "Jajang",
        "desa": CITEKO,
        "metode": "implan",
        "status_peserta": "baru",
        "faskes": dunia.faskes.pk,
        "tanggal_pelayanan": HARI if tahap == Tahap.DILAYANI else None,
    }
    return Isian(**(nilai | ubah))


def data_formulir(dunia: Dunia, **ubah: object) -> dict[str, str]:
    """The same as a browser posts it."""
    nilai = {
        "id": str(uuid.uuid4()),
        "tahap": "dilayani",
        "nama_istri": "Siti Nur'aeni",
        "nik_istri": nik_baru(),
        "nama_suami": "Jajang",
        "desa": CITEKO,
        "metode": "implan",
        "status_peserta": "baru",
        "faskes": str(dunia.faskes.pk),
        "tanggal_pelayanan": "2021-07-08",
        "persetujuan_data": "on",
    }
    return {k: str(v) for k, v in (nilai | ubah).items() if v is not None}


def catatan(dunia: Dunia, tanggal: dt.date = HARI, desa: str = CITEKO, **ubah: object) -> Pelayanan:
    """A stored service, as it stands in the database; `akseptor=` hangs it on a known couple."""
    akseptor = ubah.pop("akseptor", None)
    pada = dt.datetime.combine(tanggal or HARI, dt.time(9), WIB)
    if akseptor is None:
        kunci = uuid.uuid4()
        akseptor = Akseptor(
            id=kunci,
            pasangan=ubah.pop("pasangan", kunci),
            desa_id=desa,
            nama_istri=f"Ibu {next(urut)}",
            tanggal_lahir_istri=dt.date(1990, 3, 12),
            nama_suami="Jajang",
        )
        akseptor.pasang_nik(ubah.pop("nik", None) or nik_baru())
        akseptor.save(force_insert=True)
    nilai: dict = {
        "tahap": Tahap.DILAYANI,
        "metode": "implan",
        "status_peserta": "baru",
        "faskes": dunia.faskes,
        "tanggal": tanggal,
        "dicatat_oleh": dunia.kader,
        "dicatat_pada": pada,
        "diterima_pada": pada,
    } | ubah
    if nilai["tahap"] == Tahap.TERVERIFIKASI:
        nilai |= {"diverifikasi_oleh": dunia.plkb, "diverifikasi_pada": pada}
    return Pelayanan.objects.create(akseptor=akseptor, desa_id=akseptor.desa_id, pasangan=akseptor.pasangan, **nilai)


def kegiatan(siapa: Pengguna, tanggal: dt.date = HARI, desa: str = CITEKO, **ubah: object) -> Kegiatan:
    """A stored activity; the kinds must be loaded (`muat_macam_kegiatan`)."""
    pada = dt.datetime.combine(tanggal, dt.time(9), WIB)
    nilai: dict = {
        "macam_id": "penyuluhan-kelompok",
        "jumlah_orang": 20,
        "dicatat_oleh": siapa,
        "dicatat_pada": pada,
        "diterima_pada": pada,
    }
    return Kegiatan.objects.create(desa_id=desa, tanggal=tanggal, **(nilai | ubah))


def kunjungan(pelayanan: Pelayanan, tanggal: dt.date = HARI, **ubah: object) -> Kunjungan:
    """A stored home visit, by the officer of its desa."""
    nilai: dict = {"hasil": "dikonfirmasi", "dicatat_pada": dt.datetime.combine(tanggal, dt.time(10), WIB)} | ubah
    if "dicatat_oleh" not in nilai:
        nilai["dicatat_oleh"] = Pengguna.objects.filter(peran=Peran.PLKB).order_by("pk").first()
    return Kunjungan.objects.create(pelayanan=pelayanan, tanggal=tanggal, **nilai)


def mentah(model: type[models.Model]) -> list[dict]:
    """The rows as the database holds them, ciphertext included."""
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{model._meta.db_table}" ORDER BY 1')
        kolom = [k.name for k in cursor.description]
        return [
            dict(zip(kolom, (bytes(n) if isinstance(n, memoryview) else n for n in b), strict=True))
            for b in cursor.fetchall()
        ]


def permintaan(pelayanan: Pelayanan, jenis: str = "akses", **ubah: object) -> PermintaanSubjek:
    """A stored request of the woman of a record, made this morning."""
    pada = dt.datetime.combine(HARI, dt.time(8), WIB)
    nilai: dict = {
        "saluran": "langsung",
        "bukti_diri": "ktp",
        "diterima_pada": pada,
        "tenggat": pada + dt.timedelta(hours=72),
        "dicatat_oleh": pelayanan.dicatat_oleh,
        "dicatat_pada": pada,
    } | ubah
    return PermintaanSubjek.objects.create(akseptor=pelayanan.akseptor, jenis=jenis, **nilai)
