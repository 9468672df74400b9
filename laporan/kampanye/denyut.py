"""The pulse of a dashboard: which snapshot is stored now and how old it may be, at the price of one small row.

All that look at an area share the answer for half a second, so what they cost the database does not depend on how many
they are: at most two statements a second for each web process and area. What was read of a snapshot is kept as long as
it is the stored one. Nothing here asks who looks: whoever calls has checked the scope.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Subquery

from kader.cakupan import Cakupan
from kader.karcis import Karcis, terbitkan
from kader.models import BatasWilayah
from laporan.kampanye.isi_json import isi_json
from laporan.kampanye.kesegaran import Kesegaran, umur_penanda
from laporan.kampanye.lihat import Lihat
from laporan.kampanye.papan import Papan, susun_papan
from laporan.models import Cuplikan, Kampanye, Penutupan, Ramalan
from poskb.dasar.sekejap import Sekejap
from poskb.dasar.waktu import hari_ini

INGAT = Sekejap(umur=0.5)
PAPAN = Sekejap(umur=600, paling_banyak=64)


@dataclass(frozen=True)
class Denyut:
    """The stored snapshot of an area, by id and version.

    `sisi`: what is shown beside it: forecast, boundaries, whether the campaign is closed.
    """

    cuplikan: int
    versi: int
    segar: Kesegaran
    sisi: str = ""
    ditutup: bool = False

    def etag(self, jenis: str) -> str:
        """Return what changes whenever something of this kind would look otherwise, quoted."""
        umur = self.segar.kata if self.segar.basi else ""
        return f'"{self.cuplikan}-{self.versi}-{hari_ini()}-{jenis}-{self.sisi}-{umur.replace(" ", "-")}"'

    def papan(self) -> Papan:
        """Return the board of this version; read once for everybody."""
        hari = hari_ini()
        return PAPAN.ambil(self.cuplikan, lambda: self._baca(hari), cap=(self.versi, hari, self.sisi))

    def json(self) -> dict[str, Any]:
        """Return what `/dasbor/data.json` says of this version; put together once for everybody."""
        hari = hari_ini()
        return PAPAN.ambil(("json", self.cuplikan), lambda: isi_json(self.papan()), cap=(self.versi, hari, self.sisi))

    def _baca(self, hari: dt.date) -> Papan:
        cuplikan = Cuplikan.objects.select_related("kampanye", "wilayah__induk__induk").get(pk=self.cuplikan)
        return susun_papan(cuplikan, hari, terbuka=not self.ditutup)


def denyut(kampanye: int, wilayah: str) -> Denyut | None:
    """Return the pulse of an area in a campaign, at most half a second old; None when nothing is stored."""
    return INGAT.ambil((kampanye, wilayah), lambda: _tanya(kampanye, wilayah))


def _tanya(kampanye: int, wilayah: str) -> Denyut | None:
    ramalan = Ramalan.objects.terakhir(kampanye, wilayah, hari_ini()).values("sidik")
    batas = BatasWilayah.objects.order_by("-dimuat_pada").values("dimuat_pada")[:1]
    tutup = Penutupan.objects.berlaku().filter(kampanye=kampanye).values("pk")[:1]
    umur_kini = Subquery(umur_penanda().values("umur"))
    baris = (
        Cuplikan.objects.filter(kampanye=kampanye, wilayah=wilayah)
        .values_list("pk", "versi", umur_kini, Subquery(ramalan), Subquery(batas), Subquery(tutup))
        .first()
    )
    if baris is None:
        return None
    pk, versi, umur, sidik, dimuat, ditutup = baris
    sisi = f"{sidik or ''}{dimuat.timestamp() if dimuat else ''}t{ditutup or ''}"
    return Denyut(pk, versi, Kesegaran(umur), sisi, ditutup is not None)


def denyut_sekarang(lihat: Lihat, cakupan: Cakupan, wilayah: str) -> Denyut | None:
    """Return the pulse of what is asked for, as it stands now; None outside the scope, or when nothing is stored."""
    if not cakupan.memuat(wilayah):
        return None
    kampanye = lihat.kampanye.pk if lihat.kampanye else _utama(wilayah)
    return denyut(kampanye, wilayah) if kampanye else None


def _utama(wilayah: str) -> int | None:
    hari = hari_ini()

    # Only putting the question together costs a tenth of a whole page: not for who finds the answer kept.
    def tanya() -> int | None:
        return Kampanye.objects.utama(hari, [wilayah]).values_list("pk", flat=True).first()

    return INGAT.ambil(("utama", hari, wilayah), tanya)


@dataclass(frozen=True)
class Pengenal:
    """What a page carries to ask whether it is still up to date."""

    karcis: str
    etag: str


def pengenal(kini: Denyut, lihat: Lihat, cakupan: Cakupan, jenis: str) -> Pengenal:
    """Return ticket and ETag of a page of this kind that shows this snapshot to somebody with this scope."""
    cuplikan = kini.papan().cuplikan
    dipilih = "dipilih" if lihat.kampanye else ""
    karcis = terbitkan(cakupan, cuplikan.wilayah_id, f"{cuplikan.kampanye_id}:{jenis}:{dipilih}")
    return Pengenal(karcis.tulis(), kini.etag(jenis))


def baca_untuk(karcis: Karcis) -> tuple[int, str, bool]:
    """Return campaign, kind of page, and whether the campaign was chosen, as `pengenal` wrote them into a ticket."""
    kampanye, jenis, dipilih = karcis.untuk.split(":")
    return int(kampanye), jenis, bool(dipilih)
