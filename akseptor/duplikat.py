"""Who might be the same person. Reads only, and looks across desa: couples move and are served elsewhere.

Same NIK, or same birth date (also with day and month exchanged) with a similar name of the wife and, where both are
known, of the husband. Found by the index on NIK or on the birth date, so its cost does not grow with the table.
"""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Q, QuerySet

from akseptor.models import Akseptor
from akseptor.rahasia import indeks_buta
from kader.cakupan import Cakupan

MIRIP_ISTRI = 0.45
MIRIP_SUAMI = 0.35
PALING_BANYAK = 5


@dataclass(frozen=True)
class Kemiripan:
    """A likely same person, as much of her as the asking person may see."""

    id: uuid.UUID
    nama: str
    wilayah: str
    sebab: str
    dalam_wilayah: bool


def _tukar_hari_bulan(tanggal: dt.date) -> dt.date | None:
    try:
        return tanggal.replace(day=tanggal.month, month=tanggal.day)
    except ValueError:
        return None


def yang_mirip(nama_istri: str, lahir: dt.date, nama_suami: str, nik: str) -> QuerySet[Akseptor]:
    """Return the rows that may be this person, the most similar first."""
    suami = Q(mirip_suami__gte=MIRIP_SUAMI) | Q(nama_suami="") if nama_suami else Q()
    tanggal = [t for t in (lahir, _tukar_hari_bulan(lahir)) if t]
    # Two conditions that each use an index; the similarity is computed only for rows of that birth date.
    calon = Q(tanggal_lahir_istri__in=tanggal) & Q(mirip_istri__gte=MIRIP_ISTRI) & suami
    if nik:
        calon |= Q(nik_indeks=indeks_buta(nik))
    return (
        Akseptor.objects.annotate(
            mirip_istri=TrigramSimilarity("nama_istri", nama_istri),
            mirip_suami=TrigramSimilarity("nama_suami", nama_suami),
        )
        .filter(calon)
        .select_related("desa__induk")
        .defer("nik_istri", "no_hp", "alamat")
        .order_by("-mirip_istri", "pk")
    )


def cari_kemiripan(
    nama_istri: str, lahir: dt.date, nama_suami: str, nik: str, cakupan: Cakupan, kecuali: uuid.UUID | None = None
) -> list[Kemiripan]:
    """Return who might be the same person, for showing. `kecuali`: the Akseptor that is being changed.

    Of a person outside the scope only the initial letters and the place are told.
    """
    indeks = indeks_buta(nik) if nik else None
    hasil = []
    for a in yang_mirip(nama_istri, lahir, nama_suami, nik).exclude(pk=kecuali)[:PALING_BANYAK]:
        dalam = cakupan.memuat(a.desa_id)
        hasil.append(
            Kemiripan(
                id=a.pk,
                nama=a.nama_istri if dalam else " ".join(f"{kata[0]}…" for kata in a.nama_istri.split()),
                wilayah=a.desa.nama_lengkap,
                sebab="NIK sama" if indeks and a.nik_indeks == indeks else "nama dan tanggal lahir mirip",
                dalam_wilayah=dalam,
            )
        )
    return hasil
