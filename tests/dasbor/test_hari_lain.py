"""A day of the past is labelled wherever its numbers go; a question that cannot be answered says what to do."""

import datetime as dt
import io

import openpyxl
import pypdfium2
import pytest
from django.test import Client
from pytest_django import Settings

from kader.models import Jejak, Penugasan
from laporan.kampanye.hitung import hitung_ulang_semua, hitung_yang_perlu
from laporan.models import CuplikanHarian, Kampanye
from poskb.dasar.waktu import WIB
from tests.alat import CITEKO, NAGROG, PLERED, SEJAK, WANAYASA, Dunia, buat_dunia, catatan, lupakan
from tests.kampanye.halaman.alat import kampanye

LALU = "2021-07-06"


@pytest.fixture
def dunia(db: None, settings: Settings) -> Dunia:
    """Counted on the 3rd and on the 8th; nobody counted in between."""
    satu = buat_dunia()
    settings.HARI_INI = "2021-07-03"
    catatan(satu, dt.date(2021, 7, 1))
    hitung_ulang_semua()
    CuplikanHarian.objects.update(dihitung_pada=dt.datetime(2021, 7, 3, 21, 4, tzinfo=WIB))
    settings.HARI_INI = "2021-07-08"
    catatan(satu, dt.date(2021, 7, 7))
    hitung_ulang_semua()
    return satu


def isi(client: Client, url: str) -> str:
    jawaban = client.get(url)
    assert jawaban.status_code == 200, url
    if url.partition("?")[0].endswith(".pdf"):
        return " ".join(pypdfium2.PdfDocument(jawaban.content)[0].get_textpage().get_text_range().split())
    if url.partition("?")[0].endswith(".xlsx"):
        buku = openpyxl.load_workbook(io.BytesIO(jawaban.content))
        return " ".join(str(s.value) for baris in buku["Ringkasan"].iter_rows() for s in baris)
    return jawaban.content.decode()


@pytest.mark.parametrize(
    "url",
    [f"/dasbor/{PLERED}/", "/dasbor/", *(f"/dasbor/{PLERED}/ringkasan{a}" for a in ("/", ".pdf", ".xlsx"))],
)
def test_setiap_bentuk_mengatakan_hari_dan_jam_hitungnya(dunia: Dunia, client: Client, url: str) -> None:
    client.force_login(dunia.dppkb if url == "/dasbor/" else dunia.koordinator)
    lama = isi(client, f"{url}?tanggal={LALU}")
    kata = "Dihitung 3 Juli 2021 pukul 21.04 WIB; sesudahnya, sampai akhir 6 Juli 2021, tidak ada angka baru."
    assert kata in lama
    assert "hari ini" not in lama.replace("Kampanye atau hari lain", "")
    assert "bergerak sendiri" not in lama
    assert "Dihitung pukul 21.04 WIB hari itu." in isi(client, f"{url}?tanggal=2021-07-03")
    CuplikanHarian.objects.update(disusun=True)
    assert "Disusun 3 Juli 2021 pukul 21.04 WIB dari catatan" in isi(client, f"{url}?tanggal={LALU}")
    lupakan()
    # The whole moment: today's own count may well fall on that minute of the clock.
    assert "3 Juli 2021 pukul 21.04" not in isi(client, url)


def test_daftar_wilayah_menyebut_harinya_dan_tidak_mengabaikan_tanggal_keliru(dunia: Dunia, client: Client) -> None:
    client.force_login(dunia.plkb)
    lama = isi(client, f"/dasbor/?tanggal={LALU}")
    assert "Angka yang diketahui pada 6 Juli 2021." in lama
    assert "pukul 21.04 WIB" in lama
    kini = isi(client, "/dasbor/")
    assert "Dihitung 8 Juli 2021" in kini
    # That page has no script: nothing on it moves.
    assert "bergerak sendiri" not in kini
    for siapa in (dunia.plkb, dunia.kader):
        client.force_login(siapa)
        keliru = client.get("/dasbor/?tanggal=kemarin")
        assert keliru.status_code == 400
        assert "Tanggal tidak dikenali" in keliru.content.decode()
        assert "Citeko" in keliru.content.decode()


def test_bagian_target_hari_ini_tidak_dikatakan_pada_hari_lalu(dunia: Dunia, client: Client) -> None:
    client.force_login(dunia.koordinator)
    assert "Bagian target" in isi(client, f"/dasbor/{PLERED}/")
    assert "Bagian target" not in isi(client, f"/dasbor/{PLERED}/?tanggal={LALU}")


