"""Who is let in by name and password."""

from typing import Any

from django.contrib.auth.backends import ModelBackend

from kader.models import Pengguna


class SandiBackend(ModelBackend):
    """Django's own, but for one thing: who is deactivated and types her right password is told so by the form.

    She is let in nowhere: the form refuses her, and a session of hers is nobody's (`get_user`).
    """

    def user_can_authenticate(self, user: Any) -> bool:
        """Let the form judge: it knows the sentence."""
        return True

    def get_user(self, user_id: Any) -> Pengguna | None:
        """Return the person of a session; None, so a stranger, once she is deactivated."""
        orang = super().get_user(user_id)
        return orang if orang is not None and orang.is_active else None
