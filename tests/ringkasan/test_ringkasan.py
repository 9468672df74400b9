"""The page for the leadership: the same numbers as the dashboard on paper, as picture, words and workbook."""

import datetime as dt
import io

import openpyxl
import pypdfium2
import pytest
from django.test import Client
from PIL import Image
from pytest_django import DjangoAssertNumQueries, Settings

from kader.models import Jejak, Wilayah
from laporan.kampanye.angka_akhir import Akhir
from laporan.kampanye.hitung import hitung_ulang_semua
from laporan.kampanye.lihat import Lihat
from laporan.kampanye.papan import Papan, susun_papan
from laporan.kampanye.ramalan.simpan import ramal_semua
from laporan.kampanye.target import bagi_rata_per_desa
from laporan.models import Cuplikan
from laporan.ringkasan.isi import Ringkasan
from laporan.ringkasan.kata import tautan_wa, tulis_kata
from laporan.ringkasan.kertas import GARIS_KAKI, cetak_ringkasan, susun_halaman
from poskb.dasar.angka import angka
from tests.alat import CITEKO, HARI, KABUPATEN, NAGROG, PLERED, Dunia, buat_dunia, cakupan, catatan


@pytest.fixture
def dunia(db: None) -> Dunia:
    satu = buat_dunia()
    bagi_rata_per_desa(satu.kampanye)
    for n in range(12):
        catatan(satu, dt.date(2021, 6, 20 + n % 9), tahap="terverifikasi" if n % 3 else "dilayani")
    catatan(satu, dt.date(2021, 7, 5), desa=NAGROG, metode="mop")
    hitung_ulang_semua()
    return satu


def papan(kode: str, hari: dt.date = HARI, **saring: object) -> Papan:
    baris = Cuplikan.objects.select_related("kampanye", "wilayah__induk__induk").order_by("kampanye")
    return susun_papan(baris.filter(wilayah=kode, **saring)[0], hari)


def baca_pdf(isi: bytes) -> tuple[int, str]:
    dokumen = pypdfium2.PdfDocument(isi)
    return len(dokumen), "".join(dokumen[n].get_textpage().get_text_range() for n in range(len(dokumen)))


@pytest.mark.parametrize("kode", [KABUPATEN, PLERED, CITEKO])
def test_pdf_satu_halaman_dengan_angka_dasbor(dunia: Dunia, kode: str) -> None:
    p = papan(kode)
    isi, terendah = susun_halaman(Ringkasan(p))
    halaman, teks = baca_pdf(isi)
    # One page is what is drawn, whatever stands on it: so that nothing lies over the foot is asked for apart.
    assert (halaman, terendah > GARIS_KAKI) == (1, True)
    assert f"dari {angka(p.isi['target'])} akseptor" in teks
    assert angka(p.isi["tercatat"]) in teks
    assert "8 Juli 2021" in teks


@pytest.mark.parametrize(("target", "hari"), [(2, HARI), (1831, dt.date(2021, 8, 20)), (1831, dt.date(2021, 6, 1))])
def test_pdf_juga_bila_tercapai_selesai_atau_belum_mulai(dunia: Dunia, target: int, hari: dt.date) -> None:
    dunia.kampanye.target = target
    dunia.kampanye.save()
    bagi_rata_per_desa(dunia.kampanye)
    hitung_ulang_semua()
    isi, terendah = susun_halaman(Ringkasan(papan(KABUPATEN, hari)))
    halaman, teks = baca_pdf(isi)
    assert (halaman, terendah > GARIS_KAKI) == (1, True)
    assert ("target tercapai" in teks) == (target == 2)


@pytest.mark.parametrize("banyak_kalimat", [1, 3])
def test_pdf_tidak_menabrak_kakinya_dengan_17_kecamatan(dunia: Dunia, banyak_kalimat: int) -> None:
    """The largest page there is: all kecamatan, a closed campaign, a past day, a forecast in long sentences."""
    for n in range(10, 25):
        kode = f"32.14.{n}"
        Wilayah.objects.create(kode=kode, nama=f"Kec {n}", tingkat="kecamatan", jenis="kecamatan", induk_id=KABUPATEN)
        Wilayah.objects.create(kode=f"{kode}.2001", nama="Desa", tingkat="desa", jenis="desa", induk_id=kode)
    hitung_ulang_semua()
    panjang = "Perkiraan akhir 1.922 pasangan; dengan keyakinan 80 % antara 1.626 dan 2.451. " * 2
    p = papan(KABUPATEN)
    p.__dict__["akhir"] = Akhir(HARI, 1017, 900, 1018, 3)
    ringkasan = Ringkasan(p, {"kalimat": panjang * banyak_kalimat, "lanjutan": [panjang]})
    assert len(ringkasan.wilayah_bawah()) == 17
    isi, terendah = susun_halaman(ringkasan)
    assert terendah > GARIS_KAKI
    teks = baca_pdf(isi)[1]
    for kata in ("Kec 24", "NIK menyusul", "susulan 3, koreksi −2, kini 1.018", "Perjalanan menuju target"):
        assert kata in teks.replace("\r\n", " ")


