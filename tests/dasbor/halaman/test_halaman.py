"""The page of the campaign: its questions, the links to rows, scope, past days, the cost."""

import datetime as dt
import json
import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from akseptor.models import Akseptor
from kader.models import BatasWilayah, Jejak, Wilayah
from laporan.kampanye.hitung import hitung_ulang_semua, hitung_yang_perlu
from laporan.kampanye.target import bagi_rata_per_desa
from laporan.models import Cuplikan, Kampanye
from tests.alat import CITEKO, GANDASOLI, KABUPATEN, NAGROG, PLERED, WANAYASA, Dunia, catatan, lupakan
from tests.dasbor.halaman.alat import buka, tautan
from tests.kampanye.halaman.alat import kampanye

PERTANYAAN = ["Akan sampai?", "Di mana kurangnya?", "Apa yang dilayani?", "Seberapa baik datanya?"]


def test_pertanyaan_dijawab_berurutan(dunia: Dunia, client: Client) -> None:
    for url in ("/dasbor/", f"/dasbor/{PLERED}/"):
        halaman = buka(client, dunia.dppkb, url)
        letak = [halaman.index(f"<h2>{p}</h2>") for p in PERTANYAAN]
        assert letak == sorted(letak)
        assert halaman.index('id="tercatat"') < letak[0]
        assert "{{" not in halaman


@pytest.mark.parametrize(
    ("siapa", "url"),
    [
        ("dppkb", "/dasbor/"),
        ("dppkb", f"/dasbor/{PLERED}/"),
        ("koordinator", f"/dasbor/{PLERED}/"),
        ("plkb", f"/dasbor/{GANDASOLI}/"),
        ("kader", f"/dasbor/{CITEKO}/"),
    ],
)
def test_setiap_angka_menaut_ke_tepat_sekian_catatan(dunia: Dunia, client: Client, siapa: str, url: str) -> None:
    halaman = buka(client, getattr(dunia, siapa), url)
    if siapa == "dppkb":
        client.post("/akseptor/buka-data/", {"alasan": "Diuji: angka dan catatannya sama"})
    semua = set(tautan(halaman))
    assert len(semua) > 20
    # Every kind of filter is among them.
    teks = " ".join(u for u, _ in semua)
    for saring in (
        "kelompok=tercatat",
        "kelompok=semua",
        "tahap=",
        "sejak=",
        "metode=",
        "status=",
        "tempat=",
        "tunda=",
    ):
        assert saring in teks, saring
    for alamat, n in semua:
        jawaban = client.get(alamat)
        assert jawaban.status_code == 200, alamat
        assert jawaban.context["halaman"].paginator.count == n, alamat


def test_angka_nik_menyusul_dan_per_hari_juga(dunia: Dunia, client: Client) -> None:
    halaman = buka(client, dunia.plkb, f"/dasbor/{GANDASOLI}/")
    alamat = [(u, n) for u, n in tautan(halaman) if "nik_menyusul" in u or "tanggal=" in u]
    assert any("nik_menyusul=1" in u and n == 1 for u, n in alamat)
    assert sum("tanggal=" in u and "tahap" not in u for u, _ in alamat) == 8


def test_membuka_daftar_tercatat_tanpa_nama(dunia: Dunia, client: Client) -> None:
    client.force_login(dunia.plkb)
    url = f"/dasbor/{CITEKO}/catatan/?kampanye={dunia.kampanye.pk}&kelompok=tercatat&metode=iud"
    halaman = client.get(url).content.decode()
    jejak = Jejak.objects.order_by("-pk").first()
    assert (jejak.oleh, jejak.tindakan, jejak.wilayah_id) == (dunia.plkb, "melihat catatan capaian", CITEKO)
    assert jejak.perubahan == {
        "kampanye": [None, dunia.kampanye.pk],
        "kelompok": [None, "tercatat"],
        "metode": [None, "iud"],
        "jumlah": [None, 1],
    }
    assert "1 catatan" in halaman
    assert "Tercatat · IUD" in halaman
    assert not re.search(r"\d{16}", halaman)


