"""What the page of a report says to those who review it: flags, what may be verified together, what comes next."""

from collections.abc import Sequence
from dataclasses import dataclass

from akseptor.enums import Tahap
from akseptor.models import Pelayanan
from kader.cakupan import Cakupan
from kader.enums import Peran
from laporan.bulanan.antrean import Berikutnya, berikutnya
from laporan.bulanan.lembar import Lembar
from laporan.bulanan.sanding import Sanding, sandingkan
from laporan.bulanan.tampilan import BagianTampil
from laporan.bulanan.tanda import Tanda, TandaDesa, tanda_bulan
from laporan.enums import StatusLaporan


@dataclass(frozen=True)
class TandaTampil:
    """A flag with the named rows that it speaks of, where the reader may see names."""

    tanda: Tanda
    baris: list[Pelayanan]


@dataclass(frozen=True)
class Tinjauan:
    """`milik`: what was found; `tanda`: the same to be shown. `berikutnya` only for who decides."""

    milik: TandaDesa
    menunggu: bool
    tanda: list[TandaTampil]
    sanding: Sanding | None
    berikutnya: Berikutnya | None

    @property
    def belum(self) -> int:
        """How many records still wait for the officer's word."""
        return sum(c.tahap == Tahap.DILAYANI for c in self.milik.catatan)

    @property
    def dilihat(self) -> str:
        """The clean records with their versions, as the page hands them to the act ("id:version ...")."""
        return " ".join(f"{c.pk}:{c.versi}" for c in self.milik.catatan_bersih)


def tinjau(
    lembar: Lembar, cakupan: Cakupan, bagian: Sequence[BagianTampil], baris: list[Pelayanan] | None
) -> Tinjauan | None:
    """Return the review of a report for everybody but its kader; None for her, and before the first save.

    Marks the named rows with why they want a look (`row.sebab`) and puts those first. At most fourteen queries.
    """
    if cakupan.peran == Peran.KADER or lembar.baru:
        return None
    laporan = lembar.laporan
    menunggu = laporan.status == StatusLaporan.DIKIRIM
    milik = (
        tanda_bulan([laporan.desa_id], laporan.bulan).get(laporan.desa_id, TandaDesa()) if menunggu else TandaDesa()
    )
    baris = baris if baris is not None else []
    _tandai(baris, milik)
    per_pk = {b.pk: b for b in baris}
    return Tinjauan(
        milik,
        menunggu,
        [TandaTampil(t, [per_pk[pk] for pk in t.pelayanan if pk in per_pk]) for t in milik.tanda],
        sandingkan(lembar, bagian),
        berikutnya(cakupan, laporan) if cakupan.peran == Peran.PLKB else None,
    )


def _tandai(baris: list[Pelayanan], milik: TandaDesa) -> None:
    catatan = {c.pk: c for c in milik.catatan}
    for b in baris:
        b.sebab = list(catatan[b.pk].sebab.items()) if b.pk in catatan else []
        b.perlu_dilihat = b.pk in catatan and not catatan[b.pk].bersih and b.tahap == Tahap.DILAYANI
    baris.sort(key=lambda b: (b.tahap != Tahap.DILAYANI, not b.perlu_dilihat))
