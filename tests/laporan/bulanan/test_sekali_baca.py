"""What was asked of the database once is not asked again for the same answer."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from laporan.bulanan.tinjau import verifikasi_dan_setujui
from tests.laporan.bulanan import pabrik
from tests.laporan.bulanan.pabrik import DESA, JUNI, cakupan


def bertanya(tangkap: CaptureQueriesContext, tabel: str) -> int:
    """How often a table was read."""
    return sum(f'FROM "{tabel}"' in q["sql"] for q in tangkap)


def test_cetak_membaca_lembarnya_sekali(c):
    pabrik.dikirim(c)
    with CaptureQueriesContext(connection) as tangkap:
        jawaban = pabrik.masuk(c.kader).get(f"/laporan/{DESA}/2021-06/cetak.pdf")
    assert jawaban["Content-Type"] == "application/pdf"
    assert bertanya(tangkap, "laporan_kegiatan") == 1


def test_cetak_bulan_yang_tidak_ada(c):
    for bulan, kata in (("2021-13", "tahun-bulan"), ("2021-08", "belum berjalan")):
        jawaban = pabrik.masuk(c.kader).get(f"/laporan/{DESA}/{bulan}/cetak.pdf")
        assert (jawaban.status_code, kata in jawaban.content.decode()) == (404, True)


def test_verifikasi_dan_setujui_membuka_lembar_sekali(c):
    laporan = pabrik.dikirim(c)
    with CaptureQueriesContext(connection) as tangkap:
        verifikasi_dan_setujui(c.plkb, cakupan(c.plkb), DESA, JUNI, {}, laporan.versi)
    # Once for the flags, once for what is frozen while the report is held.
    assert bertanya(tangkap, "laporan_kegiatan") == 2