@pytest.mark.parametrize("akhiran", ["", "ringkasan/", "ringkasan.pdf", "ringkasan.xlsx", "data.json"])
def test_sebelum_ada_angka_dijawab_dengan_langkah_berikutnya(dunia: Dunia, client: Client, akhiran: str) -> None:
    client.force_login(dunia.koordinator)
    jawaban = client.get(f"/dasbor/{PLERED}/{akhiran}?tanggal=2021-06-20")
    assert jawaban.status_code == 404
    teks = jawaban.content.decode()
    assert "Belum ada angka pada 20 Juni 2021" in teks
    assert "tersimpan sejak 3 Juli 2021" in teks
    assert akhiran.endswith("json") or f'href="/dasbor/{PLERED}/"' in teks
    # Outside her area it is simply not there.
    di_luar = client.get(f"/dasbor/{WANAYASA}/{akhiran}?tanggal=2021-06-20")
    assert di_luar.status_code == 404
    assert "tersimpan sejak" not in di_luar.content.decode()


def test_layar_mengikuti_kampanye_yang_dipilih(dunia: Dunia, client: Client) -> None:
    lain = kampanye("Juni saja", mulai=dt.date(2021, 6, 1), selesai=dt.date(2021, 6, 30))
    hitung_yang_perlu()
    client.force_login(dunia.koordinator)
    lupakan()
    halaman = isi(client, f"/dasbor/{PLERED}/?kampanye={lain.pk}")
    assert f'href="/dasbor/{PLERED}/layar/?kampanye={lain.pk}"' in halaman
    jawaban = client.get(f"/dasbor/{PLERED}/layar/?kampanye={lain.pk}")
    assert "Juni saja" in jawaban.content.decode()
    hidup = jawaban.context["hidup"]
    catatan(dunia, dt.date(2021, 6, 5))
    Kampanye.objects.filter(pk=lain.pk).update(perlu_hitung_ulang=True)
    hitung_yang_perlu()
    lupakan()
    baru = Client().get("/dasbor/hidup/", headers={"x-karcis": hidup.karcis, "if-none-match": hidup.etag})
    assert (baru.status_code, '<span id="tercatat">1</span>' in baru.content.decode()) == (200, True)
    assert client.get(f"/dasbor/{PLERED}/layar/?kampanye=999").status_code == 400


def test_koordinator_dua_kecamatan_memilih_layarnya(dunia: Dunia, client: Client) -> None:
    Penugasan.objects.create(pengguna=dunia.koordinator, wilayah_id=WANAYASA, mulai=SEJAK)
    client.force_login(dunia.koordinator)
    halaman = isi(client, "/dasbor/layar/")
    for kode in (PLERED, WANAYASA):
        assert f'href="/dasbor/{kode}/layar/"' in halaman
        assert client.get(f"/dasbor/{kode}/layar/").status_code == 200
    assert NAGROG not in halaman


def test_hanya_gambar_pratinjau_yang_tidak_dicatat(dunia: Dunia, client: Client) -> None:
    client.force_login(dunia.plkb)
    for akhiran, banyak in (("png", 0), ("pdf", 1), ("xlsx", 2)):
        client.get(f"/dasbor/{CITEKO}/ringkasan.{akhiran}?tampil=1")
        assert Jejak.objects.filter(tindakan="mengunduh ringkasan").count() == banyak


def test_wilayah_tanpa_bagian_target(dunia: Dunia, client: Client) -> None:
    """A share of nothing cannot be reached by 0 %: said in words, last in every list, a tile of its own."""
    from laporan.models import Target

    Target.objects.create(kampanye=dunia.kampanye, desa_id=NAGROG, jumlah=1831)
    hitung_ulang_semua()
    lupakan()
    client.force_login(dunia.dppkb)
    halaman = isi(client, "/dasbor/")
    assert halaman.count("tanpa target") >= 3  # tile, key, table
    assert 'class="kelas-0"' in halaman
    tabel = halaman[halaman.index('<caption class="visually-hidden">Capaian per kecamatan') :]
    assert tabel.index(">Wanayasa<") < tabel.index(">Plered<")
    plered, _ = client.get("/dasbor/data.json").json()["per_wilayah"]
    assert [plered[n] for n in ("nama", "persen", "kurang", "perlu_per_hari")] == ["Plered", None, 0, None]
    for url in (f"/dasbor/{PLERED}/", f"/dasbor/{PLERED}/ringkasan/", f"/dasbor/{PLERED}/ringkasan.pdf"):
        assert "tanpa target" in isi(client, url).lower(), url
    assert "target tercapai" not in isi(client, f"/dasbor/{PLERED}/")
