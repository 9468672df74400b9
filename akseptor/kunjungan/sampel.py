"""Which records of a month an officer is asked to visit: drawn by a keyed hash, so that nobody picks favourites.

The order of a desa's records is fixed by month, record and a secret of the server: the same for everyone on every
day. A record that no longer stands drops out and the next in order comes. Who was visited as part of the sample
keeps the place, also when later records would have come before.
"""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Exists, OuterRef, Q

from akseptor.enums import TAHAP_TERLAYANI, Tahap
from akseptor.models import Kunjungan, Pelayanan
from poskb.dasar.tetap import cap
from poskb.dasar.waktu import awal_bulan, geser_bulan


@dataclass(frozen=True)
class Calon:
    """A record that can be drawn. `lekat`: visited as part of the sample. `terlayani`: it stands now."""

    id: uuid.UUID
    pasangan: uuid.UUID
    terlayani: bool = True
    lekat: bool = False


# Nobody knocks at the door of a woman who withdrew; a visit that was made stays.
BOLEH = Q(akseptor__ditarik_pada__isnull=True, akseptor__dihapus_pada__isnull=True)


def jumlah_sampel(banyak: int) -> int:
    """Return how many of so many couples are drawn: a share, at least a few, at most what one walk can hold."""
    aturan = settings.SAMPEL_KUNJUNGAN
    bagian = -(-banyak * aturan["persen"] // 100)
    return min(banyak, max(aturan["paling_sedikit"], min(bagian, aturan["paling_banyak"])))


def undian(bulan: dt.date, pk: uuid.UUID) -> str:
    """Return the place of a record in the order of its month: nobody without the key can foresee it."""
    return cap(f"sampel-kunjungan:{bulan:%Y-%m}:{pk}").hex()


def pilih(calon: Iterable[Calon], bulan: dt.date) -> list[uuid.UUID]:
    """Draw from the records of one desa. A couple is visited once, however many services it had."""
    per_pasangan: dict[uuid.UUID, Calon] = {}
    urut = sorted(calon, key=lambda c: (not c.lekat, undian(bulan, c.id)))
    for c in urut:
        if c.lekat or c.terlayani:
            per_pasangan.setdefault(c.pasangan, c)
    lekat = sum(c.lekat for c in per_pasangan.values())
    banyak = sum(c.terlayani for c in per_pasangan.values())
    return [c.id for c in per_pasangan.values()][: max(lekat, jumlah_sampel(banyak))]


def sampel(kode_desa: Iterable[str], bulan: dt.date) -> dict[str, list[uuid.UUID]]:
    """Return {kode desa: services to visit} of those served in a month, in one query. What has none is missing."""
    per_desa: dict[str, list[Calon]] = defaultdict(list)
    for kode, *isi in _calon(kode_desa, bulan):
        per_desa[kode].append(Calon(*isi))
    return {kode: terpilih for kode, satu in per_desa.items() if (terpilih := pilih(satu, bulan))}


def termasuk_sampel(pelayanan: Pelayanan) -> bool:
    """Whether a service stands in the sample of its month now. One query."""
    bulan = awal_bulan(pelayanan.tanggal)
    return pelayanan.pk in sampel([pelayanan.desa_id], bulan).get(pelayanan.desa_id, [])


def _calon(kode_desa: Iterable[str], bulan: dt.date) -> Iterable[tuple]:
    """(kode desa, id, pasangan, stands, visited): by code and days, which the index (desa, tanggal) serves."""
    dikunjungi = Kunjungan.objects.berlaku().filter(pelayanan=OuterRef("pk"), dari_sampel=True)
    # What she sent back after her visit is still hers: the visit was made.
    tahap = (*TAHAP_TERLAYANI, Tahap.DIKEMBALIKAN)
    baris = Pelayanan.objects.filter(
        desa_id__in=list(kode_desa), tanggal__gte=bulan, tanggal__lt=geser_bulan(bulan, 1), tahap__in=tahap
    )
    baris = (
        baris.annotate(lekat=Exists(dikunjungi))
        .filter(Q(lekat=True) | Q(tahap__in=TAHAP_TERLAYANI) & BOLEH)
        .order_by()
    )
    for kode, pk, pasangan, di, lekat in baris.values_list("desa_id", "pk", "pasangan", "tahap", "lekat"):
        yield kode, pk, pasangan, di in TAHAP_TERLAYANI, lekat
