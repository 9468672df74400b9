"""The counting rule against SQL written by hand, over random districts; and what marks narrow it to."""

import datetime as dt
import random

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from akseptor.enums import TAHAP_TERLAYANI, Metode, StatusPeserta, Tahap
from akseptor.models import Akseptor, Pelayanan
from kader.enums import JenisFaskes
from kader.models import Faskes
from laporan.kampanye.hitung import hitung_yang_perlu
from laporan.kampanye.progres import hitung, yang_dihitung
from laporan.models import Kampanye
from laporan.receivers import tandai
from poskb.dasar.waktu import WIB
from tests.alat import CITEKO, GANDASOLI, NAGROG, PLERED, WANASARI, Dunia, buat_dunia, catatan
from tests.kampanye.cocok import menurut_sql as menurut_sql_rinci
from tests.kampanye.cocok import periksa

DESA = [CITEKO, GANDASOLI, NAGROG, WANASARI]
# Few couples and few days, so that they meet; the edges of the window are among them.
HARI_HARI = [
    dt.date(2021, 6, 17),
    dt.date(2021, 6, 18),
    dt.date(2021, 7, 1),
    dt.date(2021, 7, 31),
    dt.date(2021, 8, 1),
]
TANPA_TANGGAL = {Tahap.CALON, Tahap.DIRUJUK}

# Written from design.md alone: rank the counting services of a couple, keep the first. No product code.
SQL = """
SELECT desa_id, tanggal, metode,
       count(*) FILTER (WHERE urut = 1),
       count(*) FILTER (WHERE urut = 1 AND tahap = 'terverifikasi'),
       count(*)
FROM (
  SELECT p.desa_id, tanggal, metode, tahap,
         CASE WHEN status_peserta = ANY(%(status)s) THEN row_number() OVER (
           PARTITION BY pasangan, status_peserta = ANY(%(status)s) ORDER BY tanggal, diterima_pada, p.id) END AS urut
  FROM akseptor_pelayanan p JOIN kader_faskes f ON f.id = p.faskes_id
  WHERE tahap IN ('dilayani', 'terverifikasi') AND metode = ANY(%(metode)s)
    AND tanggal >= %(mulai)s AND tanggal <= %(selesai)s
    AND left(p.desa_id || '.', length(%(wilayah)s) + 1) = %(wilayah)s || '.'
    AND (%(jenis_tempat)s::text[] = '{}' AND %(tempat)s::bigint[] = '{}'
         OR f.jenis = ANY(%(jenis_tempat)s) OR f.id = ANY(%(tempat)s))
) j GROUP BY 1, 2, 3
"""


def menurut_sql(k: Kampanye) -> dict:
    nilai = {n: getattr(k, n) for n in ("mulai", "selesai", "metode", "jenis_tempat", "tempat")}
    with connection.cursor() as kursor:
        kursor.execute(SQL, nilai | {"status": k.status_peserta, "wilayah": k.wilayah_id})
        return {(d, t, m): tuple(n) for d, t, m, *n in kursor.fetchall()}


def kampanye_lain(dunia: Dunia) -> Kampanye:
    """One that overlaps: another area, window, method, status and place."""
    return Kampanye.objects.create(
        nama="Plered, ganti cara juga",
        wilayah_id=PLERED,
        mulai=dt.date(2021, 7, 1),
        selesai=dt.date(2021, 8, 1),
        target=10,
        metode=["iud", "suntik"],
        status_peserta=["baru", "ganti_cara"],
        jenis_tempat=["saung_ambu"],
        tempat=[dunia.faskes.pk],
    )


def kampanye_puskesmas() -> Kampanye:
    """The same window, by kind of place."""
    hari = {"mulai": dt.date(2021, 6, 18), "selesai": dt.date(2021, 7, 31), "target": 9}
    return Kampanye.objects.create(nama="Puskesmas", wilayah_id="32.14", jenis_tempat=["puskesmas"], **hari)


