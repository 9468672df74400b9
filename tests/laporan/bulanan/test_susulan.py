"""Late records: each new acceptor stands in one report, its own month's or the first later one that is still open."""

import datetime as dt
import random

import pytest
from django.db import connection

from akseptor.enums import Metode, Tahap
from akseptor.models import Pelayanan
from kader.enums import Tingkat
from laporan.bulanan import actions
from laporan.bulanan.hitung import (
    Hitungan,
    akseptor_baru,
    baris_laporan,
    baris_terbuka,
    di_laporan_lain,
    per_bulan,
    tujuan,
)
from laporan.bulanan.lembar import buka
from laporan.bulanan.papan import papan
from laporan.kampanye.progres import hitung
from laporan.models import Kampanye
from poskb.dasar.waktu import WIB, awal_bulan, geser_bulan, hari_ini
from tests.laporan.bulanan import pabrik
from tests.laporan.bulanan.pabrik import DESA, JUNI, MEI, TETANGGA, cakupan

JULI, AGUSTUS = dt.date(2021, 7, 1), dt.date(2021, 8, 1)
YA = Tahap.TERVERIFIKASI


def buka_kembali(c, bulan):
    versi = buka(DESA, bulan).laporan.versi
    with pabrik.masanya(bulan):
        return actions.buka_kembali(c.dppkb, cakupan(c.dppkb), DESA, bulan, "Salah tulis", versi)


def setujui_lagi(c, bulan):
    laporan = actions.kirim(c.kader, cakupan(c.kader), DESA, bulan, pabrik.isian(), buka(DESA, bulan).laporan.versi)
    return actions.setujui(c.plkb, cakupan(c.plkb), DESA, bulan, laporan.versi)


def jumlah(bulan, desa=DESA):
    return akseptor_baru([desa], bulan).get(desa, {}).get("implan", Hitungan())


# Written apart, by hand: where every new acceptor stands. The first open month from its own on, within a year.
SQL = """
SELECT p.metode, count(*), count(*) FILTER (WHERE p.tahap = 'terverifikasi'),
       count(*) FILTER (WHERE to_char(p.tanggal, 'YYYY-MM') <> %(bulan)s)
FROM akseptor_pelayanan p
WHERE p.desa_id = %(desa)s AND p.status_peserta = 'baru' AND p.tahap IN ('dilayani', 'terverifikasi')
  AND CASE
    WHEN p.bulan_laporan IS NOT NULL THEN to_char(p.bulan_laporan, 'YYYY-MM') = %(bulan)s
    ELSE %(bulan)s = (
      SELECT to_char(b, 'YYYY-MM')
      FROM generate_series(date_trunc('month', p.tanggal), date_trunc('month', p.tanggal) + interval '12 month',
                           interval '1 month') AS b
      WHERE NOT EXISTS (SELECT 1 FROM laporan_laporanbulanan l
                        WHERE l.desa_id = p.desa_id AND l.bulan = b::date AND l.status = 'disetujui')
      ORDER BY b LIMIT 1)
  END
GROUP BY p.metode
"""


def menurut_sql(desa, bulan):
    with connection.cursor() as cursor:
        cursor.execute(SQL, {"desa": desa, "bulan": f"{bulan:%Y-%m}"})
        return {m: Hitungan(*n) for m, *n in cursor.fetchall()}


@pytest.mark.parametrize("benih", range(3))
def test_sama_dengan_sql_untuk_bulan_disetujui_dan_terbuka_acak(c, benih):
    acak = random.Random(benih)
    bulan = [geser_bulan(dt.date(2020, 3, 1), n) for n in range(17)]
    for b in bulan:
        for _ in range(acak.randint(0, 2)):
            pabrik.pelayanan(b.replace(day=acak.choice([1, 28])), acak.choice(Metode.values), tahap=YA)
        if acak.random() < 0.6 and b <= JULI:
            pabrik.disetujui(c, b, pabrik.isian(rakor=1))
        if acak.random() < 0.3 and b <= JULI and buka(DESA, b).disetujui:
            buka_kembali(c, b)
        pabrik.pelayanan(b.replace(day=15), desa=TETANGGA, tahap=YA)
        lama = acak.choice(bulan)
        pabrik.pelayanan(lama.replace(day=acak.choice([1, 28])), acak.choice(Metode.values), tahap=YA)
    for b in bulan:
        benar = menurut_sql(DESA, b)
        assert akseptor_baru([DESA, TETANGGA], b).get(DESA, {}) == benar
        assert per_bulan(DESA, b, b).get(b, {}) == {m: n.tercatat for m, n in benar.items()}
        assert baris_laporan(DESA, b).count() == sum(n.tercatat for n in benar.values())
        # Many desa together are what each of them is alone, where the report is open.
        terbuka = [kode for kode in (DESA, TETANGGA) if not buka(kode, min(b, JULI)).disetujui or b > JULI]
        sendiri = {p.pk for kode in terbuka for p in baris_laporan(kode, b)}
        assert {p.pk for p in baris_terbuka([DESA, TETANGGA], b)} == sendiri
    satu_satu = per_bulan(DESA, bulan[0], bulan[-1])
    assert {b: isi for b in bulan if (isi := {m: n.tercatat for m, n in menurut_sql(DESA, b).items()})} == satu_satu


