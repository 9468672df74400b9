"""Made for hands and eyes: every page of the product, looked at by axe-core and measured in a real browser."""

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.nyata.hp import Ponsel, nik
from tests.nyata.keadaan import catatan_dikembalikan, laporan_dikembalikan
from tests.nyata.langkah import HP, LAPTOP, masuk, tutup
from tests.nyata.pengamat import amati
from tests.peladen import Peladen

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
ATURAN = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SEMPIT = {"width": 320, "height": 640}
JEDA_MS = 150
# Addresses of each role; a name in braces is found on the list pages by `alamat`.
HALAMAN = {
    "kader": [
        "/",
        "/akseptor/",
        "/akseptor/baru/",
        "{rinci}",
        "{ubah}",
        "{hak}",
        "/laporan/",
        "{laporan}",
        "/kegiatan/",
        "/kegiatan/baru/",
        "/hp/",
        "/luring/",
        "/akun/",
        "/akun/sandi/",
    ],
    "plkb": [
        "/",
        "/akseptor/",
        "{rinci}",
        "{riwayat}",
        "/hak/",
        "/akseptor/cadangan/",
        "/akseptor/titipan/",
        "/akun/",
        "/akun/verifikasi/",
        "/orang/",
        "/orang/baru/kader/",
        "{orang}",
        "{orang}pindah/",
        "/laporan/",
        "{laporan}",
        "/kegiatan/",
        "/dasbor/",
        "/kunjungan/",
        "/imp/",
        "/imp/32.14.04.2006/",
        "/laporan/kelengkapan/",
        "/pesan/",
        "/laporan/ekspor/?bulan=2021-06",
        "/laporan/siga/?bulan=2021-06",
        "/petugas/",
        "/laporan/32.14.01.1001/2021-06/",
    ],
    "koordinator": [
        "/",
        "/laporan/",
        "{laporan}",
        "/kunjungan/",
        "/imp/",
        "/laporan/kelengkapan/",
        "/laporan/siga/?bulan=2021-06",
        "/petugas/",
        "{pengganti}",
    ],
    "dppkb": [
        "/dasbor/",
        "/dasbor/32.14.04/",
        "/dasbor/32.14.04/?tanggal=2021-07-01",
        "/dasbor/32.14.04/tempat/",
        "/dasbor/32.14.04.2006/",
        "/dasbor/?tanggal=2021-07-01",
        "/dasbor/32.14/ringkasan/",
        "/kampanye/",
        "/kantor-lain/",
        "/orang/",
        "/orang/?peran=kader",
        "/orang/baru/plkb/",
        "/laporan/",
        "/laporan/?kecamatan=32.14.04",
        "/laporan/32.14.04.2006/2021-06/",
        "/akseptor/",
        "/imp/",
        "/imp/32.14.04.2006/",
        "/laporan/kelengkapan/",
        "/laporan/kelengkapan/?kecamatan=32.14.04",
        "/laporan/ekspor/?bulan=2021-06",
        "/laporan/siga/?bulan=2021-06",
        "/laporan/pengecualian/",
        "/petugas/",
        "{pengganti}",
        "/hak/",
        "/jejak/",
        "/jejak/insiden/",
        "/tidak-ada/",
    ],
    "admin": ["/orang/", "/orang/baru/dppkb/", "/laporan/", "/jejak/", "/laporan/ekspor/?bulan=2021-06"],
}
# Page wide things that a thumb presses: links inside a sentence may be as tall as their line (WCAG 2.5.8).
TERLALU_KECIL = """() => [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")]
    .filter((u) => {
        const r = u.getBoundingClientRect();
        if (!r.width || !r.height || u.closest(".visually-hidden, .lewati, .remah, svg, table, p, li:not(.ubin-butir), dd")) return false;
        const sasaran = u.closest("label, .ubin-butir, .form-check") || u;
        return sasaran.getBoundingClientRect().height < 47.5;
    })
    .map((u) => `${u.tagName} ${u.className} ${u.textContent.trim().slice(0, 30)} ${Math.round(u.getBoundingClientRect().height)}`)"""


def temuan(halaman: "Page") -> list[str]:
    """Run axe on the page as it stands."""
    if not halaman.evaluate("typeof axe === 'object'"):
        halaman.evaluate(AXE.read_text())
    hasil = halaman.evaluate("(tags) => axe.run(document, { runOnly: { type: 'tag', values: tags } })", ATURAN)
    return [
        f"{p['id']}: {p['help']}: {simpul['html'][:160]} ({simpul['failureSummary'][-160:]})"
        for p in hasil["violations"]
        for simpul in p["nodes"][:3]
    ]