def test_satu_desa_dibagikan_tanpa_yang_menunjuk_orang(dunia: Dunia) -> None:
    """One MOP in a village of neighbours is a man: method, day and quality stay inside."""
    _, teks = baca_pdf(cetak_ringkasan(Ringkasan(papan(NAGROG))))
    assert "MOP" not in teks
    assert "Perjalanan" not in teks
    assert "NIK" not in teks
    _, kabupaten = baca_pdf(cetak_ringkasan(Ringkasan(papan(KABUPATEN))))
    assert "MOP (vasektomi) 1" in kabupaten


def test_kata_untuk_whatsapp_hanya_angka_gabungan(dunia: Dunia) -> None:
    teks = tulis_kata(Ringkasan(papan(KABUPATEN)))
    assert "13 dari 1.831 akseptor (0,7 %)" in teks
    assert "Paling perlu perhatian, menurut persen kecamatan: Wanayasa" in teks
    assert "Ibu " not in teks
    assert tautan_wa("a b & c") == "https://wa.me/?text=a%20b%20%26%20c"


def test_gambar_terbaca_dan_ringan(dunia: Dunia, client: Client) -> None:
    client.force_login(dunia.dppkb)
    jawaban = client.get(f"/dasbor/{KABUPATEN}/ringkasan.png")
    gambar = Image.open(io.BytesIO(jawaban.content))
    assert gambar.size == (1241, 1754)
    assert len(gambar.getcolors(1 << 20)) > 5  # not an empty page
    assert len(jawaban.content) < 200_000
    assert jawaban["Content-Type"] == "image/png"


def test_buku_memuat_semua_angka_halaman(dunia: Dunia, client: Client) -> None:
    client.force_login(dunia.dppkb)
    buku = openpyxl.load_workbook(io.BytesIO(client.get(f"/dasbor/{KABUPATEN}/ringkasan.xlsx").content))
    assert buku.sheetnames == [
        "Ringkasan",
        "Per hari",
        "Per kecamatan",
        "Per desa",
        "Alat-cara",
        "Status",
        "Tempat",
        "Tahap",
        "Hari sepekan",
        "Mutu data",
        "Mutu per wilayah",
        "Desa diam",
    ]
    isi = papan(KABUPATEN).isi
    hari = [[sel.value for sel in baris] for baris in buku["Per hari"].iter_rows(min_row=2)]
    assert [(h[0].date().isoformat(), h[1], h[2], h[3]) for h in hari] == [
        # Of a day to come nothing is known.
        (
            h["tanggal"],
            *((h[a] if h["tanggal"] <= "2021-07-08" else None) for a in ("tercatat", "terverifikasi", "semua")),
        )
        for h in isi["per_hari"]
    ]
    desa = [[sel.value for sel in baris] for baris in buku["Per desa"].iter_rows(min_row=2)]
    assert {d[0]: d[4] for d in desa[:-1] if d[4]} == {CITEKO: 12, NAGROG: 1}
    assert desa[-1][2:5] == ["Jumlah", 1831, 13]
    metode = {b[0].value: b[1].value for b in buku["Alat-cara"].iter_rows(min_row=2)}
    assert metode["MOP (vasektomi)"] == 1
    ringkas = {b[0].value: b[1].value for b in buku["Ringkasan"].iter_rows()}
    assert ringkas["Persen"] == 0.7


def test_buku_desa_lain_tidak_ikut(dunia: Dunia, client: Client) -> None:
    client.force_login(dunia.koordinator)
    buku = openpyxl.load_workbook(io.BytesIO(client.get(f"/dasbor/{PLERED}/ringkasan.xlsx").content))
    kode = {baris[0].value for baris in buku["Per desa"].iter_rows(min_row=2)}
    assert kode == {CITEKO, "32.14.04.2005", None}


