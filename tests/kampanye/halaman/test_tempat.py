"""The rule with places of service, at every boundary; and what happens when a place becomes of another kind."""

import pytest
from django.db import connection

from kader.models import Faskes
from laporan.kampanye.hitung import hitung_ulang_semua, hitung_yang_perlu
from laporan.kampanye.progres import hitung, yang_dihitung
from laporan.models import Capaian, Kampanye
from tests.alat import HARI, PLERED, WANAYASA, Dunia, catatan
from tests.kampanye.halaman.alat import masuk

# As docs/aturan-hitung.md says it.
SQL = """
WITH jendela AS (
  SELECT p.* FROM akseptor_pelayanan p JOIN kader_faskes f ON f.id = p.faskes_id
  WHERE p.tahap IN ('dilayani', 'terverifikasi') AND p.tanggal BETWEEN '2021-06-18' AND '2021-07-31'
    AND p.metode IN ('iud', 'implan', 'mow', 'mop')
    AND (cardinality(%(jenis)s::text[]) + cardinality(%(tempat)s::bigint[]) = 0
         OR f.jenis = ANY(%(jenis)s) OR f.id = ANY(%(tempat)s))
), dihitung AS (
  SELECT DISTINCT ON (pasangan) * FROM jendela WHERE status_peserta = 'baru'
  ORDER BY pasangan, tanggal, diterima_pada, id
)
SELECT desa_id, tanggal, metode, count(*), count(*) FILTER (WHERE tahap = 'terverifikasi') FROM dihitung GROUP BY 1, 2, 3
"""


@pytest.fixture
def tempat(d: Dunia) -> dict[str, Faskes]:
    """A second puskesmas and a saung, beside the puskesmas of the district."""
    return {
        "plered": d.faskes,
        "wanayasa": Faskes.objects.create(nama="Puskesmas Wanayasa", jenis="puskesmas", wilayah_id=WANAYASA),
        "saung": Faskes.objects.create(nama="Saung Ambu", jenis="saung_ambu", wilayah_id=PLERED, aktif=False),
    }


def jumlah(k: Kampanye) -> int:
    """What counts, agreed between the product and SQL."""
    with connection.cursor() as kursor:
        kursor.execute(SQL, {"jenis": k.jenis_tempat, "tempat": k.tempat})
        sql = {(a, b, c): tuple(n) for a, b, c, *n in kursor.fetchall()}
    produk = {kunci: n[:2] for kunci, n in hitung(k).items() if n[0]}
    assert produk == sql
    return sum(n[0] for n in produk.values())


@pytest.mark.parametrize(
    ("jenis", "nama", "harap"),
    [
        ([], [], 3),
        (["puskesmas"], [], 2),
        (["saung_ambu"], [], 1),
        (["saung_ambu", "puskesmas"], [], 3),
        (["bidan"], [], 0),
        ([], ["wanayasa"], 1),
        ([], ["wanayasa", "saung"], 2),
        (["saung_ambu"], ["wanayasa"], 2),
        (["puskesmas"], ["wanayasa"], 2),
    ],
)
def test_hanya_tempat_yang_dipilih(
    d: Dunia, tempat: dict[str, Faskes], jenis: list[str], nama: list[str], harap: int
) -> None:
    for satu in tempat.values():
        catatan(d, faskes=satu)
    d.kampanye.jenis_tempat, d.kampanye.tempat = jenis, [tempat[n].pk for n in nama]
    assert jumlah(d.kampanye) == harap


def test_pelayanan_di_tempat_lain_tidak_mendahului(d: Dunia, tempat: dict[str, Faskes]) -> None:
    """The first at a place that counts is the couple's, though she was served elsewhere before."""
    satu = catatan(d, HARI.replace(day=1), faskes=tempat["saung"])
    dua = catatan(d, HARI, akseptor=satu.akseptor, faskes=tempat["plered"])
    d.kampanye.jenis_tempat = ["puskesmas"]
    assert jumlah(d.kampanye) == 1
    assert yang_dihitung(d.kampanye).get() == dua
    d.kampanye.jenis_tempat = []
    assert yang_dihitung(d.kampanye).get() == satu


def test_semua_status_juga_hanya_di_tempat_itu(d: Dunia, tempat: dict[str, Faskes]) -> None:
    catatan(d, faskes=tempat["saung"], status_peserta="ganti_cara")
    catatan(d, faskes=tempat["plered"], status_peserta="ganti_cara")
    d.kampanye.jenis_tempat = ["puskesmas"]
    assert list(hitung(d.kampanye).values()) == [(0, 0, 1)]


def test_tempat_yang_berganti_jenis_dihitung_lagi(d: Dunia, tempat: dict[str, Faskes]) -> None:
    Kampanye.objects.update(jenis_tempat=["puskesmas"])
    catatan(d, faskes=tempat["saung"])
    hitung_ulang_semua()
    assert not Capaian.objects.exists()
    isi = {"nama": "Saung Ambu", "jenis": "puskesmas", "wilayah": PLERED}
    alamat = f"/admin/kader/faskes/{tempat['saung'].pk}/change/"
    assert masuk(d.admin).post(alamat, isi).status_code == 302
    hitung_yang_perlu()
    assert Capaian.objects.get().tercatat == 1
    assert hitung_ulang_semua() == []


def test_tempat_yang_hanya_berganti_nama_tidak_menghitung_ulang(d: Dunia, tempat: dict[str, Faskes]) -> None:
    Kampanye.objects.update(jenis_tempat=["puskesmas"], perlu_hitung_ulang=False)
    isi = {"nama": "Saung Ambu Baru", "jenis": "saung_ambu", "wilayah": PLERED}
    masuk(d.admin).post(f"/admin/kader/faskes/{tempat['saung'].pk}/change/", isi)
    assert not Kampanye.objects.get().perlu_hitung_ulang
