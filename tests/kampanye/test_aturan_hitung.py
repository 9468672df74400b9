"""The counting rule of design.md, at every boundary, against the product's function and against plain SQL."""

import datetime as dt

import pytest
from django.db import connection

from akseptor.enums import MKJP, Metode, StatusPeserta, Tahap
from akseptor.models import Akseptor
from laporan.kampanye.progres import hitung
from laporan.models import Kampanye
from poskb.dasar import waktu
from tests.alat import CITEKO, GANDASOLI, NAGROG, Dunia, buat_dunia, catatan

SQL = """
WITH dihitung AS (
  SELECT DISTINCT ON (pasangan) desa_id, tanggal, metode, tahap FROM akseptor_pelayanan
  WHERE tahap IN ('dilayani', 'terverifikasi') AND tanggal BETWEEN '2021-06-18' AND '2021-07-31'
    AND metode IN ('iud', 'implan', 'mow', 'mop') AND status_peserta = 'baru'
  ORDER BY pasangan, tanggal, diterima_pada, id)
SELECT desa_id, tanggal, metode, count(*), count(*) FILTER (WHERE tahap = 'terverifikasi')
FROM dihitung GROUP BY 1, 2, 3
"""


@pytest.fixture
def dunia(db: None) -> Dunia:
    return buat_dunia()


def tercatat(kampanye: Kampanye) -> dict[tuple[str, dt.date], tuple[int, int]]:
    """{(desa, tanggal): (tercatat, terverifikasi)}, agreed between the product and SQL."""
    produk = {kunci: n[:2] for kunci, n in hitung(kampanye).items() if n[0]}
    with connection.cursor() as kursor:
        kursor.execute(SQL)
        assert produk == {(d, t, m): (n, v) for d, t, m, n, v in kursor.fetchall()}
    return {(d, t): n for (d, t, _), n in produk.items()}


@pytest.mark.parametrize(
    ("tanggal", "dihitung"),
    [
        ((6, 17), False),
        ((6, 18), True),
        ((6, 30), True),
        ((7, 1), True),
        ((7, 31), True),
        ((8, 1), False),
    ],
)
def test_jendela_termasuk_kedua_ujungnya(dunia: Dunia, tanggal: tuple[int, int], dihitung: bool) -> None:
    hari = dt.date(2021, *tanggal)
    catatan(dunia, hari)
    assert tercatat(dunia.kampanye) == ({(CITEKO, hari): (1, 0)} if dihitung else {})


@pytest.mark.parametrize("jam", ["06:59", "00:00", "23:59"])
def test_hari_ini_menurut_wib_bukan_utc(jam: str, monkeypatch: pytest.MonkeyPatch, settings: object) -> None:
    settings.HARI_INI = ""
    saat = dt.datetime.fromisoformat(f"2021-06-18T{jam}:00+07:00").astimezone(dt.UTC)

    class Jam(dt.datetime):
        @classmethod
        def now(cls, tz: dt.tzinfo | None = None) -> dt.datetime:
            return saat.astimezone(tz)

    monkeypatch.setattr(waktu.dt, "datetime", Jam)
    assert waktu.hari_ini() == dt.date(2021, 6, 18)


@pytest.mark.parametrize("metode", Metode.values)
def test_hanya_mkjp_yang_dihitung(dunia: Dunia, metode: str) -> None:
    catatan(dunia, metode=metode)
    assert bool(tercatat(dunia.kampanye)) is (metode in MKJP)


@pytest.mark.parametrize("status", StatusPeserta.values)
def test_hanya_peserta_baru_yang_dihitung_tetapi_semua_disebut(dunia: Dunia, status: str) -> None:
    catatan(dunia, status_peserta=status)
    assert bool(tercatat(dunia.kampanye)) is (status == "baru")
    assert [n[2] for n in hitung(dunia.kampanye).values()] == [1]


@pytest.mark.parametrize("tahap", Tahap.values)
def test_hanya_dilayani_dan_terverifikasi(dunia: Dunia, tahap: str) -> None:
    hari = dt.date(2021, 7, 8)
    catatan(dunia, tahap=tahap)
    harap = {"dilayani": {(CITEKO, hari): (1, 0)}, "terverifikasi": {(CITEKO, hari): (1, 1)}}
    assert tercatat(dunia.kampanye) == harap.get(tahap, {})