def test_dppkb_menulis_alasan_dahulu(dunia: Dunia, client: Client) -> None:
    client.force_login(dunia.dppkb)
    url = f"/dasbor/{KABUPATEN}/catatan/?kampanye={dunia.kampanye.pk}&kelompok=tercatat"
    jawaban = client.get(url)
    assert jawaban.status_code == 302
    assert "/akseptor/buka-data/" in jawaban["Location"]
    assert not Jejak.objects.filter(tindakan="melihat catatan capaian").exists()


@pytest.mark.parametrize(
    "kueri",
    [
        "",
        "kampanye=999",
        "kampanye=x",
        "kampanye={}&metode=ramuan",
        "kampanye={}&tanggal=2021-02-30",
        "kampanye={}&tunda=9",
    ],
)
def test_alamat_keliru_tidak_membuka_satu_catatan_pun(dunia: Dunia, client: Client, kueri: str) -> None:
    client.force_login(dunia.plkb)
    jawaban = client.get(f"/dasbor/{CITEKO}/catatan/?" + kueri.format(dunia.kampanye.pk))
    assert jawaban.status_code == 400
    assert "Daftar ini tidak dapat dibuka" in jawaban.content.decode()
    assert not Jejak.objects.filter(tindakan="melihat catatan capaian").exists()


def test_di_luar_wilayah_tidak_ditemukan(dunia: Dunia, client: Client) -> None:
    client.force_login(dunia.plkb)
    for kode in (NAGROG, PLERED, KABUPATEN):
        assert client.get(f"/dasbor/{kode}/catatan/?kampanye={dunia.kampanye.pk}").status_code == 404


def test_admin_melihat_angka_tanpa_tautan(dunia: Dunia, client: Client) -> None:
    assert tautan(buka(client, dunia.admin)) == []


def test_hari_lalu_tanpa_tautan_ke_catatan_dan_tanpa_rw(dunia: Dunia, client: Client, settings: Settings) -> None:
    settings.HARI_INI = "2021-07-10"
    for _ in range(7):
        catatan(dunia, dt.date(2021, 7, 9))
    hitung_yang_perlu()
    kini = buka(client, dunia.dppkb, f"/dasbor/{CITEKO}/")
    lalu = buka(client, dunia.dppkb, f"/dasbor/{CITEKO}/?tanggal=2021-07-09")
    assert tautan(kini)
    assert not tautan(lalu)
    assert "<h2>Per RW</h2>" in kini
    assert "<h2>Per RW</h2>" not in lalu
    # What leads on stays on that day.
    kecamatan = buka(client, dunia.dppkb, f"/dasbor/{PLERED}/?tanggal=2021-07-09")
    assert f'href="/dasbor/{CITEKO}/?tanggal=2021-07-09"' in kecamatan
    client.force_login(dunia.kader)
    assert client.get("/dasbor/?tanggal=2021-07-09")["Location"] == f"/dasbor/{CITEKO}/?tanggal=2021-07-09"
    pilihan = buka(client, dunia.plkb, "/dasbor/?tanggal=2021-07-09")
    assert f'href="/dasbor/{CITEKO}/?tanggal=2021-07-09"' in pilihan


def test_pilihan_kampanye_hanya_bila_lebih_dari_satu(dunia: Dunia, client: Client) -> None:
    assert 'name="kampanye"' not in buka(client, dunia.dppkb)
    lain = Kampanye.objects.create(
        nama="Juni saja", wilayah_id=KABUPATEN, mulai=dt.date(2021, 6, 1), selesai=dt.date(2021, 6, 30), target=50
    )
    hitung_yang_perlu()
    lupakan()
    halaman = buka(client, dunia.dppkb, f"/dasbor/?kampanye={lain.pk}")
    assert f'<option value="{lain.pk}" selected>Juni saja</option>' in halaman
    assert f"kampanye={lain.pk}" in tautan(halaman)[0][0]
    assert f'href="/dasbor/{PLERED}/?kampanye={lain.pk}"' in halaman