def alamat(halaman: "Page", nama: str) -> str:
    """Find an address that only the data know."""
    if not nama.startswith("{"):
        return nama
    if nama.startswith("{orang}") and nama != "{orang}":
        return alamat(halaman, "{orang}") + nama.removeprefix("{orang}")
    daftar, pola = {
        "{rinci}": ("/akseptor/", r"/akseptor/[0-9a-f-]{36}/$"),
        "{ubah}": ("/", r"/akseptor/catatan/[0-9a-f-]{36}/ubah/$"),
        "{pengganti}": ("/petugas/", r"/petugas/\d+/.*$"),
        "{orang}": ("/orang/", r"/orang/\d+/$"),
        "{hak}": ("{rinci}", r"/hak/baru/[0-9a-f-]{36}/$"),
        "{riwayat}": ("{rinci}", r"/jejak/orang/[0-9a-f-]{36}/$"),
        "{laporan}": ("/laporan/", r"/laporan/[\d.]+/\d{4}-\d\d/$"),
    }[nama]
    halaman.goto(alamat(halaman, daftar))
    tautan = halaman.eval_on_selector_all("a[href]", "u => u.map(x => x.getAttribute('href'))")
    return next(t for t in tautan if re.search(pola, t))


def geser(halaman: "Page") -> list[str]:
    """What makes the page wider than the screen; empty when nothing does."""
    return halaman.evaluate(
        """() => {
            const lebar = document.documentElement.clientWidth;
            if (document.documentElement.scrollWidth <= lebar) return [];
            const lewat = [...document.querySelectorAll("body *")].filter((u) => u.getBoundingClientRect().right > lebar + 0.5);
            const luar = lewat.filter((u) => !u.closest(".gulir"));
            // What is laid out against the page escapes the box that scrolls.
            return (luar.length ? luar : lewat)
                .slice(-3).map((u) => `wide ${lebar}: ${u.tagName} ${u.className} ${u.textContent.trim().slice(0, 40)}`);
        }"""
    )


# Minutes: `make test-lama`.
@pytest.mark.lama
@pytest.mark.parametrize("siapa", HALAMAN)
def test_setiap_halaman(peramban: "Browser", peladen: Peladen, siapa: str) -> None:
    catatan_dikembalikan(peladen)
    h = masuk(peramban, peladen, siapa, HP)
    ditolak, tujuan = amati(h.context)
    if siapa == "dppkb":
        h.goto("/akseptor/")
        h.locator("[name=alasan]").fill("Diuji oleh tes kemudahan")
        h.get_by_role("button", name=re.compile("Buka")).first.click()
    kurang = {}
    for nama in HALAMAN[siapa]:
        h.goto(alamat(h, nama))
        for layar in (HP, LAPTOP, SEMPIT):
            h.set_viewport_size(layar)
            h.wait_for_timeout(JEDA_MS)
            if ada := geser(h) + (temuan(h) if layar is not SEMPIT else []):
                kurang[f"{h.url} {layar['width']}"] = ada
        kecil = h.evaluate(TERLALU_KECIL)
        if kecil:
            kurang[f"{h.url} sasaran"] = kecil
        # Twice the text size, as a tired eye sets it in the phone.
        h.set_viewport_size(HP)
        h.evaluate("document.documentElement.style.setProperty('font-size', '200%', 'important')")
        h.wait_for_timeout(JEDA_MS)
        if ada := geser(h):
            kurang[f"{h.url} 200 %"] = ada
    assert not kurang, json.dumps(kurang, indent=1)
    # Nothing of ours is refused by our own policy, and nobody else is asked (test_kebijakan.py).
    assert ditolak == [], json.dumps(ditolak, indent=1)
    assert tujuan == {urlsplit(peladen.url).netloc}
    tutup(h)


def test_halaman_masuk(peramban: "Browser", peladen: Peladen) -> None:
    konteks = peramban.new_context(base_url=peladen.url, viewport=HP)
    h = konteks.new_page()
    h.goto("/masuk/")
    assert temuan(h) == []
    assert h.evaluate(TERLALU_KECIL) == []
    h.get_by_role("button", name="Masuk").click()
    h.goto("/kode/")
    assert temuan(h) == []
    assert h.evaluate(TERLALU_KECIL) == []
    konteks.close()


