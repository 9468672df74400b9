"""The one definition of a record: the page, the sync endpoint and imports use this form."""

from akseptor.forms.akseptor import AkseptorForm
from akseptor.forms.kumpulan import FormKumpulan, Pilihan
from akseptor.forms.persetujuan import PersetujuanForm

__all__ = ["AkseptorForm", "FormKumpulan", "PersetujuanForm", "Pilihan"]
