"""The shares of a target in a real Chromium: the sum while she types, with and without scripts."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.nyata.keadaan import sql
from tests.nyata.langkah import HP, LAPTOP, masuk, tutup
from tests.nyata.test_mudah_dipakai import TERLALU_KECIL, geser, temuan
from tests.peladen import Peladen

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

# A campaign of its own, equally shared and not yet begun: the next test finds the district's as it was.
SIAPKAN = """
import datetime as dt
from laporan.kampanye.target import bagi_rata_per_desa
from laporan.models import Kampanye
Kampanye.objects.filter(nama="Uji bagian").delete()
satu = Kampanye.objects.create(
    nama="Uji bagian", wilayah_id="32.14", mulai=dt.date(2021, 9, 1), selesai=dt.date(2021, 9, 30), target=1831
)
bagi_rata_per_desa(satu)
"""
BERSIHKAN = 'from laporan.models import Kampanye; Kampanye.objects.filter(nama="Uji bagian").delete()'


@pytest.fixture(scope="module")
def bersih(peladen: Peladen) -> Iterator[None]:
    """What these tests make is gone after the last of them."""
    yield
    peladen.manage("shell", "-v", "0", "-c", BERSIHKAN)


@pytest.fixture
def nomor(peladen: Peladen, bersih: None) -> int:
    """The campaign's number; each test gets a new one."""
    peladen.manage("shell", "-v", "0", "-c", SIAPKAN)
    ((pk,),) = sql(peladen, "SELECT id FROM laporan_kampanye WHERE nama = 'Uji bagian'")
    return pk


def jumlah(h: "Page") -> str:
    return h.locator("#jumlah-bagian").inner_text()


def tersimpan(peladen: Peladen, pk: int, awalan: str = "32.14") -> list[int]:
    baris = sql(
        peladen,
        "SELECT jumlah FROM laporan_target WHERE kampanye_id = %s AND desa_id LIKE %s ORDER BY desa_id",
        pk,
        f"{awalan}%",
    )
    return [n for (n,) in baris]


def test_jumlahnya_benar_selagi_mengetik(peramban: "Browser", peladen: Peladen, nomor: int) -> None:
    h = masuk(peramban, peladen, "dppkb", LAPTOP)
    h.goto(f"/kampanye/{nomor}/bagian/")
    assert jumlah(h) == "Jumlah bagian 1.831, tepat sama dengan target."
    purwakarta = h.get_by_label("Kec. Purwakarta")
    lama = int(purwakarta.input_value())
    h.locator("summary", has_text="Desa di Kec. Purwakarta").click()
    desa = h.locator("[data-kecamatan]").first.locator("[data-desa] input")
    satu = int(desa.first.input_value())
    # A desa moves its kecamatan and the sum.
    desa.first.fill(str(satu - 2))
    assert jumlah(h) == "Jumlah bagian 1.829, target 1.831: kurang 2."
    assert purwakarta.input_value() == str(lama - 2)
    desa.first.fill("1.000")
    assert "lebih" in jumlah(h)
    desa.first.fill("banyak")
    assert jumlah(h) == "Ada isian yang bukan angka."
    # A kecamatan moves its desa, as the server would.
    purwakarta.fill(str(lama + 5))
    nilai = [int(x.input_value()) for x in desa.all()]
    assert sum(nilai) == lama + 5
    assert max(nilai) - min(nilai) <= 1
    assert jumlah(h) == "Jumlah bagian 1.836, target 1.831: lebih 5."
    h.get_by_role("button", name="Simpan bagian").click()
    h.get_by_text("Jumlah bagian 1.836, target 1.831: lebih 5. Samakan dulu").wait_for()
    assert h.get_by_label("Kec. Purwakarta").input_value() == str(lama + 5)
    assert sum(tersimpan(peladen, nomor)) == 1831
    # The rest fits to what she typed; then it can be saved.
    h.get_by_role("button", name="Sesuaikan yang lain").click()
    h.get_by_text("Yang Anda ubah tetap, yang lain menyesuaikan.").wait_for()
    assert jumlah(h) == "Jumlah bagian 1.831, tepat sama dengan target."
    assert h.get_by_label("Kec. Purwakarta").input_value() == str(lama + 5)
    h.get_by_role("button", name="Simpan bagian").click()
    h.wait_for_url(f"**/kampanye/{nomor}/")
    assert tersimpan(peladen, nomor, "32.14.01") == nilai
    assert sum(tersimpan(peladen, nomor)) == 1831
    tutup(h)


def test_tanpa_skrip_sama_saja(peramban: "Browser", peladen: Peladen, nomor: int) -> None:
    h = masuk(peramban, peladen, "dppkb", LAPTOP)
    kue = h.context.storage_state()
    tutup(h)
    konteks = peramban.new_context(base_url=peladen.url, viewport=HP, java_script_enabled=False, storage_state=kue)
    h = konteks.new_page()
    h.goto(f"/kampanye/{nomor}/bagian/")
    plered = h.get_by_label("Kec. Plered")
    plered.fill("100")
    # Enter in a field saves and nothing else.
    plered.press("Enter")
    h.get_by_text("kurang").first.wait_for()
    assert sum(tersimpan(peladen, nomor)) == 1831
    h.get_by_role("button", name="Sesuaikan yang lain").click()
    h.get_by_role("button", name="Simpan bagian").click()
    h.wait_for_url(f"**/kampanye/{nomor}/")
    assert sum(tersimpan(peladen, nomor, "32.14.04")) == 100
    assert sum(tersimpan(peladen, nomor)) == 1831
    konteks.close()


def test_mudah_dilihat(peramban: "Browser", peladen: Peladen, nomor: int) -> None:
    h = masuk(peramban, peladen, "dppkb", LAPTOP)
    kurang = {}
    for akhiran in ("", "baru/", "bobot/", f"{nomor}/", f"{nomor}/ubah/", f"{nomor}/bagian/"):
        h.goto(f"/kampanye/{akhiran}")
        for ringkas in h.locator("main details:not([open]) > summary").all()[:2]:
            ringkas.click()
        for layar in (HP, LAPTOP):
            h.set_viewport_size(layar)
            h.wait_for_timeout(150)
            if ada := geser(h) + temuan(h) + h.evaluate(TERLALU_KECIL):
                kurang[f"{akhiran} {layar['width']}"] = ada
    assert kurang == {}
    tutup(h)
