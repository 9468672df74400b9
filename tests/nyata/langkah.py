"""Steps that the stories share, in the words of the people."""

import re
import time
from typing import TYPE_CHECKING

from tests.peladen import Peladen

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

HP = {"width": 360, "height": 740}
LAPTOP = {"width": 1280, "height": 800}
SANDI = "pos-kb-1831"


def masuk(peramban: "Browser", peladen: Peladen, siapa: str, layar: dict[str, int] = HP) -> "Page":
    """Open a fresh profile and sign in; every fault of a script on its pages fails the test at `tutup`."""
    konteks: BrowserContext = peramban.new_context(base_url=peladen.url, viewport=layar, locale="id-ID")
    konteks.set_default_timeout(30_000)
    halaman = konteks.new_page()
    halaman.galat = []
    halaman.on("pageerror", lambda galat: halaman.galat.append(str(galat)))
    halaman.goto("/masuk/")
    halaman.get_by_label("Nama masuk").fill(siapa)
    halaman.get_by_label("Kata sandi").fill(SANDI)
    halaman.get_by_role("button", name="Masuk").click()
    halaman.wait_for_url(re.compile(r"//[^/]+/(dasbor/)?$"))
    return halaman


def tutup(*halaman: "Page") -> None:
    """Close, and fail when a script failed."""
    for h in halaman:
        galat = h.galat
        h.context.close()
        assert galat == []


def isi_akseptor(halaman: "Page", nama: str, nik: str, *, skrip: bool = True) -> None:
    """Fill the usual case: served today, implan, at the nearest place."""
    halaman.goto("/akseptor/baru/")
    if skrip:
        halaman.locator("form[data-siap]").wait_for()
    isi_di_tempat(halaman, nama, nik)


def isi_di_tempat(halaman: "Page", nama: str, nik: str) -> None:
    """Fill the form that is open."""
    halaman.get_by_label("Nama istri").fill(nama)
    halaman.get_by_label("NIK istri").fill(nik)
    halaman.get_by_label("Nama suami").fill("Jajang Karangan")
    halaman.locator("label", has_text="Implan").click()
    halaman.get_by_label("Tempat pelayanan").select_option(index=1)
    halaman.get_by_label("Ibu setuju datanya dicatat").check()


def simpan(halaman: "Page") -> None:
    """Press the one big button."""
    halaman.get_by_role("button", name="Simpan").click()


def tunggu_js(halaman: "Page", skrip: str, arg: object = None, detik: float = 30) -> None:
    """Wait until an expression or function is true on the page.

    Not Playwright's `wait_for_function`: it evaluates text inside the page, which our Content-Security-Policy refuses.
    """
    from playwright.sync_api import Error

    batas = time.monotonic() + detik
    while True:
        try:
            if halaman.evaluate(skrip, arg):
                return
        except Error:  # between two pages
            pass
        assert time.monotonic() < batas, f"never came true: {skrip}"
        halaman.wait_for_timeout(50)


def tercatat(halaman: "Page") -> int:
    """Read the number on an open dashboard."""
    return int(halaman.locator("#tercatat").inner_text().replace(".", ""))


def tunggu_tercatat(halaman: "Page", angka: int, detik: float = 15) -> float:
    """Wait until the open dashboard shows a number by itself; return the seconds it took."""
    mulai = time.monotonic()
    tunggu_js(
        halaman,
        "angka => document.querySelector('#tercatat').innerText.replace('.', '') === String(angka)",
        angka,
        detik,
    )
    return time.monotonic() - mulai
