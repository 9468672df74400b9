"""A phone: one browser profile that outlives its browser, on a line that a test can cut."""

import contextlib
import itertools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from tests import peramban as chromium
from tests.nyata.langkah import HP, SANDI, tunggu_js
from tests.terowongan import LEWAT, MATI, Terowongan

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

urut = itertools.count(1)
# A busy machine is no fault: what never comes is found all the same, only later.
SABAR_MS = 30_000


class Ponsel:
    """`halaman` is its open page. `sinyal(False)` takes the line away, `matikan()` kills the browser."""

    def __init__(self, peramban: "Browser", profil: Path, jalur: Terowongan) -> None:
        self.jenis = peramban.browser_type
        self.profil, self.jalur = profil, jalur
        self.nyalakan()

    def nyalakan(self) -> None:
        """Start the browser on the profile as it was left."""
        self.konteks: BrowserContext = self.jenis.launch_persistent_context(
            str(self.profil),
            executable_path=str(chromium.cari()),
            args=chromium.BENDERA,
            viewport=HP,
            locale="id-ID",
            base_url=self.jalur.url,
            accept_downloads=True,
        )
        self.konteks.set_default_timeout(SABAR_MS)
        self.halaman: Page = self.konteks.pages[0] if self.konteks.pages else self.konteks.new_page()

    def matikan(self) -> None:
        """End the browser; the profile stays."""
        self.konteks.close()

    def sinyal(self, *, ada: bool) -> None:
        """Give or take the line; the browser is told as a phone tells it."""
        self.jalur.atur(LEWAT if ada else MATI)
        self.konteks.set_offline(not ada)

    def masuk(self, siapa: str, sandi: str = SANDI) -> None:
        """Sign in, and wait until the phone is ready for being without signal."""
        h = self.halaman
        h.goto("/masuk/")
        h.get_by_label("Nama masuk").fill(siapa)
        h.get_by_label("Kata sandi").fill(sandi)
        h.get_by_role("button", name="Masuk").click()
        h.wait_for_url(re.compile(r"//[^/]+/$"))
        self.tunggu_siap()

    def tunggu_siap(self) -> None:
        """The worker controls the page, the empty form and the short list are on the phone."""
        h = self.halaman
        tunggu_js(h, "async () => Boolean((await navigator.serviceWorker.getRegistration())?.active)")
        tunggu_js(
            h,
            """async () => {
                const kerangka = await caches.open(`poskb-kerangka-${document.body.dataset.kader}`);
                return Boolean(await kerangka.match("/akseptor/baru/"));
            }""",
        )
        tunggu_js(h, "/^\\d+$/.test((document.querySelector('#angka-diterima') || {}).innerText || '')")

    def keluar(self) -> None:
        """Press the button at the top."""
        self.halaman.get_by_role("button", name="Keluar").click()

    def angka(self) -> tuple[int, int]:
        """The two honest numbers: received by the server, still on this phone."""
        h = self.halaman
        h.locator("#angka-hp").wait_for()
        return int(h.locator("#angka-diterima").inner_text()), int(h.locator("#angka-hp").inner_text())

    def tunggu_hp(self, sisa: int, detik: float = 30) -> None:
        """Wait until so many are left on the phone."""
        kata = "n => (document.querySelector('#angka-hp') || {}).innerText === String(n)"
        tunggu_js(self.halaman, kata, sisa, detik)

    def buka_formulir(self) -> None:
        """Open the empty form and wait for its script."""
        self.halaman.goto("/akseptor/baru/")
        self.halaman.locator("form[data-siap]").wait_for()

    def catat_cepat(self, nama: str, nik: str) -> None:
        """Fill the form by script and save: for tests that need many, not for those about typing."""
        self.buka_formulir()
        self.halaman.evaluate(
            """([nama, nik]) => {
                const f = document.getElementById("isian-akseptor");
                f.elements.nama_istri.value = nama;
                f.elements.nik_istri.value = nik;
                f.elements.nik_istri.dispatchEvent(new Event("input", { bubbles: true }));
                f.elements.nama_suami.value = "Jajang Karangan";
                f.querySelector("input[name=metode][value=implan]").checked = true;
                f.elements.faskes.selectedIndex = 1;
                f.elements.persetujuan_data.checked = true;
                f.requestSubmit();
            }""",
            [nama, nik],
        )
        self.halaman.locator("#hasil-simpan").wait_for()


def nik() -> str:
    """A woman's NIK with a birth day of its own, so that nobody is asked whether two are one person."""
    n = next(urut)
    return f"321499{41 + n % 28:02d}{1 + n % 12:02d}87{5000 + n:04d}"


def huruf(n: int) -> str:
    return "".join(chr(97 + int(d)) for d in str(n))


@contextlib.contextmanager
def kader_siap(peramban: "Browser", profil: Path, jalur: Terowongan) -> Iterator[Ponsel]:
    """A phone on which the kader has signed in and that has all it needs without signal; no script may fail on it."""
    satu = Ponsel(peramban, profil, jalur)
    galat: list[str] = []
    satu.halaman.on("pageerror", lambda g: galat.append(str(g)))
    satu.masuk("kader")
    tunggu_js(
        satu.halaman,
        "caches.open('poskb-kerangka-' + document.body.dataset.kader).then((c) => c.match('/kegiatan/baru/')).then(Boolean)",
    )
    yield satu
    with contextlib.suppress(Exception):
        satu.matikan()
    assert galat == []
