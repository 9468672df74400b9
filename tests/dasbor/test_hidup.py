"""An open dashboard asks with a ticket: no session, hardly a query, nothing outside what its page showed."""

import datetime as dt
import re
import threading
import time

import pytest
from django.core import signing
from django.db import connection
from django.db.models.functions import Now
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from kader import karcis
from laporan.kampanye import denyut
from laporan.kampanye.hitung import hitung_ulang_semua, hitung_yang_perlu
from laporan.models import Cuplikan, Kampanye, PenandaHitung
from laporan.receivers import tandai
from laporan.views import dasbor_gambar
from tests.alat import CITEKO, HARI, KABUPATEN, NAGROG, PLERED, Dunia, buat_dunia, catatan, lupakan

HIDUP = "/dasbor/hidup/"


@pytest.fixture
def dunia(db: None) -> Dunia:
    satu = buat_dunia()
    hitung_ulang_semua()
    return satu


def buka(client: Client, siapa: object, url: str = "/dasbor/") -> denyut.Pengenal:
    """Open a page and return what it carries."""
    client.force_login(siapa)
    return client.get(url).context["hidup"]


def tanya(client: Client, tiket: str, etag: str = "", **kepala: str) -> object:
    return client.get(HIDUP, headers={"x-karcis": tiket, "if-none-match": etag} | kepala)


def maju(ubah: pytest.MonkeyPatch, detik: float) -> None:
    """Let the signatures made so far grow older."""
    asli = time.time
    ubah.setattr(signing.time, "time", lambda: asli() + detik)


def test_yang_terbuka_bertanya_tanpa_sesi_dan_tanpa_kueri(dunia: Dunia, client: Client) -> None:
    p = buka(client, dunia.dppkb)
    orang_lain = Client()  # no cookie at all: the ticket alone answers
    assert tanya(orang_lain, p.karcis, p.etag).status_code == 304
    mulai = time.monotonic()
    with CaptureQueriesContext(connection) as kueri:
        for _ in range(500):
            assert tanya(orang_lain, p.karcis, p.etag).status_code == 304
    # Whatever their number: one statement for each half second that this took.
    assert len(kueri) <= 1 + (time.monotonic() - mulai) / denyut.INGAT.umur
    denyut.INGAT.umur, umur = 600, denyut.INGAT.umur
    try:
        tanya(orang_lain, p.karcis, p.etag)
        lupakan()
        tanya(client, p.karcis, p.etag)
        with CaptureQueriesContext(connection) as kueri:
            for _ in range(20):
                assert tanya(client, p.karcis, p.etag).status_code == 304
        assert len(kueri) == 0
    finally:
        denyut.INGAT.umur = umur


