"""Numbers of the dashboard that lead to their rows."""

from typing import Any
from urllib.parse import urlencode

from django import template
from django.template.context import RequestContext
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from laporan.kampanye.per_faskes import BarisFaskes
from poskb.dasar.angka import angka as tulis_angka

register = template.Library()


@register.simple_tag(takes_context=True)
def angka(context: RequestContext, n: int, kode: str = "", **saring: Any) -> SafeString | str:
    """Write a number; for who may see the rows it is a link to exactly these. `kode`: of another area than the page's.

    Nothing leads to no rows, and a past day's rows are no longer what they were: both are plain.
    """
    teks = tulis_angka(n)
    if not n or not context.get("boleh_catatan"):
        return teks
    alamat = reverse("dasbor:catatan", args=[kode or context["wilayah"].kode])
    kueri = {"kampanye": context["kampanye"].pk} | {k: v for k, v in saring.items() if v}
    return format_html('<a class="angka-tautan" href="{}?{}">{}</a>', alamat, urlencode(kueri), teks)


@register.simple_tag(takes_context=True)
def angka_macam(context: RequestContext, n: int, kunci: str, nilai: str, **saring: Any) -> SafeString | str:
    """Write a number as `angka` does, narrowed by a filter whose name is only known here."""
    return angka(context, n, **saring | {kunci: nilai})


@register.simple_tag(takes_context=True)
def angka_tempat(context: RequestContext, baris: BarisFaskes, nama: str, **saring: Any) -> SafeString | str:
    """Write a number of a place as `angka` does: by its name, or by its kind where a kind is told together."""
    di = {"faskes": baris.pk} if baris.pk else {"tempat": str(baris.jenis)}
    return angka(context, getattr(baris, nama), **saring | di)
