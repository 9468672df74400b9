"""The description of the API (OpenAPI 3.1). tests/api checks every answer against it."""

from typing import Any

from akseptor.enums import Metode, StatusPeserta, Tahap
from kader.enums import JenisFaskes, Tingkat
from laporan.api.dhis2 import DATA_SET, PERIODE, UNSUR
from laporan.kampanye.isi import ANGKA, MUTU
from laporan.kampanye.rinci import TUNDA
from poskb.dasar.waktu import HARI as HARI_PEKAN

BULAT = {"type": "integer", "minimum": 0}
TANGGAL = {"type": "string", "format": "date"}
TEKS = {"type": "string"}
KODE = {"type": "string", "pattern": r"^\d{2}\.\d{2}(\.\d{2}(\.\d{4})?)?$", "examples": ["32.14.04"]}
TIGA = dict.fromkeys(ANGKA, BULAT)
ANGKA_SAJA = {"type": "number", "minimum": 0}
ANGKA_ATAU_KOSONG = {"type": ["integer", "null"]}
PERSEN = {"type": ["number", "null"], "description": "Rounded down; may exceed 100; null without a whole."}


def _objek(isi: dict[str, Any], *boleh_tidak: str) -> dict[str, Any]:
    """An object of exactly these keys, all there but for `boleh_tidak`."""
    wajib = [k for k in isi if k not in boleh_tidak]
    return {"type": "object", "properties": isi, "required": wajib, "additionalProperties": False}


