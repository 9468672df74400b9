"""All that the page of an area shows beside its board: map, week, quality, RW; a fixed number of queries."""

import datetime as dt
from typing import Any

from kader.cakupan import Cakupan
from kader.enums import Tingkat
from laporan.kampanye.isi import hari_terakhir
from laporan.kampanye.lihat import Lihat
from laporan.kampanye.mutu import desa_diam, mutu_per_wilayah, paling_terlambat, per_tunda
from laporan.kampanye.papan import Papan
from laporan.kampanye.per_rw import per_rw
from laporan.kampanye.peta import susun_peta


def susun_tampilan(
    papan: Papan, lihat: Lihat, cakupan: Cakupan, ramalan: dict[str, Any] | None = None
) -> dict[str, Any]:
    """Return the names that templates/laporan/dasbor/ draws from. `ramalan`: see dasbor/_ramalan.html."""
    kampanye, wilayah, isi = papan.cuplikan.kampanye, papan.cuplikan.wilayah, papan.isi
    per_wilayah = papan.per_wilayah()
    peta = susun_peta(per_wilayah) if per_wilayah else None
    kurva = papan.kurva()
    mutu_wilayah = mutu_per_wilayah(per_wilayah)
    desa = wilayah.tingkat == Tingkat.DESA
    jalur = {t["tanggal"]: t for t in (ramalan or {}).get("jalur", [])}
    return {
        "kurva": [
            h | {"hari": dt.date.fromisoformat(h["tanggal"]), "ramalan": jalur.get(h["tanggal"])} for h in kurva
        ],
        "pekan_kini": next((h for h in papan.pekan if h.kini), None),
        "per_wilayah": per_wilayah,
        "peta": peta,
        "tunda": per_tunda(isi),
        "mutu_wilayah": mutu_wilayah,
        "mutu_terburuk": paling_terlambat(mutu_wilayah),
        "terakhir": hari_terakhir(isi, wilayah.kode),
        "diam": desa_diam(isi, kampanye, papan.hari_ini),
        # A past day's would have to be kept, and days that are kept can be compared: `sembunyi`.
        "rw": per_rw(kampanye, wilayah.kode, cakupan) if desa and not lihat.tanggal else None,
        "ramalan": ramalan,
        "data_bagan": {
            "kurva": kurva,
            "target": isi["target"],
            "hari_ini": papan.hari_ini.isoformat(),
            "perlu": papan.laju.perlu_per_hari,
            "wilayah": [
                {"kode": u.baris.kode, "nama": u.baris.nama, "persen": u.baris.persen, "kelas": u.kelas}
                for u in (peta.ubin if peta and peta.ada_batas else [])
            ],
            "kueri": lihat.kueri,
            "ramalan": ramalan,
        },
    }
