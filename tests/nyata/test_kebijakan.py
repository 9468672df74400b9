"""The policy that every page carries, in a real Chromium: nothing of ours is refused, and nobody else is asked."""

import json
import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.nyata.keadaan import catatan_dikembalikan
from tests.nyata.langkah import LAPTOP, masuk, tutup
from tests.nyata.pengamat import amati
from tests.peladen import Peladen

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

# The walk of test_mudah_dipakai watches over the pages that it opens. These are drawn by more scripts, or Django's own.
LAGI = {
    "plkb": ["/kampanye/", "/dasbor/32.14.04.2006/"],
    "koordinator": ["/dasbor/layar/32.14.04/", "/dasbor/"],
    "dppkb": ["/dasbor/layar/", "/kampanye/baru/", "/kampanye/bobot/", "/dasbor/32.14.04/ringkasan/"],
    "admin": [
        "/dasbor/",
        "/dasbor/layar/",
        "/admin/",
        "/admin/kader/pengguna/",
        "/admin/kader/pengguna/add/",
        "/admin/kader/penugasan/add/",
        "/admin/kader/wilayah/?tingkat=kecamatan&q=Plered",
        "/admin/kader/jejak/",
        "/admin/akseptor/akseptor/",
        "/admin/akseptor/pelayanan/",
        "/admin/laporan/laporanbulanan/",
        "/admin/laporan/formulir/add/",
        "/admin/password_change/",
    ],
}
JEDA_MS = 400


@pytest.mark.parametrize("siapa", LAGI)
def test_tidak_ada_yang_ditolak_dan_tidak_ada_pihak_ketiga(peramban: "Browser", peladen: Peladen, siapa: str) -> None:
    catatan_dikembalikan(peladen)
    h = masuk(peramban, peladen, siapa, LAPTOP)
    ditolak, tujuan = amati(h.context)
    if siapa == "dppkb":
        h.goto("/akseptor/")
        h.locator("[name=alasan]").fill("Diuji oleh tes kebijakan")
        h.get_by_role("button", name=re.compile("Buka")).first.click()
    for nama in LAGI[siapa]:
        jawaban = h.goto(nama)
        assert jawaban.headers["content-security-policy"], nama
        assert "unsafe" not in jawaban.headers["content-security-policy"]
        h.wait_for_timeout(JEDA_MS)
    pakai_skrip(h, siapa)
    tutup(h)
    assert ditolak == [], json.dumps(ditolak, indent=1)
    assert tujuan == {urlsplit(peladen.url).netloc}


def pakai_skrip(h: "Page", siapa: str) -> None:
    """What only moves when it is touched: charts with their tooltip, Django's own choosers."""
    if siapa in {"dppkb", "plkb"}:
        h.goto("/dasbor/32.14/" if siapa == "dppkb" else "/dasbor/32.14.04.2006/")
        bagan = h.locator("[_echarts_instance_] svg").first
        bagan.wait_for()
        bagan.hover()
        h.wait_for_timeout(JEDA_MS)
        assert h.evaluate("document.querySelectorAll('[_echarts_instance_] svg path').length") > 5
    if siapa == "admin":
        h.goto("/admin/kader/penugasan/add/")
        h.locator(".select2-selection").first.click()
        h.locator(".select2-search__field").fill("Citeko")
        h.locator(".select2-results__option").first.wait_for()
        h.wait_for_timeout(JEDA_MS)


def test_halaman_masuk_dan_galat(peramban: "Browser", peladen: Peladen) -> None:
    konteks = peramban.new_context(base_url=peladen.url, viewport=LAPTOP)
    ditolak, tujuan = amati(konteks)
    h = konteks.new_page()
    for nama in ("/masuk/", "/luring/", "/tidak-ada/", "/api/v1/openapi.json", "/admin/login/"):
        h.goto(nama)
        h.wait_for_timeout(JEDA_MS)
    konteks.close()
    assert ditolak == []
    assert tujuan == {urlsplit(peladen.url).netloc}


@pytest.mark.parametrize(
    ("skrip", "kata"),
    [
        (
            "document.body.append(Object.assign(document.createElement('script'), {textContent: 'window.x = 1'}))",
            "script",
        ),
        ("document.body.insertAdjacentHTML('beforeend', '<p style=\"color:red\">x</p>')", "style"),
        ("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.x=1\">')", "script"),
        ("fetch('https://contoh.example/').catch(() => 0)", "connect"),
        (
            "document.body.append(Object.assign(document.createElement('img'), {src: 'https://contoh.example/x.png'}))",
            "img",
        ),
        ("document.body.append(Object.assign(document.createElement('iframe'), {src: '/masuk/'}))", "frame"),
        (
            "document.body.append(Object.assign(document.createElement('base'), {href: 'https://contoh.example/'}))",
            "base",
        ),
    ],
)
def test_yang_disisipkan_orang_lain_ditolak(peramban: "Browser", peladen: Peladen, skrip: str, kata: str) -> None:
    """The walk above can fail: what an attacker would bring in is refused and seen."""
    konteks = peramban.new_context(base_url=peladen.url, viewport=LAPTOP)
    ditolak, _ = amati(konteks)
    h = konteks.new_page()
    h.goto("/masuk/")
    h.evaluate(f"() => {{ {skrip} }}")
    h.wait_for_timeout(JEDA_MS)
    assert any(kata in satu for satu in ditolak), ditolak
    assert h.evaluate("window.x") is None
    konteks.close()