def rinci_acak(acak: random.Random, tahap: str, tanggal: dt.date | None, tempat: list[Faskes]) -> dict:
    """What only the detailed numbers look at: when it arrived (at the edges of the day too), where, without a method."""
    sampai = (tanggal or dt.date(2021, 6, 17)) + dt.timedelta(days=acak.choice([-1, 0, 0, 1, 3, 4, 7, 8, 20]))
    ubah: dict = {
        "diterima_pada": dt.datetime.combine(sampai, acak.choice([dt.time(0), dt.time(6, 59), dt.time(23, 59)]), WIB),
        "faskes": acak.choice(tempat),
    }
    if tahap not in TAHAP_TERLAYANI:
        ubah |= acak.choice([{}, {"metode": ""}, {"faskes": None}, {"status_peserta": ""}])
    return ubah


def isi_acak(dunia: Dunia, acak: random.Random, banyak: int, *, rinci: bool = False) -> None:
    pasangan: list = []
    jenis = JenisFaskes.values if rinci else []
    tempat = [Faskes.objects.get_or_create(nama=j, wilayah_id=PLERED, defaults={"jenis": j})[0] for j in jenis] or [
        dunia.faskes,
        *(
            Faskes.objects.create(nama=f"{jenis} {n}", jenis=jenis, wilayah_id=PLERED)
            for n, jenis in enumerate(("puskesmas", "saung_ambu", "bidan"))
        ),
    ]
    for _ in range(banyak):
        tahap = acak.choice([*Tahap.values, Tahap.DILAYANI, Tahap.TERVERIFIKASI, Tahap.DILAYANI])
        tanggal = None if tahap in TANPA_TANGGAL else acak.choice(HARI_HARI)
        ubah = {
            "tahap": tahap,
            "faskes": acak.choice(tempat),
            "metode": acak.choice(["implan", "iud", *Metode.values]),
            "status_peserta": acak.choice(["baru", "baru", *StatusPeserta.values]),
            "diterima_pada": dt.datetime(2021, 8, acak.randint(1, 3), tzinfo=WIB),
        }
        if rinci:
            ubah |= rinci_acak(acak, tahap, tanggal, tempat)
        if pasangan and acak.random() < 0.35:
            ubah["pasangan"], lalu = acak.choice(pasangan)
            # Often on the same day: then the order of arrival decides, and at last the id.
            tanggal = lalu if tanggal and lalu and acak.random() < 0.5 else tanggal
        pasangan.append((catatan(dunia, tanggal, desa=acak.choice(DESA), **ubah).pasangan, tanggal))


@pytest.mark.django_db
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 2**32), st.integers(10, 40), st.lists(st.sampled_from(DESA), max_size=3))
def test_hitungan_sama_dengan_sql_yang_ditulis_terpisah(benih: int, banyak: int, desa: list[str]) -> None:
    with transaction.atomic():
        dunia = buat_dunia()
        acak = random.Random(benih)
        isi_acak(dunia, acak, banyak)
        for k in (dunia.kampanye, kampanye_lain(dunia), kampanye_puskesmas()):
            semua = hitung(k)
            assert semua == menurut_sql(k)
            # Marked cells only: the same numbers for these cells, none for the others.
            sel = {(d, acak.choice(HARI_HARI)) for d in desa}
            assert hitung(k, sel) == {kunci: n for kunci, n in semua.items() if kunci[:2] in sel}
            per_pasangan = list(yang_dihitung(k).values_list("pasangan", flat=True))
            assert len(per_pasangan) == len(set(per_pasangan)) == sum(n[0] for n in semua.values())
        transaction.set_rollback(True)


