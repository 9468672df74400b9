"""What DPPKB's admin edits by hand: people, assignments, places of service, areas; and the history, to read."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth import admin as admin_auth  # noqa: F401  (registers Group, which is taken out below)
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django_otp.plugins.otp_static.admin import StaticDevice
from django_otp.plugins.otp_totp.admin import TOTPDevice

from kader.actions import catat_jejak
from kader.akun import sesi
from kader.cakupan import KODE, kode_leluhur
from kader.enums import Tingkat
from kader.models import Faskes, Jejak, Pengguna, Penugasan, Wilayah
from kader.models.jejak import TENTANG_ORANG
from kader.models.pengguna import rapikan_nama_masuk
from kader.signals import jenis_faskes_berubah
from kader.tambalan_admin import Berhari, BerpilihCari

# Roles are on the person: groups of Django would be a second way that decides nothing.
admin.site.unregister(Group)
# Their pages would show the secrets of second factors, and make some without a trace.
admin.site.unregister([TOTPDevice, StaticDevice])
admin.site.site_header = admin.site.site_title = "Pos KB · Kelola"
admin.site.index_title = "Data rujukan dan pengguna"


def _ganti_sandi(request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
    """One page for one's own password, with its lock and its end of other sessions."""
    return redirect("akun:sandi")


admin.site.password_change = _ganti_sandi


def _masuk(request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
    """One page for signing in, with its count of wrong tries: Django's own would judge passwords without one."""
    return redirect("beranda")


admin.site.login = _masuk

# Columns of which the history tells only that they changed.
TERSAMAR = {"nama_masuk"}
# What the links of a list append to the name of a column.
AKHIRAN = {"", "exact", "isnull", "isempty", "gte", "lt", "year", "month", "day"}


class Tersaring:
    """A list that is filtered by what it offers: Django lets an address ask for any column, so letter by letter for a
    name, a digest or a reason, which no page shows and no line of the history tells."""

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """Let pass the row's key, the filters beside the list and its calendar, as their own links write them."""
        nama, _, akhir = lookup.partition("__")
        if nama in {"pk", self.opts.pk.name}:
            return akhir in {"", "exact"}
        ditawarkan = {satu if isinstance(satu, str) else satu[0] for satu in self.get_list_filter(request)}
        if nama not in ditawarkan | {self.date_hierarchy}:
            return False
        medan = self.opts.get_field(nama)
        return (akhir.removeprefix(f"{medan.target_field.name}__") if medan.is_relation else akhir) in AKHIRAN


class HanyaBaca(Tersaring):
    """For rows that change through the product only."""

    def has_add_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False


class Berjejak(Tersaring):
    """Writes every save into our history as well, and deletes nothing: rows are ended or switched off instead."""

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    # The signature is Django's.
    def save_model(self, request: HttpRequest, obj: models.Model, form: forms.ModelForm, change: bool) -> None:  # noqa: FBT001
        """Save, then write who changed what."""
        lama = type(obj)._base_manager.filter(pk=obj.pk).first() if change else None
        super().save_model(request, obj, form, change)
        perubahan = {
            nama: ["•", "•"] if nama in TERSAMAR else [_tulis(lama, nama), _tulis(obj, nama)]
            for nama in form.changed_data
            if hasattr(obj, nama)
        }
        catat_jejak(
            request.user,
            "mengubah" if change else "membuat",
            obj,
            wilayah=getattr(obj, "wilayah_id", None),
            perubahan=perubahan,
        )


def _tulis(obj: models.Model | None, nama: str) -> str:
    nilai = getattr(obj, nama, None)
    return "" if nilai is None else str(nilai)


class WilayahForm(forms.ModelForm):
    """A code says by itself where the area lies; the rest must agree with it."""

    def clean(self) -> dict[str, Any]:
        isi = super().clean()
        kode = isi.get("kode")
        if not kode:
            return isi
        if not KODE.fullmatch(kode):
            raise ValidationError({"kode": "Tulis kode Kemendagri, misalnya 32.14.01.2001."})
        ruas = kode_leluhur(kode)
        tingkat = {2: Tingkat.KABUPATEN, 3: Tingkat.KECAMATAN, 4: Tingkat.DESA}[len(ruas)]
        if isi.get("tingkat") != tingkat:
            self.add_error("tingkat", f"Menurut kodenya, ini {tingkat.label.lower()}.")
        induk = isi.get("induk")
        if (induk.kode if induk else None) != (ruas[-2] if len(ruas) > 2 else None):
            self.add_error("induk", "Pilih wilayah yang kodenya mengawali kode ini; kabupaten tidak punya induk.")
        return isi


@admin.register(Wilayah)
class WilayahAdmin(BerpilihCari, Berjejak, admin.ModelAdmin):
    """Areas. The code, once given, is the key of everything below it."""

    form = WilayahForm
    list_display = ("kode", "nama", "tingkat", "jenis", "induk")
    list_filter = ("tingkat", "jenis")
    list_select_related = ("induk__induk",)
    search_fields = ("kode", "nama", "induk__nama")
    autocomplete_fields = ("induk",)

    def get_readonly_fields(self, request: HttpRequest, obj: Wilayah | None = None) -> tuple[str, ...]:
        return ("kode", "tingkat", "induk") if obj else ()

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Wilayah]:
        # Also the autocomplete shows "desa, kecamatan".
        return super().get_queryset(request).select_related("induk")


