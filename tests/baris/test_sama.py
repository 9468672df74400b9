"""Nobody misses anything that is hers: every page reads the same under row-level security as without it.

Numbers above all: a count that loses rows says nothing of it.
"""

import re
import uuid

import pytest
from django.db.models.functions import Now
from django.test import Client
from django.urls import reverse

from laporan.kampanye.hitung import hitung_ulang_semua
from laporan.kampanye.target import bagi_rata_per_desa
from laporan.models import PenandaHitung
from tests.alat import CITEKO, GANDASOLI, HARI, NAGROG, WANASARI, catatan, lupakan, nik_baru
from tests.aturan_rute import ATURAN
from tests.baris.alat import dua_desa
from tests.baris.test_bocor import GET, pertanyaan

# Files; and what tells of the signing in and the visit itself.
BUKAN = {
    "laporan:ekspor_unduh",
    "dasbor:ringkasan_png",
    "akun:halaman",
    "akun:verifikasi",
    "jejak:daftar",
    "jejak:orang",
    "jejak:insiden",
}
# What differs from one drawing to the next.
BERUBAH = re.compile(
    rb'csrfmiddlewaretoken" value="\w+"|data-karcis="[^"]+"|[\w-]{20,}:[\w-]+:[\w-]{20,}'
    rb'|name="id" value="[0-9a-f-]{36}"|pukul \d\d[.:]\d\d|\d\d:\d\d:\d\d[.\d]*|T\d\d:\d\d"'
)


@pytest.fixture
def isi(db: None) -> dict:
    isi = dua_desa()
    dunia = isi["dunia"]
    bagi_rata_per_desa(dunia.kampanye)
    # Couples of two desa, the first service far away; the same number of a phone in several; RW filled.
    for n in range(12):
        catatan(dunia, desa=CITEKO, tahap=["dilayani", "terverifikasi", "calon", "dikembalikan"][n % 4])
    for jauh in (NAGROG, WANASARI, GANDASOLI):
        nik, pasangan = nik_baru(), uuid.uuid4()
        catatan(dunia, HARI.replace(day=1), desa=jauh, nik=nik, pasangan=pasangan, dicatat_oleh=dunia.jauh)
        p = catatan(dunia, HARI.replace(day=5), desa=CITEKO, nik=nik, pasangan=pasangan)
        p.akseptor.no_hp = isi[CITEKO]["akseptor_akseptor"].no_hp
        p.akseptor.rw = "003"
        p.akseptor.save()
    hitung_ulang_semua()
    return isi


def baca(settings: object, isi: dict, siapa: str, *, web: bool) -> dict[str, tuple[int, bytes]]:
    middleware = [m for m in settings.MIDDLEWARE if m != "tests.peran.SepertiWeb"]
    settings.MIDDLEWARE = ["tests.peran.SepertiWeb"] * web + middleware
    client = Client()
    client.force_login(getattr(isi["dunia"], siapa))
    if siapa == "dppkb":
        client.post(reverse("akseptor:buka_data"), {"alasan": "menjawab permintaan ibu"})
    hasil = {}
    for rute in GET:
        if siapa not in ATURAN[rute][1] or rute in BUKAN:
            continue
        for url, tanya in pertanyaan(isi, rute):
            lupakan()
            # The counter was here a moment ago, whatever the machine is busy with.
            PenandaHitung.objects.update(diperiksa_pada=Now())
            jawaban = client.get(url, tanya)
            # Files hold the moment at which they were made; their making is no page.
            teks = jawaban.content if "text" in jawaban["Content-Type"] or "json" in jawaban["Content-Type"] else b""
            hasil[f"{url} {tanya or ''}"] = (jawaban.status_code, BERUBAH.sub(b"", teks))
    return hasil


@pytest.mark.parametrize("siapa", ["kader", "plkb", "koordinator", "dppkb", "admin"])
def test_setiap_halaman_sama_dengan_tanpa_pagar(settings: object, isi: dict, siapa: str) -> None:
    tanpa = baca(settings, isi, siapa, web=False)
    dengan = baca(settings, isi, siapa, web=True)
    assert set(tanpa) == set(dengan)
    beda = {url: (tanpa[url][0], dengan[url][0]) for url in tanpa if tanpa[url] != dengan[url]}
    for url in list(beda)[:3]:
        a, b = (x[url][1].decode(errors="replace").splitlines() for x in (tanpa, dengan))
        print(url, [(x, y) for x, y in zip(a, b, strict=False) if x != y][:2])
    assert beda == {}


def test_dppkb_tanpa_nama_membaca_angka_yang_sama(
    settings: object, isi: dict, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.baris.test_sama.reverse", lambda *a, **k: "/")  # names stay closed
    tanpa = baca(settings, isi, "dppkb", web=False)
    dengan = baca(settings, isi, "dppkb", web=True)
    assert {url for url in tanpa if tanpa[url] != dengan[url]} == set()
