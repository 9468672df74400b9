"""Sign-ins in the history: who, on what, from which network; never a name that nobody has."""

import pytest
from django.test import Client, RequestFactory

from kader.jejak_masuk import AKUN_NONAKTIF, GAGAL, KELUAR, MASUK, PERISTIWA, jaringan
from kader.models import Jejak, Pengguna
from laporan.hak.cari import MASUK as KELOMPOK_MASUK
from tests.alat import Dunia, buat_dunia

HP = "Mozilla/5.0 (Linux; Android 8.1.0; SM-J260G) AppleWebKit/537.36 Chrome/90.0 Mobile Safari/537.36"


@pytest.fixture
def dunia(db: None) -> Dunia:
    satu = buat_dunia()
    satu.kader.set_password("sandi-yang-panjang")
    satu.kader.save()
    return satu


def test_masuk_dan_keluar_tercatat(dunia: Dunia, client: Client) -> None:
    isi = {"username": "kader", "password": "sandi-yang-panjang"}
    client.post("/masuk/", isi, headers={"user-agent": HP}, REMOTE_ADDR="103.10.20.99")
    j = Jejak.objects.get(tindakan=MASUK)
    assert (j.oleh, j.peran, j.jenis, j.kunci) == (dunia.kader, "kader", "pengguna", str(dunia.kader.pk))
    assert j.perubahan == {"perangkat": [None, "Chrome di HP Android"], "jaringan": [None, "103.10.20.0/24"]}
    client.post("/keluar/")
    assert Jejak.objects.get(tindakan=KELUAR).oleh == dunia.kader


def test_yang_ditolak_tercatat_tentang_siapa_bukan_oleh_siapa(dunia: Dunia, client: Client) -> None:
    client.post("/masuk/", {"username": " KADER ", "password": "keliru"})
    j = Jejak.objects.get(tindakan=GAGAL)
    assert (j.oleh, j.kunci) == (None, str(dunia.kader.pk))


@pytest.mark.parametrize("nama", ["+62 812-3456-7890", "０８１２３４５６７８９０", "081234567890"])
def test_yang_ditolak_tercatat_bagaimana_pun_namanya_ditulis(dunia: Dunia, client: Client, nama: str) -> None:
    Pengguna.objects.filter(pk=dunia.kader.pk).update(nama_masuk="081234567890")
    client.post("/masuk/", {"username": nama, "password": "keliru"})
    assert Jejak.objects.get(tindakan=GAGAL).kunci == str(dunia.kader.pk)


def test_sandi_benar_akun_nonaktif_tercatat(dunia: Dunia, client: Client) -> None:
    Pengguna.objects.filter(pk=dunia.kader.pk).update(is_active=False)
    isi = {"username": "kader", "password": "sandi-yang-panjang"}
    assert client.post("/masuk/", isi, REMOTE_ADDR="103.10.20.99").status_code == 403
    j = Jejak.objects.get()
    assert (j.tindakan, j.oleh, j.kunci) == (AKUN_NONAKTIF, None, str(dunia.kader.pk))
    assert j.perubahan["jaringan"] == [None, "103.10.20.0/24"]
    client.force_login(dunia.plkb)
    assert "Masuk ditolak, akun nonaktif" in client.get(f"/orang/{dunia.kader.pk}/").content.decode()


def test_setiap_peristiwa_ada_di_kelompok_masuk_dan_muat_di_kolomnya() -> None:
    assert set(PERISTIWA) < set(KELOMPOK_MASUK)
    assert max(map(len, PERISTIWA)) <= Jejak._meta.get_field("tindakan").max_length


@pytest.mark.parametrize("nama", ["sandi-yang-panjang", "x\x00y", "3214995203900077", ""])
def test_nama_yang_tidak_dikenal_tidak_disimpan(dunia: Dunia, client: Client, nama: str) -> None:
    client.post("/masuk/", {"username": nama, "password": "keliru"})
    for j in Jejak.objects.all():
        assert (j.tindakan, j.kunci) == (GAGAL, "")
        assert not nama or nama not in str(j.perubahan) + j.alasan


def test_jalan_masuk_yang_lain_tercatat_juga(dunia: Dunia, client: Client) -> None:
    """Not by the page: whoever asks Django to sign somebody in."""
    client.login(username="kader", password="sandi-yang-panjang")
    client.login(username="kader", password="keliru")
    assert [j.tindakan for j in Jejak.objects.order_by("pk")] == [MASUK, GAGAL]


@pytest.mark.parametrize(
    ("alamat", "hasil"),
    [
        ("103.10.20.99", "103.10.20.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1::/48"),
        ("fe80::1%eth0", "fe80::/48"),
        ("", ""),
        ("bukan alamat", ""),
    ],
)
def test_alamat_dipotong(alamat: str, hasil: str) -> None:
    assert jaringan(RequestFactory().get("/", REMOTE_ADDR=alamat)) == hasil


def test_di_belakang_server_depan_hanya_kata_terakhir_dipercaya(settings: object) -> None:
    minta = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", headers={"x-forwarded-for": "6.6.6.6, 103.10.20.99"})
    settings.PROXY = False
    assert jaringan(minta) == "10.0.0.0/24"
    settings.PROXY = True
    assert jaringan(minta) == "103.10.20.0/24"
