"""Boundaries that an operator brings: good ones are taken whole, every doubt is named, nothing doubtful is kept."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from kader.batas import BATAS_BYTE, BatasSalah, Tempat, baca_batas
from kader.models import BatasWilayah, Wilayah
from tests.alat import PLERED, WANAYASA, buat_dunia

TEMPAT = {PLERED: Tempat("Plered", (107.38, -6.64)), WANAYASA: Tempat("Wanayasa")}
KOTAK = [[107.3, -6.7], [107.5, -6.7], [107.5, -6.6], [107.3, -6.6], [107.3, -6.7]]
Ubah = Callable[[dict[str, Any]], object]


def geojson() -> dict[str, Any]:
    """Two squares; each test spoils one thing."""
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"kode": kode},
                "geometry": {"type": "Polygon", "coordinates": [[list(t) for t in KOTAK]]},
            }
            for kode in TEMPAT
        ],
    }


def geometri(data: dict[str, Any]) -> dict[str, Any]:
    return data["features"][0]["geometry"]


def cincin(data: dict[str, Any]) -> list[list[float]]:
    return geometri(data)["coordinates"][0]


def tolak(isi: bytes) -> str:
    with pytest.raises(BatasSalah) as galat:
        baca_batas(isi, TEMPAT)
    return " ".join(galat.value.pesan)


def test_yang_benar_dibaca() -> None:
    data = geojson()
    cincin(data)[0].append(120.5)  # a height is left away
    cincin(data)[-1].append(120.5)
    data["features"][1]["geometry"] = {"type": "MultiPolygon", "coordinates": [[KOTAK], [KOTAK]]}
    hasil = baca_batas(json.dumps(data).encode(), TEMPAT)
    assert list(hasil) == [PLERED, WANAYASA]
    assert hasil[PLERED]["coordinates"][0][0] == (107.3, -6.7)
    assert hasil[WANAYASA]["type"] == "MultiPolygon"


def _tanpa(data: dict[str, Any]) -> None:
    data["features"].pop()


def _tukar(data: dict[str, Any]) -> None:
    geometri(data)["coordinates"] = [[[t[0] + 0.5, t[1]] for t in KOTAK]]


def _silang(data: dict[str, Any]) -> None:
    geometri(data)["coordinates"] = [[KOTAK[0], KOTAK[2], KOTAK[1], [107.3, -6.65], KOTAK[0]]]


def _terbalik(data: dict[str, Any]) -> None:
    geometri(data)["coordinates"] = [[t[::-1] for t in KOTAK]]


@pytest.mark.parametrize(
    ("ubah", "kata"),
    [
        (_tanpa, f"Tidak ada batas untuk: {WANAYASA} Wanayasa."),
        (lambda d: d["features"][0]["properties"].update(kode="32.99.01"), "kode 32.99.01 tidak dikenal"),
        (lambda d: d["features"][0]["properties"].update(kode=WANAYASA), "sudah ada di fitur sebelumnya"),
        (lambda d: d["features"][0]["properties"].pop("kode"), "tidak punya `kode`"),
        (lambda d: d["features"][0].update(properties=None), "tidak punya `kode`"),
        (lambda d: d["features"][0]["properties"].update(kode=3214), "tidak punya `kode`"),
        (lambda d: d["features"][0].update(geometry=None), "harus Polygon atau MultiPolygon"),
        (lambda d: geometri(d).update(type="Point"), "harus Polygon atau MultiPolygon"),
        (lambda d: geometri(d).update(coordinates=[]), "tanpa garis luar"),
        (lambda d: geometri(d).update(coordinates={}), "harus Polygon atau MultiPolygon"),
        (lambda d: geometri(d).update(type="MultiPolygon", coordinates=[[]]), "tanpa garis luar"),
        (lambda d: geometri(d).update(type="MultiPolygon", coordinates=[7]), "tanpa garis luar"),
        (lambda d: cincin(d).pop(), "tidak tertutup"),
        (lambda d: geometri(d).update(coordinates=[KOTAK[:2] + KOTAK[-1:]]), "paling sedikit empat titik"),
        (lambda d: geometri(d).update(coordinates=["abcd"]), "paling sedikit empat titik"),
        (lambda d: cincin(d).insert(1, ["107.3", -6.7]), "bukan pasangan angka"),
        (lambda d: cincin(d).insert(1, [True, -6.7]), "bukan pasangan angka"),
        (lambda d: cincin(d).insert(1, [107.4]), "bukan pasangan angka"),
        (lambda d: cincin(d).insert(1, None), "bukan pasangan angka"),
        (lambda d: cincin(d).insert(1, [12.5, 55.7]), "di luar Indonesia"),
        (lambda d: cincin(d).insert(1, [731_000.0, 9_270_000.0]), "di luar Indonesia"),
        (_terbalik, "lintang dan bujurnya terbalik"),
        (_tukar, "mungkin kodenya tertukar"),
        (_silang, "memotong dirinya"),
        (
            lambda d: geometri(d).update(coordinates=[[[107.3, -6.6], [107.4, -6.6], [107.5, -6.6], [107.3, -6.6]]]),
            "tidak melingkupi apa pun",
        ),
        (lambda d: d.update(type="Feature"), "harus FeatureCollection"),
        (lambda d: d.update(features={}), "harus sebuah daftar"),
        (lambda d: d.update(features=[1]), "harus sebuah daftar"),
        (lambda d: d.update(crs={"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32748"}}), "WGS 84"),
    ],
)
def test_yang_meragukan_ditolak_dengan_sebabnya(ubah: Ubah, kata: str) -> None:
    data = geojson()
    ubah(data)
    assert kata in tolak(json.dumps(data).encode())


@pytest.mark.parametrize(
    "isi",
    [b"", b"bukan json", b"\xff\xfe\x00", b"[" * 100_000, b'{"type": NaN}', b"null", b'{"a": 1e999}'],
    ids=["kosong", "teks", "bukan utf-8", "sangat dalam", "nan", "null", "tak hingga"],
)
def test_berkas_yang_bukan_geojson(isi: bytes) -> None:
    assert "Berkas ini bukan" in tolak(isi)


def test_angka_tak_hingga_di_titik() -> None:
    assert "di luar Indonesia" in tolak(json.dumps(geojson()).replace("107.5", "1e999", 1).encode())


def test_berkas_terlalu_besar() -> None:
    assert "lebih besar dari 5 MB" in tolak(b" " * (BATAS_BYTE + 1))
    data = geojson()
    geometri(data)["coordinates"] = [[[107.3, -6.6]] * 60_000]
    assert "Lebih dari 60000 titik" in tolak(json.dumps(data).encode())


def test_semua_kesalahan_disebut_sekaligus() -> None:
    data = geojson()
    cincin(data).pop()
    data["features"][1]["properties"]["kode"] = "32.99"
    pesan = tolak(json.dumps(data).encode())
    assert "tidak tertutup" in pesan
    assert "32.99 tidak dikenal" in pesan
    assert "32.14.09 Wanayasa" in pesan


def test_batas_yang_menyentuh_dirinya_diterima() -> None:
    """Islands that hang on one point and doubled points are common in real files."""
    data = geojson()
    titik = [
        [107.3, -6.7],
        [107.4, -6.65],
        [107.5, -6.7],
        [107.5, -6.6],
        [107.4, -6.65],
        [107.4, -6.65],
        [107.3, -6.6],
    ]
    geometri(data)["coordinates"] = [[*titik, titik[0]]]
    assert baca_batas(json.dumps(data).encode(), TEMPAT)


@pytest.fixture
def berkas(db: None, tmp_path: Path) -> Path:
    buat_dunia()
    Wilayah.objects.filter(kode=PLERED).update(lintang="-6.64", bujur="107.38")
    satu = tmp_path / "batas.geojson"
    satu.write_text(json.dumps(geojson()))
    return satu


def muat(*argumen: object) -> str:
    keluar = io.StringIO()
    call_command("muat_batas", *map(str, argumen), stdout=keluar)
    return keluar.getvalue()


def test_perintah_memuat_mengganti_dan_menghapus(berkas: Path) -> None:
    assert "2 kecamatan dimuat" in muat(berkas)
    assert "2 kecamatan dimuat" in muat(berkas)
    assert BatasWilayah.objects.count() == 2
    assert "2 dibuang" in muat("--hapus")
    assert not BatasWilayah.objects.exists()


def test_berkas_salah_meninggalkan_yang_lama(berkas: Path) -> None:
    muat(berkas)
    lama = list(BatasWilayah.objects.values_list("pk", "geometri"))
    data = geojson()
    data["features"].pop()
    berkas.write_text(json.dumps(data))
    with pytest.raises(CommandError, match=r"Batas tidak dimuat\.\n- Tidak ada batas untuk: 32\.14\.09 Wanayasa"):
        muat(berkas)
    assert list(BatasWilayah.objects.values_list("pk", "geometri")) == lama


def test_perintah_tanpa_berkas_atau_dengan_keduanya(berkas: Path) -> None:
    for argumen in ([], [berkas, "--hapus"]):
        with pytest.raises(CommandError, match="Sebutkan satu berkas"):
            muat(*argumen)
    with pytest.raises(CommandError, match="tidak dapat dibaca"):
        muat("/tidak/ada.geojson")
