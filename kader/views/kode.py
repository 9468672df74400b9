"""/kode/: where a one-time code becomes a password. Open to everybody who has one.

A QR leads here with the code behind the #, which no browser sends to a server; the page's script puts it into the
form. Typed by hand it works without a script.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from kader.akun import kenal, kode, tebakan
from kader.akun.forms import SandiBaruForm
from kader.akun.percobaan import Terkunci
from kader.http import TERBUKA, izin
from kader.views.terkunci import kalimat_terkunci
from poskb.dasar.tolak import Ditolak


@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def _halaman(request: HttpRequest) -> HttpResponse:
    form = SandiBaruForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _gambar(request, form)
    if not form.is_valid():
        return _gambar(request, form, 422)
    try:
        satu = kode.periksa(form.cleaned_data["kode"], request)
        if not form.periksa_sandi(satu.untuk):
            return _gambar(request, form, 422)
        orang = kode.pakai(satu, form.cleaned_data["password1"])
    except Ditolak as tolak:
        form.add_error("kode", tolak.pesan)
        return _gambar(request, form, 422)
    except Terkunci as tolak:
        form.add_error("kode", kalimat_terkunci(tolak))
        return _gambar(request, form, 429)
    # She may have tried too often before she asked for the code; and whoever still guesses must not hold her up.
    tebak = tebakan.saat_masuk(request, orang.nama_masuk)
    tebak.benar()
    response = render(request, "kader/kode_selesai.html", {"orang": orang})
    kenal.tandai(request, response, tebak.nama)
    return response


def _gambar(request: HttpRequest, form: SandiBaruForm, status: int = 200) -> HttpResponse:
    return render(request, "kader/kode.html", {"form": form}, status=status)


halaman = izin(*TERBUKA)(_halaman)