def test_rw_hanya_yang_tidak_dapat_ditebak(dunia: Dunia, client: Client) -> None:
    for n in range(12):
        akseptor = catatan(dunia, dt.date(2021, 7, 1), desa=GANDASOLI).akseptor
        Akseptor.objects.filter(pk=akseptor.pk).update(rw="003" if n < 9 else "007")
    hitung_yang_perlu()
    halaman = buka(client, dunia.dppkb, f"/dasbor/{GANDASOLI}/")
    bagian = halaman[halaman.index("<h2>Per RW</h2>") :]
    assert "RW 3" in bagian
    assert "5 sampai 9" in bagian
    assert "RW 7" not in bagian
    assert "RW lain" in bagian


def test_rw_hanya_untuk_yang_lebih_dulu_dari_kampanye_bersamaan(dunia: Dunia, client: Client) -> None:
    """Two campaigns that differ by a day differ by who was served on it: one table each would name her RW."""
    lain = kampanye("Tanpa hari pertama", mulai=dt.date(2021, 6, 19), selesai=dt.date(2021, 7, 31))
    sesudah = kampanye("Agustus", mulai=dt.date(2021, 8, 1), selesai=dt.date(2021, 8, 31))
    for _ in range(10):
        akseptor = catatan(dunia, dt.date(2021, 7, 1), desa=GANDASOLI).akseptor
        Akseptor.objects.filter(pk=akseptor.pk).update(rw="003")
    hitung_yang_perlu()

    def rw(satu: Kampanye) -> str:
        lupakan()
        halaman = buka(client, dunia.dppkb, f"/dasbor/{GANDASOLI}/?kampanye={satu.pk}")
        return halaman[halaman.index("<h2>Per RW</h2>") :].partition("</section>")[0]

    assert "RW 3" in rw(dunia.kampanye)
    assert "RW 3" not in rw(lain)
    assert "ada kampanye lain" in rw(lain)
    assert "ada kampanye lain" not in rw(sesudah)