def _larik(isi: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": isi}


def _pilih(nilai: list[str]) -> dict[str, Any]:
    return {"type": "string", "enum": nilai}


def _skema() -> dict[str, Any]:
    kampanye = {"id": BULAT, "nama": TEKS, "wilayah": KODE, "mulai": TANGGAL, "selesai": TANGGAL, "target": BULAT}
    kampanye |= {"metode": _larik(_pilih(Metode.values)), "status_peserta": _larik(_pilih(StatusPeserta.values))}
    boleh_kosong = {"type": ["number", "null"]}
    capaian = {
        "kampanye": TEKS,
        "wilayah": _objek({"kode": KODE, "nama": TEKS}),
        "mulai": TANGGAL,
        "selesai": TANGGAL,
        "hari_ini": TANGGAL,
        "persen": PERSEN,
        "persen_terverifikasi": PERSEN,
        "belum_terverifikasi": BULAT,
        "sisa": BULAT,
        "sisa_hari": BULAT,
        "perlu_per_hari": boleh_kosong,
        "perlu_hari_ini": boleh_kosong | {"description": "After the days of the week that are left."},
        "rata_rata_7_hari": boleh_kosong,
        "garis_lurus": {**BULAT, "description": "What the straight line to the target asks for on this day."},
        "target": BULAT,
        **TIGA,
        "per_hari": _larik(_objek({"tanggal": TANGGAL, **TIGA, "kumulatif": ANGKA_ATAU_KOSONG, "garis": ANGKA_SAJA})),
        "per_metode": _larik(_objek({"metode": _pilih(Metode.values), **TIGA})),
        "per_status": _larik(_objek({"status": _pilih(StatusPeserta.values), **TIGA})),
        "per_tempat": _larik(_objek({"tempat": _pilih(JenisFaskes.values), **TIGA})),
        "tahap": _objek({str(t): BULAT for t in Tahap}),
        "mutu": _objek(dict.fromkeys(MUTU, BULAT)),
        "mutu_per_wilayah": _larik(
            _objek(
                {"kode": KODE, "nama": TEKS, "persen_terlambat": PERSEN}
                | dict.fromkeys(("tercatat", "belum_terverifikasi", "nik_menyusul", "tunda_7", "tunda_lama"), BULAT)
            )
        ),
        "per_wilayah": _larik(
            _objek(
                _wilayah()
                | {"kurang": BULAT, "selisih_garis": {"type": "integer"}}
                | dict.fromkeys(("perlu_per_hari", "perlu_hari_ini"), boleh_kosong)
            )
        ),
        "jalan": _larik(_objek({"tahap": _pilih([str(t) for t in Tahap]), "sampai": BULAT, "jumlah": BULAT})),
        "tunda": _larik(_objek({"kunci": _pilih(list(TUNDA)), "jumlah": BULAT, "persen": ANGKA_SAJA})),
        "pekan": _larik(_objek({"hari": _pilih(list(HARI_PEKAN)), "rata_rata": boleh_kosong, "hari_penuh": BULAT})),
        "jumlah_desa_diam": BULAT,
        "desa_diam": _larik(
            _objek({"kode": KODE, "nama": TEKS, "terakhir": {"oneOf": [{"type": "null"}, TANGGAL]}, "lama": BULAT})
        ),
        "ramalan": {"oneOf": [{"type": "null"}, _ramalan()]},
        "angka_akhir": {"oneOf": [{"type": "null"}, _akhir()]},
        "versi": BULAT,
        "dihitung_pada": {"type": "string", "format": "date-time"},
        "disusun": {"type": "boolean", "description": "A past day put together afterwards from the records."},
    }
    akhir = {"type": ["integer", "null"], "description": "The final figure; null while the campaign is not closed."}
    wilayah = _objek(_wilayah() | {"angka_akhir": akhir})
    nilai = {
        "dataElement": _pilih(list(UNSUR)),
        "period": {"type": "string", "pattern": r"^\d{6}(\d{2})?$"},
        "orgUnit": KODE,
        "categoryOptionCombo": _pilih([f"POSKB_{m.upper()}" for m in Metode.values]),
        "attributeOptionCombo": {"type": "string", "pattern": r"^POSKB_K\d+$"},
        "value": {"type": "string", "pattern": r"^\d+$"},
    }
    return {
        "DaftarKampanye": _objek({"kampanye": _larik(_objek(kampanye))}),
        "Capaian": _objek(capaian),
        "DaftarWilayah": _objek({"hari": TANGGAL, "wilayah": _larik(wilayah)}),
        "DataValueSet": _objek({"dataSet": {"const": DATA_SET}, "dataValues": _larik(_objek(nilai))}),
        "Galat": _objek({"pesan": TEKS}),
    }


def _wilayah() -> dict[str, Any]:
    """An area with its own share of the target."""
    return {"kode": KODE, "nama": TEKS, "target": BULAT, **TIGA, "persen": PERSEN}


def _akhir() -> dict[str, Any]:
    """The figure that was announced when the campaign was closed, and how today's comes about from it."""
    return _objek(
        {
            "ditutup": TANGGAL,
            "tercatat": BULAT,
            "terverifikasi": BULAT,
            "susulan": {**ANGKA_ATAU_KOSONG, "description": "Came after the closing; null on a past day."},
            "koreksi": {**ANGKA_ATAU_KOSONG, "description": "Everything else: kini = tercatat + susulan + koreksi."},
            "kini": BULAT,
            "kalimat": TEKS,
        }
    )


def _ramalan() -> dict[str, Any]:
    """The forecast: of the kabupaten with its band, of a kecamatan the chance in words only (docs/ramalan.md)."""
    titik = _objek({"tanggal": TANGGAL, "tengah": BULAT, "bawah": BULAT, "atas": BULAT})
    return _objek(
        {
            "cukup_data": {"type": "boolean"},
            "alasan": TEKS,
            "kalimat": TEKS,
            "lanjutan": _larik(TEKS),
            "tengah": ANGKA_ATAU_KOSONG,
            "bawah": ANGKA_ATAU_KOSONG,
            "atas": ANGKA_ATAU_KOSONG,
            "peluang": {"type": ["number", "null"], "minimum": 0, "maximum": 1},
            "tujuh_hari_lengkap": {"type": ["number", "null"]},
            "lebih_mungkin": {"type": ["boolean", "null"], "description": "Whether the chance is at least one half."},
            "jalur": _larik(titik),
        }
    )


def _tanya(nama: str, skema: dict[str, Any], kata: str) -> dict[str, Any]:
    return {"name": nama, "in": "query", "required": False, "schema": skema, "description": kata}


PK = {"name": "id", "in": "path", "required": True, "schema": BULAT}
HARI = _tanya("tanggal", TANGGAL, "A past day: what was known at its end.")
TINGKAT = _tanya(
    "tingkat", _pilih(Tingkat.values), "Level of the areas; desa only for a key that may. Default kecamatan."
)
PERIODE_TANYA = _tanya("periode", _pilih(list(PERIODE)), "By service day or month. Default bulanan.")
WILAYAH = _tanya("wilayah", KODE, "An area of the key. Default the whole area of the key.")


def _jalur(skema: str, kata: str, *tanya: dict[str, Any]) -> dict[str, Any]:
    galat = {"description": "A sentence in Bahasa Indonesia.", "content": _isi("Galat")}
    jawaban = {"200": {"description": kata, "content": _isi(skema)}, "304": {"description": "Nothing new."}}
    jawaban |= dict.fromkeys(("400", "401", "403", "404", "429"), galat)
    return {"get": {"summary": kata, "parameters": list(tanya), "responses": jawaban}}


def _isi(skema: str) -> dict[str, Any]:
    return {"application/json": {"schema": {"$ref": f"#/components/schemas/{skema}"}}}


def gambaran(alamat: str) -> dict[str, Any]:
    """Return the description; `alamat`: where this installation serves it."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Pos KB: capaian kampanye",
            "version": "1",
            "description": "Aggregates only, read only. Ask DPPKB for a key. Send If-None-Match to ask cheaply.",
        },
        "servers": [{"url": alamat}],
        "security": [{"token": []}],
        "paths": {
            "/kampanye/": _jalur("DaftarKampanye", "The campaigns."),
            "/kampanye/{id}/capaian/": _jalur("Capaian", "Numbers of one area.", PK, WILAYAH, HARI),
            "/kampanye/{id}/wilayah/": _jalur("DaftarWilayah", "All areas of a level.", PK, TINGKAT, HARI),
            "/kampanye/{id}/dataValueSets/": _jalur(
                "DataValueSet", "For DHIS2: import with idScheme=CODE.", PK, TINGKAT, PERIODE_TANYA
            ),
        },
        "components": {
            "schemas": _skema(),
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }
