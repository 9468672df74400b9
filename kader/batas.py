"""Reading boundaries that somebody brings: every doubt is said in a sentence, and nothing doubtful is taken.

Geometries are checked as GeoJSON (RFC 7946) wants them: WGS 84, longitude first, closed rings that do not cross
themselves. Pure: a text and what is known of the areas go in, geometries come out.
"""

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

BATAS_BYTE = 5_000_000
BATAS_TITIK = 60_000
# Indonesia, with some sea around it.
BUJUR, LINTANG = (94.0, 142.0), (-12.0, 7.0)
# A centre of area may lie outside a bent area, but not this far outside its box (degrees, about 5 km).
KELONGGARAN = 0.05
CRS = ("CRS84", "4326")
Titik = tuple[float, float]
Geometri = dict[str, Any]


class BatasSalah(Exception):
    """The file cannot be used; `pesan` says each reason."""

    def __init__(self, *pesan: str) -> None:
        super().__init__(" ".join(pesan))
        self.pesan = pesan


@dataclass(frozen=True)
class Tempat:
    """What is known of an area: its name and, where known, its centre (longitude, latitude)."""

    nama: str
    titik: Titik | None = None


def baca_batas(isi: bytes, wilayah: Mapping[str, Tempat]) -> dict[str, Geometri]:
    """Return the geometry of every area in `wilayah`, by code. Raises BatasSalah with all that is wrong."""
    mentah, salah = _per_kode(_fitur(isi), wilayah)
    if sum(len(cincin) for g in mentah.values() for cincin in _cincin_mentah(g)) > BATAS_TITIK:
        raise BatasSalah(f"Lebih dari {BATAS_TITIK} titik. Sederhanakan batasnya dahulu.", *salah)
    hasil = {}
    for kode, geometri in mentah.items():
        try:
            hasil[kode] = _geometri(geometri, wilayah[kode])
        except BatasSalah as galat:
            salah += [f"{kode} {wilayah[kode].nama}: {p}" for p in galat.pesan]
    if salah:
        raise BatasSalah(*salah)
    return hasil


def _per_kode(fitur: list[dict[str, Any]], wilayah: Mapping[str, Tempat]) -> tuple[dict[str, object], list[str]]:
    """Return the geometries of known areas as they stand, and which are missing, unknown or twice there."""
    hasil, salah = {}, []
    for nomor, satu in enumerate(fitur, start=1):
        kode = _kode(satu)
        if not kode:
            salah.append(f"Fitur ke-{nomor} tidak punya `kode` di properties.")
        elif kode not in wilayah:
            salah.append(f"Fitur ke-{nomor}: kode {kode} tidak dikenal.")
        elif kode in hasil:
            salah.append(f"Fitur ke-{nomor}: kode {kode} sudah ada di fitur sebelumnya.")
        else:
            hasil[kode] = satu.get("geometry")
    kurang = [f"{kode} {tempat.nama}" for kode, tempat in wilayah.items() if kode not in hasil]
    if kurang:
        salah.append("Tidak ada batas untuk: " + ", ".join(kurang) + ".")
    return hasil, salah


def _fitur(isi: bytes) -> list[dict[str, Any]]:
    if len(isi) > BATAS_BYTE:
        raise BatasSalah(f"Berkas lebih besar dari {BATAS_BYTE // 1_000_000} MB. Sederhanakan batasnya dahulu.")
    try:
        data = json.loads(isi.decode("utf-8-sig"), parse_constant=_bukan_angka)
    except (UnicodeDecodeError, ValueError, RecursionError):
        raise BatasSalah("Berkas ini bukan JSON yang dapat dibaca (UTF-8).") from None
    if not isinstance(data, dict) or data.get("type") != "FeatureCollection":
        raise BatasSalah("Berkas ini bukan GeoJSON: `type` harus FeatureCollection.")
    crs = json.dumps(data.get("crs") or "")
    if "crs" in data and data["crs"] and not any(c in crs for c in CRS):
        raise BatasSalah("Koordinatnya bukan WGS 84. Ubah dahulu ke EPSG:4326 (bujur, lintang dalam derajat).")
    fitur = data.get("features")
    if not isinstance(fitur, list) or not all(isinstance(f, dict) for f in fitur):
        raise BatasSalah("Berkas ini bukan GeoJSON: `features` harus sebuah daftar.")
    return fitur


def _bukan_angka(kata: str) -> float:
    # NaN and Infinity are no JSON, though Python reads them.
    raise ValueError(kata)


def _kode(fitur: dict[str, Any]) -> str:
    sifat = fitur.get("properties")
    kode = sifat.get("kode") if isinstance(sifat, dict) else None
    return kode.strip() if isinstance(kode, str) else ""


