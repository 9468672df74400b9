"""Forms of the who-and-where app."""

from crispy_forms.helper import FormHelper
from django.contrib.auth.forms import AuthenticationForm

from kader.jejak_masuk import AKUN_NONAKTIF, catat_masuk
from kader.models import Pengguna

NONAKTIF = "Akun Anda sudah dinonaktifkan. Tanyakan kepada petugas PLKB Anda."
KELIRU = "Nama masuk atau kata sandi keliru. Periksa huruf besar-kecilnya, atau minta bantuan petugas PLKB Anda."


class MasukForm(AuthenticationForm):
    """Sign-in: name (phone or officer number) and password."""

    error_messages = {"invalid_login": KELIRU, "inactive": NONAKTIF}

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "Nama masuk"
        self.fields["username"].help_text = "Nomor HP atau nomor petugas"
        self.fields["username"].widget.attrs |= {"autocapitalize": "none", "autocomplete": "username"}
        self.fields["password"].label = "Kata sandi"
        self.helper = FormHelper()
        self.helper.form_tag = False

    def confirm_login_allowed(self, user: Pengguna) -> None:
        """Refuse who is deactivated; that her right password was typed is worth a line."""
        if not user.is_active:
            catat_masuk(user, AKUN_NONAKTIF, self.request)
        super().confirm_login_allowed(user)
