"""An empty form that a phone keeps (`?kerangka=1`): no token, no message, no id, so that it stays the same all day."""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control


def berkerangka(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let the phone keep what this view draws empty, and ask with an ETag whether it changed."""

    @wraps(view)
    def hias(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if request.method != "GET" or request.GET.get("kerangka") != "1" or response.status_code != 200:
            return response
        patch_cache_control(response, private=True, no_cache=True)
        etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
        response["ETag"] = etag
        return get_conditional_response(request, etag=etag, response=response)

    return hias
