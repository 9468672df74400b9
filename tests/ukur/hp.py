"""`make bench-hp`: the kader's phone on a bad line, in a real Chromium (docs/ukur.md).

400 kbit/s and 400 ms round trip for page and service worker (tests/ukur/jalur.py), the page's processor 6 times slower.
Prints each figure beside its budget, and beside the same figure without the bad line, so that a slow machine is seen.
"""

import contextlib
import itertools
import os
import re
import statistics
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tests import peramban as chromium
from tests.nyata.langkah import HP, SANDI, tunggu_js
from tests.ukur.jalur import JalurLambat
from tests.ukur.panggung import HOST, Panggung, Produk

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

LAMBAT = {"kbit": 400, "bolak_balik": 0.4}
CEPAT = {"kbit": 1_000_000, "bolak_balik": 0.0}
PROSESOR = 6
KUNJUNGAN = 5
BANYAK = 100
MENGETIK = 1500
# The moment at which the form keeps what is typed and can save, by the page's own clock since the navigation began.
CATAT_SIAP = """
new MutationObserver((_, pengamat) => {
    if (!document.querySelector("form[data-siap]")) return;
    window.siapPada = performance.now();
    pengamat.disconnect();
}).observe(document, { attributes: true, childList: true, subtree: true });
"""
ISI = """([nama, nik]) => {
    const f = document.getElementById("isian-akseptor");
    f.elements.nama_istri.value = nama;
    f.elements.nik_istri.value = nik;
    f.elements.nik_istri.dispatchEvent(new Event("input", { bubbles: true }));
    f.elements.nama_suami.value = "Jajang Karangan";
    f.querySelector("input[name=metode][value=implan]").checked = true;
    f.elements.faskes.selectedIndex = 1;
    f.elements.persetujuan_data.checked = true;
}"""
# From the press to the word on the screen.
TEKAN = """() => new Promise((selesai) => {
    const mulai = performance.now();
    new MutationObserver((_, pengamat) => {
        if (!document.getElementById("hasil-simpan")) return;
        pengamat.disconnect();
        requestAnimationFrame(() => selesai(performance.now() - mulai));
    }).observe(document.body, { childList: true, subtree: true });
    document.querySelector("#isian-akseptor button[type=submit]").click();
})"""
urut = itertools.count(1)


def orang() -> list[str]:
    """Return a name and a NIK that nobody else has and that nobody is asked about."""
    n = next(urut)
    huruf = "".join(chr(97 + int(d)) for d in f"{n * 7919 % 9973:04d}")
    return [f"Ukur {huruf.title()}", f"321499{41 + n % 28:02d}{1 + n // 28 % 12:02d}{80 + n % 9}{n:04d}"]


class Ukur:
    """One phone on one line, signed in, with an empty cache."""

    def __init__(self, peramban: "Browser", langsung: str, jalur: JalurLambat, prosesor: int) -> None:
        self.jalur = jalur
        self.konteks: BrowserContext = peramban.new_context(viewport=HP, locale="id-ID", base_url=jalur.url)
        self.konteks.set_default_timeout(120_000)
        self.konteks.add_init_script(CATAT_SIAP)
        self._masuk(langsung)
        self.halaman: Page = self.konteks.new_page()
        self.prosesor = self.konteks.new_cdp_session(self.halaman)
        self.perlambat(prosesor)

    def _masuk(self, langsung: str) -> None:
        """Sign in beside the line: the first visit to the form is what is measured, not the sign-in before it."""
        minta = self.konteks.request
        minta.get(f"{langsung}/masuk/")
        token = next(k["value"] for k in self.konteks.cookies(langsung) if k["name"] == "csrftoken")
        jawaban = minta.post(
            f"{langsung}/masuk/", form={"username": "kader", "password": SANDI, "csrfmiddlewaretoken": token}
        )
        assert jawaban.ok, jawaban.status

    def perlambat(self, kali: int) -> None:
        """Make the page's processor so many times slower."""
        self.prosesor.send("Emulation.setCPUThrottlingRate", {"rate": kali})

    def buka(self) -> tuple[float, float]:
        """Open the form; return seconds until it is interactive and kB over the line until that is quiet."""
        self.jalur.nol()
        self.halaman.goto("/akseptor/baru/", wait_until="commit")
        tunggu_js(self.halaman, "window.siapPada")
        detik = self.halaman.evaluate("window.siapPada") / 1000
        self.jalur.tunggu_sepi(3)
        return detik, (self.jalur.naik + self.jalur.turun) / 1000

    def sinyal(self, *, ada: bool) -> None:
        """Give or take the line."""
        self.jalur.ada = ada
        self.konteks.set_offline(not ada)

    def simpan(self, *, tahu: bool = True, mengetik: int = MENGETIK) -> float:
        """Fill the form in `mengetik` ms and save it; return milliseconds from the press to the answer.

        `tahu`: the phone knows that there is no signal; else it believes in a line that carries nothing.
        """
        self.halaman.goto("/akseptor/baru/")
        self.halaman.locator("form[data-siap]").wait_for()
        # Chromium forgets what it was told about the line when a worker answers the page.
        self.halaman.evaluate("(ada) => Object.defineProperty(navigator, 'onLine', { get: () => ada })", not tahu)
        self.halaman.evaluate(ISI, orang())
        # Nobody fills a form in no time: by then the page has done what it does on opening.
        self.halaman.wait_for_timeout(mengetik)
        return self.halaman.evaluate(TEKAN)

    def kirim(self, banyak: int, prosesor: int) -> float:
        """Queue so many, then give the line back; return seconds until the server has confirmed all."""
        self.sinyal(ada=False)
        self.perlambat(1)
        for _ in range(banyak):
            self.simpan(mengetik=0)
        self.halaman.goto("/hp/")
        antre = self.halaman.locator("#angka-hp", has_text=str(banyak))
        antre.wait_for()
        self.perlambat(prosesor)
        self.sinyal(ada=True)
        return self.halaman.evaluate(
            """() => new Promise((selesai) => {
                const mulai = performance.now();
                const tekan = [...document.querySelectorAll("button")].find((b) => b.textContent.includes("Kirim sekarang"));
                if (tekan) tekan.click();
                const jam = setInterval(() => {
                    if (document.getElementById("angka-hp").textContent !== "0") return;
                    clearInterval(jam);
                    selesai((performance.now() - mulai) / 1000);
                }, 50);
            })"""
        )


