"""The pulse of an open dashboard: whether what it shows is still what is stored, at the price of one small row.

All that watch an area share the answer for half a second, so what they cost the database does not depend on how many
they are: at most two statements a second for each web process and area.
"""

from dataclasses import dataclass

from django.db.models import Subquery

from kader.cakupan import Cakupan
from kader.karcis import Karcis, terbitkan
from laporan.kampanye.kesegaran import Kesegaran, umur_penanda
from laporan.models import Cuplikan
from poskb.dasar.sekejap import Sekejap
from poskb.dasar.waktu import hari_ini

INGAT = Sekejap(umur=0.5)


@dataclass(frozen=True)
class Denyut:
    """Which snapshot is stored, and how old it may be."""

    cuplikan: int
    versi: int
    segar: Kesegaran

    def etag(self, jenis: str) -> str:
        """Return what changes whenever a page of this kind would look otherwise, quoted."""
        umur = self.segar.kata if self.segar.basi else ""
        return f'"{self.cuplikan}-{self.versi}-{hari_ini()}-{jenis}-{umur.replace(" ", "-")}"'


def denyut(kampanye: int, wilayah: str) -> Denyut | None:
    """Return the pulse of an area in a campaign, at most half a second old; None when nothing is stored."""
    return INGAT.ambil((kampanye, wilayah), lambda: _tanya(kampanye, wilayah))


def _tanya(kampanye: int, wilayah: str) -> Denyut | None:
    baris = (
        Cuplikan.objects.filter(kampanye=kampanye, wilayah=wilayah)
        .values_list("pk", "versi", Subquery(umur_penanda().values("umur")))
        .first()
    )
    return Denyut(baris[0], baris[1], Kesegaran(baris[2])) if baris else None


@dataclass(frozen=True)
class Pengenal:
    """What a page carries to ask whether it is still up to date."""

    karcis: str
    etag: str


def pengenal_hidup(cuplikan: Cuplikan, cakupan: Cakupan, segar: Kesegaran, jenis: str) -> Pengenal:
    """Return ticket and ETag of a page of this kind that shows `cuplikan` to somebody with this scope."""
    karcis = terbitkan(cakupan, cuplikan.wilayah_id, f"{cuplikan.kampanye_id}:{jenis}")
    return Pengenal(karcis.tulis(), Denyut(cuplikan.pk, cuplikan.versi, segar).etag(jenis))


def baca_untuk(karcis: Karcis) -> tuple[int, str]:
    """Return the campaign and the kind of page that `pengenal_hidup` wrote into a ticket."""
    kampanye, _, jenis = karcis.untuk.partition(":")
    return int(kampanye), jenis
