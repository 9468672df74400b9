"""DPPKB asks to see names: with a reason."""

from collections.abc import Callable
from functools import wraps

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from kader.akses import boleh_bernama, buka_bernama
from kader.enums import Peran
from kader.http import View, izin
from kader.jatah import berjatah
from kader.views.lanjut import lanjut


class AlasanForm(forms.Form):
    """Why names are needed."""

    alasan = forms.CharField(
        min_length=10,
        max_length=300,
        label="Untuk apa data bernama ini dibuka?",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "Tulis alasannya dulu. Alasan ini tercatat bersama nama Anda.",
            "min_length": "Tulis alasannya sedikit lebih jelas, paling pendek 10 huruf.",
        },
    )


def bernama(view: View) -> Callable[..., HttpResponse]:
    """Send those who see aggregates by default to the question first."""

    @wraps(view)
    def bungkus(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if boleh_bernama(request):
            return view(request, *args, **kwargs)
        return redirect(reverse("akseptor:buka_data") + "?" + urlencode({"lanjut": request.get_full_path()}))

    return bungkus


@izin(Peran.DPPKB)
@berjatah("buka_data")
def buka_data(request: HttpRequest) -> HttpResponse:
    """Ask for the reason; open names for half an hour."""
    form = AlasanForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        buka_bernama(request, form.cleaned_data["alasan"])
        return lanjut(request, reverse("akseptor:daftar"))
    konteks = {"form": form, "lanjut": request.POST.get("lanjut") or request.GET.get("lanjut", "")}
    return render(request, "akseptor/buka_data.html", konteks, status=422 if form.errors else 200)
