"""What a snapshot holds: of a desa from its daily numbers, of a larger area by adding up the areas below."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from copy import copy
from typing import Any

from django.db import connection

from akseptor.enums import TAHAP_TERLAYANI, StatusPeserta, Tahap
from kader.enums import JenisFaskes
from kader.models import Wilayah
from laporan.kampanye.rinci import TUNDA
from laporan.models import Capaian, Kampanye
from laporan.models.kampanye import ATURAN

Isi = dict[str, Any]
# What was asked of the records, kept with the answer: a campaign's rule may be another one later.
DIINGAT = ("nama", *ATURAN)
ANGKA = ("tercatat", "terverifikasi", "semua")
MUTU = ("nik_menyusul", *TUNDA)
# One pass over a desa's rows gives all its tables.
SQL = """
SELECT desa_id, tanggal, metode, status_peserta, tempat, tahap,
       grouping(tanggal, metode, status_peserta, tempat, tahap),
       sum(tercatat)::int,
       coalesce(sum(tercatat) FILTER (WHERE tahap = 'terverifikasi'), 0)::int,
       coalesce(sum(jumlah) FILTER (WHERE tahap = ANY(%(terlayani)s)), 0)::int,
       sum(jumlah)::int, sum(nik_menyusul)::int, sum(tunda_0)::int, sum(tunda_3)::int, sum(tunda_7)::int,
       sum(tunda_lama)::int, max(terakhir)