def ukur(peramban: "Browser", produk: Produk, garis: dict[str, float], prosesor: int) -> dict[str, float]:
    """Return every figure on one line."""
    jalur = JalurLambat(HOST, produk.port, **garis)
    hp = Ukur(peramban, f"http://{HOST}:{produk.port}", jalur, prosesor)
    try:
        detik_pertama, kb_pertama = hp.buka()
        # The worker has everything now; leave the page once so that it controls the next.
        kemudian = [hp.buka() for _ in range(KUNJUNGAN)]
        hp.sinyal(ada=False)
        simpan = [hp.simpan() for _ in range(KUNJUNGAN)]
        mengira = [hp.simpan(tahu=False) for _ in range(KUNJUNGAN)]
        hp.sinyal(ada=True)
        hp.halaman.goto("/hp/")
        # A page that the worker answers keeps believing what Chromium was told before: say it as a phone would.
        hp.halaman.evaluate(
            "() => { Object.defineProperty(navigator, 'onLine', { get: () => true }); dispatchEvent(new Event('online')) }"
        )
        hp.halaman.locator("#angka-hp", has_text=re.compile("^0$")).wait_for()
        return {
            "first visit, interactive (s)": detik_pertama,
            "first visit, over the wire (kB)": kb_pertama,
            "later visit, interactive (s)": statistics.median(d for d, _ in kemudian),
            "later visit, over the wire (kB)": statistics.median(k for _, k in kemudian),
            "saving without signal (ms)": statistics.median(simpan),
            "saving on a dead line (ms)": statistics.median(mengira),
            f"{BANYAK} queued records received (s)": hp.kirim(BANYAK, prosesor),
        }
    finally:
        hp.konteks.close()


BATAS = {
    "first visit, interactive (s)": 5,
    "first visit, over the wire (kB)": 100,
    "later visit, interactive (s)": 1,
    "later visit, over the wire (kB)": 5,
    "saving without signal (ms)": 200,
    "saving on a dead line (ms)": 200,
    f"{BANYAK} queued records received (s)": 10,
}


def utama() -> int:
    """Measure, print, and return 1 when a budget is missed."""
    from playwright.sync_api import sync_playwright

    os.environ |= {"DJANGO_SETTINGS_MODULE": "poskb.settings", "POSKB_DEMO": "1"}
    jalur_chromium = chromium.sediakan()
    if jalur_chromium is None:
        print(chromium.TANPA)
        return 1
    with contextlib.ExitStack() as tumpukan:
        folder = Path(tumpukan.enter_context(tempfile.TemporaryDirectory(prefix="poskb-ukur-")))
        produk = Produk(Panggung(folder, tumpukan), "hp")
        produk.panggung.postgres.buat_basisdata("hp")
        produk.kelola("siapkan")
        produk.kelola("collectstatic", "--noinput", "-v", "0")
        produk.mulai()
        playwright = tumpukan.enter_context(sync_playwright())
        peramban = playwright.chromium.launch(executable_path=jalur_chromium, args=chromium.BENDERA)
        print(
            "The kader's phone: 400 kbit/s, 400 ms round trip, 6x slower CPU; beside it the same without the bad line.\n"
        )
        lambat = ukur(peramban, produk, LAMBAT, PROSESOR)
        cepat = ukur(peramban, produk, CEPAT, 1)
        peramban.close()
    print(f"{'':36} {'bad line':>9} {'budget':>8} {'':7} {'good line':>9} {'ratio':>7}")
    for nama, batas in BATAS.items():
        lulus = "OK" if lambat[nama] <= batas else "NOT OK"
        rasio = lambat[nama] / cepat[nama] if cepat[nama] else float("inf")
        print(f"{nama:36} {lambat[nama]:9.2f} {batas:8} {lulus:7} {cepat[nama]:9.2f} {rasio:6.1f}x")
    return int(any(lambat[nama] > batas for nama, batas in BATAS.items()))


if __name__ == "__main__":
    sys.exit(utama())
