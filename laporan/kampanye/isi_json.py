"""The documented JSON of a dashboard (docs/dasbor-json.md)."""

from typing import Any

from laporan.kampanye.isi import ANGKA
from laporan.kampanye.papan import Papan
from laporan.kampanye.ramalan.tampil import baca_ramalan

TABEL = ("per_hari", "per_metode", "per_status", "per_tempat", "tahap", "mutu", "per_wilayah")


def isi_json(papan: Papan) -> dict[str, Any]:
    """Return what `/dasbor/data.json` says of an area on a day."""
    cuplikan, isi, laju = papan.cuplikan, papan.isi, papan.laju
    kampanye = cuplikan.kampanye
    return {
        "kampanye": kampanye.nama,
        "wilayah": {"kode": cuplikan.wilayah_id, "nama": cuplikan.wilayah.nama},
        "mulai": kampanye.mulai.isoformat(),
        "selesai": kampanye.selesai.isoformat(),
        "hari_ini": papan.hari_ini.isoformat(),
        "persen": papan.persen,
        "sisa": laju.sisa,
        "sisa_hari": laju.sisa_hari,
        "perlu_per_hari": laju.perlu_per_hari,
        "rata_rata_7_hari": laju.rata_rata,
        **{k: isi[k] for k in ("target", *ANGKA, *TABEL)},
        "ramalan": baca_ramalan(kampanye, cuplikan.wilayah, papan.hari_ini),
        "versi": cuplikan.versi,
        "dihitung_pada": cuplikan.dihitung_pada.isoformat(),
        "disusun": getattr(cuplikan, "disusun", False),
    }
