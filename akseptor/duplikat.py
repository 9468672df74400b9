"""Who might be the same person. Reads only, and looks across desa: couples move and are served elsewhere.

Same NIK, or same birth date (also with day and month exchanged) with a similar name of the wife and, where both are
known, of the husband. Found by the index on NIK or on the birth date, so its cost does not grow with the table: of
a million women some two hundred share a birth date, and the index holds their names (`akseptor_lahir_nama_desa`).
"""

import datetime as dt
import logging
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet

from akseptor.models import Akseptor
from akseptor.rahasia import semua_indeks
from kader.baris import lintas_wilayah
from kader.cakupan import Cakupan

MIRIP_ISTRI = 0.45
MIRIP_SUAMI = 0.35
PALING_BANYAK = 5

# Two halves that each use an index of their own; a row found by both is one row.
CARI = """
SELECT t.urut, calon.id
FROM unnest(%(istri)s::text[], %(suami)s::text[], %(lahir)s::date[], %(tukar)s::date[], %(nik)s::text[],
            %(kecuali)s::uuid[]) WITH ORDINALITY AS t (istri, suami, lahir, tukar, nik, kecuali, urut)
CROSS JOIN LATERAL (
  SELECT a.id, similarity(a.nama_istri, t.istri) AS mirip FROM akseptor_akseptor a
  WHERE a.tanggal_lahir_istri IN (t.lahir, t.tukar)
    AND similarity(a.nama_istri, t.istri) >= %(mirip_istri)s
    AND (t.suami = '' OR a.nama_suami = '' OR similarity(a.nama_suami, t.suami) >= %(mirip_suami)s)
  UNION
  SELECT a.id, similarity(a.nama_istri, t.istri) FROM akseptor_akseptor a
  WHERE a.nik_indeks = ANY(string_to_array(t.nik, ' '))
) AS calon
WHERE calon.id IS DISTINCT FROM t.kecuali
  -- Asked of those found only, so that the search stays inside its index. Whom we may not use, we do not show.
  AND NOT EXISTS (SELECT 1 FROM akseptor_akseptor x WHERE x.id = calon.id
                  AND (x.ditarik_pada IS NOT NULL OR x.dihapus_pada IS NOT NULL))
ORDER BY t.urut, calon.mirip DESC, calon.id
"""


@dataclass(frozen=True)
class Kemiripan:
    """A likely same person, as much of her as the asking person may see."""

    id: uuid.UUID
    nama: str
    wilayah: str
    sebab: str
    dalam_wilayah: bool


@dataclass(frozen=True)
class Ditanya:
    """Who is looked for. `kecuali`: the Akseptor that she is herself."""

    nama_istri: str
    lahir: dt.date
    nama_suami: str
    nik: str
    kecuali: uuid.UUID | None = None

    @property
    def nik_indeks(self) -> list[str]:
        """The keyed hashes under which her NIK may be found."""
        return semua_indeks(self.nik)


def _tukar_hari_bulan(tanggal: dt.date) -> dt.date | None:
    try:
        return tanggal.replace(day=tanggal.month, month=tanggal.day)
    except ValueError:
        return None


def _cari(orang: Sequence[Ditanya]) -> list[list[uuid.UUID]]:
    """Return, for each, the rows that may be her, the most similar first. One query."""
    nilai = {
        "istri": [o.nama_istri for o in orang],
        "suami": [o.nama_suami for o in orang],
        "lahir": [o.lahir for o in orang],
        "tukar": [_tukar_hari_bulan(o.lahir) for o in orang],
        "nik": [" ".join(o.nik_indeks) for o in orang],
        "kecuali": [o.kecuali for o in orang],
        "mirip_istri": MIRIP_ISTRI,
        "mirip_suami": MIRIP_SUAMI,
    }
    hasil: list[list[uuid.UUID]] = [[] for _ in orang]
    with lintas_wilayah("orang yang sama bisa tercatat di desa lain"), connection.cursor() as cursor:
        cursor.execute(CARI, nilai)
        for urut, kunci in cursor.fetchall():
            hasil[urut - 1].append(kunci)
    return hasil


def yang_mirip(orang: Ditanya) -> QuerySet[Akseptor]:
    """Return the rows that may be this person; those outside the area only where `lintas_wilayah` is open."""
    return Akseptor.objects.filter(pk__in=_cari([orang])[0])


NIK_SAMA = "NIK sama"
log = logging.getLogger(__name__)


def catat_diberi_tahu(oleh: int, kemiripan: Iterable[Kemiripan]) -> None:
    """Log that a person was told of a NIK that stands outside her area: who does that often is seen. Ids only."""
    for satu in kemiripan:
        if satu.sebab == NIK_SAMA and not satu.dalam_wilayah:
            log.info("pengguna %s diberi tahu NIK sama dengan akseptor %s di luar wilayahnya", oleh, satu.id)


def cari_kemiripan(orang: Sequence[Ditanya], cakupan: Cakupan) -> list[list[Kemiripan]]:
    """Return, for each, who might be the same person, for showing. One query, and one more when somebody is found.

    Of a person outside the scope only the initial letters and the place are told.
    """
    ditemukan = [kunci[:PALING_BANYAK] for kunci in _cari(orang)]
    baris = _ambil({k for kunci in ditemukan for k in kunci})
    return [
        [_kemiripan(baris[k], o, cakupan) for k in kunci if k in baris]
        for o, kunci in zip(orang, ditemukan, strict=True)
    ]


def _ambil(kunci: set[uuid.UUID]) -> dict[uuid.UUID, Akseptor]:
    if not kunci:
        return {}
    baris = Akseptor.objects.select_related("desa__induk").defer("nik_istri", "no_hp", "alamat")
    with lintas_wilayah("dari orang di desa lain hanya huruf awal dan desanya yang disebut"):
        return baris.in_bulk(kunci)


def _kemiripan(a: Akseptor, orang: Ditanya, cakupan: Cakupan) -> Kemiripan:
    dalam = cakupan.memuat(a.desa_id)
    return Kemiripan(
        id=a.pk,
        nama=a.nama_istri if dalam else " ".join(f"{kata[0]}…" for kata in a.nama_istri.split()),
        wilayah=a.desa.nama_lengkap,
        sebab=NIK_SAMA if a.nik_indeks in orang.nik_indeks else "nama dan tanggal lahir mirip",
        dalam_wilayah=dalam,
    )


def beda_orang(orang: Iterable[Ditanya]) -> list[bool]:
    """Say of each whether none before it in the list can be the same person, whatever the names: no NIK and no
    birth date of it, exchanged or not, came before.
    """
    terlihat: set[object] = set()
    hasil = []
    for o in orang:
        ciri = {(o.lahir.year, *sorted((o.lahir.day, o.lahir.month))), o.nik or o}
        hasil.append(terlihat.isdisjoint(ciri))
        terlihat |= ciri
    return hasil
