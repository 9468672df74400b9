"""All that is stored of a campaign against SQL written by hand, in full detail. No product code counts here."""

from collections import defaultdict
from typing import Any

from django.db import connection

from laporan.models import Capaian, Cuplikan, CuplikanHarian, Kampanye, PerluHitung
from poskb.dasar.waktu import hari_ini

KUNCI = ("desa_id", "tanggal", "metode", "status_peserta", "tahap", "tempat")
UKURAN = ("jumlah", "tercatat", "nik_menyusul", "tunda_0", "tunda_3", "tunda_7", "tunda_lama", "terakhir")
# Written from the words of docs/aturan-hitung.md: what is shown, which of it happened, which of that is her first.
SQL = """
WITH semua AS (
  SELECT p.id, p.pasangan, p.desa_id, p.faskes_id, p.metode, p.status_peserta, p.tahap, p.tanggal, p.diterima_pada, a.nik_menyusul,
         CASE WHEN f.id IS NULL THEN '' ELSE f.jenis END AS tempat,
         (p.diterima_pada AT TIME ZONE 'Asia/Jakarta')::date AS sampai,
         p.tahap IN ('dilayani', 'terverifikasi') AS terjadi
  FROM akseptor_pelayanan p
  JOIN akseptor_akseptor a ON a.id = p.akseptor_id
  LEFT JOIN kader_faskes f ON f.id = p.faskes_id
  WHERE p.desa_id = %(wilayah)s OR p.desa_id LIKE %(wilayah)s || '.%%'
), tampil AS (
  SELECT *, CASE WHEN tanggal IS NULL THEN sampai ELSE tanggal END AS hari,
         sampai - tanggal AS tunda, terjadi AND status_peserta = ANY(%(status)s) AS layak
  FROM semua
  WHERE (metode = ANY(%(metode)s) OR (metode = '' AND NOT terjadi))
    AND (NOT terjadi AND faskes_id IS NULL OR (%(jenis_tempat)s::text[] = '{}' AND %(tempat)s::bigint[] = '{}')
         OR tempat = ANY(%(jenis_tempat)s) OR faskes_id = ANY(%(tempat)s))
), urut AS (
  SELECT *, row_number() OVER (PARTITION BY pasangan, layak ORDER BY tanggal, diterima_pada, id) AS ke
  FROM tampil WHERE hari >= %(mulai)s AND hari <= %(selesai)s
), dinilai AS (SELECT *, layak AND ke = 1 AS dihitung FROM urut)
SELECT desa_id, hari, metode, status_peserta, tahap, tempat,
       count(*),
       count(*) FILTER (WHERE dihitung),
       count(*) FILTER (WHERE dihitung AND nik_menyusul),
       count(*) FILTER (WHERE dihitung AND tunda <= 0),
       count(*) FILTER (WHERE dihitung AND tunda BETWEEN 1 AND 3),
       count(*) FILTER (WHERE dihitung AND tunda BETWEEN 4 AND 7),
       count(*) FILTER (WHERE dihitung AND tunda > 7),
       max(sampai)
FROM dinilai GROUP BY 1, 2, 3, 4, 5, 6
"""
Rinci = dict[tuple, tuple]


def menurut_sql(k: Kampanye) -> Rinci:
    """Return what the records say: {KUNCI: UKURAN}."""
    nilai = {n: getattr(k, n) for n in ("mulai", "selesai", "metode", "jenis_tempat", "tempat")}
    with connection.cursor() as kursor:
        kursor.execute(SQL, nilai | {"status": k.status_peserta, "wilayah": k.wilayah_id})
        return {tuple(b[:6]): tuple(b[6:]) for b in kursor.fetchall()}


def tersimpan(k: Kampanye) -> Rinci:
    """Return what is stored, in the same form."""
    baris = Capaian.objects.filter(kampanye=k).values_list(*KUNCI, *UKURAN)
    return {tuple(b[:6]): tuple(b[6:]) for b in baris}


def periksa(k: Kampanye) -> None:
    """Stored = records; every snapshot = its sums; today's row of the history = the snapshot; no mark is left."""
    assert not PerluHitung.objects.exists()
    rinci = menurut_sql(k)
    assert tersimpan(k) == rinci
    cuplikan = list(Cuplikan.objects.filter(kampanye=k))
    assert cuplikan or not rinci
    harian = {c.wilayah_id: c for c in CuplikanHarian.objects.filter(kampanye=k, hari=hari_ini())}
    for c in cuplikan:
        assert ringkas(c.isi) == jumlah(rinci, c.wilayah_id), c.wilayah_id
        assert harian[c.wilayah_id].isi == c.isi
        assert harian[c.wilayah_id].versi == c.versi


def jumlah(rinci: Rinci, wilayah: str) -> dict[str, Any]:
    """Add up what lies in an area."""
    hasil: dict[str, Any] = {t: defaultdict(lambda: [0, 0, 0]) for t in ("hari", "metode", "status", "tempat")}
    hasil |= {"angka": [0, 0, 0], "tahap": defaultdict(int), "mutu": [0] * 5, "terakhir": {}}
    for (desa, hari, metode, status, tahap, tempat), (semua, n, nik, *tunda, terakhir) in rinci.items():
        if not f"{desa}.".startswith(f"{wilayah}."):
            continue
        terjadi = tahap in ("dilayani", "terverifikasi")
        tiga = [n, n if tahap == "terverifikasi" else 0, semua if terjadi else 0]
        tabel = [(hasil["hari"], hari.isoformat()), (hasil["metode"], metode), (hasil["status"], status)]
        for baris in [hasil["angka"], *(t[kunci] for t, kunci in [*tabel, (hasil["tempat"], tempat)])]:
            baris[:] = [a + b for a, b in zip(baris, tiga, strict=True)]
        hasil["mutu"] = [a + b for a, b in zip(hasil["mutu"], [nik, *tunda], strict=True)]
        hasil["tahap"][tahap] += semua
        hasil["terakhir"][desa] = max(hasil["terakhir"].get(desa, ""), terakhir.isoformat())
    return _tanpa_nol(hasil)


def ringkas(isi: dict[str, Any]) -> dict[str, Any]:
    """Return a snapshot in the form of `jumlah`."""
    tabel = {"hari": ("per_hari", "tanggal")} | {n: (f"per_{n}", n) for n in ("metode", "status", "tempat")}
    angka = ("tercatat", "terverifikasi", "semua")
    return _tanpa_nol(
        {n: {b[kunci]: [b[a] for a in angka] for b in isi[nama]} for n, (nama, kunci) in tabel.items()}
        | {"angka": [isi[a] for a in angka], "tahap": isi["tahap"], "terakhir": isi["terakhir"]}
        | {"mutu": [isi["mutu"][m] for m in ("nik_menyusul", "tunda_0", "tunda_3", "tunda_7", "tunda_lama")]}
    )


def _tanpa_nol(hasil: dict[str, Any]) -> dict[str, Any]:
    def ada(nilai: object) -> bool:
        return any(nilai) if isinstance(nilai, list) else bool(nilai)

    return {n: {k: v for k, v in t.items() if ada(v)} if isinstance(t, dict) else t for n, t in hasil.items()}