def test_halaman_yang_digambar_hp(ponsel: Ponsel, peladen: Peladen) -> None:
    """Without signal: lists, a record, a returned one, a refused record, the locked page."""
    catatan_dikembalikan(peladen)
    laporan_dikembalikan(peladen)
    ponsel.masuk("kader")
    ponsel.sinyal(ada=False)
    h = ponsel.halaman
    kurang = {}

    def lihat(nama: str) -> None:
        h.wait_for_timeout(JEDA_MS)
        for layar in (HP, SEMPIT):
            h.set_viewport_size(layar)
            if ada := geser(h) + temuan(h) + h.evaluate(TERLALU_KECIL):
                kurang[f"{nama} {layar['width']}"] = ada

    h.goto("/")
    h.get_by_text("Tanpa sinyal.").wait_for()
    lihat("beranda")
    ubah = h.locator("a[href*='/ubah/']").first.get_attribute("href") or ""
    laporan = h.locator("a[href^='/laporan/3']").first.get_attribute("href") or ""
    h.goto("/akseptor/")
    h.locator("a.butir").first.wait_for()
    lihat("daftar")
    h.locator("a.butir").first.click()
    h.get_by_role("heading", name="Ibu").wait_for()
    lihat("rinci")
    h.goto(ubah)
    h.locator("form[data-siap]").wait_for()
    lihat("ubah")
    h.goto(laporan)
    h.get_by_text("Dikembalikan petugas").wait_for()
    lihat("laporan")
    # Sent empty: errors beside the fields, counted at the top with links that lead there.
    ponsel.buka_formulir()
    h.get_by_role("button", name="Simpan").click()
    h.locator("#ringkas-galat").wait_for()
    lihat("galat")
    assert h.locator("#ringkas-galat a").count() == 5
    h.locator("#ringkas-galat a", has_text="Nama istri").click()
    assert h.url.endswith("#div_id_nama_istri")
    ponsel.catat_cepat("Neneng Lihat", "3214995213900009")
    lihat("hasil")
    h.goto("/hp/")
    h.get_by_text("Menunggu dikirim").wait_for()
    lihat("hp")
    ponsel.sinyal(ada=True)
    h.get_by_role("button", name="Kirim sekarang").click()
    h.get_by_role("heading", name="Perlu tindakan").wait_for()
    lihat("tindakan")
    ponsel.sinyal(ada=False)
    ponsel.keluar()
    h.get_by_role("heading", name="Terkunci").wait_for()
    lihat("terkunci")
    assert not kurang, json.dumps(kurang, indent=1)


# The usual case: served today, implan, at the place where she was served last; NIK from the card, a phone keyboard.
PALING_BANYAK_TEKAN = 6


def test_kasus_biasa_dalam_sedikit_tekanan(ponsel: Ponsel) -> None:
    """Counts every tap from her first page until it is saved; the keys are those of two names and a NIK."""
    ponsel.masuk("kader")
    h = ponsel.halaman
    h.goto("/")
    h.evaluate("sessionStorage.tekan = 0")
    h.add_init_script(
        "addEventListener('click', (e) => { if (e.isTrusted) sessionStorage.tekan = 1 + Number(sessionStorage.tekan || 0); }, true);"
        "addEventListener('keydown', (e) => { if (e.isTrusted) sessionStorage.ketik = 1 + Number(sessionStorage.ketik || 0); }, true);"
    )
    nomor = nik()
    h.get_by_role("link", name="Catat akseptor").click()
    h.locator("form[data-siap]").wait_for()
    # A tap into the first field; "next" on the keyboard leads on.
    h.get_by_label("Nama istri").click()
    h.keyboard.type("Wiwin Biasa")
    h.keyboard.press("Tab")
    h.keyboard.type(nomor)
    h.get_by_label("Nama suami").click()
    h.keyboard.type("Ujang")
    h.locator("label", has_text="Implan").click()
    h.get_by_label("Ibu setuju datanya dicatat").click()
    h.get_by_role("button", name="Simpan").click()
    h.locator("#hasil-simpan.diterima").wait_for()
    tekan = 1 + int(h.evaluate("sessionStorage.tekan"))  # the one that left the first page
    ketik = int(h.evaluate("sessionStorage.ketik"))
    print(f"taps {tekan}, keys {ketik}")
    assert tekan <= PALING_BANYAK_TEKAN
    assert ketik == len("Wiwin Biasa") + 16 + 1 + len("Ujang")
    # Digits get the keyboard of digits.
    ponsel.buka_formulir()
    for label in ("NIK istri", "RW", "RT", "Jumlah anak hidup"):
        assert h.get_by_label(label, exact=True).get_attribute("inputmode") == "numeric"
    assert h.get_by_label("Nomor HP").get_attribute("type") == "tel"
