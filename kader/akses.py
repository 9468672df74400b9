"""Named rows for those who see aggregates by default: opened with a reason, for a while, and written down.

DPPKB sees numbers; names only after saying why (domain.md, Privacy). The reason stands in the history.
"""

import datetime as dt

from django.http import HttpRequest

from kader.actions import catat_jejak
from kader.enums import Peran
from poskb.dasar.waktu import sekarang

KUNCI_SESI = "data_bernama_sampai"
LAMA = dt.timedelta(minutes=30)
TANPA_ALASAN = frozenset({Peran.KADER, Peran.PLKB, Peran.KOORDINATOR})


def boleh_bernama(request: HttpRequest) -> bool:
    """Say whether this person may see names now."""
    if request.user.peran in TANPA_ALASAN:
        return True
    sampai = request.session.get(KUNCI_SESI)
    return bool(sampai) and sekarang() < dt.datetime.fromisoformat(sampai) <= sekarang() + LAMA


def buka_bernama(request: HttpRequest, alasan: str) -> None:
    """Open names for this session and write down why."""
    catat_jejak(request.user, "membuka data bernama", request.user, alasan=alasan)
    request.session[KUNCI_SESI] = (sekarang() + LAMA).isoformat()
