"""The form of records that nobody looks at, many at once: the same checks, without a question to the database."""

import copy
from collections.abc import Iterable
from typing import Any

from django import forms

from akseptor.forms.akseptor import AkseptorForm
from kader.cakupan import Cakupan, kode_leluhur
from kader.models import Faskes, Wilayah

# A code of a desa has four parts: "32.14.04.2006".
RUAS_DESA = 4


class Pilihan:
    """The rows that the forms of a batch may name, by what is typed.

    `faskes`: the open ones that are named. A kader's areas are desa that exist, so they need no look.
    """

    def __init__(self, cakupan: Cakupan, faskes: Iterable[Faskes]) -> None:
        self.desa = {kode: Wilayah(kode=kode) for kode in cakupan.kode if len(kode_leluhur(kode)) == RUAS_DESA}
        self.faskes = {str(f.pk): f for f in faskes}


class _Datar(dict[str, forms.Field]):
    """Fields that are copied flat: a form that is never drawn changes nothing inside of them."""

    def __deepcopy__(self, memo: dict[int, Any]) -> dict[str, forms.Field]:
        return {nama: copy.copy(medan) for nama, medan in self.items()}


class FormKumpulan(AkseptorForm):
    """Who sends many looks for likely same persons once for all of them (`ditanya`) and sets `kemiripan`."""

    def __init__(self, data: dict[str, Any], *, pilihan: Pilihan, **kwargs: Any) -> None:
        self.pilihan = pilihan
        super().__init__(data, tanya=False, **kwargs)

    def _batasi_pilihan(self) -> None:
        self.fields["desa"].dikenal, self.fields["faskes"].dikenal = self.pilihan.desa, self.pilihan.faskes

    def _periksa_kemiripan(self, isi: dict[str, Any]) -> None:
        isi["orang"] = None


FormKumpulan.base_fields = _Datar(AkseptorForm.base_fields)
