"""Every route, found where Django finds them: a new one is walked by itself."""

import inspect
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from kader.enums import Peran
from kader.http import BERTOKEN, KARCIS, TERBUKA, izin_view

# Left out of the walk: pattern and reason. Both answer 503 by design while a part is away.
DILEWATI = {
    "sehat/": "reads nothing of a request; asks worker and beat, which do not run here (tests/nyata/test_bagian_mati.py)",
    "sehat/web/": "reads nothing of a request; asks the database in a thread of its own (tests/operasi)",
}
TAMU, TOKEN = "tamu", "token"
SEMUA = tuple(str(p) for p in Peran)
CARA = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
# A part of a pattern that an address fills: Django's own way of writing it, and the admin's last resort.
RUAS = re.compile(r"<(?:\w+:)?\w+>|\(\?P<\w+>\.\*\)\$")


@dataclass(frozen=True)
class Rute:
    """A route: `pola` is what `ResolverMatch.route` says."""

    pola: str
    nama: str
    view: Any
    aturan: frozenset[str]

    @cached_property
    def siapa(self) -> tuple[str, ...]:
        """Everybody who may open it."""
        if self.aturan == TERBUKA:
            return (TAMU, *SEMUA)
        if self.aturan == BERTOKEN:
            return (TOKEN,)
        return SEMUA if self.aturan == KARCIS else tuple(p for p in SEMUA if p in self.aturan)

    @cached_property
    def cara(self) -> tuple[str, ...]:
        """The methods that its view lets in; all of them for a view that does not say."""
        return tuple(c for c in CARA if c in _cara(self.view))

    @property
    def ruas(self) -> list[str]:
        """The fixed parts of its address; a value belongs between each two."""
        return RUAS.split(self.pola)

    @property
    def terisi(self) -> list[str]:
        """The parts that an address fills, as they stand in the pattern."""
        return RUAS.findall(self.pola)


def _cara(view: Any) -> set[str]:
    boleh = set(CARA)
    while view is not None:
        if kelas := getattr(view, "view_class", None):
            # A class answers HEAD by its GET.
            punya = {n.upper() for n in kelas.http_method_names if hasattr(kelas, "get" if n == "head" else n)}
            boleh &= punya
        if hasattr(view, "__code__"):
            # What `require_http_methods` was given.
            boleh &= set(inspect.getclosurevars(view).nonlocals.get("request_method_list", boleh))
        view = getattr(view, "__wrapped__", None)
    return boleh


def semua_rute() -> list[Rute]:
    """Return every route, those left out too."""
    return list(_rute(get_resolver()))


def dijalani() -> list[Rute]:
    """Return the routes of the walk."""
    return [r for r in semua_rute() if r.pola not in DILEWATI]


def _rute(resolver: URLResolver, awalan: str = "", namespace: str = "") -> Iterator[Rute]:
    for satu in resolver.url_patterns:
        pola = awalan + str(satu.pattern).removeprefix("^")
        if isinstance(satu, URLResolver):
            yield from _rute(satu, pola, namespace or satu.namespace or "")
        elif isinstance(satu, URLPattern):
            nama = f"{namespace}:{satu.name}" if namespace else str(satu.name)
            yield Rute(pola, nama, satu.callback, izin_view(satu.callback, namespace=namespace) or frozenset())
