"""The district in which the walk happens: every kind of row in both desa, and everybody signed in."""

import datetime as dt
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from unittest import mock

from django.conf import settings
from django.db import connection, models
from django.test import Client, override_settings

from akseptor.cadangan import tanda_hp
from akseptor.models import Titipan
from kader.akun import kode
from kader.cakupan import Cakupan
from kader.enums import Peran
from kader.karcis import terbitkan as terbitkan_karcis
from kader.models import Wilayah
from kader.token import terbitkan as terbitkan_token
from laporan.bulanan import actions as bulanan
from laporan.models import Kampanye
from poskb.dasar.waktu import hari_ini, sekarang
from tests import tenggat
from tests.acak.rute import SEMUA
from tests.akseptor.test_cadangan import berkas
from tests.alat import CITEKO, GANDASOLI, HARI, KABUPATEN, NAGROG, WANASARI, WANAYASA, cakupan, data_formulir, orang
from tests.baris.alat import dua_desa
from tests.conftest import Siapa
from tests.laporan.bulanan.pabrik import isian

JUNI = dt.date(2021, 6, 1)
# Nothing is so often here that a limit would answer instead of the view.
TAK_TERBATAS = 10**9

CONTOH = {
    "alasan": "Karena keliru dicatat",
    "catatan": "Dibicarakan di balai desa",
    "bulan": "2021-06",
    "tanggal": "2021-07-07",
    "mulai": "2021-08-01",
    "selesai": "2021-08-31",
    "sampai": "2021-07-20",
    "berlaku_sampai": "2021-12-31",
    "target": "100",
    "jumlah_orang": "12",
    "nama": "Euis Kurnia",
    "nama_masuk": "euis.kurnia",
    "kantor": "Diskominfo",
    "keperluan": "papan capaian",
    "username": "kader",
    "password": "rahasia-panjang-sekali",
    "password1": "sandi panjang sekali 7",
    "password2": "sandi panjang sekali 7",
}


@contextmanager
def setelan() -> Iterator[None]:
    """The settings of every test (tests/conftest.py, tests/peran.py), with the limits of use lifted.

    Wrong tries at a door (kader/akun/percobaan.py) need nothing: each is undone with the input that made it.
    """
    with override_settings(
        HARI_INI="2021-07-08",
        JEDA_TERLIHAT_MENIT=0,
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        AKUN_DEMO=Siapa(),
        JATAH=dict.fromkeys(settings.JATAH, TAK_TERBATAS),
        MIDDLEWARE=[
            "tests.peran.SepertiWeb",
            "tests.acak.kirim.SepertiTersimpan",
            *(m for m in settings.MIDDLEWARE if m != "tests.peran.SepertiWeb"),
        ],
    ):
        yield


@dataclass
class Panggung:
    """Who is there, by the name of the role, and what there is to name."""

    kue: dict[str, str] = field(default_factory=dict)
    karcis: dict[str, str] = field(default_factory=dict)
    token: str = ""
    # One for all: making one reads every static file.
    client: Client = field(default_factory=Client)
    # What a person types into an empty field of this name.
    contoh: dict[str, str] = field(default_factory=dict)
    # Keys of rows, own and foreign, as text.
    uuid: list[str] = field(default_factory=list)
    nomor: list[str] = field(default_factory=list)
    # A batch of a phone, as `akseptor/sinkron/` reads it; what a deactivated kader hands over; a rescue file.
    kiriman: dict = field(default_factory=dict)
    titipan: dict = field(default_factory=dict)
    cadangan: dict = field(default_factory=dict)


