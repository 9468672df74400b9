"""A request under a host name that is not ours is refused, and no name of the sender's gets into a link, QR or redirect."""

from typing import Any

import pytest
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

from kader.akun.qr import gambar_qr
from kader.checks import semua_rute
from tests.alat import CITEKO, Dunia, buat_dunia

ASING = "jahat.example"
# What a front server might hand on, or a sender write.
KEPALA = {
    "HTTP_X_FORWARDED_HOST": ASING,
    "HTTP_X_HOST": ASING,
    "HTTP_X_FORWARDED_SERVER": ASING,
    "HTTP_FORWARDED": f"host={ASING}",
    "HTTP_X_ORIGINAL_URL": f"https://{ASING}/",
}


@pytest.fixture
def dunia(db: None, settings: Any) -> Dunia:
    """As outside the demo: hosts have names."""
    settings.ALLOWED_HOSTS = ["poskb.example"]
    return buat_dunia()


def alamat_semua() -> list[str]:
    contoh = {"kode": CITEKO, "peran": "kader", "bulan": "2021-06"}
    ganti = {"UUIDConverter": "0b0c2f7e-0000-4000-8000-000000000000", "KodeWilayah": CITEKO}
    hasil = ["/", "/tidak-ada", "/tidak-ada/"]
    for ns, pola in semua_rute(get_resolver()):
        isi = {k: contoh.get(k) or ganti.get(type(c).__name__, 1) for k, c in pola.pattern.converters.items()}
        try:
            hasil.append(reverse(f"{ns}:{pola.name}" if ns else pola.name, kwargs=isi))
        except NoReverseMatch:
            continue
    return sorted(set(hasil))


@pytest.mark.parametrize("siapa", ["", "kader", "dppkb", "admin"])
@pytest.mark.parametrize("asing", [ASING, f"poskb.example.{ASING}", f"poskb.example@{ASING}", "poskb.example:x", ""])
def test_nama_asing_ditolak_di_setiap_alamat(dunia: Dunia, siapa: str, asing: str) -> None:
    client = Client(HTTP_HOST=asing)
    if siapa:
        client.force_login(getattr(dunia, siapa))
    semua = alamat_semua()
    assert len(semua) > 100
    for alamat in semua:
        jawaban = client.get(alamat)
        assert jawaban.status_code == 400, alamat
        assert ASING not in jawaban.content.decode() + str(dict(jawaban.headers)), alamat
        assert "Location" not in jawaban.headers


def test_nama_sendiri_diterima(dunia: Dunia) -> None:
    """Without which the test above would prove nothing."""
    assert Client(HTTP_HOST="poskb.example").get("/masuk/").status_code == 200
    assert Client(HTTP_HOST="poskb.example:8443").get("/masuk/").status_code == 200


def test_tautan_qr_dan_pengalihan_memakai_nama_yang_ditanya(dunia: Dunia) -> None:
    client = Client(HTTP_HOST="poskb.example", **KEPALA)
    assert client.get("/orang/").headers["Location"] == "/masuk/?next=/orang/"
    client.force_login(dunia.dppkb)
    jawaban = client.post(f"/orang/{dunia.plkb.pk}/kode/")
    assert jawaban.context["tujuan"] == "http://poskb.example/kode/"
    qr = gambar_qr(f"http://poskb.example/kode/#{jawaban.context['angka']}", "judul")
    # The title aside, the same picture.
    assert qr.partition("</title>")[2] == jawaban.context["qr"].partition("</title>")[2] != ""
    halaman = {
        "/": 302,
        "/orang/": 200,
        "/masuk/": 302,
        "/api/v1/openapi.json": 200,
        "/orang": 301,
        "/tidak-ada/": 404,
    }
    for alamat, status in halaman.items():
        satu = client.get(alamat)
        assert satu.status_code == status, alamat
        assert ASING not in satu.content.decode() + str(dict(satu.headers)), alamat
    assert "http://poskb.example/api/v1" in client.get("/api/v1/openapi.json").content.decode()


def test_pengalihan_ke_https_memakai_nama_yang_ditanya(dunia: Dunia, settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = True
    jawaban = Client(HTTP_HOST="poskb.example", **KEPALA).get("/masuk/")
    assert (jawaban.status_code, jawaban.headers["Location"]) == (301, "https://poskb.example/masuk/")
    jawaban = Client(HTTP_HOST=ASING).get("/masuk/")
    assert (jawaban.status_code, "Location" in jawaban.headers) == (400, False)
