"""The one definition of a record: the page, the sync endpoint and imports use this form."""

from akseptor.forms.akseptor import AkseptorForm, Pilihan

__all__ = ["AkseptorForm", "Pilihan"]
