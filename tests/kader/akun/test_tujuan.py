"""Where one is sent after signing in, out, or back: a page of ours, whatever the address asks for."""

import pytest
from django.test import Client

from tests.alat import Dunia
from tests.kader.akun.conftest import SANDI, beri_sandi, masuk

LUAR = [
    "https://jahat.example/",
    "http://jahat.example/",
    "//jahat.example/",
    "///jahat.example/",
    "/\\jahat.example/",
    "\\\\jahat.example",
    "\t//jahat.example/",
    "/\t/jahat.example/",
    "https:jahat.example",
    "https:///jahat.example/",
    "javascript:alert(1)",
    "data:text/html,x",
    "http://testserver@jahat.example/",
    "http://testserver.jahat.example/",
    "ftp://testserver/",
    "//testserver\\@jahat.example/",
    "\x00/akun/",
]


@pytest.mark.parametrize("tujuan", LUAR)
def test_tujuan_di_luar_tidak_diikuti(dunia: Dunia, tujuan: str) -> None:
    isi = {"username": "kader", "password": SANDI}
    beri_sandi(dunia.kader)
    for alamat, data in (("/masuk/", isi | {"next": tujuan}), ("/masuk/", isi)):
        client = Client()
        halaman = client.get(alamat, {"next": tujuan}).content.decode()
        assert 'name="next" value=""' in halaman
        jawaban = client.post(alamat, data, query_params={"next": tujuan})
        assert (jawaban.status_code, jawaban.headers["Location"]) == (302, "/")
        # Who is in already, who goes back, who signs out.
        assert client.get(alamat, {"next": tujuan}).headers["Location"] == "/"
    keluar = client.post("/keluar/", {"next": tujuan}, query_params={"next": tujuan})
    assert keluar.headers["Location"] == "/masuk/"


@pytest.mark.parametrize("tujuan", LUAR)
def test_kembali_hanya_ke_alamat_sendiri(dunia: Dunia, tujuan: str) -> None:
    client = masuk(beri_sandi(dunia.dppkb))
    jawaban = client.post("/akseptor/buka-data/", {"alasan": "menjawab permintaan ibu", "lanjut": tujuan})
    assert jawaban.status_code == 302
    assert jawaban.headers["Location"].startswith("/")
    assert "jahat" not in jawaban.headers["Location"]


def test_tujuan_sendiri_diikuti(dunia: Dunia) -> None:
    beri_sandi(dunia.kader)
    client = Client()
    tujuan = client.get("/akseptor/?q=1").headers["Location"]
    assert tujuan == "/masuk/?next=/akseptor/%3Fq%3D1"
    assert 'name="next" value="/akseptor/?q=1"' in client.get(tujuan).content.decode()
    jawaban = client.post(tujuan, {"username": "kader", "password": SANDI})
    assert jawaban.headers["Location"] == "/akseptor/?q=1"


@pytest.mark.parametrize("tujuan", ["/masuk/", "/masuk/?next=/masuk/", "http://testserver/masuk/"])
def test_halaman_masuk_sendiri_bukan_tujuan(dunia: Dunia, tujuan: str) -> None:
    """Django calls this a loop, by an exception."""
    client = masuk(beri_sandi(dunia.kader))
    jawaban = client.get("/masuk/", {"next": tujuan}, follow=True)
    assert (jawaban.status_code, jawaban.request["PATH_INFO"]) == (200, "/")
