"""A limit on a phone is "later": she is told, nothing is lost, and it goes by itself without the question."""

from collections.abc import Iterator

import pytest

from tests.nyata.hp import Ponsel, nik
from tests.nyata.keadaan import baris, sql
from tests.peladen import Peladen

HABIS = """
INSERT INTO kader_pemakaianjatah (nama, siapa, mulai, jumlah)
SELECT 'tanya', 'p' || id, to_timestamp(floor(extract(epoch FROM now()) / 3600) * 3600), 999999
FROM kader_pengguna WHERE nama_masuk = 'kader'
ON CONFLICT (nama, siapa) DO UPDATE SET mulai = EXCLUDED.mulai, jumlah = EXCLUDED.jumlah
"""


@pytest.fixture
def habis(peladen: Peladen) -> Iterator[None]:
    """She has asked all that she may ask in this hour."""
    sql(peladen, HABIS)
    yield
    sql(peladen, "DELETE FROM kader_pemakaianjatah WHERE nama = 'tanya'")


def test_hp_menyimpan_memberi_tahu_dan_mengirim_sendiri(ponsel: Ponsel, peladen: Peladen, habis: None) -> None:
    ponsel.masuk("kader")
    ponsel.catat_cepat("Enok Jatah Habis", nik())
    h = ponsel.halaman
    h.locator("#hasil-simpan.di-hp", has_text="Tidak ada yang hilang").wait_for()
    h.goto("/")
    ponsel.tunggu_hp(0, detik=60)
    assert len(baris(peladen, "Enok Jatah Habis")) == 1
