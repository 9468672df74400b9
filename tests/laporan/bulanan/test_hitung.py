"""New acceptors are counted from the records: against SQL written apart, at the edges of the month, over the year."""

import datetime as dt
import itertools

import pytest
from django.db import connection

from akseptor.enums import Metode, StatusPeserta, Tahap
from laporan.bulanan import actions
from laporan.bulanan.hitung import Hitungan, akseptor_baru
from laporan.bulanan.lembar import buka
from tests.laporan.bulanan import pabrik
from tests.laporan.bulanan.pabrik import DESA, JUNI, MEI, TETANGGA, cakupan

SQL = """
SELECT metode, count(*), sum((tahap = 'terverifikasi')::int) FROM akseptor_pelayanan
WHERE desa_id = %s AND tahap IN ('dilayani', 'terverifikasi') AND status_peserta = 'baru'
  AND to_char(tanggal, 'YYYY-MM') = %s GROUP BY metode
"""


def test_sama_dengan_sql_yang_ditulis_terpisah(c):
    hari = [dt.date(2021, 5, 31), dt.date(2021, 6, 1), dt.date(2021, 6, 30), dt.date(2021, 7, 1)]
    for nomor, (tanggal, tahap, status) in enumerate(itertools.product(hari, Tahap, StatusPeserta)):
        metode = Metode.values[nomor % len(Metode.values)]
        desa = TETANGGA if nomor % 5 == 0 else DESA
        pabrik.pelayanan(tanggal, metode, desa=desa, tahap=tahap, status=status)
    hitungan = akseptor_baru([DESA, TETANGGA], JUNI)
    for desa in (DESA, TETANGGA):
        with connection.cursor() as cursor:
            cursor.execute(SQL, [desa, "2021-06"])
            assert hitungan[desa] == {m: Hitungan(n, v) for m, n, v in cursor.fetchall()}


@pytest.mark.parametrize(
    ("tanggal", "bulan"),
    [
        ("2021-05-31", "2021-05"),
        ("2021-06-01", "2021-06"),
        ("2021-06-30", "2021-06"),
        ("2021-07-01", "2021-07"),
        ("2020-02-29", "2020-02"),
        ("2020-12-31", "2020-12"),
    ],
)
def test_hari_di_tepi_bulan(c, tanggal, bulan):
    pabrik.pelayanan(dt.date.fromisoformat(tanggal))
    b = dt.date.fromisoformat(bulan + "-01")
    sebelum = b.replace(day=1) - dt.timedelta(days=1)
    assert akseptor_baru([DESA], b) == {DESA: {"implan": Hitungan(1, 0)}}
    assert akseptor_baru([DESA], sebelum.replace(day=1)) == {}


def test_sd_bulan_lalu_dari_laporan_bulan_lalu(c):
    pabrik.pelayanan(dt.date(2021, 4, 2))
    pabrik.pelayanan(dt.date(2021, 5, 2))
    pabrik.draf(c, dt.date(2021, 4, 1), pabrik.isian(baru_lalu_implan=7, baru_target_implan=20))
    pabrik.draf(c, MEI, pabrik.isian(baru_ini_implan=3, alasan={"implan": "dua di luar desa"}))
    lembar = buka(DESA, JUNI)
    assert lembar.sd_lalu("implan") == 7 + 1 + 3
    assert lembar.sd_lalu("iud") == 0


def test_sd_bulan_lalu_nol_di_januari_dan_kosong_tanpa_laporan(c):
    assert buka(DESA, dt.date(2021, 1, 1)).sd_lalu("implan") == 0
    assert buka(DESA, JUNI).sd_lalu("implan") is None
    pabrik.draf(c, dt.date(2021, 4, 1))
    assert buka(DESA, JUNI).sd_lalu("implan") is None, "tanpa laporan Mei rantainya putus"


def test_tahun_baru_tidak_membawa_jumlah_tahun_lalu(c):
    pabrik.draf(c, dt.date(2020, 12, 1), pabrik.isian(baru_lalu_implan=50))
    pabrik.draf(c, dt.date(2021, 1, 1))
    assert buka(DESA, dt.date(2021, 2, 1)).sd_lalu("implan") == 0


def test_angka_beku_bulan_lalu_yang_dipakai(c):
    pabrik.pelayanan(dt.date(2021, 5, 2), tahap=Tahap.TERVERIFIKASI)
    pabrik.disetujui(c, MEI, pabrik.isian(baru_lalu_implan=4))
    pabrik.pelayanan(dt.date(2021, 5, 3), tahap=Tahap.TERVERIFIKASI)
    assert buka(DESA, JUNI).sd_lalu("implan") == 5


def test_sisa_boleh_lebih_dari_target(c):
    for _ in range(3):
        pabrik.pelayanan()
    pabrik.draf(c, satu=pabrik.isian(baru_target_implan=2, baru_lalu_implan=1))
    lembar = buka(DESA, JUNI)
    assert (lembar.sd_ini("implan"), lembar.sisa("implan")) == (4, -2)
    assert "lebih 2" in pabrik.masuk(c.plkb).get(f"/laporan/{DESA}/2021-06/").content.decode()


def test_angka_sama_dengan_catatan_tidak_membekukan_hitungan(c):
    pabrik.pelayanan()
    laporan = pabrik.draf(c, satu=pabrik.isian(baru_ini_implan=1))
    assert "baru_ini_implan" not in laporan.isi
    pabrik.pelayanan()
    assert buka(DESA, JUNI).bulan_ini("implan") == 2


def test_mulai_dari_angka_bulan_lalu_dan_get_tidak_menulis(c):
    pabrik.draf(c, MEI, pabrik.isian(ppkbd_ada=1, kie=4, pus=300, baru_target_iud=12))
    sebelum = pabrik.potret()
    lembar = buka(DESA, JUNI)
    assert (lembar.baru, lembar.laporan.isi["ppkbd_ada"], lembar.laporan.isi["kie"]) == (True, 1, 4)
    assert lembar.laporan.isi["baru_target_iud"] == 12
    assert "pus" not in lembar.laporan.isi
    halaman = pabrik.masuk(c.kader).get(f"/laporan/{DESA}/2021-06/").content.decode()
    assert "lalu 300" in halaman
    assert pabrik.potret() == sebelum


def test_setelah_disimpan_yang_dikosongkan_tetap_kosong(c):
    pabrik.draf(c, MEI, pabrik.isian(kie=4))
    satu = pabrik.isian()
    del satu.isi["kie"]
    actions.simpan(c.kader, cakupan(c.kader), DESA, JUNI, satu, 0)
    assert "kie" not in buka(DESA, JUNI).laporan.isi
