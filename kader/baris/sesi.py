"""The area that the database is told: with every statement, for its transaction only.

The statement carries `SET LOCAL poskb.sesi = '...';` in front, in the same message: no round trip more, nothing that
could be left behind on a connection that the next request uses, and nothing that a pool in transaction mode could mix
up. What was not told sees no row of a person: outside a request, before the rule of the route was checked, on a route
without a signed-in user, on another thread's connection.
"""

import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.db import connection

from kader.cakupan import KODE, Cakupan

# What ends or undoes a part of a transaction stands alone: after an error nothing else may run before it.
TANPA = ("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT")
TUTUP = ("", "", "")
_KINI: ContextVar["Sesi | None"] = ContextVar("sesi", default=None)


def rentang(kode: Sequence[str]) -> tuple[str, str, str]:
    """Return the first and last code of a desa that can lie in these areas, and the areas between commas where the two
    do not say it all. Raises ValueError for what is no code: it goes into a statement."""
    if not kode:
        return TUTUP
    if not all(KODE.fullmatch(k) for k in kode):
        raise ValueError("no code of an area")
    awal = min(k + "00.00.00.0000"[len(k) :] for k in kode)
    akhir = max(k + "99.99.99.9999"[len(k) :] for k in kode)
    return awal, akhir, "" if len(kode) == 1 else f",{','.join(kode)},"


def teks_sesi(kode: Sequence[str], *, bernama: bool, pengguna: int | str) -> str:
    """Return what `kader.baris.kebijakan` reads: the area, the area in which people have names, and who asks."""
    satu = rentang(kode)
    return "|".join([*satu, *(satu if bernama else TUTUP), str(pengguna)])


class Sesi:
    """What one request may see. Closed until `buka`; everything inside `dengan sesi` on this thread's connection."""

    def __init__(self) -> None:
        self._isi: Callable[[], tuple[Cakupan, bool, int | str]] | None = None
        self._teks = self._teks_lintas = self.serah = ""
        self.lintas = self.belum_tahu = False

    def buka(self, isi: Callable[[], tuple[Cakupan, bool, int | str]]) -> None:
        """Say how to learn area, whether names are open, and who it is: asked at the first statement, once."""
        self._isi = isi

    def awalan(self) -> str:
        """Return what stands in front of the next statement; "" while closed."""
        if self._isi is not None and not self.belum_tahu:
            isi, self._isi = self._isi, None
            # Meanwhile closed: what is asked to learn the area is about no person's row.
            cakupan, bernama, pengguna = isi()
            self._teks = teks_sesi(cakupan.kode, bernama=bernama, pengguna=pengguna)
            self._teks_lintas = teks_sesi([settings.KODE_KABUPATEN], bernama=True, pengguna=pengguna)
        teks = self._teks_lintas if self.lintas else self._teks
        return f"SET LOCAL poskb.sesi = '{teks}{self.serah}'; " if teks else ""

    @contextmanager
    def dipasang(self) -> Iterator["Sesi"]:
        """Stand in front of every statement of this thread's connection."""
        tanda = _KINI.set(self)
        try:
            with connection.execute_wrapper(self._jalankan):
                yield self
        finally:
            _KINI.reset(tanda)

    def _jalankan(self, jalankan: Callable, sql: Any, params: Any, many: bool, context: dict) -> Any:  # noqa: FBT001
        if not isinstance(sql, str):
            sql = sql.as_string(context["cursor"].cursor)
        if not sql.startswith(TANPA):
            sql = self.awalan() + sql
        return jalankan(sql, params, many, context)


@contextmanager
def tanpa_wilayah() -> Iterator[None]:
    """Around the questions by which the area is found: they are about no person's row, and must not ask for it."""
    sesi = _KINI.get()
    if sesi is None:
        yield
        return
    lama, sesi.belum_tahu = sesi.belum_tahu, True
    try:
        yield
    finally:
        sesi.belum_tahu = lama


@contextmanager
def dalam_wilayah(cakupan: Cakupan, pengguna: int) -> Iterator[None]:
    """Act in an area without a signed-in user: whose the content of the request proves to be. No names are open.

    One caller: an envelope that the phone of a deactivated kader hands over (akseptor/titipan.py).
    """
    sesi = _KINI.get()
    if sesi is None:
        yield
        return
    lama = sesi._teks, sesi._teks_lintas
    sesi._teks = sesi._teks_lintas = teks_sesi(cakupan.kode, bernama=False, pengguna=pengguna)
    try:
        yield
    finally:
        sesi._teks, sesi._teks_lintas = lama


@contextmanager
def menyerahkan(desa: str, kunci: uuid.UUID) -> Iterator[None]:
    """Put down one new record in a desa outside the area: that of this key, there, with what is written with it. No
    row of that desa is shown by it, none changed (`kader.baris.kebijakan.terima_serahan`).

    Who calls it has found out that the desa was hers when she wrote it; the one caller: akseptor/sinkron/kumpulan.py.
    """
    sesi = _KINI.get()
    if sesi is None:
        yield
        return
    if not KODE.fullmatch(desa):
        raise ValueError("no code of an area")
    lama, sesi.serah = sesi.serah, f"|{desa}|{uuid.UUID(str(kunci))}"
    try:
        yield
    finally:
        sesi.serah = lama


@contextmanager
def lintas_wilayah(sebab: str) -> Iterator[None]:
    """Look or write beyond one's own area inside this block (or function), because of `sebab`.

    The one door: who calls it stands in tests/baris/test_pintu.py. It opens the whole kabupaten, names included, so
    the block holds one question and hands out no more than its answer: a queryset must be evaluated inside. For a
    request without a signed-in user it stays closed; where nothing is limited (worker, commands) it changes nothing.
    """
    sesi = _KINI.get()
    if sesi is None:
        yield
        return
    lama, sesi.lintas = sesi.lintas, True
    try:
        yield
    finally:
        sesi.lintas = lama
