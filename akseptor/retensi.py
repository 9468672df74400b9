"""How long a person's data is kept, and its erasure afterwards: as on request, the counts stay.

Years by setting (`RETENSI_TAHUN`), counted from the last word of the couple: a service, a record that reached us, or a
change of stage. Ten years after a service is our assumption (A): the longest reminder, of an IUD, comes after eight.
Two years after a calon that came to nothing.
"""

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from django.conf import settings
from django.contrib.postgres.aggregates import BoolOr
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.db.models import Max, OuterRef, Q, QuerySet, Subquery, TextField
from django.db.models.functions import Cast, Greatest, TruncDate

from akseptor.actions.hapus_data import hapus_data
from akseptor.actions.pasangan import kunci_pasangan
from akseptor.enums import TAHAP_TERLAYANI, Tahap
from akseptor.models import Akseptor, Pelayanan
from kader.actions import catat_jejak
from kader.baca import Halaman
from kader.models import Jejak
from poskb.dasar.waktu import WIB, hari_ini

DILAYANI, LAINNYA = "dilayani", "lainnya"
TAHUN = range(1, 101)
NAMA_RETENSI = "Dihapus karena masa simpan"
MENJALANKAN = "menjalankan masa simpan"
SEKALI = 100
KOLOM = ("pasangan", "terakhir", "terjadi")
# What took place: also one that was returned to be mended, of which place and day are known.
TERJADI = Q(tahap__in=TAHAP_TERLAYANI) | Q(tahap=Tahap.DIKEMBALIKAN, tanggal__isnull=False, faskes__isnull=False)


@dataclass(frozen=True)
class Pasangan:
    """How long a couple is kept: its kind, and the day of its last word."""

    pasangan: uuid.UUID
    macam: str
    terakhir: dt.date


def kesalahan_tahun() -> str:
    """Return what is wrong with the setting; "" when nothing is. A slip there would erase too early, for good."""
    if settings.RETENSI_GALAT:
        return settings.RETENSI_GALAT
    salah = [f"{macam}={tahun}" for macam, tahun in settings.RETENSI_TAHUN.items() if tahun not in TAHUN]
    return f"POSKB_RETENSI_TAHUN: {', '.join(salah)} must lie between {TAHUN[0]} and {TAHUN[-1]}." if salah else ""


def mundur_tahun(hari: dt.date, tahun: int) -> dt.date:
    """Return the same day so many years before; 29 February becomes the 28th."""
    return hari.replace(year=hari.year - tahun, day=28 if (hari.month, hari.day) == (2, 29) else hari.day)


def batas(hari: dt.date) -> dict[str, dt.date]:
    """Return, for each kind, the day before which a last word lies too long back.

    Raises ImproperlyConfigured for years that cannot be meant: a worker does not run the checks of the system.
    """
    if salah := kesalahan_tahun():
        raise ImproperlyConfigured(salah)
    return {macam: mundur_tahun(hari, tahun) for macam, tahun in settings.RETENSI_TAHUN.items()}


def simpan_sampai(pasangan: uuid.UUID) -> dt.date | None:
    """Return until when a couple's data is kept, for her to be told; None when nobody can say."""
    satu = next(iter(kata_terakhir([pasangan])), None)
    if satu is None or kesalahan_tahun():
        return None
    return mundur_tahun(satu.terakhir, -settings.RETENSI_TAHUN[satu.macam])


def kata_terakhir(pasangan: Collection[uuid.UUID]) -> list[Pasangan]:
    """Return the kind and the last word of some couples. One query.

    The history knows when a stage changed: a calon of long ago may have been referred last week.
    """
    tahap = Jejak.objects.filter(
        jenis="pelayanan", kunci=Cast(OuterRef("pk"), TextField()), perubahan__has_key="tahap"
    ).order_by("-pada")
    pindah = TruncDate(Subquery(tahap.values("pada")[:1]), tzinfo=WIB)
    baris = _per_pasangan(Pelayanan.objects.filter(pasangan__in=pasangan).annotate(pindah=pindah), "pindah")
    return [Pasangan(p, DILAYANI if b else LAINNYA, hari) for p, hari, b in baris.values_list(*KOLOM)]


def _per_pasangan(baris: QuerySet, *hari: str) -> QuerySet:
    terakhir = Max(Greatest("hari", "sampai", *hari))
    baris = baris.dengan_hari().order_by().values("pasangan")
    return baris.annotate(terakhir=terakhir, terjadi=BoolOr(TERJADI)).order_by("terakhir", "pasangan")


def yang_lewat(hari: dt.date, di: Collection[uuid.UUID] | None = None) -> list[Pasangan]:
    """Return the couples to erase on a day (`di`: only among these), those of longest ago first.

    A couple with an open request is left: the answer comes first. Those that could be meant are found among all in one
    query, without the history; then each hundred is looked at closely.
    """
    sampai = batas(hari)
    ada = Akseptor.objects.filter(dihapus_pada__isnull=True)
    menunggu = ada.filter(permintaan__keadaan="terbuka").values("pasangan")
    baris = Pelayanan.objects.filter(pasangan__in=ada.values("pasangan")).exclude(pasangan__in=menunggu)
    if di is not None:
        baris = baris.filter(pasangan__in=di)
    calon = [p for p, *_ in _per_pasangan(baris).filter(terakhir__lt=max(sampai.values())).values_list(*KOLOM)]
    semua = [satu for mulai in range(0, len(calon), SEKALI) for satu in kata_terakhir(calon[mulai : mulai + SEKALI])]
    lewat = [satu for satu in semua if satu.terakhir < sampai[satu.macam]]
    return sorted(lewat, key=lambda satu: (satu.terakhir, satu.pasangan))


def hitung(lewat: Iterable[Pasangan]) -> dict[tuple[str, int], int]:
    """Return {(kind, year of the last word): couples}, for a dry run to be read."""
    return dict(sorted(Counter((satu.macam, satu.terakhir.year) for satu in lewat).items()))


def jalankan(lapor: Callable[[int, int], None] = lambda *_: None) -> int:
    """Erase what is kept no longer, in small transactions; return how many couples. Safe to stop and to run twice."""
    hari, jumlah = hari_ini(), 0
    semua = [satu.pasangan for satu in yang_lewat(hari)]
    for mulai in range(0, len(semua), SEKALI):
        jumlah += _hapus(semua[mulai : mulai + SEKALI], hari)
        lapor(min(mulai + SEKALI, len(semua)), len(semua))
    return jumlah


@transaction.atomic
def _hapus(pasangan: list[uuid.UUID], hari: dt.date) -> int:
    """Erase those of some couples whose time is still over now that they are held: hours may lie in between."""
    kunci_pasangan(*pasangan)
    tetap = [satu.pasangan for satu in yang_lewat(hari, pasangan)]
    if tetap:
        hapus_data(None, tetap, alasan="masa simpan berakhir", nama=NAMA_RETENSI)
        catat_jejak(None, MENJALANKAN, Halaman("retensi"), perubahan={"pasangan": [None, len(tetap)]})
    return len(tetap)