def test_yang_baru_dikirim_sekali_digambar_untuk_semua(
    dunia: Dunia, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    p = buka(client, dunia.dppkb)
    catatan(dunia)
    tandai(None, {(CITEKO, HARI)})
    hitung_yang_perlu()
    lupakan()
    digambar = []
    asli = dasbor_gambar.gambar_baru
    monkeypatch.setattr(dasbor_gambar, "gambar_baru", lambda *a: digambar.append(1) or asli(*a))
    jawaban = [tanya(Client(), p.karcis, p.etag) for _ in range(5)]
    assert {j.status_code for j in jawaban} == {200}
    assert re.search(r'id="tercatat">(<[^>]*>)*1<', jawaban[0].content.decode())
    assert len(digambar) == 1
    assert jawaban[0]["ETag"] != p.etag
    assert tanya(client, p.karcis, jawaban[0]["ETag"]).status_code == 304
    # The same part as a whole page draws, compressed for whoever understands it.
    segar = client.get("/dasbor/").content.decode()
    assert jawaban[0].content.decode().strip() in segar
    padat = tanya(client, p.karcis, p.etag, **{"accept-encoding": "gzip"})
    assert padat["Content-Encoding"] == "gzip"
    assert padat.content != jawaban[0].content


def test_halaman_dan_jawaban_memakai_etag_yang_sama(dunia: Dunia, client: Client) -> None:
    for siapa, url in (
        (dunia.dppkb, "/dasbor/"),
        (dunia.koordinator, f"/dasbor/{PLERED}/"),
        (dunia.admin, "/dasbor/"),
    ):
        p = buka(client, siapa, url)
        assert tanya(client, p.karcis)["ETag"] == p.etag


@pytest.mark.parametrize("macam", ["tanpa", "karangan", "panjang", "garam_lain", "bentuk_lain", "diubah"])
def test_karcis_buatan_sendiri_tidak_berlaku(dunia: Dunia, client: Client, macam: str) -> None:
    asli = buka(client, dunia.dppkb).karcis
    isi = signing.loads(asli, salt=karcis.GARAM)
    tiket = {
        "tanpa": "",
        "karangan": "a:b:c",
        "panjang": "x" * 5000,
        "garam_lain": signing.dumps(isi),
        "bentuk_lain": signing.dumps({"wilayah": KABUPATEN}, salt=karcis.GARAM),
        "diubah": signing.dumps(isi | {"wilayah": "32"}, salt="x").partition(":")[0] + ":" + asli.partition(":")[2],
    }[macam]
    # Her session is no ticket.
    jawaban = tanya(client, tiket)
    assert jawaban.status_code == 401
    assert "dimuat ulang" in jawaban.json()["pesan"]


def test_karcis_hanya_dibuat_di_dalam_cakupan(dunia: Dunia, client: Client) -> None:
    client.force_login(dunia.kader)
    assert client.get(f"/dasbor/{NAGROG}/").status_code == 404
    from tests.alat import cakupan

    with pytest.raises(ValueError, match="outside"):
        karcis.terbitkan(cakupan(dunia.kader), NAGROG, "1:papan")
    with pytest.raises(ValueError, match="outside"):
        karcis.terbitkan(cakupan(dunia.koordinator), KABUPATEN, "1:papan")
    with pytest.raises(ValueError, match="outside"):
        karcis.terbitkan(cakupan(dunia.tanpa_wilayah), KABUPATEN, "1:papan")


def test_tautan_di_dalamnya_mengikuti_hak_pemegang(dunia: Dunia, client: Client) -> None:
    """The koordinator's page of a desa leads up to her kecamatan, not to the district; for a ticket as for the page."""
    p = buka(client, dunia.koordinator, f"/dasbor/{CITEKO}/")
    isi = tanya(Client(), p.karcis).content.decode()
    assert f"/dasbor/{PLERED}/" in isi
    assert f"/dasbor/{KABUPATEN}/" not in isi
    p = buka(client, dunia.dppkb, f"/dasbor/{CITEKO}/")
    assert f"/dasbor/{KABUPATEN}/" in tanya(Client(), p.karcis).content.decode()
    assert "jenjang" not in tanya(Client(), p.karcis).content.decode()


def test_karcis_lama_ditukar_selama_haknya_masih_ada(
    dunia: Dunia, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    p = buka(client, dunia.koordinator, f"/dasbor/{PLERED}/")
    assert "X-Karcis" not in tanya(client, p.karcis, p.etag)
    maju(monkeypatch, karcis.UMUR + 1)
    assert tanya(Client(), p.karcis, p.etag).status_code == 401  # nobody behind it
    jawaban = tanya(client, p.karcis, p.etag)
    assert jawaban.status_code == 304
    assert tanya(Client(), jawaban["X-Karcis"], p.etag).status_code == 304


@pytest.mark.parametrize("cabut", ["nonaktif", "peran", "penugasan", "keluar"])
def test_yang_dicabut_haknya_tidak_mendapat_karcis_baru(
    dunia: Dunia, client: Client, monkeypatch: pytest.MonkeyPatch, cabut: str
) -> None:
    siapa = dunia.koordinator
    p = buka(client, siapa, f"/dasbor/{PLERED}/")
    if cabut == "nonaktif":
        type(siapa).objects.filter(pk=siapa.pk).update(is_active=False)
    elif cabut == "peran":
        type(siapa).objects.filter(pk=siapa.pk).update(peran="dppkb")
    elif cabut == "penugasan":
        siapa.penugasan.update(selesai=HARI - dt.timedelta(days=1))
    else:
        client.post("/keluar/")
    assert tanya(client, p.karcis, p.etag).status_code == 304  # for so long, and no longer
    maju(monkeypatch, karcis.UMUR + 1)
    assert tanya(client, p.karcis, p.etag).status_code == 401


def test_karcis_kemarin_tidak_berlaku_hari_ini(dunia: Dunia, client: Client, settings: Settings) -> None:
    p = buka(client, dunia.dppkb)
    settings.HARI_INI = "2021-07-09"
    assert tanya(client, p.karcis, p.etag).status_code == 401


def test_penghitung_yang_mati_dikatakan_juga_pada_halaman_yang_terbuka(dunia: Dunia, client: Client) -> None:
    hitung_yang_perlu()
    p = buka(client, dunia.dppkb)
    assert "bergerak sendiri" in tanya(client, p.karcis).content.decode()
    PenandaHitung.objects.update(diperiksa_pada=Now() - dt.timedelta(minutes=7))
    lupakan()
    jawaban = tanya(client, p.karcis, p.etag)
    assert jawaban.status_code == 200
    assert "terakhir diperiksa 7 menit" in jawaban.content.decode()


def test_hari_lalu_tidak_bertanya(dunia: Dunia, client: Client, settings: Settings) -> None:
    settings.HARI_INI = "2021-07-10"
    client.force_login(dunia.dppkb)
    assert "hidup" not in client.get("/dasbor/?tanggal=2021-07-08").context


def test_kampanye_yang_hilang_dikatakan(dunia: Dunia, client: Client) -> None:
    p = buka(client, dunia.dppkb)
    Cuplikan.objects.all().delete()
    Kampanye.objects.all().delete()
    lupakan()
    jawaban = tanya(client, p.karcis, p.etag)
    assert jawaban.status_code == 404
    assert "tidak ada" in jawaban.json()["pesan"]


@pytest.mark.django_db(transaction=True)
def test_yang_bertanya_bersamaan_membuat_satu_kueri(monkeypatch: pytest.MonkeyPatch) -> None:
    """A herd at the moment at which the memory is empty: one asks the database, the others wait for its answer."""
    dunia = buat_dunia()
    hitung_ulang_semua()
    p = buka(Client(), dunia.dppkb)
    lupakan()
    tanya_asli, pertanyaan = denyut._tanya, []

    def lambat(*a: object) -> object:
        pertanyaan.append(1)
        time.sleep(0.2)
        return tanya_asli(*a)

    monkeypatch.setattr(denyut, "_tanya", lambat)
    mulai, status = threading.Barrier(12), []

    def satu() -> None:
        mulai.wait()
        status.append(tanya(Client(), p.karcis, p.etag).status_code)
        connection.close()

    utas = [threading.Thread(target=satu) for _ in range(12)]
    for u in utas:
        u.start()
    for u in utas:
        u.join(30)
    assert status == [304] * 12
    assert len(pertanyaan) == 1