@admin.register(Faskes)
class FaskesAdmin(Berjejak, admin.ModelAdmin):
    """DPPKB's list of places. A place that closes is switched off: its services keep their place."""

    list_display = ("nama", "jenis", "wilayah", "aktif")
    list_editable = ("aktif",)
    list_filter = ("jenis", "aktif", "wilayah")
    list_select_related = ("wilayah__induk",)
    search_fields = ("nama", "alamat")

    def formfield_for_foreignkey(
        self, db_field: models.ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> forms.ModelChoiceField:
        if db_field.name == "wilayah":
            kwargs["queryset"] = Wilayah.objects.kecamatan()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    # The signature is Django's.
    def save_model(self, request: HttpRequest, obj: Faskes, form: forms.ModelForm, change: bool) -> None:  # noqa: FBT001
        """Save, and say so when the kind changed."""
        super().save_model(request, obj, form, change)
        if change and "jenis" in form.changed_data:
            jenis_faskes_berubah.send(sender=Faskes)


class NamaMasuk:
    """People sign in however they write it, so there is one way in which it is stored."""

    def clean_nama_masuk(self) -> str:
        return rapikan_nama_masuk(self.cleaned_data["nama_masuk"])


class PenggunaForm(NamaMasuk, forms.ModelForm):
    class Meta:
        model = Pengguna
        fields = ("nama_masuk", "nama", "peran")


@admin.register(Pengguna)
class PenggunaAdmin(Berjejak, admin.ModelAdmin):
    """Names and roles. People are made, deactivated and given codes at /orang/; nobody sets a password of another."""

    form = PenggunaForm
    list_display = ("nama_masuk", "nama", "peran", "is_active", "last_login")
    list_filter = ("peran", "is_active")
    search_fields = ("nama_masuk", "nama")
    ordering = ("nama_masuk",)
    readonly_fields = ("is_active", "last_login", "dibuat_pada")
    fieldsets = (
        (None, {"fields": ("nama_masuk", "nama", "peran")}),
        ("Catatan", {"fields": ("is_active", "last_login", "dibuat_pada")}),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    # The signature is Django's.
    def save_model(self, request: HttpRequest, obj: Pengguna, form: forms.ModelForm, change: bool) -> None:  # noqa: FBT001
        """Save; with another role every session ends, whose length and second factor were the old role's."""
        super().save_model(request, obj, form, change)
        if "peran" in form.changed_data:
            sesi.akhiri(obj)


class PenugasanForm(forms.ModelForm):
    """Asks in words what the database would refuse."""

    def clean(self) -> dict[str, Any]:
        isi = super().clean()
        mulai, selesai = isi.get("mulai"), isi.get("selesai")
        if mulai and selesai and selesai < mulai:
            self.add_error("selesai", "Tanggal selesai tidak boleh sebelum tanggal mulai.")
        if self.instance.pk:
            # Person and area stand; the role is the one held then, and a later one must not keep her from ending it.
            self.instance.clean = lambda: None
        elif isi.get("pengguna"):
            self.instance.sebagai = isi["pengguna"].peran
        return isi

    def _get_validation_exclusions(self) -> set[str]:
        """Let "one officer per desa" be asked with columns that are no fields of this form."""
        tetap = {"pengguna", "wilayah"} if self.instance.pk else set()
        return super()._get_validation_exclusions() - tetap - ({"sebagai"} if self.instance.sebagai else set())


@admin.register(Penugasan)
class PenugasanAdmin(BerpilihCari, Berhari, Berjejak, admin.ModelAdmin):
    """Who acts where. An assignment is ended by its date; another place is another assignment."""

    form = PenugasanForm
    list_display = ("pengguna", "sebagai", "wilayah", "mulai", "selesai", "pengganti")
    list_filter = ("sebagai", "pengganti", "mulai", ("selesai", admin.EmptyFieldListFilter), "selesai")
    list_select_related = ("pengguna", "wilayah__induk")
    search_fields = ("pengguna__nama", "pengguna__nama_masuk", "wilayah__nama", "wilayah__kode")
    autocomplete_fields = ("pengguna", "wilayah")
    date_hierarchy = "mulai"

    def get_readonly_fields(self, request: HttpRequest, obj: Penugasan | None = None) -> tuple[str, ...]:
        return ("pengguna", "wilayah", "sebagai") if obj else ()


@admin.register(Jejak)
class JejakAdmin(HanyaBaca, admin.ModelAdmin):
    """The history. Of acts on people it shows which columns changed, never from what to what."""

    list_display = ("pada", "oleh", "peran", "tindakan", "jenis", "kunci", "wilayah")
    list_filter = ("jenis", "peran", "tindakan")
    list_select_related = ("oleh", "wilayah__induk")
    search_fields = ("=kunci", "=wilayah__kode")
    fields = ("pada", "oleh", "peran", "tindakan", "jenis", "kunci", "wilayah", "sebab", "ubahan")
    # A count of the whole history would read the whole history.
    show_full_result_count = False

    @admin.display(description="alasan")
    def sebab(self, jejak: Jejak) -> str:
        return "•" if jejak.alasan and jejak.tentang_orang else jejak.alasan or "-"

    @admin.display(description="perubahan")
    def ubahan(self, jejak: Jejak) -> str:
        if jejak.jenis in TENTANG_ORANG:
            return ", ".join(sorted(jejak.perubahan)) or "-"
        return "; ".join(f"{k}: {v}" for k, v in jejak.perubahan.items()) or "-"
