"""The moving part of a dashboard, drawn once for all who may see the same: for the page and for what asks after it."""

import gzip
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from kader.cakupan import Cakupan
from kader.models import Wilayah
from laporan.bulanan.jenjang import jenjang
from laporan.kampanye.denyut import Denyut
from laporan.kampanye.kesegaran import Kesegaran
from laporan.kampanye.layar import susun_layar
from laporan.kampanye.lihat import Lihat
from laporan.kampanye.papan import Papan
from poskb.dasar.sekejap import Sekejap
from poskb.dasar.waktu import bulan_lalu

# What changed is drawn anew, so the age of a drawing does not matter; the month's reports on it may be a minute old.
GAMBAR = Sekejap(umur=60, paling_banyak=64)
TEMPLATE = {"layar": "laporan/layar/_slide.html"}


@dataclass(frozen=True)
class Gambar:
    """`padat`: compressed once for everybody: it holds no secret and nothing that a visitor chose."""

    html: SafeString
    padat: bytes


def gambar(kini: Denyut, cakupan: Cakupan, lihat: Lihat, jenis: str) -> Gambar:
    """Return the moving part of a page of this kind. `jenis`: "papan", "utama" (with the month's reports), "layar"."""
    kunci = (kini.cuplikan, jenis, str(cakupan.peran), cakupan.kode, lihat.kampanye is not None)

    def buat() -> Gambar:
        return _padatkan(gambar_baru(kini.papan(), cakupan, lihat, kini.segar, jenis))

    return GAMBAR.ambil(kunci, buat, cap=kini.etag(jenis))


def _padatkan(html: SafeString) -> Gambar:
    return Gambar(html, gzip.compress(html.encode(), compresslevel=6))


def gambar_baru(papan: Papan, cakupan: Cakupan, lihat: Lihat, segar: Kesegaran | None, jenis: str) -> SafeString:
    """Draw it, whatever day it shows. It may depend on nothing of a request: there is none when a ticket asks."""
    konteks = {
        "papan": papan,
        "lihat": lihat,
        "kampanye": papan.cuplikan.kampanye,
        "wilayah": papan.cuplikan.wilayah,
        "kesegaran": segar,
    }
    konteks |= {"layar": susun_layar(papan)} if jenis == "layar" else _konteks(papan, lihat, cakupan)
    if jenis == "utama":
        # The district's first page also says how far the month's reports are.
        konteks["jenjang"] = jenjang(cakupan, bulan_lalu())
    return mark_safe(render_to_string(TEMPLATE.get(jenis, "laporan/dasbor/_hidup.html"), konteks))  # noqa: S308


def _konteks(papan: Papan, lihat: Lihat, cakupan: Cakupan) -> dict[str, object]:
    kurva = papan.kurva()
    return {
        "kurva": kurva,
        "data_kurva": {
            "kurva": kurva,
            "target": papan.isi["target"],
            "hari_ini": papan.hari_ini.isoformat(),
            "versi": papan.cuplikan.versi,
        },
        "leluhur": [w for w in _leluhur(papan.cuplikan.wilayah) if cakupan.memuat(w.kode)],
    }


def _leluhur(wilayah: Wilayah) -> list[Wilayah]:
    atas = []
    while wilayah.induk_id:
        wilayah = wilayah.induk
        atas.insert(0, wilayah)
    return atas
