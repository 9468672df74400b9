"""Sessions: how long, listed in words, ended by her, by her officer, by a new password; and what they cost."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kader import checks
from kader.akun import bersih, sesi
from kader.models import Jejak, KodeMasuk, Sesi
from poskb.dasar import waktu
from tests.alat import Dunia
from tests.kader.akun.conftest import SANDI, beri_sandi, masuk

ANDROID = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120 Mobile Safari/537.36"


@pytest.mark.parametrize(
    ("siapa", "jam"), [("kader", 720), ("plkb", 12), ("koordinator", 12), ("dppkb", 12), ("admin", 12)]
)
def test_lama_sesi_menurut_peran(dunia: Dunia, siapa: str, jam: int) -> None:
    client = masuk(beri_sandi(getattr(dunia, siapa)))
    satu = Sesi.objects.get()
    sisa = satu.expire_date - waktu.jam_nyata()
    assert dt.timedelta(hours=jam, minutes=-1) < sisa <= dt.timedelta(hours=jam)
    assert abs(client.cookies["sessionid"]["max-age"] - jam * 3600) < 60
    # Used or written, its end stays.
    client.post("/akseptor/buka-data/", {"alasan": "menjawab permintaan ibu"})
    client.get("/akun/")
    assert Sesi.objects.get().expire_date == satu.expire_date
    Sesi.objects.update(expire_date=waktu.jam_nyata() - dt.timedelta(seconds=1))
    assert client.get("/").status_code == 302


def test_perangkat_tercantum_dengan_kata_kata(dunia: Dunia) -> None:
    beri_sandi(dunia.kader)
    client = masuk(dunia.kader, HTTP_USER_AGENT=ANDROID)
    masuk(dunia.kader)
    isi = client.get("/akun/").content.decode()
    assert "Chrome di HP Android" in isi
    assert "Perangkat lain" in isi
    assert "Masuk sejak 8 Juli 2021" in isi
    assert isi.count("perangkat ini</span>") == 1
    assert isi.count("Keluarkan perangkat ini") == 1
    for s in Sesi.objects.all():
        assert s.session_key not in isi


def test_dikeluarkan_sendiri_satu_dan_semua_yang_lain(dunia: Dunia) -> None:
    beri_sandi(dunia.kader)
    ini, itu, sana = (masuk(dunia.kader) for _ in range(3))
    nomor = itu.session["nomor"]
    assert ini.post(f"/akun/perangkat/{nomor}/keluarkan/").status_code == 302
    assert (itu.get("/").status_code, ini.get("/").status_code, sana.get("/").status_code) == (302, 200, 200)
    ini.post("/akun/perangkat/keluarkan-lain/")
    assert (ini.get("/").status_code, sana.get("/").status_code) == (200, 302)
    assert Jejak.objects.tentang(dunia.kader).filter(tindakan="mengeluarkan perangkat").count() == 2


def test_perangkat_orang_lain_tidak_tersentuh(dunia: Dunia) -> None:
    dia, saya = masuk(beri_sandi(dunia.tetangga)), masuk(beri_sandi(dunia.kader))
    saya.post(f"/akun/perangkat/{dia.session['nomor']}/keluarkan/")
    assert dia.get("/").status_code == 200


def test_hp_hilang_dikeluarkan_petugasnya_dan_bukan_petugas_lain(dunia: Dunia, client: Client) -> None:
    dia = masuk(beri_sandi(dunia.kader))
    alamat = f"/orang/{dunia.kader.pk}/perangkat/{dia.session['nomor']}/keluarkan/"
    client.force_login(dunia.plkb_jauh)
    assert client.post(alamat).status_code == 404
    assert dia.get("/").status_code == 200
    client.force_login(dunia.plkb)
    assert "Perangkat lain" in client.get(f"/orang/{dunia.kader.pk}/").content.decode()
    assert client.post(alamat).status_code == 302
    assert dia.get("/").status_code == 302
    assert client.post(alamat).status_code == 409
    assert client.post(f"/orang/{dunia.kader.pk}/perangkat/{uuid.uuid4()}/keluarkan/").status_code == 409
    assert Jejak.objects.tentang(dunia.kader).exclude(tindakan="masuk").get().oleh == dunia.plkb


def test_ganti_sandi_mengakhiri_yang_lain_dan_bukan_ini(dunia: Dunia) -> None:
    beri_sandi(dunia.kader)
    ini, itu = masuk(dunia.kader), masuk(dunia.kader)
    baru = {"new_password1": "kunci-baru-1831x", "new_password2": "kunci-baru-1831x"}
    keliru = ini.post("/akun/sandi/", {"old_password": "keliru"} | baru)
    assert (keliru.status_code, "lama ini keliru" in keliru.content.decode()) == (422, True)
    lemah = {"old_password": SANDI, "new_password1": "12345678", "new_password2": "12345678"}
    assert "Jangan angka saja" in ini.post("/akun/sandi/", lemah).content.decode()
    assert itu.get("/").status_code == 200
    assert ini.post("/akun/sandi/", {"old_password": SANDI} | baru).status_code == 302
    # Gone from the list at once, not only when it asks again.
    assert Sesi.objects.count() == 1
    assert (ini.get("/").status_code, itu.get("/").status_code) == (200, 302)
    masuk(dunia.kader, "kunci-baru-1831x")


def test_halaman_sandi_bukan_tempat_menebak(dunia: Dunia) -> None:
    client = masuk(beri_sandi(dunia.kader))
    isi = {"old_password": "keliru", "new_password1": "kunci-baru-1831x", "new_password2": "kunci-baru-1831x"}
    status = [client.post("/akun/sandi/", isi).status_code for _ in range(6)]
    assert status == [422] * 5 + [429]


def test_sesi_yang_dicabut_tidak_hidup_lagi_oleh_permintaan_yang_sedang_jalan(dunia: Dunia) -> None:
    client = masuk(beri_sandi(dunia.dppkb))
    berjalan = sesi.SessionStore(client.session.session_key)
    berjalan["data"] = 1
    sesi.akhiri(dunia.dppkb)
    with pytest.raises(UpdateError):
        berjalan.save()
    assert not Sesi.objects.exists()


def test_masuk_memberi_kunci_sesi_baru(dunia: Dunia) -> None:
    """Whoever planted a session in her browser, one that is really there, holds nothing after she signed in."""
    beri_sandi(dunia.kader)
    tanaman = sesi.SessionStore()
    tanaman["dari"] = "penanam"
    tanaman.create()
    kunci, client = tanaman.session_key, Client()
    client.cookies["sessionid"] = kunci
    assert client.session["dari"] == "penanam"
    assert client.post("/masuk/", {"username": "kader", "password": SANDI}).status_code == 302
    assert client.cookies["sessionid"].value != kunci
    assert not Sesi.objects.filter(session_key=kunci).exists()
    penanam = Client()
    penanam.cookies["sessionid"] = kunci
    assert penanam.get("/").headers["Location"].startswith("/masuk/")
    assert client.get("/").status_code == 200


@pytest.mark.parametrize("siapa", ["kader", "plkb", "dppkb"])
def test_satu_permintaan_membaca_sesi_dan_orang_dan_tidak_lebih(dunia: Dunia, siapa: str) -> None:
    """Two statements before this page of devices was made, two after."""
    client = masuk(beri_sandi(getattr(dunia, siapa)))
    with CaptureQueriesContext(connection) as kueri:
        assert client.get("/akun/sandi/").status_code == 200
    assert len(kueri) == 2, [k["sql"] for k in kueri]


def test_terlihat_per_perangkat_sekali_sejam(dunia: Dunia, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.JEDA_TERLIHAT_MENIT = 60
    beri_sandi(dunia.kader)
    client = masuk(dunia.kader)
    client.get("/akun/sandi/")
    with CaptureQueriesContext(connection) as kueri:
        client.get("/akun/sandi/")
    assert len(kueri) == 2
    lama = Sesi.objects.get().terlihat_pada - dt.timedelta(hours=2)
    Sesi.objects.update(terlihat_pada=lama)
    with CaptureQueriesContext(connection) as kueri:
        client.get("/akun/sandi/")
    assert [k["sql"].split()[0] for k in kueri] == ["SELECT", "SELECT", "UPDATE"]
    assert Sesi.objects.get().terlihat_pada > lama + dt.timedelta(hours=1)
    # Written data of the session keep it.
    terlihat = Sesi.objects.get().terlihat_pada
    client.post(
        "/akun/sandi/",
        {"old_password": SANDI, "new_password1": "kunci-baru-1831x", "new_password2": "kunci-baru-1831x"},
    )
    assert Sesi.objects.get().terlihat_pada == terlihat


def test_malam_membuang_yang_sudah_lewat(dunia: Dunia) -> None:
    masuk(beri_sandi(dunia.kader))
    masuk(beri_sandi(dunia.plkb))
    kini = waktu.jam_nyata()
    Sesi.objects.filter(pengguna=dunia.kader).update(expire_date=kini - dt.timedelta(days=1))
    for hari in (89, 91):
        KodeMasuk.objects.create(
            untuk=dunia.kader,
            penunjuk=f"{hari:04d}",
            sidik="x",
            dibuat_pada=kini,
            ditutup_pada=kini,
            berlaku_sampai=kini - dt.timedelta(days=hari),
        )
    bersih.bersihkan()
    assert list(Sesi.objects.values_list("pengguna", flat=True)) == [dunia.plkb.pk]
    assert list(KodeMasuk.objects.values_list("penunjuk", flat=True)) == ["0089"]


@pytest.mark.parametrize(
    ("setelan", "nilai"),
    [
        ("SESI_JAM", {"kader": 0, "lain": 12}),
        ("SESI_JAM", {"kader": 720, "lain": 9999}),
        ("KODE_MENIT", {"aktivasi": 99_999}),
    ],
)
def test_lama_yang_tidak_masuk_akal_dilaporkan(settings: Any, setelan: str, nilai: dict) -> None:
    assert checks.lama_akun_masuk_akal() == []
    setattr(settings, setelan, nilai)
    assert [e.id for e in checks.lama_akun_masuk_akal()] == ["poskb.E020"]
