"""An activity without signal, in a real browser: written, corrected and removed once each."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.nyata.hp import Ponsel, kader_siap
from tests.nyata.langkah import tunggu_js
from tests.peladen import Peladen
from tests.terowongan import Terowongan

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@pytest.fixture
def ponsel(peramban: "Browser", jalur: Terowongan, tmp_path: Path) -> Iterator[Ponsel]:
    with kader_siap(peramban, tmp_path / "profil", jalur) as satu:
        yield satu


def di_server(peladen: Peladen, tempat: str) -> list[str]:
    """How the server has it: kind, people, version, removed or not."""
    skrip = (
        "from laporan.models import Kegiatan; "
        f"print([(k.macam_id, k.jumlah_orang, k.versi, k.dihapus) for k in Kegiatan.objects.filter(tempat={tempat!r})])"
    )
    return peladen.manage("shell", "-v", "0", "-c", skrip).strip().splitlines()[-1:]


def buka(h: "Page", alamat: str) -> None:
    h.goto(alamat)
    h.locator("form[data-siap]").wait_for()


def tulis(h: "Page", macam: str, orang: str, tempat: str) -> None:
    """Two taps and a number; the place tells the tests' rows apart."""
    buka(h, "/kegiatan/baru/")
    h.locator(".ubin-butir", has_text=macam).click()
    # After the tile the number is asked at once.
    h.keyboard.type(orang)
    h.get_by_label("Tempat").fill(tempat)
    h.get_by_role("button", name="Simpan").click()


def test_catat_tanpa_sinyal_lalu_tiba_sekali(ponsel: Ponsel, peladen: Peladen) -> None:
    h = ponsel.halaman
    awal, _ = ponsel.angka()
    ponsel.sinyal(ada=False)
    buka(h, "/kegiatan/baru/")
    assert h.get_by_label("Tanggal").input_value() == "2021-07-08"
    # What is missing is said without the server, in its words.
    h.get_by_role("button", name="Simpan").click()
    h.locator("#div_id_macam .invalid-feedback", has_text="Pilih kegiatannya.").wait_for()
    h.locator("#div_id_jumlah_orang .invalid-feedback", has_text="Isi berapa orang").wait_for()
    tulis(h, "Penyuluhan kelompok", "27", "Saung Luring")
    h.locator("#hasil-simpan", has_text="Tersimpan: Penyuluhan kelompok").wait_for()
    ponsel.tunggu_hp(1)
    assert ponsel.angka() == (awal, 1)
    # The list without signal, from a browser that was killed.
    ponsel.matikan()
    ponsel.nyalakan()
    ponsel.konteks.set_offline(True)
    h = ponsel.halaman
    h.goto("/kegiatan/")
    h.locator("li", has_text="masih di HP ini").wait_for()
    assert di_server(peladen, "Saung Luring") == ["[]"]
    # Back, twice: it is there once.
    for _ in range(2):
        ponsel.sinyal(ada=True)
        h.goto("/kegiatan/")
        ponsel.tunggu_hp(0)
    tunggu_js(h, "n => document.querySelector('#angka-diterima').innerText === String(n)", awal + 1)
    h.goto("/kegiatan/")
    h.locator("li", has_text="Saung Luring").last.wait_for()
    assert di_server(peladen, "Saung Luring") == ["[('penyuluhan-kelompok', 27, 1, False)]"]


def test_ubah_dan_hapus_tanpa_sinyal(ponsel: Ponsel, peladen: Peladen) -> None:
    h = ponsel.halaman
    tulis(h, "Kunjungan rumah", "4", "Kampung Dua")
    h.locator("#hasil-simpan", has_text="Diterima server").wait_for()
    ponsel.sinyal(ada=False)
    h.goto("/kegiatan/")
    h.locator("a.butir", has_text="Kampung Dua").click()
    h.get_by_role("heading", name="Ubah kegiatan").wait_for()
    h.locator("form[data-siap]").wait_for()
    assert h.locator("input[name=macam]:checked").input_value() == "kunjungan-rumah"
    # A kind from the folded ones.
    h.get_by_text("Kegiatan lain").click()
    h.locator(".ubin-butir", has_text="Pencegahan napza").click()
    h.get_by_label("Berapa orang").fill("6")
    h.get_by_role("button", name="Simpan").click()
    h.locator("#hasil-simpan", has_text="Masih di HP ini").wait_for()
    ponsel.sinyal(ada=True)
    ponsel.tunggu_hp(0)
    assert di_server(peladen, "Kampung Dua") == ["[('napza', 6, 2, False)]"]
    # Removed without signal: taken back once, then meant.
    ponsel.sinyal(ada=False)
    h.goto("/kegiatan/")
    h.locator("a.butir", has_text="Kampung Dua").click()
    h.locator("form[data-siap]").wait_for()
    # Chromium does not tell a page that the worker answered; asked once more it does.
    ponsel.konteks.set_offline(False)
    ponsel.konteks.set_offline(True)
    tunggu_js(h, "!navigator.onLine")
    hapus = h.get_by_role("button", name="Hapus kegiatan ini")
    hapus.click()
    h.locator("#hasil-simpan", has_text="Hapus: Pencegahan napza").wait_for()
    h.get_by_role("button", name="Urungkan").click()
    ponsel.tunggu_hp(0)
    hapus.click()
    ponsel.tunggu_hp(1)
    h.goto("/kegiatan/")
    h.locator("li", has_text="Hapus: Pencegahan napza").wait_for()
    assert h.locator("a.butir", has_text="Kampung Dua").count() == 0
    ponsel.sinyal(ada=True)
    ponsel.tunggu_hp(0)
    assert di_server(peladen, "Kampung Dua") == ["[('napza', 6, 3, True)]"]


def test_hapus_dengan_sinyal_bisa_diurungkan(ponsel: Ponsel, peladen: Peladen) -> None:
    h = ponsel.halaman
    tulis(h, "Konseling individu", "1", "Kampung Tiga")
    h.locator("#hasil-simpan", has_text="Diterima server").wait_for()
    h.goto("/kegiatan/")
    h.locator("a.butir", has_text="Kampung Tiga").click()
    h.locator("form[data-siap]").wait_for()
    h.get_by_role("button", name="Hapus kegiatan ini").click()
    h.locator(".urungkan", has_text="Dihapus: Konseling individu").wait_for()
    assert di_server(peladen, "Kampung Tiga") == ["[('konseling-individu', 1, 2, True)]"]
    h.get_by_role("button", name="Urungkan").click()
    h.get_by_text("Dipulihkan: Konseling individu.").wait_for()
    assert di_server(peladen, "Kampung Tiga") == ["[('konseling-individu', 1, 3, False)]"]
