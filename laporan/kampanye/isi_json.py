"""The documented JSON of a dashboard (docs/dasbor-json.md): every number of the page."""

from typing import Any

from laporan.kampanye.angka_akhir import Akhir
from laporan.kampanye.isi import ANGKA
from laporan.kampanye.mutu import MutuWilayah, desa_diam, mutu_per_wilayah, per_tunda
from laporan.kampanye.papan import Baris, Papan
from laporan.kampanye.ramalan.tampil import baca_ramalan

TABEL = ("per_metode", "per_status", "per_tempat", "tahap", "mutu")


def isi_json(papan: Papan) -> dict[str, Any]:
    """Return what `/dasbor/data.json` says of an area on a day."""
    cuplikan, isi, laju = papan.cuplikan, papan.isi, papan.laju
    kampanye, per_wilayah = cuplikan.kampanye, papan.per_wilayah()
    return {
        "kampanye": kampanye.nama,
        "wilayah": {"kode": cuplikan.wilayah_id, "nama": cuplikan.wilayah.nama},
        "mulai": kampanye.mulai.isoformat(),
        "selesai": kampanye.selesai.isoformat(),
        "hari_ini": papan.hari_ini.isoformat(),
        "persen": papan.persen,
        "persen_terverifikasi": papan.persen_terverifikasi,
        "belum_terverifikasi": papan.belum_terverifikasi,
        "sisa": laju.sisa,
        "sisa_hari": laju.sisa_hari,
        "perlu_per_hari": laju.perlu_per_hari,
        "perlu_hari_ini": papan.perlu_hari_ini,
        "rata_rata_7_hari": laju.rata_rata,
        "garis_lurus": laju.seharusnya,
        **{k: isi[k] for k in ("target", *ANGKA, *TABEL)},
        "per_hari": papan.kurva(),
        "per_wilayah": [_wilayah(b) for b in sorted(per_wilayah, key=lambda b: b.kode)],
        "jalan": [{"tahap": t.kode, "sampai": t.sampai, "jumlah": t.jumlah} for t in papan.corong()],
        "mutu_per_wilayah": [_mutu(m) for m in mutu_per_wilayah(per_wilayah)],
        "tunda": [{"kunci": t.kunci, "jumlah": t.jumlah, "persen": t.persen} for t in per_tunda(isi)],
        "pekan": [{"hari": h.nama, "rata_rata": h.rata, "hari_penuh": h.banyak} for h in papan.pekan],
        **_diam(papan),
        "ramalan": baca_ramalan(papan),
        "angka_akhir": _akhir(papan.akhir),
        "versi": cuplikan.versi,
        "dihitung_pada": cuplikan.dihitung_pada.isoformat(),
        "disusun": getattr(cuplikan, "disusun", False),
    }


def _wilayah(b: Baris) -> dict[str, Any]:
    return {
        **{k: getattr(b, k) for k in ("kode", "nama", "target", *ANGKA, "persen", "kurang")},
        "selisih_garis": b.garis.selisih,
        "perlu_per_hari": b.perlu,
        "perlu_hari_ini": b.perlu_kini,
    }


def _mutu(m: MutuWilayah) -> dict[str, Any]:
    return {
        **{k: getattr(m, k) for k in ("kode", "nama", "tercatat", "belum_terverifikasi", "nik_menyusul")},
        "tunda_7": m.minggu,
        "tunda_lama": m.lama,
        "persen_terlambat": m.persen,
    }


def _diam(papan: Papan) -> dict[str, Any]:
    diam = desa_diam(papan.isi, papan.cuplikan.kampanye, papan.hari_ini)
    return {
        "jumlah_desa_diam": len(diam),
        "desa_diam": [
            {
                "kode": d.desa.kode,
                "nama": d.desa.nama,
                "terakhir": d.terakhir and d.terakhir.isoformat(),
                "lama": d.lama,
            }
            for d in diam
        ],
    }


def _akhir(akhir: Akhir | None) -> dict[str, Any] | None:
    if akhir is None:
        return None
    return {
        "ditutup": akhir.ditutup.isoformat(),
        "tercatat": akhir.tercatat,
        "terverifikasi": akhir.terverifikasi,
        "susulan": akhir.susulan,
        "koreksi": akhir.koreksi,
        "kini": akhir.kini,
        "kalimat": akhir.kata,
    }
