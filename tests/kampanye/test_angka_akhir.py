"""After closing: whatever tells the number tells the announced one beside it, and why they differ."""

import datetime as dt
import io
import json
from collections.abc import Callable

import openpyxl
import pypdfium2
import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from akseptor.enums import Tahap
from akseptor.models import Pelayanan
from laporan.kampanye.hitung import hitung_ulang_semua
from laporan.kelola.penutupan import buka_kembali, tutup
from laporan.models import Kampanye
from poskb.dasar.waktu import WIB
from tests.alat import CITEKO, KABUPATEN, NAGROG, PLERED, Dunia, cakupan, catatan, lupakan, token_kantor
from tests.kampanye.halaman.alat import LALU, dunia_berbagi, kampanye

JUNI = dt.date(2021, 6, 10)
SAAT = dt.datetime(2021, 7, 5, 12, tzinfo=WIB)
SEBELUM, SESUDAH = SAAT - dt.timedelta(hours=1), SAAT + dt.timedelta(hours=1)
KATA = "Ditutup 5 Juli 2021 dengan angka akhir 3; susulan 1, koreksi −1, kini 3."
KATA_PLERED = "Ditutup 5 Juli 2021 dengan angka akhir 2; susulan 1, kini 3."


@pytest.fixture
def d(db: None) -> Dunia:
    return dunia_berbagi()


@pytest.fixture
def k(d: Dunia, monkeypatch: pytest.MonkeyPatch) -> Kampanye:
    """Three are announced; then one comes late in Plered and one is cancelled in Wanayasa."""
    satu = kampanye("Mei Juni", **LALU)
    for desa in (CITEKO, CITEKO, NAGROG):
        catatan(d, JUNI, desa, diterima_pada=SEBELUM)
    monkeypatch.setattr("laporan.kelola.penutupan.sekarang", lambda: SAAT)
    tutup(d.dppkb, cakupan(d.dppkb), satu.pk, catatan="Rapat 5 Juli", versi=satu.versi)
    catatan(d, JUNI + dt.timedelta(days=1), diterima_pada=SESUDAH)
    Pelayanan.objects.filter(desa_id=NAGROG).update(tahap=Tahap.BATAL)
    # Of the other campaign, and after the closing: nothing of it is susulan here.
    catatan(d, dt.date(2021, 7, 7))
    hitung_ulang_semua()
    return satu


def teks_pdf(isi: bytes) -> str:
    return " ".join(pypdfium2.PdfDocument(isi)[0].get_textpage().get_text_range().split())


def sel(isi: bytes) -> list[object]:
    buku = openpyxl.load_workbook(io.BytesIO(isi))
    return [s.value for lembar in buku for baris in lembar.iter_rows() for s in baris]


KELUARAN: dict[str, Callable[[bytes], str]] = {
    "/dasbor/{k}/": bytes.decode,
    "/dasbor/{k}/layar/": bytes.decode,
    "/dasbor/{k}/ringkasan/": bytes.decode,
    "/dasbor/{k}/ringkasan.pdf": teks_pdf,
    "/dasbor/{k}/ringkasan.xlsx": lambda isi: str(sel(isi)),
    "/dasbor/{k}/data.json": lambda isi: str(json.loads(isi)),
}


@pytest.mark.parametrize("jalur", KELUARAN)
@pytest.mark.parametrize(("kode", "kata"), [(KABUPATEN, KATA), (PLERED, KATA_PLERED)])
def test_setiap_keluaran_menyebut_angka_akhir(
    d: Dunia, k: Kampanye, client: Client, jalur: str, kode: str, kata: str
) -> None:
    client.force_login(d.dppkb)
    baca, url = KELUARAN[jalur], jalur.format(k=kode)
    assert kata in baca(client.get(f"{url}?kampanye={k.pk}").content)
    assert "Ditutup" not in baca(client.get(f"{url}?kampanye={d.kampanye.pk}").content)


