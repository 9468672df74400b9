"""One press, one file: the district's month by a real worker, fetched by a real browser, opened again."""

import io
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from tests.nyata.keadaan import sql
from tests.nyata.langkah import HP, LAPTOP, masuk, tutup
from tests.peladen import Peladen

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# Two sheets about it, one per part of the form, two recaps.
LEMBAR = ["Tentang", "Keadaan", "I", "II", "III", "IV", "V", "VI", "Rekap kecamatan", "Rekap semua"]
KODE_DESA = re.compile(r"32\.14\.\d\d\.\d{4}")


@pytest.fixture
def tanpa_worker(sehat_lagi: Peladen) -> Peladen:
    """Nobody works on what is asked, until the test says so; nothing of another test waits."""
    sql(sehat_lagi, "DELETE FROM laporan_berkasekspor; DELETE FROM laporan_ekspor")
    sehat_lagi.hentikan_worker()
    return sehat_lagi


def test_satu_tekan_satu_berkas(peramban: "Browser", tanpa_worker: Peladen) -> None:
    peladen = tanpa_worker
    h = masuk(peramban, peladen, "dppkb", LAPTOP)
    h.goto("/laporan/")
    h.get_by_role("button", name="Unduh XLSX").click()
    h.get_by_text("Menunggu giliran").first.wait_for()
    assert h.locator("progress").is_visible()
    ((pk,),) = sql(peladen, "SELECT id FROM laporan_ekspor")
    # What a worker writes while it works moves on the page by itself.
    ubah = "UPDATE laporan_ekspor SET keadaan = %s, selesai = %s, jumlah = %s, denyut = now()"
    sql(peladen, ubah, "berjalan", 64, 192)
    h.get_by_text("64 dari 192 desa").wait_for()
    assert h.locator("progress").evaluate("p => Math.round(p.position * 100)") == 33
    sql(peladen, ubah, "menunggu", 0, 0)
    # A worker comes, and the file arrives without another press.
    with h.expect_download(timeout=60_000) as unduhan:
        peladen.mulai_worker()
    assert unduhan.value.suggested_filename == "poskb-bulan-2021-06.xlsx"
    isi = Path(unduhan.value.path()).read_bytes()
    buku = load_workbook(io.BytesIO(isi))
    assert [nama.split(".")[0] for nama in buku.sheetnames] == LEMBAR
    for lembar in buku.worksheets[1:8]:
        sel = [str(s.value) for baris in lembar.iter_rows() for s in baris]
        assert len({s for s in sel if KODE_DESA.fullmatch(s)}) == 192, lembar.title
    h.get_by_text("Siap diunduh").wait_for()
    assert sql(peladen, "SELECT keadaan, selesai, jumlah FROM laporan_ekspor") == [("selesai", 192, 192)]
    # The link gives the same file again; to nobody else, and to nobody after its time.
    with h.expect_download() as lagi:
        h.get_by_role("link", name="Unduh", exact=True).click()
    assert Path(lagi.value.path()).read_bytes() == isi
    for siapa in ("koordinator", "admin"):
        lain = masuk(peramban, peladen, siapa, HP)
        assert lain.goto(f"/laporan/ekspor/{pk}/").status == 404
        lain.goto("/laporan/ekspor/?bulan=2021-06")
        assert lain.locator(".butir-ekspor").count() == 0
        tutup(lain)
    sql(peladen, "UPDATE laporan_ekspor SET kedaluwarsa_pada = now() - interval '1 minute'")
    h.reload()
    assert h.locator(".butir-ekspor", has_text="Kedaluwarsa").count() == 1
    assert h.get_by_role("link", name="Unduh", exact=True).count() == 0
    assert h.goto(f"/laporan/ekspor/{pk}/").status == 410
    assert h.get_by_role("heading", name="Berkas ini sudah kedaluwarsa").is_visible()
    tutup(h)
