"""The sign-in: slowed down, never locked for long, never for a colleague; Argon2; nothing of it in logs and tables."""

import logging
from base64 import urlsafe_b64decode
from typing import Any

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher, identify_hasher
from django.core import signing
from django.db import connection
from django.test import Client, RequestFactory

from kader.akun import kenal, percobaan
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
    assert percobaan.bersihkan() == 2


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


CARA_TULIS = [
    "081234567890",
    "0812 3456 7890",
    "+62 812-3456-7890",
    "62812 3456 7890",
    # Full-width, as some keyboards type them, and in circles: the form makes them plain before it asks who it is.
    "０８１２３４５６７８９０",
    "＋６２\u3000８１２－３４５６－７８９０",
    "⓪⑧①②③④⑤⑥⑦⑧⑨⓪",
    "𝟎𝟖𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗𝟎",
    # Longer than a name may be, so the form leaves it as it is.
    "－".join("０８１２３４５６７８９０") + "－" * 30,
]


@pytest.mark.parametrize("nama", CARA_TULIS)
def test_nomor_hp_boleh_ditulis_bagaimana_saja(dunia: Dunia, nama: str) -> None:
    Pengguna.objects.filter(pk=beri_sandi(dunia.kader).pk).update(nama_masuk="081234567890")
    assert coba(nama, SANDI).status_code == 302


def test_cara_menulis_nama_bukan_percobaan_baru(dunia: Dunia) -> None:
    Pengguna.objects.filter(pk=beri_sandi(dunia.kader).pk).update(nama_masuk="081234567890")
    status = [coba(nama).status_code for nama in CARA_TULIS]
    assert status == [422] * 5 + [429] * (len(CARA_TULIS) - 5)
    assert Percobaan.objects.count() == 2


@pytest.mark.parametrize("nama", ["Ｋａｄｅｒ", "kade\u24e1", " KADER\u2003"])
def test_cara_menulis_nama_pendek_dihitung_satu(dunia: Dunia, nama: str) -> None:
    beri_sandi(dunia.kader)
    for _ in range(5):
        coba("kader")
    assert coba(nama, SANDI).status_code == 429
    sela(61)
    assert coba(nama, SANDI).status_code == 302


def test_nama_sepanjang_apa_pun_bukan_beban(dunia: Dunia) -> None:
    """Some letters become eighteen."""
    assert coba("\ufdfa" * 100_000).status_code == 422


def test_seribu_alamat_bukan_jalan_lain(dunia: Dunia) -> None:
    """From the hundredth wrong try on, one a minute is heard; where she has signed in before, hers always."""
    dia = masuk(beri_sandi(dunia.kader), REMOTE_ADDR="10.9.9.9")
    for nama in ("tidak-ada", "kader"):
        status = [coba(nama, alamat=f"10.1.{n // 5}.{n % 5}").status_code for n in range(102)]
        assert status == [422] * 100 + [429] * 2
        jawaban = coba(nama, alamat="10.2.0.1")
        assert "Tunggu 60 detik" in jawaban.content.decode()
        for _ in range(3):
            # A delay that does not grow.
            sela(61)
            assert [coba(nama, alamat=f"10.3.0.{n}").status_code for n in range(2)] == [422, 429]
        assert coba(nama, SANDI, "10.4.0.1").status_code == 429
    # Knocking while nobody is heard has counted nowhere: her own address is as before.
    with pytest.raises(percobaan.Terkunci):
        percobaan.SANDI_DI_MANA_SAJA.periksa("kader")
    dia.post("/keluar/")
    assert dia.post("/masuk/", {"username": "kader", "password": SANDI}).status_code == 302
    sela(61)
    assert coba("kader", SANDI, "10.4.0.1").status_code == 302
    percobaan.SANDI_DI_MANA_SAJA.periksa("kader")


def test_ketukan_yang_tidak_didengar_tidak_dihitung(dunia: Dunia) -> None:
    beri_sandi(dunia.kader)
    for _ in range(100):
        percobaan.SANDI_DI_MANA_SAJA.coba("kader")
    for _ in range(9):
        assert coba("kader", alamat="10.0.0.5").status_code == 429
    sela(61)
    assert coba("kader", SANDI, "10.0.0.5").status_code == 302


def test_tetangga_satu_alamat_tidak_menutup_hp_yang_pernah_ia_pakai(dunia: Dunia) -> None:
    """Phones of one carrier share an address."""
    hp, isi = masuk(beri_sandi(dunia.kader)), {"username": "kader", "password": SANDI}
    hp.post("/keluar/")
    for _ in range(9):
        Client().post("/masuk/", isi | {"password": "keliru"})
    assert Client().post("/masuk/", isi).status_code == 429
    assert hp.post("/masuk/", isi).status_code == 302
    hp.post("/keluar/")
    # Its own wrong tries are counted like anybody's.
    status = [hp.post("/masuk/", isi | {"password": "keliru"}).status_code for _ in range(6)]
    assert status == [422] * 5 + [429]
    # Of a colleague's name it knows nothing.
    beri_sandi(dunia.tetangga)
    for _ in range(5):
        Client().post("/masuk/", {"username": "tetangga", "password": "keliru"})
    assert hp.post("/masuk/", {"username": "tetangga", "password": SANDI}).status_code == 429


def test_hp_bersama_dikenal_bagi_keduanya(dunia: Dunia) -> None:
    hp = masuk(beri_sandi(dunia.kader))
    hp.post("/keluar/")
    beri_sandi(dunia.tetangga)
    hp.post("/masuk/", {"username": "tetangga", "password": SANDI})
    hp.post("/keluar/")
    for nama in ("kader", "tetangga"):
        for _ in range(6):
            coba(nama, alamat="127.0.0.1")
        assert hp.post("/masuk/", {"username": nama, "password": SANDI}).status_code == 302
        hp.post("/keluar/")


def test_kue_hp_tidak_membuka_apa_pun_dan_tidak_dapat_dibuat_sendiri(dunia: Dunia) -> None:
    hp = masuk(beri_sandi(dunia.kader))
    kue = hp.cookies[kenal.KUE]
    assert (kue["httponly"], kue["samesite"], kue["path"]) == (True, "Strict", "/masuk/")
    assert "kader" not in kue.value
    assert "kader" not in urlsafe_b64decode(kue.value.split(":")[0] + "===").decode()
    hanya_kue = Client()
    hanya_kue.cookies[kenal.KUE] = kue.value
    assert hanya_kue.get("/").status_code == 302
    for _ in range(5):
        coba("kader", alamat="127.0.0.1")
    for palsu in (
        "",
        "x",
        kue.value[:-1] + "x",
        signing.dumps(["x", "y"]),
        signing.dumps("x", salt="kader.akun.kenal"),
    ):
        tamu = Client()
        tamu.cookies[kenal.KUE] = palsu
        assert tamu.post("/masuk/", {"username": "kader", "password": SANDI}).status_code == 429, palsu


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