def buat_panggung() -> Panggung:
    """Make it, as the owner of the tables. Days and settings are the caller's (`setelan`)."""
    isi = dua_desa()
    dunia, satu = isi["dunia"], Panggung()
    _laporan(dunia)
    bekas = _bekas(dunia)
    baris = [b for kode_desa in (CITEKO, NAGROG) for b in isi[kode_desa].values()]
    satu.uuid = [str(b.pk) for b in baris if isinstance(b, models.Model) and isinstance(b.pk, uuid.UUID)]
    satu.nomor = sorted({str(b.pk) for b in baris if isinstance(b.pk, int)} | _nomor(dunia) | {str(bekas.pk)})
    p = isi[CITEKO]["akseptor_pelayanan"]
    baru = data_formulir(dunia) | {"dicatat_pada": "2021-07-08T09:00:00+07:00"}
    satu.contoh = CONTOH | data_formulir(dunia)
    satu.kiriman = {
        "kader": dunia.kader.pk,
        "jam_hp": "2021-07-08T10:00:00+07:00",
        "catatan": [
            baru,
            {"jenis": "akseptor", "id": str(p.pk), "versi": p.versi, "rw": "7"},
            {"jenis": "tahap", "id": str(p.pk), "versi": p.versi, "tindakan": "batal", "alasan": "keliru"},
            {
                "jenis": "kegiatan",
                "id": str(uuid.uuid4()),
                "macam": "penyuluhan-kelompok",
                "tanggal": "2021-07-07",
                "desa": CITEKO,
                "jumlah_orang": 12,
                "tempat": "Balai desa",
            },
        ],
    }
    satu.titipan = {"tanda": tanda_hp(bekas), "jam_hp": "2021-07-08T10:00:00+07:00", "catatan": [baru]}
    satu.cadangan = satu.kiriman | {"tanda": tanda_hp(dunia.kader)}
    wilayah = Wilayah.objects.get(kode=KABUPATEN)
    satu.token = terbitkan_token(
        dunia.dppkb,
        cakupan(dunia.dppkb),
        kantor="Diskominfo",
        keperluan="papan",
        wilayah=wilayah,
        berlaku_sampai=hari_ini(),
        boleh_desa=True,
    )[1]
    for peran in SEMUA:
        siapa = getattr(dunia, peran)
        client = Client()
        with mock.patch("kader.jejak_masuk.catat_masuk"):
            client.force_login(siapa)
        if peran == Peran.DPPKB:
            # Otherwise pages with names ask her why she wants them, and nothing else.
            client.post("/akseptor/buka-data/", {"alasan": "menjawab permintaan ibu"})
        satu.kue[peran] = client.cookies[settings.SESSION_COOKIE_NAME].value
        batas: Cakupan = cakupan(siapa)
        satu.karcis[peran] = terbitkan_karcis(batas, batas.kode[0], f"{dunia.kampanye.pk}:papan:").tulis()
    with connection.cursor() as kursor:
        # What waits for the end of the transaction happens before the first input, not within it.
        kursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
    return satu


def _laporan(dunia: object) -> None:
    """A report that was sent and one that was approved; dua_desa has the drafts."""
    bulanan.kirim(dunia.tetangga, cakupan(dunia.tetangga), GANDASOLI, JUNI, isian(), 0)
    kader = orang("kader_wanasari", Peran.KADER, WANASARI)
    laporan = bulanan.kirim(kader, cakupan(kader), WANASARI, JUNI, isian(), 0)
    bulanan.setujui(dunia.plkb_jauh, cakupan(dunia.plkb_jauh), WANASARI, JUNI, laporan.versi)


def _bekas(dunia: object) -> object:
    """A kader who was deactivated, with an envelope that waits."""
    satu = orang("bekas", Peran.KADER, CITEKO)
    isi = {"tanda": tanda_hp(satu), "catatan": [data_formulir(dunia)]}
    satu.is_active = False
    satu.save()
    Titipan.objects.create(
        kader=satu, desa_id=CITEKO, berkas=berkas(isi), jumlah=1, sidik="bekas", diterima_pada=sekarang()
    )
    return satu


def _nomor(dunia: object) -> set[str]:
    """Numbered rows that dua_desa does not make."""
    nanti = {"mulai": HARI + dt.timedelta(days=30), "selesai": HARI + dt.timedelta(days=60), "target": 10}
    kode.terbitkan(dunia.plkb, cakupan(dunia.plkb), dunia.kader)
    nomor = [
        dunia.kampanye.pk,
        Kampanye.objects.create(nama="Wanayasa", wilayah_id=WANAYASA, **nanti).pk,
        dunia.faskes.pk,
        tenggat.pengecualian(CITEKO),
        tenggat.pengecualian(NAGROG),
        tenggat.petugas(CITEKO),
        tenggat.penggantian(CITEKO),
        tenggat.token(CITEKO),
        *(siapa.pk for siapa in dunia.orang().values()),
    ]
    return {str(n) for n in nomor}
