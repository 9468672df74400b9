"""What is the same for every kind of record: not hers, sent before, or changed meanwhile."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar
from uuid import UUID

from akseptor.actions import NomorTerpakai
from akseptor.actions.tulis import SUDAH_BERUBAH
from akseptor.models import TandaTerima
from akseptor.sinkron.kiriman import Kiriman
from akseptor.sinkron.tanda import KONFLIK, SUDAH_ADA, Tanda
from kader.baca import MEMBACA, catat_baca
from poskb.dasar.tolak import Ditolak

TIDAK_ADA = (
    "Catatan ini tidak ada di server, atau di luar wilayah tugas Anda. Bila memang milik Anda, catat sebagai catatan "
    "baru atau hubungi petugas PLKB."
)
BERUBAH = "Catatan ini diubah di server setelah Anda membukanya. Bandingkan keduanya, lalu pilih."
LAIN_ISI = "Catatan ini sudah diterima server dengan isi yang berbeda. Bandingkan keduanya, lalu pilih."


class Baris(Protocol):
    """A record that phones send."""

    pk: UUID
    desa_id: str
    dicatat_oleh_id: int
    versi: int
    sidik: str


B = TypeVar("B", bound=Baris)


@dataclass(frozen=True)
class Ulang(Generic[B]):
    """`cari`: the record as it stands, wherever it is; then how a phone keeps it, and how it is shown beside hers.

    `beda`: what the phone says otherwise, in the words of the form (`label`, `hp`, `server`).
    """

    cari: Callable[[Kiriman], B | None]
    ringkas: Callable[[B], dict[str, Any]]
    isi_server: Callable[[B], dict[str, Any]]
    beda: Callable[[B, Mapping[str, str]], list[dict[str, str]]]
    # Why nothing of it may be used any more; empty while it may.
    tertutup: Callable[[B], str] = lambda _: ""

    def sudah_ada(self, kiriman: Kiriman, ada: B) -> Tanda:
        """The id of a new record is taken: by the very same, by hers saying something else, or by somebody else's."""
        if ada.dicatat_oleh_id != kiriman.oleh.pk:
            return kiriman.ditolak(NomorTerpakai().pesan)
        if tertutup := self.tertutup(ada):
            return kiriman.ditolak(tertutup)
        if ada.sidik and ada.sidik not in kiriman.semua_sidik and kiriman.cakupan.memuat(ada.desa_id):
            return self.konflik(kiriman, ada, LAIN_ISI)
        return self.beres(kiriman, ada)

    def periksa(self, kiriman: Kiriman, baris: B | None) -> Tanda | None:
        """What must be answered before a change is tried: not hers, done before, or meanwhile changed."""
        if baris is None or not kiriman.cakupan.memuat(baris.desa_id):
            return kiriman.ditolak(TIDAK_ADA)
        if tertutup := self.tertutup(baris):
            return kiriman.ditolak(tertutup)
        if TandaTerima.objects.ada(kiriman):
            return self.beres(kiriman, baris)
        return self.konflik(kiriman, baris, BERUBAH) if baris.versi != kiriman.versi else None

    def tolak_perubahan(self, kiriman: Kiriman, tolak: Ditolak) -> Tanda:
        """Refused by the action: somebody was faster, or a rule."""
        baris = self.cari(kiriman)
        if tolak.pesan == SUDAH_BERUBAH or TandaTerima.objects.ada(kiriman):
            # Perhaps by its own twin, sent again while the first was still being written.
            return self.periksa(kiriman, baris) or kiriman.ditolak(tolak.pesan)
        return kiriman.ditolak(tolak.pesan)

    def beres(self, kiriman: Kiriman, baris: B) -> Tanda:
        """What was sent had its effect before; `versi` is what that effect made, for what she wrote after it.

        A record that has left her area is not told about.
        """
        versi = 1 if kiriman.versi is None else TandaTerima.objects.versi_hasil(kiriman) or baris.versi
        milik = kiriman.cakupan.memuat(baris.desa_id)
        return kiriman.tanda(SUDAH_ADA, versi=versi, ringkas=self.ringkas(baris) if milik else None)

    def konflik(self, kiriman: Kiriman, baris: B, pesan: str) -> Tanda:
        """Both versions, for her to choose. Of a person that is a reading."""
        if getattr(baris, "orang_id", None):
            catat_baca(kiriman.oleh, MEMBACA, baris, wilayah=baris.desa_id)
        return kiriman.tanda(
            KONFLIK,
            pesan=pesan,
            versi=baris.versi,
            server=self.isi_server(baris),
            beda=self.beda(baris, kiriman.isi),
            ringkas=self.ringkas(baris),
        )
