"""The second factor: required of DPPKB and admin everywhere, offered to officers, reset by somebody else with a reason."""

import re
import threading
import time
from base64 import b32encode
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticToken

from kader.akun import kode
from kader.checks import semua_rute
from kader.http import BERTOKEN, KARCIS, TERBUKA, izin_view
from kader.jejak_masuk import ANGKA_KELIRU, MASUK, PERISTIWA, SANDI_BENAR
from kader.models import AlatTotp, Jejak, Pengguna
from tests.alat import CITEKO, Dunia, buat_dunia
from tests.kader.akun.conftest import SANDI, beri_sandi, masuk

pytestmark = pytest.mark.usefixtures("wajib_totp")
HALAMAN = "/akun/verifikasi/"


def angka(orang: Pengguna, geser: int = 0) -> str:
    """What her app shows; `geser`: so many codes later."""
    kunci = AlatTotp.objects.filter(user=orang).latest("pk")
    totp = TOTP(kunci.bin_key)
    totp.time = time.time() + 30 * geser
    return f"{totp.token():06d}"


def pasang(orang: Pengguna) -> tuple[Client, list[str]]:
    """Sign in and set it up; return the browser and the backup codes."""
    client = masuk(beri_sandi(orang))
    client.get(HALAMAN)
    jawaban = client.post(HALAMAN, {"angka": angka(orang)})
    assert jawaban.status_code == 200, jawaban.content.decode()
    return client, jawaban.context["kode"]


@pytest.mark.parametrize("siapa", ["dppkb", "admin"])
def test_setiap_rute_ditolak_sebelum_ditunjukkan(dunia: Dunia, siapa: str) -> None:
    client = masuk(beri_sandi(getattr(dunia, siapa)))
    contoh = {"pk": 1, "kode": CITEKO, "peran": "kader", "bulan": "2021-06"}
    diperiksa = 0
    for ns, pola in semua_rute(get_resolver()):
        if pola.name in {None, "keluar", "verifikasi"} or izin_view(pola.callback, namespace=ns) in (
            TERBUKA,
            BERTOKEN,
            KARCIS,
        ):
            continue
        if ns == "admin" and pola.pattern.converters:
            continue
        try:
            nama = f"{ns}:{pola.name}" if ns else pola.name
            alamat = reverse(nama, kwargs={k: contoh.get(k) or _contoh(c) for k, c in pola.pattern.converters.items()})
        except NoReverseMatch:
            continue
        for cara in (client.get, client.post):
            jawaban = cara(alamat)
            diperiksa += 1
            if alamat.endswith(".json"):
                assert (jawaban.status_code, "verifikasi" in jawaban.json()["pesan"]) == (403, True), alamat
            else:
                assert (jawaban.status_code, jawaban.headers.get("Location")) == (302, HALAMAN), alamat
    assert diperiksa > 150
    assert client.get("/admin/").headers["Location"] == HALAMAN
    json_ = client.post("/akseptor/sinkron/", "{}", content_type="application/json")
    assert json_.status_code == 403
    assert client.get(HALAMAN).status_code == 200
    assert client.post("/keluar/").status_code == 302


def _contoh(pengubah: object) -> object:
    return {"UUIDConverter": "0b0c2f7e-0000-4000-8000-000000000000", "KodeWilayah": CITEKO}.get(
        type(pengubah).__name__, 1
    )


def test_formulir_tanpa_token_tidak_digambar_sebelum_ditunjukkan(dunia: Dunia) -> None:
    beri_sandi(dunia.dppkb)
    client = Client(enforce_csrf_checks=True)
    client.force_login(dunia.dppkb)
    jawaban = client.post("/orang/baru/kader/", {"nama": "x"})
    assert jawaban.status_code == 403
    assert "Buat akun" not in jawaban.content.decode()


