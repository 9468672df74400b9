"""Open dashboards and the wall screen in a real Chromium, with a real worker: they move, and they survive."""

import contextlib
import re
import time
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Error

from tests.nyata.langkah import LAPTOP, isi_akseptor, masuk, simpan, tercatat, tunggu_tercatat, tutup
from tests.peladen import Peladen

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

DINDING = {"width": 1920, "height": 1080}
HIDUP = "**/dasbor/hidup/"
# The ticket's age in kader/karcis.py does not matter here: what it answers when it is over does.
HABIS = {"status": 401, "content_type": "application/json", "body": '{"pesan": "Halaman ini perlu dimuat ulang."}'}


def simpan_satu(kader: "Page", nama: str, nik: str) -> None:
    isi_akseptor(kader, nama, nik)
    simpan(kader)
    kader.get_by_text(f"Tersimpan: {nama}").wait_for()


def test_angka_bergerak_tanpa_muat_ulang(peramban: "Browser", peladen: Peladen) -> None:
    """The number moves while an open table stays open, on the page that was loaded once."""
    dppkb = masuk(peramban, peladen, "dppkb", LAPTOP)
    kader = masuk(peramban, peladen, "kader")
    dppkb.goto("/dasbor/")
    dppkb.evaluate("window.belumDimuatUlang = true")
    dppkb.locator("#dasbor-hidup details").first.evaluate("d => d.open = true")
    awal, lama = tercatat(dppkb), []
    for n, nik in enumerate(("3214994607900661", "3214994707900662", "3214994807900663"), start=1):
        simpan_satu(kader, f"Hidup {'ABC'[n - 1]}", nik)
        # The promise is 3 s of an idle machine (make bench-dasbor measures it); the bound keeps a broken path from hanging.
        lama.append(tunggu_tercatat(dppkb, awal + n))
    print("seconds from the save to the screen:", [round(x, 1) for x in lama])
    assert dppkb.evaluate("window.belumDimuatUlang")
    assert dppkb.locator("#dasbor-hidup details").first.evaluate("d => d.open")
    tutup(kader, dppkb)


def jam_kepala(layar: "Page") -> int:
    """The hour in the header of the wall."""
    return int(re.search(r"(\d\d)\.\d\d$", layar.locator("#jam").inner_text())[1])


def buka_dinding(layar: "Page") -> int:
    """Open the wall and stop it on its first slide; return the number there."""
    layar.goto("/dasbor/layar/")
    layar.locator(".slide.tampil").wait_for()
    layar.keyboard.press(" ")
    return tercatat(layar)


def test_dinding_bertahan_tanpa_jaringan_dan_pulih_sendiri(peramban: "Browser", peladen: Peladen) -> None:
    layar = masuk(peramban, peladen, "dppkb", DINDING)
    kader = masuk(peramban, peladen, "kader")
    awal = buka_dinding(layar)
    layar.context.set_offline(True)
    putus = re.compile(r"Sambungan terputus sejak (\d\d)\.\d\d WIB\. Angka terakhir pukul \d\d\.\d\d WIB")
    layar.get_by_text(putus).wait_for()
    # One clock, although the browser's zone is another one. (The hour may turn between the two.)
    kepala = jam_kepala(layar)
    assert int(putus.search(layar.locator("#kabar").inner_text())[1]) in (kepala, (kepala - 1) % 24)
    simpan_satu(kader, "Dinding A", "3214994407900664")
    # Slides turn with the last numbers.
    assert tercatat(layar) == awal
    layar.keyboard.press("ArrowRight")
    layar.get_by_role("heading", name="Akan sampai?").wait_for()
    layar.keyboard.press("ArrowLeft")
    layar.context.set_offline(False)
    tunggu_tercatat(layar, awal + 1, detik=30)
    layar.get_by_text("bergerak sendiri").wait_for()
    tutup(kader, layar)


def test_dinding_bertahan_server_dimulai_ulang(peramban: "Browser", sehat_lagi: Peladen) -> None:
    peladen = sehat_lagi
    layar = masuk(peramban, peladen, "dppkb", DINDING)
    awal = buka_dinding(layar)
    layar.evaluate("window.belumDimuatUlang = true")
    peladen.web.hentikan()
    layar.get_by_text("Sambungan terputus").wait_for()
    assert tercatat(layar) == awal
    peladen.web.mulai()
    peladen.tunggu_sehat()
    layar.get_by_text("bergerak sendiri").wait_for()
    assert layar.evaluate("window.belumDimuatUlang")
    tutup(layar)


