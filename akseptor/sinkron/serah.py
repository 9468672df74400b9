"""New records that belong into a desa which is not the sender's today.

A kader who was moved still has on her phone what she wrote where she acted before; a file that an officer brings in
may hold records of a desa of hers that is another officer's. Such a record is put down where it belongs, and that is
all: no row there is read or changed (`kader.baris.menyerahkan`). Changes of what is there have no such road.
"""

import datetime as dt
from dataclasses import dataclass, field, replace

from django import forms
from django.conf import settings

from akseptor.forms.medan import TANGGAL
from akseptor.sinkron.kiriman import Kiriman
from kader.cakupan import Cakupan
from kader.models import Pengguna
from kader.models.penugasan import cakupan_pengguna
from poskb.dasar.waktu import hari_ini, hari_wib

# The day of what was done, in the kinds of records that there are.
HARI = ("tanggal_pelayanan", "tanggal")
MEDAN_HARI = forms.DateField(**TANGGAL)


def selama() -> dt.timedelta:
    """Return how long after it was written a record finds this road: as long as a phone stays signed in."""
    return dt.timedelta(hours=settings.SESI_JAM["kader"])


@dataclass
class Penyerahan:
    """Decides for one batch. `cakupan`: the kader's area today; `terbuka`: the area that the session has open."""

    oleh: Pengguna
    cakupan: Cakupan
    terbuka: Cakupan
    _per_hari: dict[dt.date, Cakupan] = field(default_factory=dict)

    def periksa(self, kiriman: Kiriman) -> Kiriman:
        """Return the record as it came, or with the desa into which it is handed over."""
        desa = kiriman.isi.get("desa", "")
        milik = self.cakupan.memuat(desa)
        if kiriman.versi is not None or (milik and self.terbuka.memuat(desa)):
            return kiriman
        if milik or self._dulu_miliknya(kiriman, desa):
            return replace(kiriman, serah=Cakupan(self.cakupan.peran, (desa,)))
        return kiriman

    def _dulu_miliknya(self, kiriman: Kiriman, desa: str) -> bool:
        """Whether the desa was hers on the day on which she wrote this down, and that was not too long ago."""
        hari = hari_wib(kiriman.dicatat_pada)
        if not hari_ini() - selama() <= hari < hari_ini() or _sesudah(kiriman, hari):
            return False
        if hari not in self._per_hari:
            self._per_hari[hari] = cakupan_pengguna(self.oleh, hari, settings.KODE_KABUPATEN)
        return self._per_hari[hari].memuat(desa)


def _sesudah(kiriman: Kiriman, hari: dt.date) -> bool:
    """Whether it speaks of a later day than that on which it says it was written."""
    return any((tanggal := _baca(kiriman.isi.get(medan, ""))) and tanggal > hari for medan in HARI)


def _baca(teks: str) -> dt.date | None:
    """Read a day as the forms do; what is none they refuse themselves."""
    try:
        return MEDAN_HARI.to_python(teks)
    except forms.ValidationError:
        return None