def test_pasang_tunjukkan_dan_sekali_pakai(dunia: Dunia) -> None:
    client, kode = pasang(dunia.dppkb)
    assert client.get("/akun/").status_code == 200
    assert len(kode) == 8
    baru = masuk(dunia.dppkb)
    assert baru.get("/akun/").headers["Location"] == HALAMAN
    # Its secret is shown while it is set up, and never again.
    assert (
        "<svg"
        not in baru.get(HALAMAN).content.decode().split("<main")[1].replace('class="ikon"', "").split("<form")[0]
    )
    assert b32encode(AlatTotp.objects.get().bin_key).decode()[:8] not in baru.get(HALAMAN).content.decode().replace(
        " ", ""
    )
    # What the database keeps is not what the app holds.
    assert AlatTotp.objects.get().bin_key.hex() not in str(AlatTotp.objects.values_list())
    # The code that set it up is used up.
    assert baru.post(HALAMAN, {"angka": angka(dunia.dppkb)}).status_code == 422
    assert baru.post(HALAMAN, {"angka": angka(dunia.dppkb, 1)}).status_code == 302
    assert baru.get("/akun/").status_code == 200
    acara = Jejak.objects.tentang(dunia.dppkb).values_list("tindakan", flat=True)
    assert "memasang verifikasi dua langkah" in acara


def test_memasang_mengakhiri_perangkat_lain(dunia: Dunia) -> None:
    lain = masuk(beri_sandi(dunia.plkb))
    assert lain.get("/").status_code == 200
    pasang(dunia.plkb)
    assert lain.get("/").headers["Location"].startswith("/masuk/")


def test_kode_cadangan_sekali_pakai_dan_hanya_sidiknya_tersimpan(dunia: Dunia) -> None:
    _, kode = pasang(dunia.dppkb)
    tersimpan = set(StaticToken.objects.values_list("token", flat=True))
    assert not tersimpan & {k.replace("-", "") for k in kode}
    baru = masuk(dunia.dppkb)
    assert baru.post(HALAMAN, {"angka": kode[0].upper()}).status_code == 302
    assert baru.get("/akun/").status_code == 200
    lagi = masuk(dunia.dppkb)
    assert lagi.post(HALAMAN, {"angka": kode[0]}).status_code == 422
    baru.post("/akun/verifikasi/cadangan/")
    assert lagi.post(HALAMAN, {"angka": kode[1]}).status_code == 422
    assert Jejak.objects.filter(tindakan__in=["memakai kode cadangan", "membuat kode cadangan"]).count() == 2


def test_menebak_diperlambat_dengan_kalimat(dunia: Dunia) -> None:
    pasang(dunia.dppkb)
    baru = masuk(dunia.dppkb)
    benar = angka(dunia.dppkb, 1)
    keliru = f"{(int(benar) + 7) % 10**6:06d}"
    assert [baru.post(HALAMAN, {"angka": keliru}).status_code for _ in range(5)] == [422] * 5
    jawaban = baru.post(HALAMAN, {"angka": benar})
    assert (jawaban.status_code, "Tunggu" in jawaban.content.decode()) == (429, True)
    assert baru.get("/akun/").status_code == 302


@pytest.mark.parametrize("teks", ["", "x", "١٢٣٤٥٦", "99999999999999999999", "\x00\x00"])
def test_yang_bukan_angka(dunia: Dunia, teks: str) -> None:
    pasang(dunia.dppkb)
    assert masuk(dunia.dppkb).post(HALAMAN, {"angka": teks}).status_code == 422


def test_petugas_ditawari_kader_tidak(dunia: Dunia) -> None:
    client, _ = pasang(dunia.plkb)
    assert client.get("/").status_code == 200
    baru = masuk(dunia.plkb)
    assert baru.get("/").headers["Location"] == HALAMAN
    assert baru.post("/akun/verifikasi/lepas/").headers["Location"] == HALAMAN
    assert AlatTotp.objects.exists()
    client.post("/akun/verifikasi/lepas/")
    assert not AlatTotp.objects.exists()
    assert client.get("/").status_code == 200
    assert masuk(dunia.plkb).get("/").status_code == 200
    assert masuk(beri_sandi(dunia.kader)).get(HALAMAN).status_code == 403


def test_yang_wajib_tidak_dapat_melepasnya(dunia: Dunia) -> None:
    client, _ = pasang(dunia.dppkb)
    client.post("/akun/verifikasi/lepas/")
    assert AlatTotp.objects.filter(confirmed=True).exists()


