"""Signing in and out."""

from typing import Any

from django.contrib.auth.views import LoginView, LogoutView
from django.forms import Form
from django.http import HttpRequest, HttpResponse

from kader.akun import kenal, tebakan
from kader.akun.percobaan import Terkunci
from kader.forms import MasukForm
from kader.http import SEMUA_PERAN, TERBUKA, izin, sebelum_totp
from kader.views.terkunci import kalimat_terkunci


class Masuk(LoginView):
    """Ask for name and password; who is in already goes to the first page.

    Wrong tries are counted for known and unknown names alike (kader/akun/tebakan.py).
    """

    template_name = "kader/masuk.html"
    authentication_form = MasukForm
    redirect_authenticated_user = True

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Count the try, then judge it."""
        nama = request.POST.get("username", "")
        self.tebakan = tebakan.saat_masuk(request, nama)
        try:
            self.tebakan.coba()
        except Terkunci as tolak:
            # Not judged: nothing of this answer depends on the password.
            konteks = self.get_context_data(form=MasukForm(request, initial={"username": nama}))
            konteks["terkunci"] = kalimat_terkunci(tolak)
            return self.render_to_response(konteks, status=429)
        return super().post(request, *args, **kwargs)

    def get_redirect_url(self) -> str:
        """Return where she was going, if that is ours; this page itself is nowhere to go."""
        tujuan = super().get_redirect_url()
        return "" if tujuan.partition("?")[0] == self.request.path else tujuan

    def form_valid(self, form: Form) -> HttpResponse:
        """Let her in, forget her wrong tries, and know this browser again."""
        self.tebakan.benar()
        response = super().form_valid(form)
        kenal.tandai(self.request, response, self.tebakan.nama)
        return response

    def form_invalid(self, form: Form) -> HttpResponse:
        """Say what is wrong; who knows the password of a deactivated account is told that it is one."""
        nonaktif = form.has_error("__all__", code="inactive")
        if nonaktif:
            self.tebakan.benar()
        konteks = self.get_context_data(form=form) | {"nonaktif": nonaktif}
        return self.render_to_response(konteks, status=403 if nonaktif else 422)


masuk = izin(*TERBUKA)(Masuk.as_view())
keluar = izin(*SEMUA_PERAN)(sebelum_totp(LogoutView.as_view()))
