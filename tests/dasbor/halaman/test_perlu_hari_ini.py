"""What a day is asked for: one number per area, wherever it is told."""

import datetime as dt
import io

import openpyxl
import pypdfium2
import pytest
from django.test import Client
from pytest_django import Settings

from laporan.kampanye.hitung import hitung_ulang_semua
from poskb.dasar.angka import angka
from tests.alat import CITEKO, GANDASOLI, KABUPATEN, PLERED, Dunia, catatan, lupakan
from tests.dasbor.halaman.alat import buka


@pytest.mark.parametrize("tanggal", ["", "?tanggal=2021-07-08"])
def test_satu_permintaan_per_wilayah_di_atasnya_dan_di_halamannya(
    dunia: Dunia, client: Client, settings: Settings, tanggal: str
) -> None:
    """By the same week, and with what was recorded today taken off in both places alike."""
    for n in range(20):
        catatan(dunia, dt.date(2021, 6, 18 + n % 7), desa=(CITEKO, GANDASOLI)[n % 2])
    for _ in range(3):
        catatan(dunia, dt.date(2021, 7, 8), desa=GANDASOLI)
    hitung_ulang_semua()
    lupakan()
    client.force_login(dunia.dppkb)
    assert client.get("/dasbor/data.json").json()["pekan"]
    if tanggal:
        settings.HARI_INI = "2021-07-09"
    for atas in (KABUPATEN, PLERED):
        per_wilayah = client.get(f"/dasbor/{atas}/data.json{tanggal}").json()["per_wilayah"]
        assert len(per_wilayah) > 1
        for w in per_wilayah:
            sendiri = client.get(f"/dasbor/{w['kode']}/data.json{tanggal}").json()
            for nama in ("perlu_per_hari", "perlu_hari_ini"):
                assert w[nama] == sendiri[nama], (w["kode"], nama)
    berkas = client.get(f"/dasbor/{KABUPATEN}/ringkasan.xlsx{tanggal}").content
    lembar = openpyxl.load_workbook(io.BytesIO(berkas))["Per desa"]
    judul = [s.value for s in lembar[1]]
    for baris in lembar.iter_rows(min_row=2, max_row=lembar.max_row - 1, values_only=True):
        satu = dict(zip(judul, baris, strict=True))
        sendiri = client.get(f"/dasbor/{satu['Kode']}/data.json{tanggal}").json()
        assert satu["Perlu hari ini"] == pytest.approx(sendiri["perlu_hari_ini"]), satu


def test_hari_ini_diminta_menurut_pola_hari_sama_di_halaman_buku_dan_layar(dunia: Dunia, client: Client) -> None:
    """Twenty days are full and hold thirty couples: the day of the week is known."""
    for n in range(20):
        catatan(dunia, dt.date(2021, 6, 18), desa=(CITEKO, GANDASOLI)[n % 2])
    hitung_ulang_semua()
    lupakan()
    client.force_login(dunia.dppkb)
    data = client.get("/dasbor/data.json").json()
    assert data["pekan"]
    # 8 July is a Thursday, the busy day of this week was a Friday: less than the mean is asked of it.
    assert 0 < data["perlu_hari_ini"] < data["perlu_per_hari"]
    bobot = data["perlu_hari_ini"] / data["perlu_per_hari"]
    for w in data["per_wilayah"]:
        assert w["perlu_hari_ini"] == pytest.approx(w["perlu_per_hari"] * bobot)
    kata = angka(data["perlu_hari_ini"], 1)
    halaman = buka(client, dunia.dppkb)
    assert f"hari ini (Kamis) {kata}, sudah 0" in halaman
    assert f"; hari ini perlu <b>{kata}</b>, sudah 0" in halaman
    assert '<th class="angka">Hari ini</th>' in halaman
    kertas = client.get(f"/dasbor/{KABUPATEN}/ringkasan.pdf").content
    assert f"hari ini perlu {kata}, sudah 0" in pypdfium2.PdfDocument(kertas)[0].get_textpage().get_text_range()
    layar = buka(client, dunia.dppkb, f"/dasbor/{KABUPATEN}/layar/")
    assert f"Hari ini sebaiknya {data['perlu_hari_ini']:.0f} akseptor, sudah 0." in layar
