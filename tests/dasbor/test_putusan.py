"""One verdict on the pace, wherever it is told; none where there is nothing to judge: not begun, or closed."""

import datetime as dt
import io
from collections.abc import Callable

import openpyxl
import pypdfium2
import pytest
from django.test import Client

from kader.models import Wilayah
from laporan.kampanye.hitung import hitung_ulang_semua
from laporan.kampanye.putusan import Putusan, putusan
from laporan.kampanye.ramalan.hasil import BERJALAN
from laporan.kampanye.target import bagi_rata_per_desa
from laporan.kelola.penutupan import tutup
from laporan.models import CuplikanHarian, Kampanye, Ramalan
from laporan.ringkasan.isi import Ringkasan
from laporan.ringkasan.kata import tulis_kata
from poskb.dasar.waktu import sekarang
from tests.alat import CITEKO, HARI, KABUPATEN, NAGROG, PLERED, Dunia, buat_dunia, cakupan, catatan, lupakan
from tests.kampanye.halaman.alat import DEPAN, LALU, kampanye
from tests.ringkasan.test_ringkasan import papan


def pdf(isi: bytes) -> str:
    return " ".join(pypdfium2.PdfDocument(isi)[0].get_textpage().get_text_range().split())


def buku(isi: bytes) -> str:
    lembar = openpyxl.load_workbook(io.BytesIO(isi))["Ringkasan"]
    return " ".join(str(s.value) for baris in lembar.iter_rows() for s in baris)


# The picture is a drawing of the paper.
KELUARAN: dict[str, Callable[[bytes], str]] = {
    "": bytes.decode,
    "layar/": bytes.decode,
    "ringkasan/": bytes.decode,
    "ringkasan.pdf": pdf,
    "ringkasan.xlsx": buku,
}


@pytest.fixture
def dunia(db: None) -> Dunia:
    """Five a day of ten that are needed."""
    satu = buat_dunia()
    Kampanye.objects.filter(pk=satu.kampanye.pk).update(target=320)
    satu.kampanye.refresh_from_db()
    bagi_rata_per_desa(satu.kampanye)
    for n in range(1, 8):
        for _ in range(5):
            catatan(satu, HARI - dt.timedelta(days=n), desa=CITEKO)
    hitung_ulang_semua()
    return satu


def ramalkan(satu: Kampanye, kode: str, lengkap: float) -> None:
    isi = {
        "cukup_data": True,
        "alasan": "",
        "keadaan": BERJALAN,
        "tercapai": False,
        "target": 320,
        "tercatat": 35,
        "peluang": 0.8,
        "median": 330,
        "rendah": 300,
        "tinggi": 360,
        "tujuh_hari_lengkap": lengkap,
        "susulan": {"menyusul": 0},
        "jalur": [],
    }
    Ramalan.objects.create(
        kampanye=satu, wilayah_id=kode, hari=HARI, isi=isi, sidik=f"{lengkap}", dihitung_pada=sekarang()
    )
    lupakan()


def test_yang_terlambat_masuk_ikut_memutus() -> None:
    assert Putusan(41.3, 45.8, 42.0).kata == (
        "Laju tujuh hari terakhir cukup untuk sampai target: sekitar 45,8 per hari setelah yang terlambat masuk "
        "(tercatat 41,3), perlu 42,0."
    )
    assert Putusan(41.3, None, 42.0).kata == (
        "Laju tujuh hari terakhir belum cukup untuk sampai target: 41,3 per hari, perlu 42,0."
    )
    # The same number is told once.
    assert not Putusan(41.3, 41.31, 42.0).dua_angka


def test_laju_dan_ramalan_yang_berselisih_tidak_saling_membantah() -> None:
    cukup, kurang = Putusan(41.3, 45.8, 42.0, mungkin=False), Putusan(41.3, 41.5, 42.0, mungkin=True)
    assert (cukup.cukup, cukup.di_batas, kurang.cukup, kurang.di_batas) == (False, True, False, True)
    assert "di batas cukup" in cukup.kata
    assert "di batas cukup" in kurang.kata
    sejalan = Putusan(41.3, 45.8, 42.0, mungkin=True), Putusan(41.3, 41.5, 42.0, mungkin=False)
    assert [(p.cukup, p.di_batas) for p in sejalan] == [(True, False), (False, False)]


@pytest.mark.parametrize("jalur", KELUARAN)
def test_berselisih_di_setiap_keluaran(dunia: Dunia, client: Client, jalur: str) -> None:
    """Five a day of ten that are needed, and a forecast that sees the target reached."""
    client.force_login(dunia.dppkb)
    ramalkan(dunia.kampanye, KABUPATEN, 5.1)
    teks = KELUARAN[jalur](client.get(f"/dasbor/{KABUPATEN}/{jalur}").content)
    assert "i batas cukup" in teks
    assert "elum cukup" not in teks


def test_hari_lalu_tanpa_ramalan_tidak_diputus(dunia: Dunia, client: Client) -> None:
    """Of that evening nobody keeps which records were late: the pace alone would say "not enough"."""
    CuplikanHarian.objects.update(hari=dt.date(2021, 7, 7))
    client.force_login(dunia.dppkb)
    lalu = client.get(f"/dasbor/{KABUPATEN}/?tanggal=2021-07-07").content.decode()
    assert "Untuk hari itu tidak ada perkiraan yang tersimpan" in lalu
    assert "elum cukup" not in lalu
    assert "tidak ada perkiraan yang tersimpan" not in client.get(f"/dasbor/{KABUPATEN}/").content.decode()


@pytest.mark.parametrize("jalur", KELUARAN)
@pytest.mark.parametrize("kode", [KABUPATEN, PLERED])
def test_satu_putusan_di_setiap_keluaran(dunia: Dunia, client: Client, jalur: str, kode: str) -> None:
    client.force_login(dunia.dppkb)
    url = f"/dasbor/{kode}/{jalur}"
    lama = KELUARAN[jalur](client.get(url).content)
    assert "elum cukup" in lama
    assert "terlambat masuk (" not in lama
    ramalkan(dunia.kampanye, kode, 20.4)
    baru = KELUARAN[jalur](client.get(url).content)
    assert "elum cukup" not in baru
    assert "cukup" in baru.lower()
    assert "20,4" in baru
    assert "5,0" in baru
    assert "setelah yang terlambat masuk" in baru


@pytest.mark.parametrize("jalur", KELUARAN)
def test_yang_belum_mulai_hanya_mengatakan_kapan(dunia: Dunia, client: Client, jalur: str) -> None:
    satu = kampanye("September", target=600, **DEPAN)
    hitung_ulang_semua()
    client.force_login(dunia.dppkb)
    teks = KELUARAN[jalur](client.get(f"/dasbor/{KABUPATEN}/{jalur}?kampanye={satu.pk}").content)
    assert "Mulai 1 September, 55 hari lagi." in teks
    for kata in ("ari tersisa", "erlu per hari", "garis lurus", "hari ke-0", "erlu perhatian", "i mana kurangnya?</h"):
        assert kata not in teks, kata
    assert "cukup" not in teks


def test_yang_belum_mulai_tidak_meminta_apa_pun(dunia: Dunia, client: Client) -> None:
    satu = kampanye("September", target=600, **DEPAN)
    hitung_ulang_semua()
    client.force_login(dunia.dppkb)
    isi = client.get(f"/dasbor/data.json?kampanye={satu.pk}").json()
    assert (isi["perlu_per_hari"], {w["perlu_per_hari"] for w in isi["per_wilayah"]}) == (None, {None})
    client.force_login(dunia.plkb)
    assert "Mulai 1 September, 55 hari lagi." in client.get(f"/dasbor/?kampanye={satu.pk}").content.decode()


@pytest.fixture
def tertutup(dunia: Dunia) -> Kampanye:
    """Announced with two; one came later. A forecast of before the closing is stored."""
    satu = kampanye("Mei Juni", target=2, **LALU)
    for desa in (CITEKO, NAGROG):
        catatan(dunia, dt.date(2021, 6, 10), desa, diterima_pada=sekarang() - dt.timedelta(days=9))
    hitung_ulang_semua()
    tutup(dunia.dppkb, cakupan(dunia.dppkb), satu.pk, catatan="Rapat", versi=satu.versi)
    catatan(dunia, dt.date(2021, 6, 11), diterima_pada=sekarang() + dt.timedelta(seconds=9))
    hitung_ulang_semua()
    ramalkan(satu, KABUPATEN, 3.0)
    return satu


@pytest.mark.parametrize("jalur", KELUARAN)
def test_yang_ditutup_tidak_diramal_lagi(dunia: Dunia, tertutup: Kampanye, client: Client, jalur: str) -> None:
    client.force_login(dunia.dppkb)
    teks = KELUARAN[jalur](client.get(f"/dasbor/{KABUPATEN}/{jalur}?kampanye={tertutup.pk}").content)
    for kata in ("Perkiraan", "Peluang", "terlambat masuk", "erlu perhatian"):
        assert kata not in teks, kata
    assert "angka akhir 2; susulan 1, kini 3." in teks
    assert "angka akhir" in teks.lower()
    assert client.get(f"/dasbor/data.json?kampanye={tertutup.pk}").json()["ramalan"] is None


def test_angka_akhir_berdiri_di_depan(dunia: Dunia, tertutup: Kampanye, client: Client) -> None:
    client.force_login(dunia.dppkb)
    halaman = client.get(f"/dasbor/?kampanye={tertutup.pk}").content.decode()
    assert '<span class="angka-besar">2</span>' in halaman
    assert "Target 2 tercapai." in halaman
    satu = papan(KABUPATEN, kampanye=tertutup)
    assert (satu.pokok.tercatat, satu.isi["tercatat"]) == (2, 3)
    assert tulis_kata(Ringkasan.dari(satu)).count("Angka akhir 2 dari 2 akseptor") == 1
    assert putusan(satu, None) is None


def test_daftar_wilayah_menyebut_kampanye_dan_tingkatnya(dunia: Dunia, client: Client) -> None:
    """Kecamatan and desa of one name stand in one list; what lies in the other is summed once."""
    Wilayah.objects.filter(pk=CITEKO).update(nama="Plered")
    client.force_login(dunia.koordinator)
    halaman = client.get("/dasbor/").content.decode()
    for tingkat in ("kecamatan", "desa/kelurahan"):
        assert f'>Plered</a> <small class="redup">{tingkat}</small>' in halaman
    assert "MKJP 1831</b> · 18 Juni sampai 31 Juli 2021 · 24 hari tersisa termasuk hari ini" in halaman
    satu = papan(PLERED).isi
    assert f"<b>{satu['tercatat']}</b> dari {satu['target']} akseptor" in halaman
