"""Making, moving, deactivating people: roles x acts, own and foreign area, with dates and with a history that stays."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kader.akun import tugas
from kader.akun.orang import MENGELOLA
from kader.enums import Peran
from kader.models import Jejak, Pengguna, Penugasan
from poskb.dasar.tolak import Ditolak
from tests.alat import CITEKO, GANDASOLI, HARI, NAGROG, PLERED, WANASARI, Dunia, cakupan
from tests.alat import orang as buat_orang

BESOK = HARI + dt.timedelta(days=1)
BARU = {"nama": "Ibu  Baru", "nama_masuk": "+62 812-0000-1111", "mulai": "2021-07-08"}


def masuk(client: Client, siapa: Pengguna) -> Client:
    client.force_login(siapa)
    return client


@pytest.mark.parametrize("peran", [p.value for p in Peran])
@pytest.mark.parametrize("oleh", ["kader", "plkb", "koordinator", "dppkb", "admin"])
def test_siapa_membuat_peran_apa(dunia: Dunia, client: Client, oleh: str, peran: str) -> None:
    masuk(client, getattr(dunia, oleh))
    tempat = {"kader": CITEKO, "plkb": [], "koordinator": PLERED}.get(peran, "")
    jumlah = Pengguna.objects.count()
    jawaban = client.post(f"/orang/baru/{peran}/", BARU | {"tempat": tempat})
    if peran not in MENGELOLA.get(oleh, ()):
        assert jawaban.status_code == (403 if oleh == "kader" else 404)
        assert Pengguna.objects.count() == jumlah
        return
    assert jawaban.status_code == 302, jawaban.content.decode()
    baru = Pengguna.objects.get(nama_masuk="081200001111")
    assert (baru.nama, baru.peran, baru.has_usable_password()) == ("Ibu Baru", peran, False)
    kode = [tempat] if isinstance(tempat, str) and tempat else []
    assert list(baru.penugasan.values_list("wilayah_id", "mulai", "sebagai")) == [(k, HARI, peran) for k in kode]
    jejak = Jejak.objects.tentang(baru).get()
    assert (jejak.tindakan, jejak.oleh) == ("membuat", getattr(dunia, oleh))
    assert "0812" not in str(jejak.perubahan)
    assert client.get(f"/orang/{baru.pk}/").status_code == 200
    # Without a password nobody is let in.
    assert Client().post("/masuk/", {"username": "081200001111", "password": ""}).status_code == 422


@pytest.mark.parametrize(
    ("ubah", "status", "kata"),
    [
        ({"tempat": NAGROG}, 422, "Pilih desa dari daftar"),
        ({"tempat": ""}, 422, "Pilih desanya"),
        ({"nama_masuk": "kader"}, 409, "sudah dipakai orang lain"),
        ({"nama_masuk": " KADER "}, 409, "sudah dipakai orang lain"),
        ({"nama_masuk": "dua kata"}, 422, "tanpa spasi"),
        ({"nama": ""}, 422, "Tulis namanya"),
        ({"mulai": "2021-07-07"}, 409, "hari ini atau sesudahnya"),
        ({"mulai": "2031-07-07"}, 409, "paling jauh setahun"),
        ({"mulai": "x"}, 422, "tidak ada di kalender"),
    ],
)
def test_isian_yang_ditolak_tidak_membuat_apa_pun(
    dunia: Dunia, client: Client, ubah: dict, status: int, kata: str
) -> None:
    jumlah = Pengguna.objects.count(), Penugasan.objects.count(), Jejak.objects.count()
    jawaban = masuk(client, dunia.plkb).post("/orang/baru/kader/", BARU | {"tempat": CITEKO} | ubah)
    assert (jawaban.status_code, kata in jawaban.content.decode()) == (status, True)
    assert 'value="' + ubah.get("nama", "Ibu  Baru") in jawaban.content.decode()
    assert (Pengguna.objects.count(), Penugasan.objects.count(), Jejak.objects.count()) == jumlah


def test_daftar_hanya_miliknya(dunia: Dunia, client: Client) -> None:
    lihat: Any = lambda siapa, peran="": masuk(client, siapa).get(f"/orang/?peran={peran}" if peran else "/orang/")  # noqa: E731
    isi = lihat(dunia.plkb).content.decode()
    assert ("Kader" in isi, "Tetangga" in isi, "Jauh" in isi) == (True, True, False)
    assert "Jauh" in lihat(dunia.plkb_jauh).content.decode()
    isi = lihat(dunia.dppkb, "kader").content.decode()
    assert all(nama in isi for nama in ("Tetangga", "Jauh", "Tanpa Wilayah"))
    assert lihat(dunia.plkb, "plkb").status_code == 404
    assert lihat(dunia.plkb, "x").status_code == 404
    assert "Dppkb" in lihat(dunia.admin, "dppkb").content.decode()


def test_daftar_dan_rinci_dalam_sedikit_kueri(dunia: Dunia, client: Client) -> None:
    for n in range(12):
        buat_orang(f"kader{n}", Peran.KADER, CITEKO)
    masuk(client, dunia.plkb)
    for alamat, batas in (("/orang/", 5), (f"/orang/{dunia.kader.pk}/", 9), ("/orang/baru/kader/", 4)):
        with CaptureQueriesContext(connection) as kueri:
            assert client.get(alamat).status_code == 200
        assert len(kueri) <= batas, (alamat, len(kueri))


def pindah(
    dunia: Dunia, oleh: str, untuk: str, kode: list[str], mulai: dt.date = BESOK, alasan: str = "pindah"
) -> None:
    siapa = getattr(dunia, oleh)
    tugas.tetapkan(siapa, cakupan(siapa), getattr(dunia, untuk), kode, mulai, alasan)


def semua_tugas(orang: Pengguna) -> list[tuple]:
    return list(orang.penugasan.order_by("mulai", "wilayah_id").values_list("wilayah_id", "mulai", "selesai"))


def test_pindah_mengakhiri_yang_lama_memulai_yang_baru_dan_riwayat_tetap(
    dunia: Dunia, client: Client, settings: Any
) -> None:
    masuk(client, dunia.plkb)
    isi = {"tempat": GANDASOLI, "mulai": "2021-07-09", "alasan": "pindah rumah"}
    assert client.post(f"/orang/{dunia.kader.pk}/pindah/", isi).status_code == 302
    lama = dt.date(2021, 1, 4)
    assert semua_tugas(dunia.kader) == [(CITEKO, lama, HARI), (GANDASOLI, BESOK, None)]
    acara = Jejak.objects.filter(jenis="penugasan").order_by("pk").values_list("tindakan", "wilayah_id", "alasan")
    assert list(acara) == [("mengakhiri tugas", CITEKO, "pindah rumah"), ("menugaskan", GANDASOLI, "pindah rumah")]
    dia = masuk(Client(), dunia.kader)
    assert "Citeko" in dia.get("/").content.decode()
    settings.HARI_INI = "2021-07-09"
    assert "Gandasoli" in dia.get("/").content.decode()
    # Again before it begins: what would not have lasted a day is taken back.
    settings.HARI_INI = "2021-07-08"
    pindah(dunia, "plkb", "kader", [CITEKO], BESOK + dt.timedelta(days=1))
    assert semua_tugas(dunia.kader)[-1] == (CITEKO, dt.date(2021, 7, 10), None)
    pindah(dunia, "plkb", "kader", [GANDASOLI], BESOK)
    assert semua_tugas(dunia.kader) == [(CITEKO, lama, HARI), (GANDASOLI, BESOK, None)]


@pytest.mark.parametrize(
    ("oleh", "untuk", "kode", "kata"),
    [
        ("plkb", "kader", [NAGROG], "di luar wilayah tugas"),
        ("plkb", "jauh", [CITEKO], "tidak Anda kelola"),
        ("plkb", "plkb_jauh", [CITEKO], "tidak Anda kelola"),
        ("plkb", "plkb", [CITEKO], "tidak Anda kelola"),
        ("koordinator", "plkb", [CITEKO], "tidak Anda kelola"),
        ("koordinator", "jauh", [CITEKO], "tidak Anda kelola"),
        ("dppkb", "kader", [PLERED], "ditugaskan di desa"),
        ("dppkb", "koordinator", [CITEKO], "ditugaskan di kecamatan"),
        ("dppkb", "plkb_jauh", [CITEKO], "sudah punya petugas pada 9 Juli 2021: Plkb"),
        ("admin", "kader", [CITEKO], "tidak Anda kelola"),
        ("kader", "tetangga", [CITEKO], "tidak Anda kelola"),
    ],
)
def test_pindah_yang_ditolak(dunia: Dunia, oleh: str, untuk: str, kode: list[str], kata: str) -> None:
    sebelum = semua_tugas(getattr(dunia, untuk))
    with pytest.raises(Ditolak, match=kata):
        pindah(dunia, oleh, untuk, kode)
    assert semua_tugas(getattr(dunia, untuk)) == sebelum


def test_petugas_mendapat_desa_lain_dan_penggantian_tetap(dunia: Dunia) -> None:
    Penugasan.objects.create(pengguna=dunia.plkb, wilayah_id=NAGROG, sebagai="plkb", mulai=HARI, pengganti=True)
    pindah(dunia, "dppkb", "plkb_jauh", [NAGROG])
    pindah(dunia, "dppkb", "plkb", [CITEKO, WANASARI])
    kini = [t[0] for t in semua_tugas(dunia.plkb) if t[2] is None]
    assert sorted(kini) == sorted([CITEKO, NAGROG, WANASARI])
    assert (GANDASOLI, dt.date(2021, 1, 4), HARI) in semua_tugas(dunia.plkb)
    pindah(dunia, "dppkb", "plkb", [])
    assert [t[0] for t in semua_tugas(dunia.plkb) if t[2] is None] == [NAGROG]


@pytest.mark.parametrize(
    ("oleh", "untuk", "status"),
    [
        ("plkb", "kader", 302),
        ("koordinator", "kader", 302),
        ("dppkb", "kader", 302),
        ("dppkb", "plkb", 302),
        ("admin", "dppkb", 302),
        ("plkb", "jauh", 404),
        ("plkb_jauh", "kader", 404),
        ("plkb", "plkb", 404),
        ("koordinator", "plkb", 404),
        ("dppkb", "dppkb", 404),
        ("dppkb", "admin", 404),
        ("admin", "kader", 404),
        ("admin", "admin", 404),
        ("kader", "tetangga", 403),
    ],
)
def test_menonaktifkan_dan_mengaktifkan(dunia: Dunia, client: Client, oleh: str, untuk: str, status: int) -> None:
    siapa, alamat = getattr(dunia, untuk), f"/orang/{getattr(dunia, untuk).pk}"
    masuk(client, getattr(dunia, oleh))
    assert client.post(f"{alamat}/nonaktifkan/", {"alasan": "berhenti"}).status_code == status
    siapa.refresh_from_db()
    assert siapa.is_active is (status != 302)
    if status != 302:
        return
    assert client.post(f"{alamat}/nonaktifkan/", {"alasan": "lagi"}).status_code == 409
    assert client.post(f"{alamat}/aktifkan/", {"alasan": ""}).status_code == 422
    assert client.post(f"{alamat}/aktifkan/", {"alasan": "kembali"}).status_code == 302
    siapa.refresh_from_db()
    assert siapa.is_active
    acara = Jejak.objects.tentang(siapa).values_list("tindakan", "alasan")
    assert list(acara) == [("mengaktifkan kembali", "kembali"), ("menonaktifkan", "berhenti")]


def test_alasan_tanpa_nomor_dan_tidak_kosong(dunia: Dunia, client: Client) -> None:
    masuk(client, dunia.plkb)
    for alasan, kata in (("", "Tulis alasannya"), ("hubungi 0812-3456-7890", "Jangan tulis")):
        jawaban = client.post(f"/orang/{dunia.kader.pk}/nonaktifkan/", {"alasan": alasan})
        assert (jawaban.status_code, kata in jawaban.content.decode()) == (422, True)
    dunia.kader.refresh_from_db()
    assert dunia.kader.is_active


def test_kader_di_dua_wilayah_dinonaktifkan_oleh_yang_membawahi_keduanya(dunia: Dunia, client: Client) -> None:
    Penugasan.objects.create(pengguna=dunia.kader, wilayah_id=NAGROG, mulai=HARI)
    alamat = f"/orang/{dunia.kader.pk}/nonaktifkan/"
    jawaban = masuk(client, dunia.plkb).post(alamat, {"alasan": "berhenti"})
    assert (jawaban.status_code, "di luar wilayah Anda" in jawaban.content.decode()) == (409, True)
    assert masuk(client, dunia.dppkb).post(alamat, {"alasan": "berhenti"}).status_code == 302