@pytest.mark.parametrize("banyak", [2, 9])
def test_jumlah_kueri_tidak_ikut_jumlah_wilayah(
    dunia: Dunia, client: Client, banyak: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(10, 10 + banyak):
        kecamatan = f"32.14.{n}"
        Wilayah.objects.create(
            kode=kecamatan, nama=f"Kec {n}", tingkat="kecamatan", jenis="kecamatan", induk_id=KABUPATEN
        )
        for d in range(banyak):
            Wilayah.objects.create(
                kode=f"{kecamatan}.200{d}", nama=f"Desa {d}", tingkat="desa", jenis="desa", induk_id=kecamatan
            )
    # So much that nobody is there already, whose day is asked for nothing.
    dunia.kampanye.target = 9000
    dunia.kampanye.save()
    bagi_rata_per_desa(dunia.kampanye)
    hitung_ulang_semua()
    client.force_login(dunia.dppkb)
    client.get("/dasbor/")
    # session, person, campaign, version with freshness, snapshot; map, silent desa (where there are some), campaigns,
    # forecast; below the kabupaten the week of the whole campaign; on the first page four more for the month's reports;
    # of a desa its RW, and whether another campaign shows them
    kueri_per_halaman = {"/dasbor/": 13, f"/dasbor/{KABUPATEN}/": 9, f"/dasbor/{PLERED}/": 9, f"/dasbor/{CITEKO}/": 9}
    for url, kueri in kueri_per_halaman.items():
        lupakan()
        with django_assert_num_queries(kueri):
            client.get(url)
    client.force_login(dunia.plkb)
    client.get("/")
    # session, person, scope, area; the trace; campaign twice (form), count, keys of a page and its rows
    alamat = f"/dasbor/{CITEKO}/catatan/?kampanye={dunia.kampanye.pk}&kelompok=tercatat"
    with django_assert_num_queries(9):
        client.get(alamat)


def test_ramalan_digambar_bila_ada(dunia: Dunia) -> None:
    from django.template.loader import render_to_string

    isi = {"kampanye": dunia.kampanye, "ramalan": {"cukup_data": True, "kalimat": "Mungkin sampai.", "tengah": 1800}}
    assert "Mungkin sampai." in render_to_string("laporan/dasbor/_ramalan.html", isi)
    belum = {"ramalan": {"cukup_data": False, "alasan": "Terlalu dini."}}
    assert "Terlalu dini." in render_to_string("laporan/dasbor/_ramalan.html", belum)
    assert render_to_string("laporan/dasbor/_ramalan.html", {"ramalan": None}).strip() == ""


def test_batas_dilayani_dengan_etag(dunia: Dunia, client: Client) -> None:
    assert "data-batas" not in buka(client, dunia.dppkb)
    kosong = client.get("/dasbor/batas.json")
    assert kosong.json()["features"] == []
    geometri = {"type": "Polygon", "coordinates": [[[107.3, -6.7], [107.5, -6.7], [107.5, -6.6], [107.3, -6.7]]]}
    pada = dt.datetime(2021, 7, 8, tzinfo=dt.UTC)
    for kode in (PLERED, WANAYASA):
        assert "data-batas" not in buka(client, dunia.dppkb)
        BatasWilayah.objects.create(wilayah_id=kode, geometri=geometri, dimuat_pada=pada)
    lupakan()
    assert 'data-batas="/dasbor/batas.json"' in buka(client, dunia.dppkb)
    jawaban = client.get("/dasbor/batas.json")
    isi = json.loads(jawaban.content)
    assert [f["properties"]["name"] for f in isi["features"]] == [PLERED, WANAYASA]
    assert jawaban["ETag"] != kosong["ETag"]
    assert client.get("/dasbor/batas.json", headers={"if-none-match": jawaban["ETag"]}).status_code == 304
    BatasWilayah.objects.update(dimuat_pada=pada + dt.timedelta(seconds=1))
    assert client.get("/dasbor/batas.json", headers={"if-none-match": jawaban["ETag"]}).status_code == 200
    client.force_login(dunia.koordinator)
    assert [f["properties"]["nama"] for f in client.get("/dasbor/batas.json").json()["features"]] == ["Plered"]


def test_sebelum_dan_sesudah_kampanye(dunia: Dunia, client: Client, settings: Settings) -> None:
    settings.HARI_INI = "2021-06-10"
    halaman = buka(client, dunia.dppkb)
    assert "Mulai 18 Juni, 8 hari lagi." in halaman
    assert "Hari tersisa" not in halaman
    settings.HARI_INI = "2021-08-15"
    lupakan()
    halaman = buka(client, dunia.dppkb)
    assert "kampanye selesai" in halaman[halaman.index("Hari tersisa") : halaman.index("Rata-rata 7 hari")]
    # Nobody can be silent any more, and nothing says that everybody was heard.
    assert "Desa diam" not in halaman
    assert "Desa tanpa catatan" not in halaman
    assert "Apakah sampai?" in halaman


def test_lebih_dari_bagiannya_tetap_terbaca(dunia: Dunia, client: Client) -> None:
    dunia.kampanye.target = 8
    dunia.kampanye.save()
    bagi_rata_per_desa(dunia.kampanye)
    hitung_ulang_semua()
    halaman = buka(client, dunia.dppkb, f"/dasbor/{PLERED}/")
    assert 'class="kelas-5"' in halaman
    assert "100 % atau lebih <b>2</b>" in halaman


def test_kolom_kurang_yang_jumlahnya_lain_dijelaskan(dunia: Dunia, client: Client) -> None:
    """Plered is over its share: what Wanayasa lacks is more than what the district lacks."""
    assert "Kolom <i>Kurang</i>" not in buka(client, dunia.dppkb)
    dunia.kampanye.target = 24
    dunia.kampanye.save()
    bagi_rata_per_desa(dunia.kampanye)
    hitung_ulang_semua()
    # The page of a moment ago is remembered for a moment.
    lupakan()
    isi = Cuplikan.objects.get(kampanye=dunia.kampanye, wilayah=KABUPATEN).isi
    kurang = [max(b["target"] - b["tercatat"], 0) for b in isi["per_wilayah"]]
    sisa = max(isi["target"] - isi["tercatat"], 0)
    assert sum(kurang) > sisa
    assert f"Kolom <i>Kurang</i> berjumlah {sum(kurang)}, bukan {sisa}:" in buka(client, dunia.dppkb)
