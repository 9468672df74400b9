"""Places by name: complete, in a stable order, the same numbers as the page has by kind."""

import datetime as dt
import html
import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from akseptor.models import Pelayanan
from kader.models import Faskes
from laporan.kampanye.hitung import hitung_ulang_semua
from laporan.kampanye.per_faskes import BarisFaskes, per_faskes
from laporan.models import Cuplikan, CuplikanHarian
from poskb.dasar.waktu import WIB
from tests.alat import CITEKO, KABUPATEN, NAGROG, PLERED, WANAYASA, Dunia, buat_dunia, cakupan, catatan, lupakan


@pytest.fixture
def dunia(db: None) -> Dunia:
    satu = buat_dunia()
    saung = Faskes.objects.create(nama="Saung Ambu Wanayasa", jenis="saung_ambu", wilayah_id=WANAYASA)
    bidan = [Faskes.objects.create(nama=f"Bidan {n}", jenis="bidan", wilayah_id=PLERED) for n in "BA"]
    Faskes.objects.create(nama="Puskesmas Anjun", jenis="puskesmas", wilayah_id=PLERED)
    for n in range(4):
        catatan(satu, dt.date(2021, 7, 1 + n), tahap="terverifikasi" if n else "dilayani")
    dua = catatan(satu, dt.date(2021, 6, 20), faskes=saung)
    # The same woman again elsewhere, and one who is not new: services, no couples.
    catatan(satu, dt.date(2021, 7, 2), akseptor=dua.akseptor, faskes=bidan[0])
    catatan(satu, dt.date(2021, 7, 2), faskes=bidan[1], status_peserta="ganti_cara")
    catatan(satu, dt.date(2021, 7, 2), faskes=bidan[1])
    catatan(satu, dt.date(2021, 7, 3), desa=NAGROG, faskes=saung)
    hitung_ulang_semua()
    lupakan()
    return satu


def test_hari_lalu_menurut_yang_sudah_masuk(dunia: Dunia, client: Client) -> None:
    """What came after that evening is not there, under the notice of the page."""
    saung = Faskes.objects.get(nama="Saung Ambu Wanayasa")
    terlambat = catatan(dunia, dt.date(2021, 7, 1), faskes=saung, diterima_pada=dt.datetime(2021, 7, 8, 9, tzinfo=WIB))
    terlambat.refresh_from_db()
    Pelayanan.objects.exclude(pk=terlambat.pk).update(diterima_pada=dt.datetime(2021, 7, 6, 9, tzinfo=WIB))
    hitung_ulang_semua()
    CuplikanHarian.objects.update(hari=dt.date(2021, 7, 6))
    siapa = cakupan(dunia.koordinator)
    lalu = {b.nama: b.tercatat for b in per_faskes(dunia.kampanye, PLERED, siapa, dt.date(2021, 7, 7))}
    kini = {b.nama: b.tercatat for b in per_faskes(dunia.kampanye, PLERED, siapa)}
    assert (lalu["Saung Ambu Wanayasa"], kini["Saung Ambu Wanayasa"]) == (1, 2)
    client.force_login(dunia.koordinator)
    lupakan()
    halaman = client.get(f"/dasbor/{PLERED}/tempat/?tanggal=2021-07-07").content.decode()
    assert "Angka yang diketahui pada 7 Juli 2021." in halaman
    assert "disusun dari catatan yang sudah masuk" in halaman
    assert client.get(f"/dasbor/{PLERED}/tempat/?tanggal=kemarin").status_code == 400


def ringkas(baris: list[BarisFaskes]) -> list[tuple[str, str, int, int, int]]:
    return [(b.nama, b.kecamatan, b.tercatat, b.terverifikasi, b.semua) for b in baris]


def test_lengkap_bernama_bidan_bersama(dunia: Dunia) -> None:
    assert ringkas(per_faskes(dunia.kampanye, PLERED, cakupan(dunia.koordinator))) == [
        ("Puskesmas Anjun", "Plered", 0, 0, 0),
        ("Puskesmas Plered", "Plered", 4, 3, 4),
        ("Saung Ambu Wanayasa", "Wanayasa", 1, 0, 1),
        ("", "", 1, 0, 3),
    ]


def test_setiap_angka_menaut_ke_tepat_sekian_catatan(dunia: Dunia, client: Client) -> None:
    client.force_login(dunia.koordinator)
    halaman = client.get(f"/dasbor/{PLERED}/tempat/").content.decode()
    semua = [(html.unescape(u), int(n)) for u, n in re.findall(r'class="angka-tautan" href="([^"]+)">(\d+)<', halaman)]
    assert sorted(n for _, n in semua) == [1, 1, 1, 3, 3, 4, 4]
    assert {"faskes=" in u for u, _ in semua} == {True, False}
    for url, n in semua:
        jawaban = client.get(url)
        assert jawaban.context["halaman"].paginator.count == n, url
    assert "Saung Ambu Wanayasa" in client.get(next(u for u, n in semua if "faskes=" in u and n == 1)).content.decode()
    salah = client.get(f"/dasbor/{PLERED}/catatan/?kampanye={dunia.kampanye.pk}&faskes=999999")
    assert salah.status_code == 400
    assert "Kembali ke halaman capaian dan tekan angkanya lagi" in salah.content.decode()
    # A past day's rows are no longer what they were.
    CuplikanHarian.objects.update(hari=dt.date(2021, 7, 6))
    assert "angka-tautan" not in client.get(f"/dasbor/{PLERED}/tempat/?tanggal=2021-07-07").content.decode()


@pytest.mark.parametrize("kode", [KABUPATEN, PLERED])
def test_jumlahnya_sama_dengan_halaman_menurut_jenis(dunia: Dunia, kode: str) -> None:
    isi = Cuplikan.objects.get(wilayah=kode, kampanye=dunia.kampanye).isi["per_tempat"]
    baris = per_faskes(dunia.kampanye, kode, cakupan(dunia.dppkb))
    for jenis in isi:
        jumlah = [
            sum(getattr(b, n) for b in baris if b.jenis == jenis["tempat"])
            for n in ("tercatat", "terverifikasi", "semua")
        ]
        assert jumlah == [jenis[n] for n in ("tercatat", "terverifikasi", "semua")]


def test_hanya_tempat_yang_dihitung_kampanye(dunia: Dunia) -> None:
    dunia.kampanye.jenis_tempat = ["saung_ambu"]
    nama = {b.nama for b in per_faskes(dunia.kampanye, KABUPATEN, cakupan(dunia.dppkb))}
    assert nama == {"Saung Ambu Wanayasa"}


def test_halamannya_ditaut_dan_ditanya_sekali_semenit(
    dunia: Dunia, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(dunia.koordinator)
    url = f"/dasbor/{PLERED}/tempat/"
    assert f'href="{url}"' in client.get(f"/dasbor/{PLERED}/").content.decode()
    assert f'href="{url}"' not in client.get(f"/dasbor/{PLERED}/?tanggal=2021-07-07").content.decode()
    lupakan()
    # session, person, scope, snapshot; services and places once for everybody
    for kueri in (6, 4):
        with django_assert_num_queries(kueri):
            halaman = client.get(url).content.decode()
    assert "Saung Ambu Wanayasa" in halaman
    assert "Bidan A" not in halaman
    assert client.get(f"/dasbor/{WANAYASA}/tempat/").status_code == 404
    assert client.get(f"{url}?kampanye=999").status_code == 400
    client.force_login(dunia.kader)
    assert client.get(f"/dasbor/{CITEKO}/tempat/")["Location"] == f"/dasbor/{CITEKO}/"