def test_dinding_berkata_bila_sesinya_berakhir(peramban: "Browser", peladen: Peladen) -> None:
    """Signed out: the last numbers stay, with the way back; signed in again in another tab it goes on by itself."""
    layar = masuk(peramban, peladen, "dppkb", DINDING)
    awal, kue = buka_dinding(layar), layar.context.cookies()
    layar.context.clear_cookies()
    layar.route(HIDUP, lambda rute: rute.fulfill(**HABIS))
    layar.get_by_text(re.compile(r"Sesi berakhir\. Angka terakhir pukul \d\d\.\d\d")).wait_for()
    assert tercatat(layar) == awal
    assert layar.get_by_role("link", name="Masuk lagi").get_attribute("href").startswith("/masuk/?next=/dasbor/layar/")
    layar.context.add_cookies(kue)
    layar.unroute(HIDUP)
    layar.get_by_text("bergerak sendiri").wait_for()
    tutup(layar)


@pytest.mark.parametrize("masih_masuk", [True, False])
def test_karcis_yang_habis_memuat_ulang_halaman_sekali(
    peramban: "Browser", peladen: Peladen, *, masih_masuk: bool
) -> None:
    """The page asks for itself anew: the same numbers with a new ticket, or sign-in when the session is gone too."""
    dppkb = masuk(peramban, peladen, "dppkb", LAPTOP)
    dppkb.clock.install()
    dppkb.goto("/dasbor/")
    awal = tercatat(dppkb)
    ditolak = []

    def habis(rute: "Route") -> None:
        ditolak.append(time.monotonic())
        rute.fulfill(**HABIS)

    dppkb.route(HIDUP, habis)
    # Young pages do not load themselves anew: that would turn in circles.
    dppkb.wait_for_timeout(4_000)
    assert len(ditolak) == 1
    assert tercatat(dppkb) == awal
    dppkb.evaluate("window.lama = true")
    if not masih_masuk:
        dppkb.context.clear_cookies()
    dppkb.clock.fast_forward(70_000)
    if masih_masuk:
        for _ in range(100):
            dppkb.wait_for_timeout(100)
            with contextlib.suppress(Error):  # in the moment of the change there is no page to ask
                if not dppkb.evaluate("window.lama"):
                    break
        assert tercatat(dppkb) == awal
    else:
        dppkb.wait_for_url("**/masuk/**", wait_until="commit")
    assert 2 <= len(ditolak) <= 4
    tutup(dppkb)


@pytest.mark.parametrize("ukuran", [(1366, 768), (1920, 1080), (3840, 2160), (1080, 1920)])
def test_dinding_terbaca_dan_muat_di_setiap_layar(
    peramban: "Browser", peladen: Peladen, ukuran: tuple[int, int]
) -> None:
    layar = masuk(peramban, peladen, "dppkb", {"width": ukuran[0], "height": ukuran[1]})
    layar.goto("/dasbor/layar/")
    satuan = layar.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") / 2.1
    besar = layar.evaluate("parseFloat(getComputedStyle(document.querySelector('.besar')).fontSize)")
    panjang, lebar = max(ukuran), min(ukuran)
    # On 1920 x 1080: text of 36 px, the number over 250 px; the same share of every other screen.
    assert satuan == pytest.approx(min(panjang / 100, lebar * 1.7778 / 100), rel=0.01)
    assert 2 * satuan >= 36 * lebar / 1080
    assert besar > 250 * lebar / 1080
    layar.keyboard.press(" ")
    assert layar.get_by_role("button", name="Lanjutkan").count() == 1
    for _ in range(layar.locator(".slide").count()):
        lebih = layar.evaluate(
            "() => { const s = document.querySelector('.slide.tampil'), m = document.getElementById('layar-isi');"
            " return [s.scrollWidth - s.clientWidth, s.scrollHeight - s.clientHeight, m.scrollHeight - m.clientHeight,"
            " document.documentElement.scrollHeight - innerHeight]; }"
        )
        assert max(lebih) <= 1, (layar.locator(".slide.tampil h1").inner_text(), lebih)
        layar.keyboard.press("ArrowRight")
    tutup(layar)
