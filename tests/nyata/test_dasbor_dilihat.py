"""The campaign's page in a real Chromium: three widths, with and without scripts, on paper, with real boundaries."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from akseptor.views.daftar import PER_HALAMAN
from tests.nyata.langkah import masuk, tutup
from tests.nyata.test_mudah_dipakai import geser, temuan
from tests.peladen import Peladen

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

UKURAN = {360: 740, 768: 1024, 1280: 800}
HALAMAN = ("/dasbor/", "/dasbor/32.14.04/", "/dasbor/32.14.04.2006/")


def layar(lebar: int) -> dict[str, int]:
    return {"width": lebar, "height": UKURAN[lebar]}


@pytest.fixture
def dppkb(peramban: "Browser", peladen: Peladen) -> "Page":
    satu = masuk(peramban, peladen, "dppkb", layar(1280))
    yield satu
    tutup(satu)


@pytest.mark.parametrize("lebar", UKURAN)
def test_bagan_dan_petak_di_tiga_lebar(dppkb: "Page", lebar: int) -> None:
    dppkb.set_viewport_size(layar(lebar))
    salah = []
    dppkb.on("pageerror", lambda galat: salah.append(str(galat)))
    for url in HALAMAN:
        dppkb.goto(url)
        dppkb.locator("#bagan-kurva svg").wait_for()
        assert dppkb.locator("#bagan-harian svg path").count() > 3
        assert geser(dppkb) == []
        assert temuan(dppkb) == []
    dppkb.goto("/dasbor/")
    kotak = [dppkb.locator(".petak a").nth(n).bounding_box() for n in range(17)]
    # Tiles do not overlap, a thumb hits each, and no name is cut.
    assert len({(k["x"], k["y"]) for k in kotak}) == 17
    assert min(min(k["width"], k["height"]) for k in kotak) >= 48
    terpotong = "u => u.filter((x) => x.scrollWidth > x.clientWidth + 1 || x.scrollHeight > x.clientHeight + 1).length"
    assert dppkb.eval_on_selector_all(".petak a", terpotong) == 0
    assert salah == []


def test_tanpa_skrip_semua_angka_ada(peramban: "Browser", peladen: Peladen, dppkb: "Page") -> None:
    konteks = peramban.new_context(base_url=peladen.url, viewport=layar(360), java_script_enabled=False)
    konteks.add_cookies(dppkb.context.cookies())
    h = konteks.new_page()
    h.goto("/dasbor/")
    assert h.locator("#tercatat").inner_text().strip()
    assert h.locator(".petak a .persen").count() == 17
    assert h.locator(".peta-tabel tbody tr").count() == 17
    assert h.locator(".harian tbody tr").count() == 44
    assert h.locator(".pekan li").count() == 7
    # The map leads to the desa, and a past day is asked for by a plain form.
    h.locator(".petak a", has_text="Plered").click()
    assert h.url.endswith("/dasbor/32.14.04/")
    # The address changes before all of the page has come.
    h.wait_for_load_state("load")
    assert h.locator(".petak.berderet a").count() == 16
    h.locator(".lihat summary").click()
    h.get_by_label("Angka pada tanggal").fill("2021-07-01")
    h.get_by_role("button", name="Lihat").click()
    assert h.get_by_text("Angka yang diketahui pada 1 Juli 2021.").is_visible()
    assert h.locator(".angka-tautan").count() == 0
    konteks.close()


def test_angka_membuka_barisnya(peramban: "Browser", peladen: Peladen) -> None:
    h = masuk(peramban, peladen, "plkb", layar(360))
    h.goto("/dasbor/32.14.04.2006/")
    angka = h.locator("#tercatat").inner_text()
    h.locator("#tercatat a").click()
    h.get_by_role("heading", name=f"{angka} catatan").wait_for()
    # Tests before this one may have left more than one page of them.
    assert h.locator(".daftar-kartu > li").count() == min(int(angka.replace(".", "")), PER_HALAMAN)
    assert temuan(h) == []
    tutup(h)


def test_di_kertas_dua_halaman_dan_angka_per_hari(dppkb: "Page", tmp_path: Path) -> None:
    import pypdfium2

    for nama, url in (("kabupaten", "/dasbor/"), ("kecamatan", "/dasbor/32.14.04/")):
        dppkb.goto(url)
        dppkb.locator("#bagan-kurva svg").wait_for()
        berkas = tmp_path / f"{nama}.pdf"
        dppkb.pdf(path=str(berkas), prefer_css_page_size=True)
        teks = [h.get_textpage().get_text_range() for h in pypdfium2.PdfDocument(berkas)]
        assert len(teks) == 3, nama
        assert "Di mana kurangnya?" in teks[0]
        assert "Seberapa baik datanya?" in teks[1]
        # Behind them the numbers of the curves, closed though the table is on the screen.
        assert "Sab,31Jul2021" in "".join(teks[2].split())


def test_batas_asli_menggantikan_petak_dan_dapat_ditekan(dppkb: "Page", peladen: Peladen, tmp_path: Path) -> None:
    """Squares around the centres: any outline will do."""
    from kader.management.commands.muat_wilayah import baca

    fitur = []
    for b in baca("kecamatan_titik.csv"):
        x, y, s = float(b["bujur"]), float(b["lintang"]), 0.02
        kotak = [[x - s, y - s], [x + s, y - s], [x + s, y + s], [x - s, y + s], [x - s, y - s]]
        geometri = {"type": "Polygon", "coordinates": [kotak]}
        fitur.append({"type": "Feature", "properties": {"kode": b["kode"]}, "geometry": geometri})
    berkas = tmp_path / "batas.geojson"
    berkas.write_text(json.dumps({"type": "FeatureCollection", "features": fitur}))
    peladen.manage("muat_batas", str(berkas))
    try:
        dppkb.goto("/dasbor/")
        dppkb.locator("#peta-batas svg").wait_for()
        assert dppkb.locator(".petak").is_hidden()
        assert dppkb.locator("#peta-batas text", has_text="Plered").count() == 1
        assert temuan(dppkb) == []
        label = dppkb.locator("#peta-batas text", has_text="Maniis")
        label.scroll_into_view_if_needed()
        kotak = label.bounding_box()
        dppkb.mouse.click(kotak["x"] + kotak["width"] / 2, kotak["y"] + kotak["height"] / 2)
        dppkb.wait_for_url("**/dasbor/32.14.07/")
    finally:
        peladen.manage("muat_batas", "--hapus")
    dppkb.goto("/dasbor/")
    dppkb.locator("#bagan-kurva svg").wait_for()
    assert dppkb.locator(".petak").is_visible()
    assert dppkb.locator("#peta-batas").is_hidden()
