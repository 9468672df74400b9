"""The form of the monthly report and the kinds of activities, made here; campaigns and reports to read."""

import json
from pathlib import Path
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest

from kader.admin import Berjejak, HanyaBaca
from laporan.bulanan import formulir
from laporan.models import Formulir, Kampanye, Kegiatan, LaporanBulanan, MacamKegiatan, Target

DATA = Path(__file__).resolve().parent / "data"


class TargetInline(HanyaBaca, admin.TabularInline):
    """The shares; made by sharing the campaign's target."""

    model = Target
    fields = readonly_fields = ("desa", "jumlah")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Target]:
        return super().get_queryset(request).select_related("desa__induk").order_by("desa_id")


@admin.register(Kampanye)
class KampanyeAdmin(HanyaBaca, admin.ModelAdmin):
    """Campaigns, to read: they are made and changed at /kampanye/, with preview, reason and history."""

    list_display = ("nama", "wilayah", "mulai", "selesai", "target")
    list_select_related = ("wilayah__induk",)
    inlines = (TargetInline,)


def versi_bawaan() -> set[str]:
    """Return the versions that the product ships: every start loads them from their files."""
    return {json.loads(b.read_text(encoding="utf-8"))["versi"] for b in DATA.glob("formulir-*.json")}


class FormulirForm(forms.ModelForm):
    """Refuses a form that the monthly report could not show."""

    def clean_isi(self) -> Any:
        isi = self.cleaned_data["isi"]
        formulir.periksa(isi)
        return isi

    def clean_berlaku_mulai(self) -> Any:
        mulai = self.cleaned_data["berlaku_mulai"]
        if mulai.day != 1:
            raise ValidationError("Pilih tanggal 1: formulir berlaku per bulan.")
        return mulai


@admin.register(Formulir)
class FormulirAdmin(Berjejak, admin.ModelAdmin):
    """A new version is a new row; one that is shipped or already used by a report is only shown."""

    form = FormulirForm
    list_display = ("versi", "berlaku_mulai")

    def has_change_permission(self, request: HttpRequest, obj: Formulir | None = None) -> bool:
        if not super().has_change_permission(request, obj):
            return False
        if obj is None:
            return True
        return obj.versi not in versi_bawaan() and not LaporanBulanan.objects.filter(formulir=obj).exists()


@admin.register(LaporanBulanan)
class LaporanBulananAdmin(HanyaBaca, admin.ModelAdmin):
    """Reports, to read: they change through kader and officer."""

    list_display = ("desa", "bulan", "status", "nihil", "versi", "diubah_pada")
    list_filter = ("status", "bulan", "nihil")
    list_select_related = ("desa__induk",)
    search_fields = ("desa__nama", "=desa__kode")
    show_full_result_count = False


@admin.register(MacamKegiatan)
class MacamKegiatanAdmin(Berjejak, admin.ModelAdmin):
    """Kinds of activities. One that is no longer used is switched off; its activities keep it.

    The role of one that is used stands: the evidence of months that are signed would move to another role.
    """

    list_display = ("nama", "peran_bhakti", "urutan", "utama", "aktif")
    list_editable = ("urutan", "utama", "aktif")
    list_filter = ("peran_bhakti", "utama", "aktif")
    search_fields = ("nama", "kode")
    prepopulated_fields = {"kode": ("nama",)}

    def get_readonly_fields(self, request: HttpRequest, obj: MacamKegiatan | None = None) -> tuple[str, ...]:
        if obj is None:
            return ()
        return ("kode", "peran_bhakti") if Kegiatan.objects.filter(macam=obj).exists() else ("kode",)

    def get_prepopulated_fields(
        self, request: HttpRequest, obj: MacamKegiatan | None = None
    ) -> dict[str, tuple[str, ...]]:
        # What is only shown cannot be filled in.
        return {} if obj else self.prepopulated_fields
