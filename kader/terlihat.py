"""When a person was last heard of by the server: known to the hour, written beside her request, never in its way."""

import datetime as dt
import logging

from django.conf import settings
from django.db import DatabaseError
from django.db.models import Q
from django.http import HttpRequest, HttpResponse

from kader.http import View
from kader.models import Pengguna
from poskb.dasar.waktu import sekarang

log = logging.getLogger(__name__)


class TerlihatMiddleware:
    """Remembers on `Pengguna.terakhir_terlihat` that somebody was here: at most one UPDATE an hour for each person.

    Who she is was read for the request anyway; where nobody was asked for, nobody is.
    """

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        pengguna = getattr(request, "_cached_user", None)
        if pengguna is not None and pengguna.is_authenticated and settings.JEDA_TERLIHAT_MENIT:
            _tandai(pengguna)
        return response


def _tandai(pengguna: Pengguna) -> None:
    kini = sekarang()
    batas = kini - dt.timedelta(minutes=settings.JEDA_TERLIHAT_MENIT)
    if pengguna.terakhir_terlihat is not None and batas < pengguna.terakhir_terlihat <= kini:
        return
    lama = Q(terakhir_terlihat__isnull=True) | Q(terakhir_terlihat__lte=batas) | Q(terakhir_terlihat__gt=kini)
    try:
        # The condition again in the database: of requests at the same moment one writes.
        Pengguna.objects.filter(lama, pk=pengguna.pk).update(terakhir_terlihat=kini)
    except DatabaseError:
        log.exception("terakhir_terlihat %s", pengguna.pk)
