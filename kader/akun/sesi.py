"""Sessions: how long, on which device, and how they end.

Django's own database store over a table of ours (`kader.models.Sesi`), as its documentation proposes for such lists:
the row that is read for every request anyway names the person and the device, so listing and ending sessions costs
no further table and a request no further statement. (django-user-sessions keeps addresses and user agents, and has
had no release since 2022.)
"""

import datetime as dt
import uuid
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.db.models import QuerySet

from kader.enums import Peran
from kader.models import Pengguna, Sesi
from poskb.dasar.waktu import jam_nyata

NOMOR, SEJAK, PERANGKAT = "nomor", "sejak", "perangkat"
# Whether its sign-in asked for the second factor (kader/akun/totp.py).
BUTUH = "totp"


class SessionStore(db.SessionStore):
    """Writes who, where and since when beside the session's data."""

    # The row as it was read, for whoever writes "last seen" (kader/terlihat.py).
    baris: Sesi | None = None

    @classmethod
    def get_model_class(cls) -> type[Sesi]:
        return Sesi

    def _get_session_from_db(self) -> Sesi | None:
        self.baris = super()._get_session_from_db()
        return self.baris

    def cycle_key(self) -> None:
        """Another key, and another number: for a moment both rows are there."""
        if self.get(NOMOR):
            self[NOMOR] = str(uuid.uuid4())
        super().cycle_key()

    def create_model_instance(self, data: dict[str, Any]) -> Sesi:
        """Return the row of these data."""
        baris = super().create_model_instance(data)
        if data.get(SESSION_KEY) and data.get(NOMOR):
            baris.pengguna_id = int(data[SESSION_KEY])
            baris.nomor = uuid.UUID(data[NOMOR])
            baris.perangkat = data.get(PERANGKAT, "")
            baris.sejak = dt.datetime.fromisoformat(data[SEJAK])
            baris.terlihat_pada = (self.baris and self.baris.terlihat_pada) or baris.sejak
        return baris


def lama_sesi(peran: str) -> dt.timedelta:
    """Return how long a sign-in of a role lasts, from its beginning, however much it is used."""
    return dt.timedelta(hours=settings.SESI_JAM["kader" if peran == Peran.KADER else "lain"])


def daftar(orang: Pengguna) -> QuerySet[Sesi]:
    """Return the sessions of a person that still open something, the one seen last first. One query."""
    return Sesi.objects.filter(pengguna=orang, expire_date__gt=jam_nyata()).order_by("-terlihat_pada", "-sejak")


def akhiri(orang: Pengguna, *, kecuali: str | None = None) -> int:
    """End the sessions of a person at once, but for the one with this key; return how many."""
    jumlah, _ = Sesi.objects.filter(pengguna=orang).exclude(session_key=kecuali or "").delete()
    return jumlah


def akhiri_satu(orang: Pengguna, nomor: uuid.UUID) -> bool:
    """End one session of a person; say whether there was one."""
    jumlah, _ = Sesi.objects.filter(pengguna=orang, nomor=nomor).delete()
    return bool(jumlah)
