"""The sign-in: slowed down, never locked for long, never for a colleague; Argon2; nothing of it in logs and tables."""

import logging
from typing import Any

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher, identify_hasher
from django.db import connection
from django.test import Client, RequestFactory

from kader.akun import percobaan
from kader.akun.alamat import alamat_klien
from kader.akun.peranti import nama_peranti
from kader.models import Pengguna, Percobaan
from tests.alat import Dunia
from tests.kader.akun.conftest import SANDI, beri_sandi, masuk


def coba(nama: str, sandi: str = "keliru", alamat: str = "10.0.0.1") -> Any:
    return Client(REMOTE_ADDR=alamat).post("/masuk/", {"username": nama, "password": sandi})


def sela(detik: int) -> None:
    """Let time pass for what was counted."""
    with connection.cursor() as kursor:
        kursor.execute(
            "UPDATE kader_percobaan SET terakhir = terakhir - make_interval(secs => %s),"
            " terkunci_sampai = terkunci_sampai - make_interval(secs => %s)",
            [detik, detik],
        )


@pytest.mark.parametrize("nama", ["kader", "tidak-ada"])
def test_sesudah_lima_keliru_menunggu_sama_untuk_nama_yang_ada_dan_tidak(dunia: Dunia, nama: str) -> None:
    beri_sandi(dunia.kader)
    assert [coba(nama).status_code for _ in range(5)] == [422] * 5
    jawaban = coba(nama, SANDI)
    assert jawaban.status_code == 429
    isi = jawaban.content.decode()
    assert "Terlalu sering keliru. Tunggu 60 detik" in isi or "Tunggu 59 detik" in isi
    assert f'value="{nama}"' in isi
    assert SANDI not in isi


def test_rekan_tidak_dapat_menguncinya_di_tempat_lain(dunia: Dunia) -> None:
    beri_sandi(dunia.kader)
    for _ in range(30):
        coba("kader", alamat="10.0.0.66")
    assert coba("kader", SANDI, alamat="10.0.0.66").status_code == 429
    assert coba("kader", SANDI, alamat="10.0.0.2").status_code == 302
    assert coba("plkb", alamat="10.0.0.66").status_code == 422


def test_jeda_bertambah_sampai_seperempat_jam_dan_dilupakan(dunia: Dunia) -> None:
    beri_sandi(dunia.kader)
    for _ in range(5):
        coba("kader")
    jeda = []
    for _ in range(7):
        with pytest.raises(percobaan.Terkunci) as tolak:
            percobaan.SANDI.coba("kader", "10.0.0.1")
        jeda.append(round(tolak.value.detik, -1))
        # Knocking while it is locked makes it no longer.
        assert coba("kader", SANDI).status_code == 429
        sela(tolak.value.detik + 1)
        assert coba("kader").status_code == 422
    assert jeda == [60, 120, 240, 480, 900, 900, 900]
    sela(901)
    assert coba("kader", SANDI).status_code == 302
    assert not Percobaan.objects.exists()
    coba("kader")
    sela(percobaan.LUPA_DETIK + 1)
    assert percobaan.bersihkan() == 1


def test_banyak_sekaligus_bukan_jalan_lain(dunia: Dunia) -> None:
    """A try counts before it is judged: however many ask at once, five are heard."""
    for _ in range(5):
        percobaan.SANDI.coba("kader", "10.0.0.1")
    with pytest.raises(percobaan.Terkunci):
        percobaan.SANDI.coba("kader", "10.0.0.1")


def test_tidak_ada_nama_alamat_dan_sandi_di_tabel_dan_log(dunia: Dunia, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    Pengguna.objects.filter(pk=dunia.kader.pk).update(nama_masuk="081234567890")
    for _ in range(6):
        coba("0812-3456-7890", "rahasia-sekali", "10.77.66.55")
    with connection.cursor() as kursor:
        kursor.execute("SELECT p::text FROM kader_percobaan p")
        isi = str(kursor.fetchall())
    for rahasia in ("081234567890", "0812-3456", "10.77.66.55", "rahasia-sekali"):
        assert rahasia not in isi
        assert rahasia not in caplog.text


@pytest.mark.parametrize("nama", ["081234567890", "0812 3456 7890", "+62 812-3456-7890", "62812 3456 7890"])
def test_nomor_hp_boleh_ditulis_bagaimana_saja(dunia: Dunia, nama: str) -> None:
    Pengguna.objects.filter(pk=beri_sandi(dunia.kader).pk).update(nama_masuk="081234567890")
    assert coba(nama, SANDI).status_code == 302


@pytest.mark.parametrize(
    ("proxy", "xff", "alamat"),
    [
        (False, "1.2.3.4", "10.0.0.1"),
        (True, "6.6.6.6, 1.2.3.4", "1.2.3.4"),
        (True, "", "10.0.0.1"),
        (True, "bukan alamat", ""),
        (True, "2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
        (True, "::ffff:1.2.3.4", "1.2.3.4"),
    ],
)
def test_alamat_hanya_dari_server_depan_kita(settings: Any, proxy: bool, xff: str, alamat: str) -> None:
    settings.PROXY = proxy
    kepala = {"HTTP_X_FORWARDED_FOR": xff} if xff else {}
    assert alamat_klien(RequestFactory(REMOTE_ADDR="10.0.0.1").get("/", **kepala)) == alamat


def test_sandi_lama_disandikan_ulang_saat_masuk(dunia: Dunia, settings: Any) -> None:
    from poskb import settings as asli

    settings.PASSWORD_HASHERS = asli.PASSWORD_HASHERS
    Pengguna.objects.filter(pk=dunia.kader.pk).update(password=PBKDF2PasswordHasher().encode(SANDI, "garam12345678"))
    masuk(dunia.kader)
    dunia.kader.refresh_from_db()
    assert dunia.kader.password.startswith("argon2$argon2id$")
    assert "m=19456,t=2,p=1" in dunia.kader.password
    assert identify_hasher(dunia.kader.password).algorithm == "argon2"
    masuk(dunia.kader)


def test_yang_nonaktif_diberi_tahu_hanya_bila_sandinya_benar(dunia: Dunia) -> None:
    beri_sandi(dunia.kader)
    Pengguna.objects.filter(pk=dunia.kader.pk).update(is_active=False)
    benar, keliru, asing = coba("kader", SANDI), coba("kader"), coba("tidak-ada")
    assert (benar.status_code, keliru.status_code, asing.status_code) == (403, 422, 422)
    assert "sudah dinonaktifkan" in benar.content.decode()
    assert "data-serah" in benar.content.decode()
    assert "dinonaktifkan" not in keliru.content.decode()
    assert "sessionid" not in benar.cookies
    assert not dunia.kader.sesi.exists()


@pytest.mark.parametrize(
    ("ua", "kata"),
    [
        (
            "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120 Mobile Safari/537.36",
            "Chrome di HP Android",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605 Version/17.0 Mobile Safari/604",
            "Safari di iPhone",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit Chrome/120 Safari/537 Edg/120",
            "Edge di komputer Windows",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:120.0) Gecko/20100101 Firefox/120.0", "Firefox di komputer Linux"),
        ("curl/8", "Perangkat lain"),
        ("", "Perangkat lain"),
    ],
)
def test_perangkat_dengan_kata_kata(ua: str, kata: str) -> None:
    assert nama_peranti(ua) == kata
