"""Where a request comes from: the one place that reads it."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def alamat_klien(request: HttpRequest) -> str:
    """Return the client's address; of IPv6 the network, which is one household's. Empty when there is none.

    Behind our front server (`POSKB_PROXY`) it is what that server appended last to X-Forwarded-For: whatever stands
    before was written by the client. Without one the header is anybody's word and is not read.
    """
    teks = request.META.get("REMOTE_ADDR", "")
    if settings.PROXY:
        teks = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip() or teks
    try:
        alamat = ipaddress.ip_address(teks)
    except ValueError:
        return ""
    if alamat.version == 4:
        return str(alamat)
    if alamat.ipv4_mapped:
        return str(alamat.ipv4_mapped)
    return str(ipaddress.ip_network((alamat, 64), strict=False))
