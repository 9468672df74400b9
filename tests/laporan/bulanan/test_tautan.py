"""Every counted number leads to its rows: as many as it says."""

import datetime as dt
import re

import pytest

from akseptor.enums import StatusPeserta, Tahap
from tests.laporan.bulanan import pabrik
from tests.laporan.bulanan.pabrik import DESA, MEI, TETANGGA

URL = f"/laporan/{DESA}/2021-06/"
TAUTAN = re.compile(r'<a href="(/akseptor/\?[^"]*metode=implan[^"]*)">(\d+)(?: catatan)?</a>')


def isi_bulan() -> None:
    for bulan, banyak in ((1, 2), (5, 3), (6, 4)):
        for n in range(banyak):
            pabrik.pelayanan(dt.date(2021, bulan, 1 + n), tahap=Tahap.TERVERIFIKASI if n % 2 else Tahap.DILAYANI)
    # None of these stands behind a number.
    for tanggal in (dt.date(2020, 12, 31), dt.date(2021, 7, 1)):
        pabrik.pelayanan(tanggal)
    pabrik.pelayanan(desa=TETANGGA)
    pabrik.pelayanan(tahap=Tahap.DIKEMBALIKAN)
    pabrik.pelayanan(status=StatusPeserta.GANTI_CARA)
    pabrik.pelayanan(metode="iud")


@pytest.mark.parametrize("siapa", ["kader", "plkb", "koordinator"])
def test_angka_sama_dengan_baris_di_daftarnya(c, siapa):
    isi_bulan()
    client = pabrik.masuk(getattr(c, siapa))
    tautan = [(a.replace("&amp;", "&"), int(n)) for a, n in TAUTAN.findall(client.get(URL).content.decode())]
    assert [n for _, n in tautan] == [5, 4, 9], "s/d bulan lalu, bulan ini, s/d bulan ini"
    for alamat, n in tautan:
        assert client.get(alamat).context["halaman"].paginator.count == n


def test_laporan_yang_mengatakan_lebih_menyebut_berapa_catatannya(c):
    isi_bulan()
    pabrik.dikirim(c, MEI, pabrik.isian(baru_lalu_implan=9))
    teks = pabrik.masuk(c.plkb).get(URL).content.decode()
    assert re.search(r"12 <small[^>]*><a [^>]*>5 catatan</a>", teks), (
        "9 on paper and 3 in May, of which 5 are recorded"
    )
    assert re.search(r"16 <small[^>]*><a [^>]*>9 catatan</a>", teks)


def test_admin_membaca_angka_tanpa_tautan(c):
    isi_bulan()
    assert not TAUTAN.search(pabrik.masuk(c.admin).get(URL).content.decode())


def test_dppkb_ditanya_alasan_sebelum_melihat_nama(c):
    isi_bulan()
    client = pabrik.masuk(c.dppkb)
    alamat = TAUTAN.search(client.get(URL).content.decode())[1].replace("&amp;", "&")
    assert client.get(alamat)["Location"].startswith("/akseptor/buka-data/")


@pytest.mark.parametrize(
    ("rentang", "banyak", "kata"),
    [
        ("dari=2021-05", 8, "dari Mei 2021"),
        ("sampai=2021-05", 6, "s/d Mei 2021"),
        ("dari=2021-06&sampai=2021-01", None, "lebih awal"),
        ("dari=mei", None, "Bulan ditulis seperti"),
    ],
)
def test_rentang_bulan_di_daftar_akseptor(c, rentang, banyak, kata):
    isi_bulan()
    jawab = pabrik.masuk(c.plkb).get(f"/akseptor/?desa={DESA}&status=baru&tahap=terlayani&metode=implan&{rentang}")
    assert jawab.status_code == 200
    assert kata in jawab.content.decode()
    if banyak:
        assert jawab.context["halaman"].paginator.count == banyak
