"""A ticket: what a page that asks every second shows instead of its session, so that asking reads no database.

Made by a page after its own check of role and scope, signed, good for two minutes and for one calendar day. It says
which area may be seen and with whose rights, and nothing about the person. Whoever holds it sees the aggregate numbers
of that area, no more. An older one is exchanged for a new one while the session behind the request still has the same
rights: so who is signed out, deactivated or moved sees no new number after at most `UMUR` seconds.
"""

from dataclasses import asdict, dataclass

from django.core import signing
from django.http import HttpRequest

from kader.akun import totp
from kader.cakupan import Cakupan
from kader.enums import Peran
from poskb.dasar.waktu import hari_ini

# Short, because nobody is asked while it holds: this is how long the sums of one area outlive a deactivation.
UMUR = 120
KEPALA = "X-Karcis"
GARAM = "kader.karcis"
TERPANJANG = 600


@dataclass(frozen=True)
class Karcis:
    """`puncak`: the widest area of hers around `wilayah`; `untuk`: which page, in the words of who issued it."""

    wilayah: str
    peran: str
    puncak: str
    hari: str
    untuk: str

    @property
    def cakupan(self) -> Cakupan:
        """The part of her scope that this page may show links to."""
        return Cakupan(Peran(self.peran), (self.puncak,))

    def tulis(self) -> str:
        """Return it signed, as of now."""
        return signing.dumps(asdict(self), salt=GARAM)


def terbitkan(cakupan: Cakupan, wilayah: str, untuk: str) -> Karcis:
    """Return a ticket for an area inside the scope. Raises ValueError for one outside: no view may get that far."""
    for puncak in sorted(cakupan.kode, key=len):
        if Cakupan(cakupan.peran, (puncak,)).memuat(wilayah):
            return Karcis(wilayah, str(cakupan.peran), puncak, hari_ini().isoformat(), untuk)
    raise ValueError("area outside the scope")


def periksa(request: HttpRequest) -> tuple[Karcis | None, str]:
    """Return the ticket that a request carries and, when its time was over, a new one to send back; or None.

    Reads the database only to exchange an old one.
    """
    teks = request.headers.get(KEPALA, "")
    if not teks or len(teks) > TERPANJANG:
        return None, ""
    try:
        try:
            return _hari_ini_juga(Karcis(**signing.loads(teks, salt=GARAM, max_age=UMUR))), ""
        except signing.SignatureExpired:
            return _tukar(request, Karcis(**signing.loads(teks, salt=GARAM)))
    except (signing.BadSignature, TypeError):
        # Not ours, or from before an update that made tickets otherwise.
        return None, ""


def _hari_ini_juga(karcis: Karcis) -> Karcis | None:
    # Yesterday's page is another page: pace, days left and perhaps the campaign.
    return karcis if karcis.hari == hari_ini().isoformat() else None


def _tukar(request: HttpRequest, lama: Karcis) -> tuple[Karcis | None, str]:
    pengguna = request.user
    if not (_hari_ini_juga(lama) and pengguna.is_authenticated and str(pengguna.peran) == lama.peran):
        return None, ""
    if totp.perlu(request) or not request.cakupan.memuat(lama.puncak):  # type: ignore[attr-defined]
        return None, ""
    return lama, lama.tulis()
