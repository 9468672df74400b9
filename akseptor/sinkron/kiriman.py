"""One record as it came: checked for shape, its fields as text, and its hash."""

import datetime as dt
import json
import uuid
from dataclasses import dataclass
from typing import Any

from django import forms

from akseptor.sinkron.tanda import DITOLAK, SEMUA, Tanda
from kader.cakupan import Cakupan
from kader.models import Pengguna
from poskb.dasar.tetap import semua_cap
from poskb.dasar.tolak import Ditolak

PANJANG_BIASA = 1000
# (kind, field) that may be longer; said when a kind is registered (akseptor/sinkron/jenis.py).
PANJANG: dict[tuple[str, str], int] = {}
BUKAN_ISI = {"jenis", "id", "versi", "dicatat_pada", "tanya"}
VERSI_TERBESAR = 2**31 - 1
TIDAK_TERBACA = "Catatan ini tidak terbaca oleh server. Buka catatannya, periksa, lalu simpan sekali lagi."


@dataclass(frozen=True)
class Kiriman:
    """What a handler gets. `versi` is None for a new record; `isi` holds only what was sent.

    `semua_sidik`: the hashes under which it may have been kept when it came before.
    """

    oleh: Pengguna
    cakupan: Cakupan
    id: uuid.UUID
    jenis: str
    versi: int | None
    isi: dict[str, str]
    dicatat_pada: dt.datetime
    tanya: bool
    semua_sidik: tuple[str, ...]
    # The desa outside the area into which this new record may be put (akseptor/sinkron/serah.py).
    serah: Cakupan | None = None

    @property
    def tulis(self) -> Cakupan:
        """Where a new record may lie. What may be read is `cakupan`, always."""
        return self.serah or self.cakupan

    @property
    def sidik(self) -> str:
        """The hash under which it is kept."""
        return self.semua_sidik[0]

    def tanda(self, hasil: str, **isi: Any) -> Tanda:
        """Return a receipt for this record."""
        return Tanda(id=str(self.id), jenis=self.jenis, hasil=hasil, **isi)

    def ditolak(self, pesan: str, galat: dict[str, list[str]] | None = None, **isi: Any) -> Tanda:
        """Return a refusal; a sentence for the whole stands under `__all__`."""
        return self.tanda(DITOLAK, pesan=pesan, galat=galat or {SEMUA: [pesan]}, **isi)

    def ditolak_form(self, form: forms.Form, **isi: Any) -> Tanda:
        """Return a refusal in the form's own words, field by field."""
        galat = {medan: [str(p) for p in pesan] for medan, pesan in form.errors.items()}
        return self.ditolak(next(iter(galat.values()))[0], galat, **isi)


def _teks(nilai: Any, paling_panjang: int = PANJANG_BIASA) -> str:
    """A field as a browser would post it. Raises Ditolak for what no form field holds."""
    if nilai is None or nilai is False:
        return ""
    if nilai is True:
        return "on"
    teks = str(nilai) if isinstance(nilai, int) else nilai
    if not isinstance(teks, str) or len(teks) > paling_panjang:
        raise Ditolak(TIDAK_TERBACA)
    try:
        teks.encode()
    except UnicodeEncodeError:
        raise Ditolak(TIDAK_TERBACA) from None
    return teks


def _versi(nilai: Any) -> int | None:
    if nilai in (None, ""):
        return None
    if isinstance(nilai, bool) or not isinstance(nilai, int) or not 0 < nilai <= VERSI_TERBESAR:
        raise Ditolak(TIDAK_TERBACA)
    return nilai


def semua_sidik(catatan: dict[str, Any]) -> tuple[str, ...]:
    """Return the keyed hashes of what a record says, newest first; `tanya` is how it is asked, not what it says."""
    isi = {k: v for k, v in catatan.items() if k != "tanya"}
    return semua_cap("kiriman:" + json.dumps(isi, sort_keys=True, ensure_ascii=True))


def baca_kiriman(oleh: Pengguna, cakupan: Cakupan, catatan: dict[str, Any], dicatat_pada: dt.datetime) -> Kiriman:
    """Read one record. Raises Ditolak when it has not the shape of one."""
    try:
        kunci = uuid.UUID(catatan["id"])
    except (KeyError, ValueError, AttributeError, TypeError):
        raise Ditolak(TIDAK_TERBACA) from None
    jenis = _teks(catatan.get("jenis")) or "akseptor"
    isi = {
        _teks(k): _teks(v, PANJANG.get((jenis, k), PANJANG_BIASA)) for k, v in catatan.items() if k not in BUKAN_ISI
    }
    return Kiriman(
        oleh=oleh,
        cakupan=cakupan,
        id=kunci,
        jenis=jenis,
        versi=_versi(catatan.get("versi")),
        isi=isi,
        dicatat_pada=dicatat_pada,
        tanya=catatan.get("tanya") is True,
        semua_sidik=semua_sidik(catatan),
    )
