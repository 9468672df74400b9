"""304 while nothing changed."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response


def bila_berubah(request: HttpRequest, etag: str, buat: Callable[[], HttpResponse]) -> HttpResponse:
    """Return what `buat` makes, or 304 when the one who asks has it. `etag` is quoted; a compressed copy counts."""
    response = get_conditional_response(request, etag=etag) or buat()
    response["ETag"] = etag
    return response