@pytest.mark.parametrize(
    ("oleh", "untuk", "status"),
    [
        ("admin", "dppkb", 302),
        ("dppkb", "plkb", 302),
        ("plkb", "koordinator", 404),
        ("dppkb", "dppkb", 404),
        ("koordinator", "plkb", 404),
    ],
)
def test_hp_hilang_dilepas_orang_lain_dengan_alasan(
    dunia: Dunia, settings: Any, oleh: str, untuk: str, status: int
) -> None:
    dia, _ = pasang(getattr(dunia, untuk))
    settings.AKUN_DEMO = (oleh,) if oleh != untuk else ()
    siapa = dia if oleh == untuk else masuk(beri_sandi(getattr(dunia, oleh)))
    alamat = f"/orang/{getattr(dunia, untuk).pk}/verifikasi/lepas/"
    settings.AKUN_DEMO = (oleh,)
    assert siapa.post(alamat, {"alasan": "HP hilang"}).status_code == status
    assert AlatTotp.objects.exists() is (status != 302)
    if status == 302:
        assert dia.get("/").headers["Location"].startswith("/masuk/")
        assert Jejak.objects.tentang(getattr(dunia, untuk)).first().alasan == "HP hilang"
        assert siapa.post(alamat, {"alasan": "lagi"}).status_code == 409


def test_orang_demo_dikecualikan_hanya_dalam_mode_demo(dunia: Dunia, settings: Any) -> None:
    settings.AKUN_DEMO = ("dppkb",)
    assert masuk(beri_sandi(dunia.dppkb)).get("/akun/").status_code == 200
    assert masuk(beri_sandi(dunia.admin)).get("/akun/").status_code == 302


def test_di_luar_demo_tidak_ada_yang_dikecualikan() -> None:
    import os
    import subprocess
    import sys

    nama = ("POSKB_SECRET_KEY", "POSKB_KUNCI_DATA", "POSKB_KUNCI_INDEKS", "POSKB_KUNCI_TETAP")
    rahasia = {n: str(i) * 40 for i, n in enumerate(nama)} | {"POSKB_HOSTS": "contoh.go.id"}
    env = {k: v for k, v in os.environ.items() if not k.startswith("POSKB_")} | rahasia
    cetak = "from poskb import settings; print(settings.AKUN_DEMO, settings.PASSWORD_HASHERS[0])"
    hasil = subprocess.run([sys.executable, "-c", cetak], env=env, capture_output=True, text=True, check=True)
    assert hasil.stdout.strip() == "() kader.akun.sandi.Argon2"


def test_sesudah_ditunjukkan_tidak_ada_kueri_lagi(dunia: Dunia) -> None:
    from django.test.utils import CaptureQueriesContext

    client, _ = pasang(dunia.dppkb)
    with CaptureQueriesContext(connection) as kueri:
        client.get("/akun/sandi/")
    assert len(kueri) == 2


def rahasia(client: Client) -> str:
    """The secret as the page shows it to be typed."""
    return client.get(HALAMAN).context["rahasia"]


def test_rahasia_yang_belum_dipasang_milik_satu_sesi(dunia: Dunia) -> None:
    """Who sits at an old session and copies the secret has nothing when she sets hers up."""
    beri_sandi(dunia.dppkb)
    lama, dia = masuk(dunia.dppkb), masuk(dunia.dppkb)
    disalin = rahasia(lama)
    assert disalin == rahasia(lama)
    assert rahasia(dia) != disalin
    # What the old session began is gone: its digits open nothing, in neither.
    assert AlatTotp.objects.count() == 1
    benar = angka(dunia.dppkb)
    assert lama.post(HALAMAN, {"angka": benar}).status_code == 422
    rahasia(dia)
    assert dia.post(HALAMAN, {"angka": angka(dunia.dppkb)}).status_code == 200
    assert [(a.confirmed, a.name) for a in AlatTotp.objects.all()] == [(True, "aplikasi")]


def test_yang_dimulai_sebelum_pembaruan_tidak_dipakai(dunia: Dunia) -> None:
    """Rows of the version before belong to no session; it could also make two of them."""
    for _ in range(2):
        AlatTotp.objects.create(user=dunia.dppkb, name="aplikasi", confirmed=False)
    client = masuk(beri_sandi(dunia.dppkb))
    assert client.post(HALAMAN, {"angka": angka(dunia.dppkb)}).status_code == 422
    assert client.get(HALAMAN).status_code == 200
    assert AlatTotp.objects.get().name != "aplikasi"


