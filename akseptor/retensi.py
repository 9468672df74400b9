"""How long a person's data is kept, and its erasure afterwards: as on request, the counts stay.

Years by setting (`RETENSI_TAHUN`), counted from the last service of the couple, or from the last record that reached
us when none took place. Ten years after a service is our assumption (A): the longest reminder, of an IUD, comes after
eight. Two years after a calon that came to nothing.
"""

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.conf import settings
from django.contrib.postgres.aggregates import BoolOr
from django.db import transaction
from django.db.models import Max, Q
from django.db.models.functions import Greatest

from akseptor.actions.hapus_data import hapus_data
from akseptor.enums import TAHAP_TERLAYANI
from akseptor.models import Akseptor, Pelayanan
from kader.actions import catat_jejak
from kader.baca import Halaman
from poskb.dasar.waktu import hari_ini

DILAYANI, LAINNYA = "dilayani", "lainnya"
NAMA_RETENSI = "Dihapus karena masa simpan"
MENJALANKAN = "menjalankan masa simpan"
SEKALI = 100


@dataclass(frozen=True)
class Lewat:
    """A couple that is kept no longer: its kind and the day of its last service or record."""

    pasangan: uuid.UUID
    macam: str
    terakhir: dt.date


def mundur_tahun(hari: dt.date, tahun: int) -> dt.date:
    """Return the same day so many years before; 29 February becomes the 28th."""
    return hari.replace(year=hari.year - tahun, day=28 if (hari.month, hari.day) == (2, 29) else hari.day)


def batas(hari: dt.date) -> dict[str, dt.date]:
    """Return, for each kind, the day before which a last service lies too long back."""
    return {macam: mundur_tahun(hari, tahun) for macam, tahun in settings.RETENSI_TAHUN.items()}


def akhir_simpan(terakhir: dt.date, *, dilayani: bool) -> dt.date:
    """Return until when a couple's data is kept, for her to be told."""
    tahun = settings.RETENSI_TAHUN[DILAYANI if dilayani else LAINNYA]
    return mundur_tahun(terakhir, -tahun)


def yang_lewat(hari: dt.date) -> list[Lewat]:
    """Return the couples to erase on a day, those of longest ago first. One query.

    A couple with an open request is left: the answer comes first.
    """
    paling_dekat = max(batas(hari).values())
    ada = Akseptor.objects.filter(dihapus_pada__isnull=True)
    menunggu = ada.filter(permintaan__keadaan="terbuka").values("pasangan")
    baris = (
        Pelayanan.objects.filter(pasangan__in=ada.values("pasangan"))
        .exclude(pasangan__in=menunggu)
        .dengan_hari()
        .order_by()
        .values("pasangan")
        .annotate(terakhir=Max(Greatest("hari", "sampai")), terlayani=BoolOr(Q(tahap__in=TAHAP_TERLAYANI)))
        .filter(terakhir__lt=paling_dekat)
        .order_by("terakhir", "pasangan")
        .values_list("pasangan", "terakhir", "terlayani")
    )
    sampai = batas(hari)
    semua = (Lewat(p, DILAYANI if terlayani else LAINNYA, terakhir) for p, terakhir, terlayani in baris)
    return [satu for satu in semua if satu.terakhir < sampai[satu.macam]]


def hitung(lewat: Iterable[Lewat]) -> dict[tuple[str, int], int]:
    """Return {(kind, year of the last service): couples}, for a dry run to be read."""
    return dict(sorted(Counter((satu.macam, satu.terakhir.year) for satu in lewat).items()))


def jalankan(lapor: Callable[[int, int], None] = lambda *_: None) -> int:
    """Erase what is kept no longer, in small transactions; return how many couples. Safe to stop and to run twice."""
    semua = yang_lewat(hari_ini())
    for mulai in range(0, len(semua), SEKALI):
        bagian = semua[mulai : mulai + SEKALI]
        with transaction.atomic():
            hapus_data(None, [s.pasangan for s in bagian], alasan="masa simpan berakhir", nama=NAMA_RETENSI)
            perubahan = {"pasangan": [None, len(bagian)]}
            catat_jejak(None, MENJALANKAN, Halaman("retensi"), perubahan=perubahan)
        lapor(min(mulai + SEKALI, len(semua)), len(semua))
    return len(semua)