def _poligon(geometri: object) -> list[Any]:
    """Return the polygons of a geometry; none when it is something else."""
    jenis, isi = (geometri.get("type"), geometri.get("coordinates")) if isinstance(geometri, dict) else (None, None)
    if jenis == "Polygon" and isinstance(isi, list):
        return [isi]
    return isi if jenis == "MultiPolygon" and isinstance(isi, list) else []


def _cincin_mentah(geometri: object) -> Iterator[list[Any]]:
    for poligon in _poligon(geometri):
        yield from (c for c in poligon if isinstance(c, list)) if isinstance(poligon, list) else ()


def _geometri(geometri: object, tempat: Tempat) -> Geometri:
    """Return a geometry with two numbers per point and nothing beside. Raises BatasSalah."""
    poligon = _poligon(geometri)
    if not poligon:
        raise BatasSalah("geometrinya harus Polygon atau MultiPolygon yang berisi.")
    bersih = []
    for satu in poligon:
        if not isinstance(satu, list) or not satu:
            raise BatasSalah("ada poligon tanpa garis luar.")
        bersih.append([_cincin(c) for c in satu])
    _periksa_letak([t for p in bersih for t in p[0]], tempat)
    if len(bersih) == 1:
        return {"type": "Polygon", "coordinates": bersih[0]}
    return {"type": "MultiPolygon", "coordinates": bersih}


def _cincin(cincin: object) -> list[Titik]:
    if not isinstance(cincin, list) or len(cincin) < 4:
        raise BatasSalah("garisnya paling sedikit empat titik.")
    titik = [_titik(t) for t in cincin]
    if titik[0] != titik[-1]:
        raise BatasSalah("garisnya tidak tertutup: titik terakhir harus sama dengan yang pertama.")
    if abs(_luas(titik)) < 1e-12:
        raise BatasSalah("garisnya tidak melingkupi apa pun.")
    if _bersilang(titik):
        raise BatasSalah("garisnya memotong dirinya sendiri.")
    return titik


def _titik(titik: object) -> Titik:
    if not isinstance(titik, list) or len(titik) < 2:
        raise BatasSalah("ada titik yang bukan pasangan angka.")
    x, y = titik[0], titik[1]
    if not all(isinstance(n, int | float) and not isinstance(n, bool) for n in (x, y)):
        raise BatasSalah("ada titik yang bukan pasangan angka.")
    if _di_antara(y, BUJUR) and _di_antara(x, LINTANG):
        raise BatasSalah("lintang dan bujurnya terbalik: GeoJSON menulis bujur dahulu, seperti [107.44, -6.55].")
    if not (_di_antara(x, BUJUR) and _di_antara(y, LINTANG)):
        raise BatasSalah("ada titik di luar Indonesia; koordinatnya harus derajat bujur dan lintang.")
    return float(x), float(y)


def _di_antara(n: float, batas: tuple[float, float]) -> bool:
    return math.isfinite(n) and batas[0] <= n <= batas[1]


def _luas(titik: list[Titik]) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(titik)) / 2


def _periksa_letak(titik: list[Titik], tempat: Tempat) -> None:
    """Refuse an outline that lies elsewhere than its area: two codes that were mixed up look fine otherwise."""
    if tempat.titik is None:
        return
    for nilai, pusat in zip(zip(*titik, strict=True), tempat.titik, strict=True):
        if not min(nilai) - KELONGGARAN <= pusat <= max(nilai) + KELONGGARAN:
            raise BatasSalah("titik tengah wilayah ini ada di luar batasnya; mungkin kodenya tertukar.")


def _bersilang(titik: list[Titik]) -> bool:
    """Whether two sides of a ring properly cross. Touching is let pass: real boundaries touch themselves."""
    sisi = sorted((min(a[0], b[0]), max(a[0], b[0]), a, b) for a, b in pairwise(titik) if a != b)
    terbuka: list[tuple[float, float, Titik, Titik]] = []
    for satu in sisi:
        # Only sides that reach as far right as this one begins can cross it.
        terbuka = [s for s in terbuka if s[1] >= satu[0]]
        if any(_potong(satu[2], satu[3], s[2], s[3]) for s in terbuka):
            return True
        terbuka.append(satu)
    return False


def _potong(a: Titik, b: Titik, c: Titik, d: Titik) -> bool:
    return _arah(a, b, c) * _arah(a, b, d) < 0 and _arah(c, d, a) * _arah(c, d, b) < 0


def _arah(a: Titik, b: Titik, c: Titik) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