def test_hari_lalu_ikut_ke_setiap_berkas(dunia: Dunia, client: Client, settings: Settings) -> None:
    settings.HARI_INI = "2021-07-09"
    catatan(dunia, dt.date(2021, 7, 9))
    hitung_ulang_semua()
    client.force_login(dunia.dppkb)
    halaman = client.get(f"/dasbor/{KABUPATEN}/ringkasan/?tanggal=2021-07-08").content.decode()
    assert "13 dari 1.831" in halaman
    assert "ringkasan.png?tampil=1&amp;tanggal=2021-07-08" in halaman
    jawaban = client.get(f"/dasbor/{KABUPATEN}/ringkasan.pdf?tanggal=2021-07-08")
    assert "Keadaan yang diketahui pada 8 Juli 2021" in baca_pdf(jawaban.content)[1]
    assert "ringkasan-32.14-2021-07-08.pdf" in jawaban["Content-Disposition"]
    assert client.get(f"/dasbor/{KABUPATEN}/ringkasan.pdf?tanggal=kapan").status_code == 400


def test_pengunduhan_dicatat_pratinjau_tidak(dunia: Dunia, client: Client) -> None:
    client.force_login(dunia.plkb)
    client.get(f"/dasbor/{CITEKO}/ringkasan.png?tampil=1")
    assert not Jejak.objects.filter(tindakan="mengunduh ringkasan").exists()
    client.get(f"/dasbor/{CITEKO}/ringkasan.png")
    jejak = Jejak.objects.get(tindakan="mengunduh ringkasan")
    assert (jejak.oleh, jejak.wilayah_id, jejak.perubahan["berkas"]) == (dunia.plkb, CITEKO, [None, "png"])


def test_halaman_dan_buku_tidak_tergantung_banyaknya_desa(
    dunia: Dunia, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(dunia.dppkb)
    with django_assert_num_queries(5):  # session, person, snapshot, forecast, closing
        client.get(f"/dasbor/{KABUPATEN}/ringkasan/")
    with django_assert_num_queries(9):  # and how often, the desa, the silent ones, and the trace
        client.get(f"/dasbor/{KABUPATEN}/ringkasan.xlsx")


def test_lihat_menulis_pertanyaannya_kembali(dunia: Dunia) -> None:
    assert Lihat().kueri == ""
    assert Lihat(dunia.kampanye, HARI).kueri == f"?kampanye={dunia.kampanye.pk}&tanggal=2021-07-08"
    assert cakupan(dunia.dppkb).memuat(KABUPATEN)


def test_ramalan_ikut_ke_setiap_bentuk(dunia: Dunia, client: Client) -> None:
    """Enough days and couples for a forecast: page, JSON, paper, words and workbook say the same."""
    for n in range(60):
        catatan(dunia, dt.date(2021, 6, 18) + dt.timedelta(days=n % 20))
    hitung_ulang_semua()
    ramal_semua()
    client.force_login(dunia.dppkb)
    ramalan = client.get("/dasbor/data.json").json()["ramalan"]
    assert ramalan["cukup_data"]
    assert ramalan["bawah"] <= ramalan["tengah"] <= ramalan["atas"]
    assert len(ramalan["jalur"]) > 20
    assert ramalan["kalimat"] in client.get("/dasbor/").content.decode()
    p = papan(KABUPATEN)
    assert ramalan["kalimat"] in tulis_kata(Ringkasan.dari(p))
    assert "Perkiraan akhir" in baca_pdf(cetak_ringkasan(Ringkasan.dari(p)))[1].replace("\r\n", " ")
    buku = openpyxl.load_workbook(io.BytesIO(client.get(f"/dasbor/{KABUPATEN}/ringkasan.xlsx").content))
    akhir = [sel.value for sel in list(buku["Per hari"].iter_rows())[-1]]
    assert akhir[-3:] == [ramalan["jalur"][-1][k] for k in ("bawah", "tengah", "atas")]
    # Of a kecamatan the chance in words; of a desa nothing.
    kecamatan = client.get(f"/dasbor/{PLERED}/data.json").json()["ramalan"]
    assert (kecamatan["jalur"], kecamatan["tengah"], kecamatan["peluang"]) == ([], None, None)
    assert kecamatan["kalimat"]
    assert client.get(f"/dasbor/{CITEKO}/data.json").json()["ramalan"] is None