def test_pelayanan_kedua_pasangan_yang_sama_tidak_dihitung(dunia: Dunia) -> None:
    satu = catatan(dunia, dt.date(2021, 6, 20))
    catatan(dunia, dt.date(2021, 7, 5), akseptor=satu.akseptor, metode="iud")
    assert tercatat(dunia.kampanye) == {(CITEKO, dt.date(2021, 6, 20)): (1, 0)}


def test_bila_yang_pertama_batal_yang_kedua_dihitung(dunia: Dunia) -> None:
    satu = catatan(dunia, dt.date(2021, 6, 20), tahap=Tahap.BATAL)
    catatan(dunia, dt.date(2021, 7, 5), akseptor=satu.akseptor, tahap=Tahap.TERVERIFIKASI)
    assert tercatat(dunia.kampanye) == {(CITEKO, dt.date(2021, 7, 5)): (1, 1)}


def test_pelayanan_sebelum_kampanye_tidak_menghalangi(dunia: Dunia) -> None:
    satu = catatan(dunia, dt.date(2021, 6, 17))
    catatan(dunia, dt.date(2021, 6, 18), akseptor=satu.akseptor)
    assert tercatat(dunia.kampanye) == {(CITEKO, dt.date(2021, 6, 18)): (1, 0)}


def test_ganti_cara_lebih_dulu_tidak_menghalangi_yang_baru(dunia: Dunia) -> None:
    satu = catatan(dunia, dt.date(2021, 6, 18), status_peserta="ganti_cara")
    catatan(dunia, dt.date(2021, 6, 19), akseptor=satu.akseptor)
    assert tercatat(dunia.kampanye) == {(CITEKO, dt.date(2021, 6, 19)): (1, 0)}


def test_satu_pasangan_di_dua_desa_dihitung_sekali(dunia: Dunia) -> None:
    satu = catatan(dunia, dt.date(2021, 6, 25))
    catatan(dunia, dt.date(2021, 6, 22), desa=NAGROG, pasangan=satu.pasangan)
    assert tercatat(dunia.kampanye) == {(NAGROG, dt.date(2021, 6, 22)): (1, 0)}


def test_hari_yang_sama_yang_lebih_dulu_diterima_yang_dihitung(dunia: Dunia) -> None:
    pagi, siang = (dt.datetime(2021, 7, 8, jam, tzinfo=waktu.WIB) for jam in (8, 13))
    satu = catatan(dunia, diterima_pada=siang)
    catatan(dunia, desa=GANDASOLI, pasangan=satu.pasangan, diterima_pada=pagi)
    assert tercatat(dunia.kampanye) == {(GANDASOLI, dt.date(2021, 7, 8)): (1, 0)}


def test_pindah_desa_membawa_hitungan_oleh_basis_data(dunia: Dunia) -> None:
    satu = catatan(dunia, dt.date(2021, 6, 20))
    Akseptor.objects.filter(pk=satu.akseptor_id).update(desa_id=GANDASOLI)
    assert tercatat(dunia.kampanye) == {(GANDASOLI, dt.date(2021, 6, 20)): (1, 0)}


def test_kedatangan_terlambat_tidak_mengubah_hari(dunia: Dunia) -> None:
    catatan(dunia, dt.date(2021, 6, 30), diterima_pada=dt.datetime(2021, 8, 9, tzinfo=waktu.WIB))
    assert tercatat(dunia.kampanye) == {(CITEKO, dt.date(2021, 6, 30)): (1, 0)}


def test_kampanye_lain_dihitung_sendiri(dunia: Dunia) -> None:
    lain = Kampanye.objects.create(
        nama="Juli semua status",
        wilayah_id="32.14.04",
        mulai=dt.date(2021, 7, 1),
        selesai=dt.date(2021, 7, 31),
        target=10,
        metode=["suntik"],
        status_peserta=StatusPeserta.values,
    )
    catatan(dunia, metode="suntik", status_peserta="ulangan")
    catatan(dunia, metode="suntik", desa=NAGROG)
    assert tercatat(dunia.kampanye) == {}
    assert {k[0]: n for k, n in hitung(lain).items()} == {CITEKO: (1, 0, 1)}