@pytest.mark.django_db
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 2**32), st.integers(10, 40))
def test_yang_tersimpan_sama_dengan_sql_tulisan_tangan_sampai_rinci(benih: int, banyak: int) -> None:
    """Status, stage, place, missing NIK, delay, last arrival: whole, and after every marked day."""
    with transaction.atomic():
        dunia = buat_dunia()
        acak = random.Random(benih)
        isi_acak(dunia, acak, banyak, rinci=True)
        semua = [dunia.kampanye, kampanye_lain(dunia)]
        hitung_yang_perlu()
        for k in semua:
            periksa(k)
        isi_acak(dunia, acak, 10, rinci=True)
        sebagian = Akseptor.objects.filter(pk__in=acak.sample(list(Akseptor.objects.values_list("pk", flat=True)), 5))
        sebagian.update(nik_menyusul=True, nik_istri="", nik_indeks=None, alasan_nik_menyusul="belum ada")
        tandai(None, {(p.desa_id, p.hari_hitung) for p in Pelayanan.objects.all()})
        hitung_yang_perlu()
        for k in semua:
            periksa(k)
        transaction.set_rollback(True)


def test_yang_rinci_memang_ada_isinya(db: None) -> None:
    dunia = buat_dunia()
    isi_acak(dunia, random.Random(1), 200, rinci=True)
    hasil = menurut_sql_rinci(dunia.kampanye)
    for n in (1, 3, 4, 5, 6):
        assert sum(nilai[n] for nilai in hasil.values()) > 0, n
    assert {kunci[4] for kunci in hasil} == set(Tahap.values)
    assert {kunci[5] for kunci in hasil} == {"", *JenisFaskes.values}


def test_yang_diuji_memang_ada_isinya(db: None) -> None:
    """Random districts of nothing would agree with any SQL."""
    dunia = buat_dunia()
    isi_acak(dunia, random.Random(1), 120)
    hasil = hitung(dunia.kampanye)
    assert sum(n[0] for n in hasil.values()) >= 10
    assert (
        0 < sum(n[1] for n in hasil.values()) < sum(n[0] for n in hasil.values()) < sum(n[2] for n in hasil.values())
    )
    assert Pelayanan.objects.values("pasangan").distinct().count() < 100


def test_terverifikasi_menurut_pelayanan_yang_dihitung(db: None) -> None:
    """The second is verified, the first is not: the couple is counted by the first, so it is not verified."""
    dunia = buat_dunia()
    satu = catatan(dunia, dt.date(2021, 6, 20))
    catatan(dunia, dt.date(2021, 7, 5), akseptor=satu.akseptor, tahap=Tahap.TERVERIFIKASI)
    assert hitung(dunia.kampanye) == {
        (CITEKO, dt.date(2021, 6, 20), "implan"): (1, 0, 1),
        (CITEKO, dt.date(2021, 7, 5), "implan"): (0, 0, 1),
    }


def test_kampanye_kecamatan_tidak_melihat_pelayanan_di_kecamatan_lain(db: None) -> None:
    """Earlier in Wanayasa does not take her away from the campaign of Plered; the district's counts her there."""
    dunia = buat_dunia()
    k = kampanye_lain(dunia)
    satu = catatan(dunia, dt.date(2021, 7, 2), desa=NAGROG, metode="iud")
    catatan(dunia, dt.date(2021, 7, 3), desa=CITEKO, metode="iud", pasangan=satu.pasangan)
    assert {kunci[:2]: n[0] for kunci, n in hitung(k).items()} == {(CITEKO, dt.date(2021, 7, 3)): 1}
    assert {kunci[:2]: n[0] for kunci, n in hitung(dunia.kampanye).items() if n[0]} == {
        (NAGROG, dt.date(2021, 7, 2)): 1
    }


def test_sel_di_luar_jendela_tidak_menghitung_apa_pun(db: None) -> None:
    dunia = buat_dunia()
    catatan(dunia)
    assert hitung(dunia.kampanye, {(CITEKO, dt.date(2021, 6, 17)), (CITEKO, dt.date(2021, 8, 1))}) == {}
    assert hitung(dunia.kampanye, set()) == {}