@pytest.mark.parametrize("cara", ["ganti", "kode"])
def test_sandi_baru_membuang_yang_belum_dipasang(dunia: Dunia, cara: str) -> None:
    client = masuk(beri_sandi(dunia.plkb))
    disalin = rahasia(client)
    if cara == "ganti":
        isi = {"old_password": SANDI, "new_password1": "kunci-baru-1831x", "new_password2": "kunci-baru-1831x"}
        assert client.post("/akun/sandi/", isi).status_code == 302
    else:
        teks = kode.terbitkan(None, None, dunia.plkb)[1]
        isi = {"kode": teks, "password1": "kunci-baru-1831x", "password2": "kunci-baru-1831x"}
        assert Client().post("/kode/", isi).status_code == 200
    assert not AlatTotp.objects.exists()
    assert rahasia(masuk(dunia.plkb, "kunci-baru-1831x")) != disalin


def test_beberapa_pembukaan_sekaligus(transactional_db: None) -> None:
    """Of one session they show one secret; of two sessions they leave one row, and no page fails for ever after."""
    dunia = buat_dunia()
    beri_sandi(dunia.dppkb)
    kunci, lain = (masuk(dunia.dppkb).cookies["sessionid"].value for _ in range(2))

    def buka(*sesi: str) -> set[str]:
        mulai, isi = threading.Barrier(len(sesi)), []

        def satu(sesi: str) -> None:
            client = Client()
            client.cookies["sessionid"] = sesi
            mulai.wait()
            jawaban = client.get(HALAMAN)
            isi.append(jawaban.content.decode() if jawaban.status_code == 200 else "")
            connection.close()

        utas = [threading.Thread(target=satu, args=(s,)) for s in sesi]
        for u in utas:
            u.start()
        for u in utas:
            u.join(30)
        assert len(isi) == len(sesi)
        # Of what the client gathers while a page is drawn, threads would mix theirs.
        return {ada[0] if (ada := re.findall('kode-kunci">([A-Z2-7 ]+)<', i)) else "" for i in isi}

    satu_rahasia = buka(*[kunci] * 6)
    assert len(satu_rahasia - {""}) == len(satu_rahasia) == 1
    assert "" not in buka(kunci, lain, kunci, lain, kunci, lain)
    assert AlatTotp.objects.count() == 1
    assert "" not in buka(kunci, lain)


def acara(orang: Pengguna) -> list[tuple]:
    """What the history tells of her sign-ins, oldest first: the act, by whom, with what."""
    baris = Jejak.objects.tentang(orang).filter(tindakan__in=PERISTIWA).order_by("pk")
    return [(j.tindakan, j.oleh_id == orang.pk, j.perubahan.get("verifikasi", [None, ""])[1]) for j in baris]


def test_masuk_tercatat_baru_sesudah_verifikasi(dunia: Dunia) -> None:
    _, cadangan = pasang(dunia.dppkb)
    belum = (SANDI_BENAR, False, "")
    harap = [belum, (MASUK, True, "aplikasi")]
    assert acara(dunia.dppkb) == harap
    baru = masuk(dunia.dppkb)
    harap.append(belum)
    assert acara(dunia.dppkb) == harap
    benar = angka(dunia.dppkb, 1)
    baru.post(HALAMAN, {"angka": f"{(int(benar) + 7) % 10**6:06d}"}, REMOTE_ADDR="103.10.20.99")
    baru.post(HALAMAN, {"angka": "salah-salah"})
    harap += [(ANGKA_KELIRU, False, "aplikasi"), (ANGKA_KELIRU, False, "kode cadangan")]
    assert acara(dunia.dppkb) == harap
    assert Jejak.objects.filter(tindakan=ANGKA_KELIRU).last().perubahan["jaringan"] == [None, "103.10.20.0/24"]
    baru.post(HALAMAN, {"angka": benar})
    harap.append((MASUK, True, "aplikasi"))
    assert acara(dunia.dppkb) == harap
    masuk(dunia.dppkb).post(HALAMAN, {"angka": cadangan[0]})
    assert acara(dunia.dppkb) == [*harap, belum, (MASUK, True, "kode cadangan")]
    isi = baru.get("/akun/").content.decode()
    assert "Kode verifikasi keliru" in isi
    assert "Kata sandi benar, menunggu verifikasi" in isi
    assert benar not in str(list(Jejak.objects.values_list("perubahan", flat=True)))


def test_yang_memasang_di_dalam_sesinya_tidak_masuk_dua_kali(dunia: Dunia) -> None:
    pasang(dunia.plkb)
    assert acara(dunia.plkb) == [(MASUK, True, "")]
    masuk(dunia.plkb)
    assert acara(dunia.plkb)[1:] == [(SANDI_BENAR, False, "")]
