"""What a sign-in begins: a session of the role's length, with its device, and whether it needs the second factor."""

import uuid

from django.http import HttpRequest

from kader.akun import sesi, totp
from kader.akun.peranti import nama_peranti
from kader.models import Pengguna
from poskb.dasar.waktu import jam_nyata, sekarang


def mulai(request: HttpRequest, user: Pengguna, **_: object) -> None:
    """Fill a new session (receiver of Django's `user_logged_in`); its end is fixed now. None or one query."""
    isi = request.session
    isi[sesi.NOMOR] = str(uuid.uuid4())
    isi[sesi.SEJAK] = sekarang().isoformat()
    isi[sesi.PERANGKAT] = nama_peranti(request.META.get("HTTP_USER_AGENT", ""))
    isi[sesi.BUTUH] = totp.diminta(user)
    isi.set_expiry(jam_nyata() + sesi.lama_sesi(user.peran))
