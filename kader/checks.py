"""System checks of the building: run by every `manage.py` command."""

from collections.abc import Iterator, Sequence

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.urls import URLPattern, URLResolver, get_resolver

from kader.http import izin_view
from poskb.dasar.peran_db import kekurangan


def semua_rute(resolver: URLResolver, namespace: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Yield (namespace, pattern) of every route of the product."""
    for pola in resolver.url_patterns:
        if isinstance(pola, URLResolver):
            yield from semua_rute(pola, namespace or (pola.namespace or ""))
        else:
            yield namespace, pola


@register()
def setiap_rute_punya_aturan(**kwargs: object) -> list[CheckMessage]:
    """A route without `@izin` would be refused to everybody: say so before it is met."""
    return [
        Error(
            f"Route {pola.pattern!s} ({pola.name}) declares no rule.",
            hint="Decorate its view with @izin(Peran...) from kader.http.",
            id="poskb.E001",
        )
        for namespace, pola in semua_rute(get_resolver())
        if izin_view(pola.callback, namespace=namespace) is None
    ]


@register(Tags.database)
def peran_basis_data(databases: Sequence[str] | None = None, **kwargs: object) -> list[CheckMessage]:
    """`POSKB_PERAN_DB=web manage.py check --database default`: would the database hold the web?"""
    kurang = kekurangan() if databases else ""
    return [Error(kurang, hint="docs/keamanan-basis-data.md", id="poskb.E003")] if kurang else []


@register()
def jam_jakarta(**kwargs: object) -> list[CheckMessage]:
    """Days are days of Purwakarta."""
    if settings.TIME_ZONE == "Asia/Jakarta" and settings.USE_TZ:
        return []
    return [Error("TIME_ZONE must be Asia/Jakarta and USE_TZ on.", id="poskb.E002")]


@register()
def lama_akun_masuk_akal(**kwargs: object) -> list[CheckMessage]:
    """A code or a sign-in that never ends is a password that never changes; one of no length lets nobody in."""
    batas = {"POSKB_KODE_MENIT": (settings.KODE_MENIT, 7 * 24 * 60), "POSKB_SESI_JAM": (settings.SESI_JAM, 90 * 24)}
    return [
        Error(f"{nama}: {kunci}={nilai} must lie between 1 and {terbanyak}.", id="poskb.E020")
        for nama, (semua, terbanyak) in batas.items()
        for kunci, nilai in semua.items()
        if not 1 <= nilai <= terbanyak
    ]