FROM {tabel} WHERE kampanye_id = %(kampanye)s AND desa_id = ANY(%(desa)s)
GROUP BY desa_id, GROUPING SETS ((tanggal), (metode), (status_peserta), (tempat), (tahap), ())
"""
# Bits of grouping(): 0 where the column is grouped by.
PER_HARI, PER_METODE, PER_STATUS, PER_TEMPAT, PER_TAHAP, JUMLAH = 0b01111, 0b10111, 0b11011, 0b11101, 0b11110, 0b11111


def isi_kosong(target: int = 0) -> Isi:
    """Return what is known of an area in which nothing has been recorded."""
    return {
        "target": target,
        **dict.fromkeys(ANGKA, 0),
        "per_hari": {},
        "per_metode": {},
        "per_status": {},
        "per_tempat": {},
        "tahap": {},
        "mutu": dict.fromkeys(MUTU, 0),
        "terakhir": {},
        "per_wilayah": [],
    }


def isi_desa(kampanye: Kampanye, kode: Sequence[str], target: dict[str, int]) -> dict[str, Isi]:
    """Return what is known of some desa, from the stored daily numbers: one query whatever their number."""
    hasil = {k: isi_kosong(target.get(k, 0)) | {"terakhir": {k: None}} for k in kode}
    with connection.cursor() as cursor:
        cursor.execute(
            SQL.format(tabel=Capaian._meta.db_table),
            {"kampanye": kampanye.pk, "desa": list(kode), "terlayani": [str(t) for t in TAHAP_TERLAYANI]},
        )
        for desa, tanggal, metode, status, tempat, tahap, jenis, *angka in cursor.fetchall():
            tiga, (semua_tahap, *mutu, terakhir) = angka[:3], angka[3:]
            isi = hasil[desa]
            if jenis == JUMLAH:
                isi |= dict(zip(ANGKA, tiga, strict=True))
                isi["mutu"] = dict(zip(MUTU, mutu, strict=True))
                isi["terakhir"] = {desa: terakhir.isoformat()}
            elif jenis == PER_TAHAP:
                isi["tahap"][tahap] = semua_tahap
            elif any(tiga):
                di = {
                    PER_HARI: "per_hari",
                    PER_METODE: "per_metode",
                    PER_STATUS: "per_status",
                    PER_TEMPAT: "per_tempat",
                }
                kunci = {PER_HARI: tanggal and tanggal.isoformat(), PER_METODE: metode, PER_STATUS: status}
                isi[di[jenis]][kunci.get(jenis, tempat)] = tiga
    return hasil


def gabungkan(bawah: Iterable[tuple[Wilayah, Isi | None]], hari: dt.date) -> Isi:
    """Add up what is known of the areas right below; one without a snapshot yet counts nothing.

    `hari`: the day on which it is known; of each area what that very day brought is kept beside its sums.
    """
    kini = hari.isoformat()
    hasil = isi_kosong()
    tabel = {t: defaultdict(lambda: [0, 0, 0]) for t in ("per_hari", "per_metode", "per_status", "per_tempat")}
    tahap: dict[str, int] = defaultdict(int)
    for wilayah, simpanan in bawah:
        isi = ringkaskan(simpanan) if simpanan else isi_kosong()
        for k in ("target", *ANGKA):
            hasil[k] += isi[k]
        for k in MUTU:
            hasil["mutu"][k] += isi["mutu"][k]
        for nama, baris in tabel.items():
            for kunci, angka in isi[nama].items():
                baris[kunci] = [a + b for a, b in zip(baris[kunci], angka, strict=True)]
        for t, n in isi["tahap"].items():
            tahap[t] += n
        hasil["terakhir"] |= isi["terakhir"]
        hasil["per_wilayah"].append(
            {
                "kode": wilayah.kode,
                "nama": wilayah.nama,
                **{k: isi[k] for k in ("target", *ANGKA)},
                "mutu": isi["mutu"],
                "terbaru": {kini: baru} if (baru := isi["per_hari"].get(kini, [0])[0]) else {},
            }
        )
    return hasil | {k: dict(v) for k, v in tabel.items()} | {"tahap": dict(tahap)}


def lengkapi(kampanye: Kampanye, isi: Isi) -> Isi:
    """Return it as it is stored and read: every day, method, status, place and stage in its order, zeros included."""
    hari = [h.isoformat() for h in kampanye.hari()]
    return isi | {
        "aturan": aturan(kampanye),
        "per_hari": _baris("tanggal", hari, isi["per_hari"]),
        "per_metode": _baris("metode", kampanye.metode, isi["per_metode"]),
        "per_status": _baris("status", [str(s) for s in StatusPeserta], isi["per_status"]),
        "per_tempat": _baris("tempat", [str(j) for j in JenisFaskes], isi["per_tempat"]),
        "tahap": {str(t): isi["tahap"].get(str(t), 0) for t in Tahap},
    }


def aturan(kampanye: Kampanye) -> dict[str, object]:
    """Return the rule of a campaign as it is kept with its numbers."""
    return {k: tulis_nilai(getattr(kampanye, k)) for k in DIINGAT}


def tulis_nilai(nilai: object) -> object:
    """Return what JSON can hold of a date, a list or words."""
    return nilai.isoformat() if isinstance(nilai, dt.date) else nilai


def kampanye_saat_itu(kampanye: Kampanye, isi: Isi) -> Kampanye:
    """Return a copy of the campaign with the rule by which these numbers were counted; not to be saved."""
    hasil = copy(kampanye)
    for nama, nilai in isi.get("aturan", {}).items():
        setattr(hasil, nama, dt.date.fromisoformat(nilai) if nama in ("mulai", "selesai") else nilai)
    return hasil


def _baris(nama: str, kunci: Iterable[str], angka: dict[str, list[int]]) -> list[dict[str, Any]]:
    return [{nama: k, **dict(zip(ANGKA, angka.get(k, (0, 0, 0)), strict=True))} for k in kunci]


def ringkaskan(isi: Isi) -> Isi:
    """Undo `lengkapi`, so that what is stored can be added up again; what is short already comes back as it is."""
    hasil = dict(isi)
    for tabel, nama in TABEL.items():
        if isinstance(isi[tabel], list):
            hasil[tabel] = {b[nama]: [b[a] for a in ANGKA] for b in isi[tabel]}
    return hasil


TABEL = {"per_hari": "tanggal", "per_metode": "metode", "per_status": "status", "per_tempat": "tempat"}


def hari_terakhir(isi: Isi, kode: str) -> dt.date | None:
    """Return the day on which something of a desa last reached the server; None when nothing did."""
    teks = isi["terakhir"].get(kode)
    return dt.date.fromisoformat(teks) if teks else None


def tercatat_per_hari(per_hari: Iterable[dict[str, Any]]) -> dict[dt.date, int]:
    """Return the couples recorded by service day, of the stored table `per_hari`."""
    return {dt.date.fromisoformat(h["tanggal"]): h["tercatat"] for h in per_hari}