def test_json_dan_api_dalam_angka(d: Dunia, k: Kampanye, client: Client) -> None:
    client.force_login(d.dppkb)
    akhir = client.get(f"/dasbor/data.json?kampanye={k.pk}").json()["angka_akhir"]
    assert akhir == {
        "ditutup": "2021-07-05",
        "tercatat": 3,
        "terverifikasi": 0,
        "susulan": 1,
        "koreksi": -1,
        "kini": 3,
        "kalimat": KATA,
    }
    kepala = {"Authorization": f"Bearer {token_kantor(d)}"}
    assert client.get(f"/api/v1/kampanye/{k.pk}/capaian/", headers=kepala).json()["angka_akhir"] == akhir
    per = client.get(f"/api/v1/kampanye/{k.pk}/wilayah/", headers=kepala).json()["wilayah"]
    assert [(w["tercatat"], w["angka_akhir"]) for w in per] == [(3, 2), (0, 1)]
    lain = client.get(f"/api/v1/kampanye/{d.kampanye.pk}/wilayah/", headers=kepala).json()["wilayah"]
    assert {w["angka_akhir"] for w in lain} == {None}


def test_menutup_dan_membuka_kembali_mengubah_etag_halaman(d: Dunia, k: Kampanye, client: Client) -> None:
    client.force_login(d.dppkb)

    def etag() -> str:
        lupakan_jawaban()
        return client.get(f"/dasbor/data.json?kampanye={k.pk}")["ETag"]

    tertutup = etag()
    buka_kembali(d.dppkb, cakupan(d.dppkb), k.pk, alasan="Desa Nagrog belum masuk")
    terbuka = etag()
    assert terbuka != tertutup
    assert client.get(f"/dasbor/data.json?kampanye={k.pk}").json()["angka_akhir"] is None
    assert "angka akhir" not in client.get(f"/dasbor/?kampanye={k.pk}").content.decode()
    tutup(d.dppkb, cakupan(d.dppkb), k.pk, catatan="Rapat kedua", versi=Kampanye.objects.get(pk=k.pk).versi)
    assert etag() not in (tertutup, terbuka)


def lupakan_jawaban() -> None:
    """What is remembered by version stays: only the question may be asked again."""
    from laporan.kampanye.denyut import INGAT

    INGAT.lupakan()


def test_pada_hari_lalu_yang_diketahui_hari_itu(d: Dunia, k: Kampanye, client: Client, settings: Settings) -> None:
    """Before the closing nothing was announced; after it the sum of that evening stands beside the figure."""
    settings.HARI_INI = "2021-07-09"
    catatan(d, JUNI, diterima_pada=SAAT + dt.timedelta(days=4))
    hitung_ulang_semua()
    client.force_login(d.dppkb)
    lupakan()
    url = f"/dasbor/{KABUPATEN}/ringkasan/?kampanye={k.pk}"
    assert "susulan 2, koreksi −1, kini 4." in client.get(url).content.decode()
    kemarin = client.get(f"{url}&tanggal=2021-07-08").content.decode()
    assert "Ditutup 5 Juli 2021 dengan angka akhir 3." in kemarin
    buka_kembali(d.dppkb, cakupan(d.dppkb), k.pk, alasan="Ada yang belum masuk")
    # It still held on that evening, for Purwakarta's clock the day it was closed as well.
    Kampanye.objects.get(pk=k.pk).penutupan.update(dibuka_pada=SAAT + dt.timedelta(days=4))
    assert "angka akhir 3" in client.get(f"{url}&tanggal=2021-07-08").content.decode()
    assert "angka akhir" not in client.get(url).content.decode()


def test_daftar_wilayah_petugas_menyebutnya_dalam_dua_kueri(
    d: Dunia, k: Kampanye, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(d.plkb)
    url = f"/dasbor/?kampanye={k.pk}"
    client.get(url)
    lupakan()
    # session, person, scope; campaign, snapshots, freshness; the closing and its figures
    with django_assert_num_queries(8):
        halaman = client.get(url).content.decode()
    assert "Angka akhir: Gandasoli 0, Citeko 2." in halaman


def test_kampanye_terbuka_tidak_bertanya_tentang_penutupan(
    d: Dunia, k: Kampanye, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """What open dashboards cost does not grow: the pulse knows already. Of a closed one three more, once a version.

    (Nor is a desa silent after the end, nor is a forecast asked for: two less.)
    """
    client.force_login(d.dppkb)
    client.get("/dasbor/")
    for pk, kueri in ((d.kampanye.pk, 10), (k.pk, 11)):
        lupakan()
        client.get("/dasbor/batas.json")
        lupakan()
        with django_assert_num_queries(kueri):
            client.get(f"/dasbor/{PLERED}/?kampanye={pk}")
