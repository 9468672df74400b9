"""When a person and her device were last heard of: known to the hour, written beside the request, never in its way."""

import datetime as dt
import logging

from django.conf import settings
from django.db import DatabaseError
from django.db.models import Q
from django.http import HttpRequest, HttpResponse

from kader.http import View
from kader.models import Pengguna, Sesi
from poskb.dasar.waktu import sekarang

log = logging.getLogger(__name__)


class TerlihatMiddleware:
    """Remembers on `Pengguna.terakhir_terlihat` and on the session that somebody was here.

    At most one UPDATE an hour for each person and one for each of her devices.

    Who she is was read for the request anyway; where nobody was asked for, nobody is.
    """

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        pengguna = getattr(request, "_cached_user", None)
        if pengguna is not None and pengguna.is_authenticated and settings.JEDA_TERLIHAT_MENIT:
            kini = sekarang()
            _tandai(pengguna, "terakhir_terlihat", kini)
            baris: Sesi | None = getattr(request.session, "baris", None)
            # A session that has just begun was written with its moment.
            if baris is not None and baris.pk == request.session.session_key:
                _tandai(baris, "terlihat_pada", kini)
        return response


def _tandai(satu: Pengguna | Sesi, kolom: str, kini: dt.datetime) -> None:
    batas = kini - dt.timedelta(minutes=settings.JEDA_TERLIHAT_MENIT)
    terakhir = getattr(satu, kolom)
    if terakhir is not None and batas < terakhir <= kini:
        return
    lama = Q(**{f"{kolom}__isnull": True}) | Q(**{f"{kolom}__lte": batas}) | Q(**{f"{kolom}__gt": kini})
    try:
        # The condition again in the database: of requests at the same moment one writes.
        type(satu)._default_manager.filter(lama, pk=satu.pk).update(**{kolom: kini})
    except DatabaseError:
        # A session's key is a secret.
        log.exception("%s %s", kolom, satu.pk if isinstance(satu, Pengguna) else satu.nomor)
