"""Signing in and out."""

from typing import Any

from django.contrib.auth.views import LoginView, LogoutView
from django.forms import Form
from django.http import HttpRequest, HttpResponse

from kader.akun import percobaan
from kader.akun.alamat import alamat_klien
from kader.akun.percobaan import Terkunci
from kader.forms import MasukForm
from kader.http import SEMUA_PERAN, TERBUKA, izin, sebelum_totp
from kader.models.pengguna import rapikan_nama_masuk
from kader.views.terkunci import kalimat_terkunci


class Masuk(LoginView):
    """Ask for name and password; who is in already goes to the first page.

    Wrong tries are counted per name and address together, for known and unknown names alike (kader/akun/percobaan.py).
    """

    template_name = "kader/masuk.html"
    authentication_form = MasukForm
    redirect_authenticated_user = True

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Count the try, then judge it."""
        nama = request.POST.get("username", "")
        self.bagian = (rapikan_nama_masuk(nama), alamat_klien(request))
        try:
            percobaan.SANDI.coba(*self.bagian)
        except Terkunci as tolak:
            # Not judged: nothing of this answer depends on the password.
            konteks = self.get_context_data(form=MasukForm(request, initial={"username": nama}))
            konteks["terkunci"] = kalimat_terkunci(tolak)
            return self.render_to_response(konteks, status=429)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: Form) -> HttpResponse:
        """Let her in, and forget her wrong tries."""
        percobaan.SANDI.benar(*self.bagian)
        return super().form_valid(form)

    def form_invalid(self, form: Form) -> HttpResponse:
        """Say what is wrong; who knows the password of a deactivated account is told that it is one."""
        nonaktif = form.has_error("__all__", code="inactive")
        if nonaktif:
            percobaan.SANDI.benar(*self.bagian)
        konteks = self.get_context_data(form=form) | {"nonaktif": nonaktif}
        return self.render_to_response(konteks, status=403 if nonaktif else 422)


masuk = izin(*TERBUKA)(Masuk.as_view())
keluar = izin(*SEMUA_PERAN)(sebelum_totp(LogoutView.as_view()))