def test_susulan_masuk_laporan_berikutnya_dan_kampanye_tetap_pada_tanggalnya(c):
    kampanye = Kampanye.objects.create(
        nama="1831", wilayah_id="32.14", mulai=dt.date(2021, 6, 18), selesai=dt.date(2021, 7, 31), target=1831
    )
    pabrik.pelayanan(dt.date(2021, 6, 18), tahap=YA)
    pabrik.disetujui(c)
    pabrik.pelayanan(dt.date(2021, 6, 20), tahap=YA, nama="Wati")
    pabrik.pelayanan(dt.date(2021, 7, 2), tahap=YA)
    assert jumlah(JUNI) == Hitungan(1, 1)
    assert jumlah(JULI) == Hitungan(2, 2, 1)
    assert di_laporan_lain(DESA, JUNI) == {JULI: 1}
    laporan = pabrik.disetujui(c, JULI)
    assert (laporan.dihitung["baru"], len(laporan.dihitung["catatan"])) == ({"implan": 2}, 2)
    assert jumlah(JULI) == Hitungan(2, 2, 1)
    assert di_laporan_lain(DESA, JUNI) == {JULI: 1}
    pabrik.pelayanan(dt.date(2021, 6, 30), tahap=YA)
    assert di_laporan_lain(DESA, JUNI) == {JULI: 1, AGUSTUS: 1}
    assert sorted((t.day, n[0]) for (_, t, _), n in hitung(kampanye).items()) == [(2, 1), (18, 1), (20, 1), (30, 1)]


def test_juni_dibuka_yang_disetujui_di_juli_tetap_di_juli(c):
    awal = pabrik.pelayanan(dt.date(2021, 6, 18), tahap=YA)
    pabrik.disetujui(c)
    susulan = pabrik.pelayanan(dt.date(2021, 6, 20), tahap=YA)
    pabrik.disetujui(c, JULI)
    buka_kembali(c, JUNI)
    baru = pabrik.pelayanan(dt.date(2021, 6, 21), tahap=YA)
    assert set(baris_laporan(DESA, JUNI)) == {awal, baru}
    assert di_laporan_lain(DESA, JUNI) == {JULI: 1}
    laporan = setujui_lagi(c, JUNI)
    assert laporan.dihitung["baru"] == {"implan": 2}
    assert dict(Pelayanan.objects.values_list("pk", "bulan_laporan")) == {
        awal.pk: JUNI,
        baru.pk: JUNI,
        susulan.pk: JULI,
    }


def test_sd_bulan_lalu_menghitung_susulan_sekali(c):
    pabrik.pelayanan(dt.date(2021, 5, 3), tahap=YA)
    pabrik.disetujui(c, MEI, pabrik.isian(baru_lalu_implan=4))
    pabrik.pelayanan(dt.date(2021, 5, 4), tahap=YA)
    pabrik.pelayanan(dt.date(2021, 6, 4), tahap=YA)
    pabrik.draf(c, JUNI)
    assert (buka(DESA, JUNI).sd_ini("implan"), buka(DESA, JULI).sd_lalu("implan")) == (7, 7)


def test_susulan_yang_belum_diverifikasi_menahan_persetujuan(c):
    pabrik.disetujui(c)
    pabrik.pelayanan(dt.date(2021, 6, 20))
    laporan = pabrik.dikirim(c, JULI)
    with pytest.raises(actions.Ditolak, match="1 dari 1 akseptor"):
        actions.setujui(c.plkb, cakupan(c.plkb), DESA, JULI, laporan.versi)


def test_bulan_yang_terbuka_di_antaranya_menerima_lebih_dulu():
    jan, feb, mar = (dt.date(2021, n, 1) for n in (1, 2, 3))
    assert tujuan(jan, {jan, mar}) == feb
    assert tujuan(feb, {jan, mar}) == feb
    assert tujuan(jan, {jan, feb, mar}) == dt.date(2021, 4, 1)
    setahun = {geser_bulan(jan, n) for n in range(12)}
    assert tujuan(jan, setahun) == dt.date(2022, 1, 1)
    assert tujuan(jan, setahun | {dt.date(2022, 1, 1)}) is None


@pytest.mark.parametrize(("jam", "bulan"), [("2021-06-30 23:59:59", JUNI), ("2021-07-01 00:00:00", JULI)])
def test_pergantian_bulan_menurut_wib(c, settings, monkeypatch, jam, bulan):
    """06:59 WIB on the first is still the day before in UTC: here the month has turned at midnight WIB."""
    settings.HARI_INI = ""
    for saat in (dt.datetime.fromisoformat(jam), dt.datetime.fromisoformat(jam[:10] + " 06:59:00")):
        monkeypatch.setattr("poskb.dasar.waktu.jam_nyata", lambda saat=saat: saat.replace(tzinfo=WIB))
        assert awal_bulan(hari_ini()) == bulan
        pabrik.pelayanan(hari_ini(), tahap=YA)
    assert jumlah(bulan).tercatat == 2


@pytest.mark.parametrize("banyak", [1, 12])
def test_kueri_papan_tidak_bergantung_banyaknya_desa(c, banyak, django_assert_num_queries):
    for n in range(banyak):
        kode = f"32.14.01.30{n:02d}"
        pabrik.wilayah(kode).tingkat = Tingkat.DESA
        pabrik.pelayanan(desa=kode, tahap=YA)
    pabrik.pelayanan(tahap=YA)
    pabrik.disetujui(c)
    pabrik.pelayanan(tahap=YA)
    luas = cakupan(c.dppkb)
    # desa, reports, months that are approved, rows, exceptions to the deadlines
    with django_assert_num_queries(5):
        baris = papan(luas, JULI)
    assert {b.desa.kode: b.hitungan.susulan for b in baris}[DESA] == 1
