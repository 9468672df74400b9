"""Signing in and out."""

from django.contrib.auth.views import LoginView, LogoutView

from kader.forms import MasukForm
from kader.http import SEMUA_PERAN, TERBUKA, izin


class Masuk(LoginView):
    """Ask for name and password; who is in already goes to the first page."""

    template_name = "kader/masuk.html"
    authentication_form = MasukForm
    redirect_authenticated_user = True


masuk = izin(*TERBUKA)(Masuk.as_view())
keluar = izin(*SEMUA_PERAN)(LogoutView.as_view())
