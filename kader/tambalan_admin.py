"""What Django's admin answers with an error page of ours, though it was asked something that is not there."""

from typing import Any

from django import forms
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest


class PilihCari(AutocompleteSelect):
    """Django's own asks the database for whatever was posted before it draws a refused form again, and fails for what
    is no key at all; here such a value chooses nothing, and the form's own sentence stands beside the empty field.
    """

    def optgroups(self, name: str, value: list[Any], attr: dict[str, Any] | None = None) -> list:
        """Return what is chosen, as options."""
        return super().optgroups(name, [v for v in value if self._kunci(v)], attr)

    def _kunci(self, nilai: Any) -> bool:
        try:
            self.field.target_field.clean(nilai, None)
        except ValidationError:
            return False
        return "\x00" not in str(nilai)


class BerpilihCari:
    """For an admin with `autocomplete_fields`."""

    def formfield_for_foreignkey(
        self, db_field: models.ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> forms.ModelChoiceField | None:
        if db_field.name in self.autocomplete_fields:  # type: ignore[attr-defined]
            kwargs.setdefault("widget", PilihCari(db_field, self.admin_site))  # type: ignore[attr-defined]
        return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]


class DaftarHari(ChangeList):
    """A list that narrows by day: a number too large for one, or the last day that there is, is no day."""

    def get_filters(self, request: HttpRequest) -> tuple:
        """Return what narrows the list. Raises IncorrectLookupParameters, after which it is shown whole."""
        try:
            return super().get_filters(request)
        except (OverflowError, ValueError) as galat:
            raise IncorrectLookupParameters(galat) from galat


class Berhari:
    """For an admin with `date_hierarchy`."""

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return DaftarHari
