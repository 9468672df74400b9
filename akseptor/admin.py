"""Couples and services for the admin: to look up a row by its key, without who it is.

Names, NIK, phone and address stay in the product, where every reading is written down with its reason; the opening of
a row is written down here too. Nothing is changed here: only `akseptor.actions` keeps the history and the count right.
"""

import uuid
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from akseptor.models import Akseptor, Pelayanan
from kader.admin import HanyaBaca
from kader.baca import MEMBACA, catat_baca
from kader.baris import lintas_wilayah
from kader.tambalan_admin import Berhari


class Dibaca:
    """A row that is opened is a reading of a person's data like any other, and written down."""

    def changeform_view(self, request: HttpRequest, *isi: Any, **lain: Any) -> HttpResponse:
        return _catat(request, super().changeform_view(request, *isi, **lain), "original")

    def history_view(self, request: HttpRequest, *isi: Any, **lain: Any) -> HttpResponse:
        return _catat(request, super().history_view(request, *isi, **lain), "object")


def _catat(request: HttpRequest, response: HttpResponse, nama: str) -> HttpResponse:
    """Write which row was read; `nama`: what Django's page calls it. A key that nothing has is no page."""
    if isinstance(response, TemplateResponse):
        baris = response.context_data[nama]
        catat_baca(request.user, MEMBACA, baris, wilayah=baris.desa_id)
    return response


class MencariKunci(Dibaca):
    """Pages that find rows of people by their key, though no name is open: what they show holds none."""

    @lintas_wilayah("admin mencari baris menurut kuncinya, tanpa nama")
    def changelist_view(self, *isi: Any, **lain: Any) -> HttpResponse:
        return _gambar(super().changelist_view(*isi, **lain))

    @lintas_wilayah("admin mencari baris menurut kuncinya, tanpa nama")
    def changeform_view(self, *isi: Any, **lain: Any) -> HttpResponse:
        return _gambar(super().changeform_view(*isi, **lain))

    @lintas_wilayah("admin mencari baris menurut kuncinya, tanpa nama")
    def history_view(self, *isi: Any, **lain: Any) -> HttpResponse:
        return _gambar(super().history_view(*isi, **lain))


def _gambar(response: HttpResponse) -> HttpResponse:
    # A page of the admin asks the database only when it is drawn: now, inside.
    return response.render() if isinstance(response, TemplateResponse) else response


@admin.register(Akseptor)
class AkseptorAdmin(MencariKunci, HanyaBaca, admin.ModelAdmin):
    """Couples by key and area."""

    list_display = ("id", "desa", "nik_menyusul", "perlu_tinjau_duplikat")
    list_filter = ("nik_menyusul", "perlu_tinjau_duplikat")
    list_select_related = ("desa__induk",)
    fields = ("id", "pasangan", "desa", "nik_menyusul", "perlu_tinjau_duplikat")
    search_fields = ("=desa__kode",)
    search_help_text = "Kode desa, misalnya 32.14.04.2006."
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Akseptor]:
        return super().get_queryset(request).defer("nik_istri", "no_hp", "alamat")

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Akseptor | None:
        akseptor = super().get_object(request, object_id, from_field)
        if akseptor is not None:
            # The page writes str(row) into its title and path; it is never saved from here.
            akseptor.nama_istri = f"akseptor {akseptor.pk}"
        return akseptor


@admin.register(Pelayanan)
class PelayananAdmin(Dibaca, Berhari, HanyaBaca, admin.ModelAdmin):
    """Services by key, stage and area."""

    list_display = ("id", "desa", "tahap", "metode", "status_peserta", "tanggal", "diterima_pada")
    list_filter = ("tahap", "metode", "status_peserta")
    list_select_related = ("desa__induk",)
    date_hierarchy = "tanggal"
    fields = (
        "id",
        "kunci_akseptor",
        "pasangan",
        "desa",
        "tahap",
        "metode",
        "status_peserta",
        "faskes",
        "tanggal",
        "dicatat_oleh",
        "dicatat_pada",
        "diterima_pada",
        "diverifikasi_oleh",
        "diverifikasi_pada",
        "versi",
    )
    search_fields = ("=desa__kode",)
    search_help_text = "Kode desa, misalnya 32.14.04.2006."
    show_full_result_count = False

    @admin.display(description="akseptor")
    def kunci_akseptor(self, pelayanan: Pelayanan) -> uuid.UUID:
        return pelayanan.akseptor_id
